// Question: what was typed with a command, before it is looked up in a database.
#pragma once
#include <string>
#include <vector>

namespace entente {

// Said to every command.
struct Common {
  std::string database;       // --db; empty: ENTENTE_DB, else the nearest .entente
  bool json = false;          // --json
  bool show_command = false;  // --show-command
  bool quiet = false;         // -q: no progress
  std::vector<std::string> command;  // its name and own options, to repeat for --show-command
};

// Where in the two clocks, as typed.
struct When {
  std::string as_of;     // a date: the day, month or year that the facts may hold in
  std::string during;    // FROM..TO
  std::string known_by;  // a date, a moment or #COMMIT: what the database believed then
};

// Which part of the graph, as typed.
struct Where {
  std::vector<std::string> types, families, labels, modes, avoid;
  double min_confidence = 0;
  bool certain = false;   // only what certainly holds
  bool negated = false;   // also what is denied
  bool mentions = false;  // also which document names what
};

struct Question {
  Common common;
  When when;    // as typed if the command asks at a time
  Where where;  // as typed if the command takes filters
};

}  // namespace entente
