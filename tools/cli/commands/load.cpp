#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>

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
  std::string file, map, label, type, relations, memory = "1G";
  std::string title, publisher, url, published;
  std::string max_refused;
  bool strict = false, dry_run = false, only_mapped = false;
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

Result<LoadRequest> request_of(const Typed& typed) {
  LoadRequest request;
  request.path = request.file = typed.file;
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

  void at(const LoadProgress& load) {
    if (!shown_) return;
    const auto now = Clock::now();
    if (load.writing) return say(counted(load.edges, "edge") + ": writing");
    if (now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    const std::uint64_t percent = load.file_size > 0 ? load.file_bytes * 100 / load.file_size : 0;
    say(counted(load.rows, "row") + ", " + std::to_string(percent) + " % of the file, " +
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
  Clock::time_point begun_, last_;
};

void tell_refused(const LoadOutcome& counts) {
  for (const LoadRefusal& refusal : counts.first) remark("row " + std::to_string(refusal.row) + " refused, " + refusal.why);
  if (counts.refused > counts.first.size())
    remark("\u2026 and " + counted(counts.refused - counts.first.size(), "row") + " more");
}

ExitCode tell(const Question& question, const Typed& typed, const LoadOutcome& outcome) {
  if (!question.common.quiet) tell_refused(outcome);
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["file"] = typed.file;
    answer["dry_run"] = typed.dry_run;
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
    print(answer);
  } else if (outcome.already_there) {
    std::cout << "loaded before, as document " << outcome.document.value
              << "; nothing changed. To load it in another way, retract that first: entente retract document '#"
              << outcome.document.value << "'\n";
  } else {
    std::cout << counted(outcome.rows, "row") << ": " << counted(outcome.edges, "edge");
    if (outcome.left_out > 0) std::cout << ", " << counted(outcome.left_out, "row") << " left out";
    if (outcome.refused > 0) std::cout << ", " << counted(outcome.refused, "row") << " refused";
    if (typed.dry_run) {
      std::cout << "; a dry run, nothing was loaded\n";
    } else {
      std::cout << "; " << counted(outcome.new_nodes, "new name") << ", " << outcome.matched_nodes << " known\n"
                << "commit " << outcome.commit.value << "; to take it back: entente retract document '#"
                << outcome.document.value << "'\n";
    }
  }
  return outcome.refused > 0 ? ExitCode::Input : ExitCode::Found;
}

ExitCode load_table(const Question& question, const Typed& typed) {
  const auto request = request_of(typed);
  if (!request) return fail(request.error());
  if (auto stream = exchange::ByteStream::open(typed.file); !stream) return fail(stream.error()), ExitCode::Input;
  Progress progress(question.common.quiet);
  const auto shown = [&](const LoadProgress& load) { return progress.at(load), true; };
  LoadOutcome outcome;
  if (typed.dry_run) {
    outcome = try_load(*request, Ontology::builtin(), shown);
  } else {
    const fs::path directory = database_directory(question.common);
    auto writer = Writer::open(directory, Access::Create);
    if (!writer) return fail(writer.error()), ExitCode::Database;
    if (writer->made_it() && !question.common.quiet) remark("made a new database in " + directory.string());
    outcome = writer->load(*request, shown);
  }
  progress.clear();
  if (outcome.status) return tell(question, typed, outcome);
  if (outcome.refused > 0 && outcome.rows > 0 && outcome.edges == 0 && !question.common.quiet) tell_refused(outcome);
  const ExitCode code = fail(outcome.status.error());
  return outcome.fault_of_file ? ExitCode::Input : code;
}
}  // namespace

Command load_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("load", "very many edges from one table: CSV, TSV, JSON lines; also packed by gzip or zstd");
  command.word("file", &typed->file, "the table; its first line names the columns, JSON lines have one object a line", "FILE")
      .required("--map", &typed->map, "head=COLUMN,tail=COLUMN,type=COLUMN; from, to, mode, confidence, head_label, tail_label too", "MAP")
      .option("--label", &typed->label, "what the names are, where no column tells", "LABEL")
      .option("--type", &typed->type, "the edge type of all rows, instead of a column", "TYPE")
      .option("--relations", &typed->relations, "a file that says which edge type its relations are; 'cameo' is built in", "FILE")
      .flag("--only-mapped", typed->only_mapped, "leave out the columns that the map does not name (they become properties)")
      .option("--memory", &typed->memory, "for rows and sorting: 512M, 2G (1G)", "SIZE")
      .option("--threads", &typed->threads, "that sort and write (one for each core)", "N")
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
      .example("entente load owners.jsonl --map head=owner,tail=firm,from=since --type OWNS --label Company --strict")
      .answers("file, dry_run, already_there, rows, edges, left_out, refused, refusals: [{row, why}], new_nodes, "
               "matched_nodes, document, commit");
  return command.runs([typed](const Question& question) { return load_table(question, *typed); });
}

}  // namespace entente
