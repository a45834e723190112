#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>
#include <vector>

#include "tools/answer/json.h"
#include "tools/answer/load.h"
#include "tools/answer/session.h"
#include "tools/cli/authorship.h"
#include "tools/cli/commands.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/cli/writer.h"
#include "tools/exchange/byte_stream.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

struct Typed {
  std::vector<std::string> files;
  std::string map, label, type, relations, memory = "1G";
  std::string title, publisher, url, published;
  std::string max_refused;
  bool strict = false, dry_run = false, only_mapped = false, no_image = false, image_aside = false;
  std::uint32_t threads = 0;
  Authorship authorship;
};

Result<std::size_t> bytes_typed(const std::string& text) {
  std::size_t digits = text.find_first_not_of("0123456789");
  if (digits == std::string::npos) digits = text.size();
  const std::string unit = text.substr(digits);
  const int shift = unit == "K" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : unit.empty() ? 0 : -1;
  if (digits == 0 || digits > 9 || shift < 0)
    return Error{Code::InvalidArgument, "--memory: cannot read '" + text + "'; write 512M or 2G"};
  return std::size_t(std::stoull(text.substr(0, digits))) << shift;
}

Result<std::uint64_t> refusals_allowed(const Typed& typed) {
  if (typed.strict) return 0;
  if (typed.max_refused.empty()) return ~std::uint64_t{0};
  if (typed.max_refused.size() > 15 || typed.max_refused.find_first_not_of("0123456789") != std::string::npos)
    return Error{Code::InvalidArgument, "--max-refused: '" + typed.max_refused + "' is not a number of rows"};
  return std::stoull(typed.max_refused);
}

// The path of a file, or of one of the maps that belong to the program: `cameo`.
Result<std::string> relations_path(const std::string& given) {
  std::error_code ignored;
  if (given.empty()) return std::string();
  if (given != "cameo" || fs::exists(given, ignored)) return given;
  const auto data = data_directory();
  if (!data) return data.error();
  return (*data / "lexicon" / "cameo.tsv").string();
}

// What is asked of each file; the file itself is to be filled in.
Result<LoadRequest> request_of(const Typed& typed) {
  LoadRequest request;
  request.map = typed.map, request.label = typed.label, request.type = typed.type;
  auto relations = relations_path(typed.relations);
  if (!relations) return relations.error();
  request.relations = std::move(*relations);
  const auto memory = bytes_typed(typed.memory);
  if (!memory) return memory.error();
  request.memory_bytes = *memory, request.threads = typed.threads;
  request.only_mapped = typed.only_mapped;
  const auto refused = refusals_allowed(typed);
  if (!refused) return refused.error();
  request.most_refused = *refused;
  request.title = typed.title, request.publisher = typed.publisher, request.published = typed.published, request.url = typed.url;
  request.author = typed.authorship.name(), request.note = typed.authorship.note;
  // Whatever can be wrong with what was typed is told before a database is made.
  if (auto checked = check_load(request, Ontology::builtin()); !checked) return checked.error();
  return request;
}

// A line on the terminal that is written over, at most ten times a second; nothing if there is none.
class Progress {
 public:
  explicit Progress(bool quiet) : shown_(!quiet && ::isatty(STDERR_FILENO) != 0), begun_(Clock::now()), last_(begun_) {}
  ~Progress() { clear(); }

  void begin(const std::string& file) { file_ = file, begun_ = last_ = Clock::now(); }
  void at(const LoadProgress& load) {
    if (!shown_) return;
    const auto now = Clock::now();
    if (load.writing) return say(file_ + counted(load.edges, "edge") + ": writing");
    if (now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    const std::uint64_t percent = load.file_size > 0 ? load.file_bytes * 100 / load.file_size : 0;
    say(file_ + counted(load.rows, "row") + ", " + std::to_string(percent) + " % of the file, " +
        counted(std::uint64_t(double(load.rows) / seconds), "row") + " a second");
  }
  void say(const std::string& what) {
    if (shown_) std::fprintf(stderr, "\r\033[K%s", what.c_str()), drawn_ = true;
  }
  void clear() {
    if (drawn_) std::fprintf(stderr, "\r\033[K");
    drawn_ = false;
  }

 private:
  using Clock = std::chrono::steady_clock;
  bool shown_, drawn_ = false;
  std::string file_;  // "events.csv: " if there are several
  Clock::time_point begun_, last_;
};

// What became of one file.
struct Loaded {
  std::string file;
  LoadOutcome outcome;
};

void tell_refused(const std::string& which, const LoadOutcome& counts) {
  for (const LoadRefusal& refusal : counts.first) remark(which + "row " + std::to_string(refusal.row) + " refused, " + refusal.why);
  if (counts.refused > counts.first.size())
    remark(which + "\u2026 and " + counted(counts.refused - counts.first.size(), "row") + " more");
}

boost::json::object to_json(const Loaded& loaded) {
  const LoadOutcome& outcome = loaded.outcome;
  boost::json::object answer;
  answer["file"] = loaded.file;
  if (outcome.status) answer["error"] = nullptr;
  else answer["error"] = outcome.status.error().message;
  answer["already_there"] = outcome.already_there;
  answer["rows"] = outcome.rows;
  answer["edges"] = outcome.edges;
  answer["left_out"] = outcome.left_out;
  answer["refused"] = outcome.refused;
  boost::json::array refusals;
  for (const LoadRefusal& refusal : outcome.first)
    refusals.push_back(boost::json::object{{"row", refusal.row}, {"why", refusal.why}});
  answer["refusals"] = std::move(refusals);
  answer["new_nodes"] = outcome.new_nodes;
  answer["matched_nodes"] = outcome.matched_nodes;
  const auto id_or_null = [](std::uint64_t id) { return id == 0 ? boost::json::value(nullptr) : boost::json::value(id); };
  answer["document"] = id_or_null(outcome.document.value);
  answer["commit"] = id_or_null(outcome.already_there ? 0 : outcome.commit.value);
  return answer;
}

void print_outcome(const std::string& which, const Typed& typed, const LoadOutcome& outcome) {
  if (outcome.already_there) {
    std::cout << which << "loaded before, as document " << outcome.document.value
              << "; nothing changed. To load it in another way, retract that first: entente retract document '#"
              << outcome.document.value << "'\n";
    return;
  }
  std::cout << which << counted(outcome.rows, "row") << ": " << counted(outcome.edges, "edge");
  if (outcome.left_out > 0) std::cout << ", " << counted(outcome.left_out, "row") << " left out";
  if (outcome.refused > 0) std::cout << ", " << counted(outcome.refused, "row") << " refused";
  if (typed.dry_run) {
    std::cout << "; a dry run, nothing was loaded\n";
  } else {
    std::cout << "; " << counted(outcome.new_nodes, "new name") << ", " << outcome.matched_nodes << " known\n"
              << which << "commit " << outcome.commit.value << "; to take it back: entente retract document '#"
              << outcome.document.value << "'\n";
  }
}

void print_json(const Typed& typed, const std::vector<Loaded>& all) {
  auto answer = answer_without_clocks();
  std::uint64_t rows = 0, edges = 0, left_out = 0, refused = 0;
  boost::json::array files;
  for (const Loaded& each : all) {
    rows += each.outcome.rows, left_out += each.outcome.left_out, refused += each.outcome.refused;
    if (each.outcome.status) edges += each.outcome.edges;
    files.push_back(to_json(each));
  }
  answer["dry_run"] = typed.dry_run;
  answer["rows"] = rows;
  answer["edges"] = edges;
  answer["left_out"] = left_out;
  answer["refused"] = refused;
  answer["files"] = std::move(files);
  print(answer);
}

// One file after the other, each a commit. One that cannot be read is told, and the others go on; what
// is wrong with the database will be wrong for the next one too.
ExitCode load_tables(const Question& question, const Typed& typed) {
  auto request = request_of(typed);
  if (!request) return fail(request.error());
  const bool quiet = question.common.quiet;
  Progress progress(quiet);
  const auto shown = [&](const LoadProgress& load) { return progress.at(load), true; };
  std::optional<Writer> writer;  // opened for the first file that can be
  std::vector<Loaded> all;
  ExitCode code = ExitCode::Found;
  for (const std::string& file : typed.files) {
    request->path = request->file = file;
    const std::string which = typed.files.size() > 1 ? file + ": " : "";
    LoadOutcome& outcome = all.emplace_back(Loaded{file, {}}).outcome;
    if (auto stream = exchange::ByteStream::open(file); !stream) {
      outcome.status = stream.error(), outcome.fault_of_file = true;
    } else if (progress.begin(which); typed.dry_run) {
      outcome = try_load(*request, Ontology::builtin(), shown);
    } else {
      if (!writer) {
        const fs::path directory = database_directory(question.common);
        auto opened = Writer::open(directory, Access::Create);
        if (!opened) return fail(opened.error()), ExitCode::Database;
        if (opened->made_it() && !quiet) remark("made a new database in " + directory.string());
        writer.emplace(std::move(*opened));
      }
      outcome = writer->load(*request, shown);
    }
    progress.clear();
    if (!outcome.status || outcome.refused > 0) code = ExitCode::Input;
    const bool none = outcome.rows > 0 && outcome.edges == 0;
    if (outcome.refused > 0 && (outcome.status || none) && !quiet) tell_refused(which, outcome);
    if (!outcome.status) {
      const ExitCode fault = fail(outcome.status.error());
      if (outcome.fault_of_file) continue;
      code = fault;
      break;  // those before it are in, which the answer tells
    }
    if (!question.common.json) print_outcome(which, typed, outcome);
  }
  const bool any = std::any_of(all.begin(), all.end(), [](const Loaded& each) { return bool(each.outcome.status); });
  if (question.common.json && any) print_json(typed, all);
  const bool changed = std::any_of(all.begin(), all.end(), [](const Loaded& each) { return each.outcome.status && !each.outcome.already_there; });
  if (writer && changed && !typed.no_image) {
    std::cout.flush();
    if (typed.image_aside) writer->make_image_aside();
    else writer->make_image([&] { progress.say("making the image that questions read"); });
  }
  return code;
}
}  // namespace

Command load_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("load", "very many edges from tables: CSV, TSV, JSON lines; also packed by gzip or zstd");
  command.word("files", &typed->files, "tables, each a commit; the first line names the columns, JSON lines have one object a line", "FILE")
      .required("--map", &typed->map, "head=COLUMN,tail=COLUMN,type=COLUMN; from, to, mode, confidence, head_label, tail_label too", "MAP")
      .option("--label", &typed->label, "what the names are, where no column tells", "LABEL")
      .option("--type", &typed->type, "the edge type of all rows, instead of a column", "TYPE")
      .option("--relations", &typed->relations, "a file that says which edge type its relations are; 'cameo' is built in", "FILE")
      .flag("--only-mapped", typed->only_mapped, "leave out the columns that the map does not name (they become properties)")
      .option("--memory", &typed->memory, "for rows and sorting: 512M, 2G (1G)", "SIZE")
      .option("--threads", &typed->threads, "that sort and write (one for each core)", "N")
      .flag("--no-image", typed->no_image, "leave the image of the graph to the first question, which then waits for it")
      .flag("--image-aside", typed->image_aside, "make it in a process that goes on alone, as it is done from a million edges on")
      .flag("--strict", typed->strict, "load nothing if a single row is refused")
      .option("--max-refused", &typed->max_refused, "load nothing if more rows are refused", "N")
      .option("--title", &typed->title, "of the table", "TEXT")
      .option("--publisher", &typed->publisher, "who publishes it", "NAME")
      .option("--published", &typed->published, "when it was published", "DATE")
      .option("--url", &typed->url, "where it is found", "URL");
  typed->authorship.declare(command);
  command.flag("--dry-run", typed->dry_run, "read and check all rows, change nothing")
      .example("entente load events.csv --map head=source,tail=target,type=relation,from=date --label Government")
      .example("entente load icews.tsv.zst --map head=source,tail=target,type=relation,from=date --label Government --relations cameo")
      .example("entente load gdelt/2018-*.tsv.gz --map head=source,tail=target,type=relation,from=date --label Government")
      .example("entente load owners.jsonl --map head=owner,tail=firm,from=since --type OWNS --label Company --strict")
      .answers("dry_run, rows, edges, left_out, refused, files: [{file, error, already_there, rows, edges, left_out, refused, "
               "refusals: [{row, why}], new_nodes, matched_nodes, document, commit}]");
  return command.runs([typed](const Question& question) { return load_tables(question, *typed); });
}

}  // namespace entente
