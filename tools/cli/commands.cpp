#include "tools/cli/commands.h"

#include <iterator>

#include "tools/cli/analysis.h"

namespace entente {

std::vector<Command> all_commands() {
  std::vector<Command> commands = {
      // reading
      import_command(),
      extract_command(),
      load_command(),
      // asking
      path_command(),
      cut_command(),
      rank_command(),
      timeline_command(),
      diff_command(),
      slice_command(),
      show_command(),
      why_command(),
      conflicts_command(),
      search_command(),
      documents_command(),
      stats_command(),
      export_command(),
      image_command(),
      serve_command(),
      // putting right
      review_command(),
      retract_command(),
      correct_command(),
      correct_node_command(),
      change_command(),
      merge_command(),
      unmerge_command(),
      undo_command(),
      purge_command(),
      // keeping
      backup_command(),
      check_command(),
      log_command(),
      restore_command(),
      salvage_command(),
      upgrade_command(),
  };
  std::vector<Command> analyses = analysis_commands();
  commands.insert(commands.end(), std::make_move_iterator(analyses.begin()),
                  std::make_move_iterator(analyses.end()));
  return commands;
}

}  // namespace entente
