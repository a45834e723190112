#include "tools/cli/shared_options.h"

namespace entente {
namespace {
Option list(const char* names, std::vector<std::string>& into, const char* meaning, const char* value,
            bool split = true) {
  return {names, &into, meaning, value, {}, false, split};
}
}  // namespace

std::vector<Option> common_options(Common& common) {
  return {
      {"--db", &common.database, "database directory; else ENTENTE_DB, else the nearest .entente", "DIR"},
      {"--json", &common.json, "answer as JSON", ""},
      {"--show-command", &common.show_command,
       "also print the command that asks this again, both clocks filled in", ""},
      {"-q,--quiet", &common.quiet, "no progress", ""},
  };
}

std::vector<Option> clock_options(When& when) {
  return {
      {"--as-of", &when.as_of, "the day, month or year that the facts may hold in: 2024-09-02", "DATE"},
      {"--during", &when.during, "a window of valid time: 2023..2024", "FROM..TO"},
      {"--known-by", &when.known_by, "what the database believed then: a date, a moment or #COMMIT", "WHEN"},
  };
}

std::vector<Option> filter_options(Where& where) {
  return {
      list("--type", where.types, "only these edge types", "TYPE"),
      list("--family", where.families, "only these: structure, regulation, cooperative, conflictual", "FAMILY"),
      list("--label", where.labels, "only nodes of these labels", "LABEL"),
      list("--mode", where.modes, "only these: actual, planned, requested, alleged", "MODE"),
      list("--avoid", where.avoid, "leave this node out", "NAME", false),  // names may hold commas
      {"--min-confidence", &where.min_confidence, "only edges of at least this confidence", "0..1", {0, 1}},
      {"--certain", &where.certain, "only what certainly holds then, not what may", ""},
      {"--negated", &where.negated, "also what is denied", ""},
      {"--mentions", &where.mentions, "also which article names what", ""},
  };
}

}  // namespace entente
