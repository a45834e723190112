// Every command of `entente`, each in its file of commands/. A new one is a file, a line here and a line
// in commands.cpp.
#pragma once
#include <vector>

#include "tools/cli/command.h"

namespace entente {

Command backup_command();
Command change_command();
Command check_command();
Command conflicts_command();
Command correct_command();
Command correct_node_command();
Command cut_command();
Command diff_command();
Command documents_command();
Command export_command();
Command extract_command();
Command image_command();
Command import_command();
Command load_command();
Command log_command();
Command merge_command();
Command path_command();
Command purge_command();
Command rank_command();
Command restore_command();
Command salvage_command();
Command retract_command();
Command review_command();
Command search_command();
Command serve_command();
Command show_command();
Command slice_command();
Command stats_command();
Command timeline_command();
Command undo_command();
Command unmerge_command();
Command upgrade_command();
Command why_command();

// All of them, in the order in which help lists them: reading, asking, putting right, keeping.
std::vector<Command> all_commands();

}  // namespace entente
