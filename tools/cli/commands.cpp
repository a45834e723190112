#include "tools/cli/commands.h"

namespace entente {

std::vector<Command> all_commands() {
  return {
      // reading
      import_command(),
      extract_command(),
      // asking
      path_command(),
      rank_command(),
      timeline_command(),
      slice_command(),
      show_command(),
      why_command(),
      search_command(),
      stats_command(),
      export_command(),
      serve_command(),
      // keeping
      check_command(),
      log_command(),
  };
}

}  // namespace entente
