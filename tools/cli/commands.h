// Every command of `entente`: its options as plain values, and the function that runs it.
//
// parser.cpp fills the options from the command line; the functions print their answer on standard
// output, everything else on standard error, and say how they ended.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/cli/exit_code.h"

namespace entente {

// Said to every command.
struct Common {
  std::string database;       // --db; empty: ENTENTE_DB, else the nearest .entente
  bool json = false;          // --json
  bool show_command = false;  // --show-command
  bool quiet = false;         // -q: no progress
  std::vector<std::string> command;  // as typed, for --show-command: name and positional arguments
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
  When when;
  Where where;
};

struct ImportOptions {
  Common common;
  std::vector<std::string> files;
  std::string title, publisher, published, url;
  std::string author, note;
  std::string lexicon, model;  // folder and file; empty: those that belong to the program
  bool dry_run = false;
};
ExitCode run_import(const ImportOptions& options);

struct ExtractOptions {
  Common common;
  std::vector<std::string> files;
  std::string out;
  std::string title, publisher, published, url;
  std::string lexicon, model;
};
ExitCode run_extract(const ExtractOptions& options);

struct PathOptionsTyped {
  Question question;
  std::string from, to;
  std::size_t k = 3;
  bool all = false;      // every shortest path instead of the k best
  bool forward = false;  // only from head to tail
  std::uint32_t max_hops = 8;
};
ExitCode run_path(const PathOptionsTyped& options);

struct RankOptions {
  Question question;
  std::string by = "degree";
  std::size_t limit = 20;
};
ExitCode run_rank(const RankOptions& options);

struct TimelineOptions {
  Question question;
  std::string name, with;
  std::string by = "year";  // year, quarter, month
  std::size_t limit = 100;
};
ExitCode run_timeline(const TimelineOptions& options);

struct SliceOptions {
  Question question;
  std::string around;  // only this node and its neighbours; empty: all
  std::size_t limit = 1000;
};
ExitCode run_slice(const SliceOptions& options);

struct ShowOptions {
  Question question;
  std::string name;  // of a node or a document
};
ExitCode run_show(const ShowOptions& options);

struct WhyOptions {
  Question question;
  std::string edge;  // its number
};
ExitCode run_why(const WhyOptions& options);

struct SearchOptions {
  Common common;
  std::string text;
  std::size_t limit = 20;
};
ExitCode run_search(const SearchOptions& options);

struct StatsOptions {
  Question question;
};
ExitCode run_stats(const StatsOptions& options);

struct CheckOptions {
  Common common;
};
ExitCode run_check(const CheckOptions& options);

struct LogOptions {
  Common common;
  std::size_t limit = 20;
};
ExitCode run_log(const LogOptions& options);

}  // namespace entente
