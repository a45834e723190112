#include "tools/cli/commands.h"

#include <iterator>

#include "tools/cli/analysis.h"

namespace entente {

std::vector<Command> all_commands() {
  std::vector<Command> commands = {
      // reading
      import_command(),
      extract_command(),
      // asking
      path_command(),
      cut_command(),
      rank_command(),
      timeline_command(),
      diff_command(),
      slice_command(),
      show_command(),
      why_command(),
      search_command(),
      stats_command(),
      export_command(),
      image_command(),
      serve_command(),
      // keeping
      backup_command(),
      check_command(),
      log_command(),
      restore_command(),
      salvage_command(),
  };
  std::vector<Command> analyses = analysis_commands();
  commands.insert(commands.end(), std::make_move_iterator(analyses.begin()),
                  std::make_move_iterator(analyses.end()));
  return commands;
}

}  // namespace entente
