#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>

#include "storage/bulk.h"
#include "storage/store.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/authorship.h"
#include "tools/cli/commands.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/exchange/edge_table.h"
#include "tools/serve/client.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using exchange::EdgeTable;

constexpr std::size_t kShown = 5;  // refused rows that are told one by one

struct Typed {
  std::string file, map, label, type, relations, memory = "1G";
  std::string title, publisher, url, published;
  std::string max_refused;
  bool strict = false, dry_run = false, only_mapped = false;
  std::uint32_t threads = 0;
  Authorship authorship;
};

// What was typed, looked up.
struct Plan {
  exchange::EdgeTableOptions reading;
  BulkOptions loading;
  Document table;
  std::uint64_t most_refused = ~std::uint64_t{0};
};

struct Refusal {
  std::uint64_t row = 0;
  std::string why;  // with its line
};

struct Counts {
  std::uint64_t rows = 0, edges = 0, left_out = 0, refused = 0;
  std::vector<Refusal> first;  // of the refused ones
  bool file_is_well = true;    // what ended the reading was not the file
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

// A file, or one of the maps that belong to the program: `cameo`.
Result<exchange::RelationMap> relations_of(const std::string& given, const Ontology& ontology) {
  std::error_code ignored;
  if (given == "cameo" && !fs::exists(given, ignored)) {
    const auto data = data_directory();
    if (!data) return data.error();
    return exchange::RelationMap::read(*data / "lexicon" / "cameo.tsv", ontology);
  }
  return exchange::RelationMap::read(given, ontology);
}

Result<Plan> plan_of(const Typed& typed, const Ontology& ontology) {
  auto columns = exchange::ColumnMap::parse(typed.map);
  if (!columns) return columns.error().within("--map");
  Plan plan{.reading = {.columns = std::move(*columns), .relations = {}, .label = {}}, .loading = {}, .table = {}};
  plan.reading.other_columns = !typed.only_mapped;
  if (!typed.label.empty()) {
    const auto label = ontology.label_named(typed.label);
    if (!label) return label.error().within("--label");
    plan.reading.label = *label;
  } else if (!plan.reading.columns.has("head_label") || !plan.reading.columns.has("tail_label")) {
    return Error{Code::InvalidArgument, "say what the names are: --label Government, or columns by head_label= and "
                                        "tail_label= in --map; 'entente help ontology' lists the labels"};
  }
  if (!typed.type.empty()) {
    const auto type = ontology.type_named(typed.type);
    if (!type) return type.error().within("--type");
    plan.reading.type = *type;
  }
  if (!typed.relations.empty()) {
    auto relations = relations_of(typed.relations, ontology);
    if (!relations) return Error{Code::InvalidArgument, "--relations: " + relations.error().message};
    plan.reading.relations = std::move(*relations);
  }
  const auto memory = bytes_typed(typed.memory);
  if (!memory) return memory.error();
  plan.loading.memory_bytes = *memory;
  plan.loading.threads = typed.threads;
  const auto refused = refusals_allowed(typed);
  if (!refused) return refused.error();
  plan.most_refused = *refused;
  const auto published = Bound::parse(typed.published);
  if (!published) return published.error().within("--published");
  plan.table.name = fs::path(typed.file).filename().string();
  plan.table.title = typed.title, plan.table.publisher = typed.publisher, plan.table.url = typed.url;
  plan.table.published = *published;
  return plan;
}

Result<EdgeTable> open_table(const Typed& typed, const Plan& plan, const Ontology& ontology) {
  auto stream = exchange::ByteStream::open(typed.file);
  if (!stream) return stream.error();
  auto rows = exchange::RowReader::open(std::move(*stream), plan.reading.columns.column_names());
  if (!rows) return rows.error().within(typed.file);
  auto table = EdgeTable::open(std::move(*rows), plan.reading, ontology);
  if (!table) return table.error().within(typed.file);
  return table;
}

// A line on the terminal that is written over, at most ten times a second; nothing if there is none.
class Progress {
 public:
  explicit Progress(bool quiet) : shown_(!quiet && ::isatty(STDERR_FILENO) != 0), begun_(Clock::now()), last_(begun_) {}
  ~Progress() { clear(); }

  void at(const EdgeTable& table) {
    if (!shown_ || table.table().row() % 4096 != 0) return;
    const auto now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    const auto& stream = table.table().stream();
    const std::uint64_t percent = stream.file_size() > 0 ? stream.file_bytes() * 100 / stream.file_size() : 0;
    say(counted(table.table().row(), "row") + ", " + std::to_string(percent) + " % of the file, " +
        counted(std::uint64_t(double(table.table().row()) / seconds), "row") + " a second");
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

// Every row to `add`, which may refuse it with InvalidArgument. InvalidArgument in the end: too many were
// refused.
template <typename Add>
Status read_rows(EdgeTable& table, const Plan& plan, const std::string& file, Progress& progress, Counts& counts, Add add) {
  for (;;) {
    progress.at(table);
    auto next = table.next();
    counts.file_is_well = bool(next);
    if (!next) return next.error().within(file);
    if (next->kind == EdgeTable::Kind::End) break;
    ++counts.rows;
    if (next->kind == EdgeTable::Kind::LeftOut) ++counts.left_out;
    if (next->kind == EdgeTable::Kind::Edge) {
      const Status added = add(table.row(), table.table().row());
      if (!added && added.error().code != Code::InvalidArgument) return added;
      if (!added) *next = {EdgeTable::Kind::Refused, "line " + std::to_string(table.table().line()) + ": " + added.error().message};
      counts.edges += bool(added);
    }
    if (next->kind != EdgeTable::Kind::Refused) continue;
    ++counts.refused;
    if (counts.first.size() < kShown) counts.first.push_back({table.table().row(), next->why});
    counts.file_is_well = counts.refused <= plan.most_refused;
    if (!counts.file_is_well)
      return Error{Code::InvalidArgument, file + ": " + next->why + "; " + counted(counts.refused, "row") +
                                              (counts.refused == 1 ? " was" : " were") + " refused, more than the " +
                                              std::to_string(plan.most_refused) + " allowed; nothing was loaded"};
  }
  return kOk;
}

BulkRow bulk_row(const exchange::EdgeRow& edge, std::uint64_t number) {
  return {.row = number, .head = edge.head, .tail = edge.tail, .head_label = edge.head_label, .tail_label = edge.tail_label,
          .type = edge.type, .valid = edge.valid, .mode = edge.mode, .confidence = edge.confidence, .properties = edge.properties};
}

// The table that has these bytes, if it was loaded. Only a database with tables is worth reading the file for.
Result<std::optional<Document>> loaded_before(const Store& store, const std::string& file) {
  const ReadTransaction read = store.begin_read();
  bool any = false;
  const auto scanned = read.scan_documents([&](const Document& document) { return !(any = any || document.rows > 0); });
  if (!scanned) return scanned.error();
  if (!any) return std::optional<Document>();
  auto stream = exchange::ByteStream::open(file);
  if (!stream) return stream.error();
  for (;;) {
    const auto bytes = stream->next();
    if (!bytes) return bytes.error();
    if (bytes->empty()) break;
  }
  const auto known = read.document_of(stream->digest());
  if (!known) return known.error();
  if (!*known) return std::optional<Document>();
  return read.document(**known);
}

void tell_refused(const Counts& counts) {
  for (const Refusal& refusal : counts.first) remark("row " + std::to_string(refusal.row) + " refused, " + refusal.why);
  if (counts.refused > counts.first.size())
    remark("\u2026 and " + counted(counts.refused - counts.first.size(), "row") + " more");
}

ExitCode tell(const Question& question, const Typed& typed, const Counts& counts, const BulkOutcome& outcome) {
  if (!question.common.quiet) tell_refused(counts);
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["file"] = typed.file;
    answer["dry_run"] = typed.dry_run;
    answer["already_there"] = outcome.already_there;
    answer["rows"] = counts.rows;
    answer["edges"] = counts.edges;
    answer["left_out"] = counts.left_out;
    answer["refused"] = counts.refused;
    boost::json::array refusals;
    for (const Refusal& refusal : counts.first)
      refusals.push_back(boost::json::object{{"row", refusal.row}, {"why", refusal.why}});
    answer["refusals"] = std::move(refusals);
    answer["new_nodes"] = outcome.new_nodes;
    answer["matched_nodes"] = outcome.matched_nodes;
    const auto id_or_null = [](std::uint64_t id) { return id == 0 ? boost::json::value(nullptr) : boost::json::value(id); };
    answer["document"] = id_or_null(outcome.document.value);
    answer["commit"] = id_or_null(outcome.already_there ? 0 : outcome.commit.id.value);
    print(answer);
  } else if (outcome.already_there) {
    std::cout << "loaded before, as document " << outcome.document.value
              << "; nothing changed. To load it in another way, retract that first: entente retract document '#"
              << outcome.document.value << "'\n";
  } else {
    std::cout << counted(counts.rows, "row") << ": " << counted(counts.edges, "edge");
    if (counts.left_out > 0) std::cout << ", " << counted(counts.left_out, "row") << " left out";
    if (counts.refused > 0) std::cout << ", " << counted(counts.refused, "row") << " refused";
    if (typed.dry_run) {
      std::cout << "; a dry run, nothing was loaded\n";
    } else {
      std::cout << "; " << counted(outcome.new_nodes, "new name") << ", " << outcome.matched_nodes << " known\n"
                << "commit " << outcome.commit.id.value << "; to take it back: entente retract document '#"
                << outcome.document.value << "'\n";
    }
  }
  return counts.refused > 0 ? ExitCode::Input : ExitCode::Found;
}

ExitCode bad_input(const Error& error) { return fail(error), ExitCode::Input; }

ExitCode try_out(const Question& question, const Typed& typed) {
  const Ontology& ontology = Ontology::builtin();
  const auto plan = plan_of(typed, ontology);
  if (!plan) return fail(plan.error());
  auto table = open_table(typed, *plan, ontology);
  if (!table) return bad_input(table.error());
  Counts counts;
  Progress progress(question.common.quiet);
  const Status read = read_rows(*table, *plan, typed.file, progress, counts, [&](const exchange::EdgeRow& row, std::uint64_t) -> Status {
    if (row.head.empty() || row.tail.empty()) return Error{Code::InvalidArgument, "an end without a name"};
    return ontology.check(row.type, row.head_label, row.tail_label);
  });
  progress.clear();
  if (!read) return bad_input(read.error());
  return tell(question, typed, counts, {});
}

ExitCode load_table(const Question& question, const Typed& typed) {
  if (typed.dry_run) return try_out(question, typed);
  // Whatever can be wrong with what was typed is told before a database is made.
  if (const auto plan = plan_of(typed, Ontology::builtin()); !plan) return fail(plan.error());
  if (auto stream = exchange::ByteStream::open(typed.file); !stream) return bad_input(stream.error());
  const fs::path directory = database_directory(question.common);
  if (const auto server = serve::RunningServer::of(directory))
    return fail({Code::Unavailable, "the server at " + server->address() + " has this database open; stop it, load, and start it again"});
  std::error_code ignored;
  const bool fresh = !fs::exists(directory / "ENTENTE", ignored);
  auto store = Store::open(directory, Access::Create);
  if (!store) return fail(store.error()), ExitCode::Database;
  if (fresh && !question.common.quiet) remark("made a new database in " + directory.string());
  const auto plan = plan_of(typed, (*store)->ontology());
  if (!plan) return fail(plan.error());

  BulkOutcome outcome;
  Counts counts;
  const auto known = loaded_before(**store, typed.file);
  if (!known) return bad_input(known.error());
  if (*known) {
    outcome.already_there = true, outcome.document = (*known)->id;
    return tell(question, typed, counts, outcome);
  }
  auto table = open_table(typed, *plan, (*store)->ontology());
  if (!table) return bad_input(table.error());
  auto load = BulkLoad::begin(**store, plan->table, plan->loading);
  if (!load) return fail(load.error()), ExitCode::Database;
  Progress progress(question.common.quiet);
  const Status read = read_rows(*table, *plan, typed.file, progress, counts, [&](const exchange::EdgeRow& row, std::uint64_t number) {
    return load->add(bulk_row(row, number));
  });
  if (!read) progress.clear();
  if (!read && !counts.file_is_well) return bad_input(read.error());
  if (!read) return fail(read.error());
  progress.say(counted(counts.edges, "edge") + ": writing");
  const auto& stream = table->table().stream();
  const std::string note = typed.authorship.note.empty() ? "load " + plan->table.name : typed.authorship.note;
  const auto done = load->commit({stream.digest(), table->table().row(), stream.bytes()}, typed.authorship.name(), note, wall_clock());
  progress.clear();
  if (!done) {
    if (!question.common.quiet) tell_refused(counts);
    return done.error().code == Code::InvalidArgument ? bad_input(done.error()) : fail(done.error());
  }
  return tell(question, typed, counts, *done);
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
