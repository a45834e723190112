#include "tools/answer/load.h"

#include <filesystem>

#include "tools/exchange/edge_table.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using exchange::EdgeTable;

constexpr std::size_t kShown = 5;  // refused rows that are told one by one

// What was typed, looked up.
struct Plan {
  exchange::EdgeTableOptions reading;
  BulkOptions loading;
  Document table;
};

Result<Plan> plan_of(const LoadRequest& request, const Ontology& ontology) {
  auto columns = exchange::ColumnMap::parse(request.map);
  if (!columns) return columns.error().within("--map");
  Plan plan{.reading = {.columns = std::move(*columns), .relations = {}, .label = {}}, .loading = {}, .table = {}};
  plan.reading.other_columns = !request.only_mapped;
  if (!request.label.empty()) {
    const auto label = ontology.label_named(request.label);
    if (!label) return label.error().within("--label");
    plan.reading.label = *label;
  } else if (!plan.reading.columns.has("head_label") || !plan.reading.columns.has("tail_label")) {
    return Error{Code::InvalidArgument, "say what the names are: --label Government, or columns by head_label= and "
                                        "tail_label= in --map; 'entente help ontology' lists the labels"};
  }
  if (!request.type.empty()) {
    const auto type = ontology.type_named(request.type);
    if (!type) return type.error().within("--type");
    plan.reading.type = *type;
  }
  if (!request.relations.empty()) {
    auto relations = exchange::RelationMap::read(request.relations, ontology);
    if (!relations) return Error{Code::InvalidArgument, "--relations: " + relations.error().message};
    plan.reading.relations = std::move(*relations);
  }
  plan.loading.memory_bytes = request.memory_bytes;
  plan.loading.threads = request.threads;
  const auto published = Bound::parse(request.published);
  if (!published) return published.error().within("--published");
  plan.table.name = fs::path(request.file).filename().string();
  plan.table.title = request.title, plan.table.publisher = request.publisher, plan.table.url = request.url;
  plan.table.published = *published;
  return plan;
}

// What a path is called in a message: as it was typed.
Error renamed(Error error, const LoadRequest& request) {
  if (const std::size_t at = error.message.find(request.path); at != std::string::npos)
    error.message.replace(at, request.path.size(), request.file);
  return error;
}

Result<EdgeTable> open_table(const LoadRequest& request, const Plan& plan, const Ontology& ontology) {
  auto stream = exchange::ByteStream::open(request.path);
  if (!stream) return renamed(stream.error(), request);
  auto rows = exchange::RowReader::open(std::move(*stream), plan.reading.columns.column_names());
  if (!rows) return renamed(rows.error().within(request.file), request);
  auto table = EdgeTable::open(std::move(*rows), plan.reading, ontology);
  if (!table) return table.error().within(request.file);
  return table;
}

bool told(const TellProgress& tell, const EdgeTable& table, const LoadOutcome& outcome, bool writing) {
  const auto& stream = table.table().stream();
  return tell({table.table().row(), stream.file_bytes(), stream.file_size(), outcome.edges, writing});
}

Error stopped(const LoadRequest& request) { return {Code::LimitReached, request.file + ": stopped; nothing was loaded"}; }

// Every row to `add`, which may refuse it with InvalidArgument.
template <typename Add>
Status read_rows(EdgeTable& table, const LoadRequest& request, const TellProgress& tell, LoadOutcome& outcome, Add add) {
  for (;;) {
    if (table.table().row() % 4096 == 0 && !told(tell, table, outcome, false)) return stopped(request);
    auto next = table.next();
    outcome.fault_of_file = !next;
    if (!next) return next.error().within(request.file);
    if (next->kind == EdgeTable::Kind::End) return kOk;
    ++outcome.rows;
    if (next->kind == EdgeTable::Kind::LeftOut) ++outcome.left_out;
    if (next->kind == EdgeTable::Kind::Edge) {
      const Status added = add(table.row(), table.table().row());
      if (!added && added.error().code != Code::InvalidArgument) return added;
      if (!added) *next = {EdgeTable::Kind::Refused, "line " + std::to_string(table.table().line()) + ": " + added.error().message};
      outcome.edges += bool(added);
    }
    if (next->kind != EdgeTable::Kind::Refused) continue;
    ++outcome.refused;
    if (outcome.first.size() < kShown) outcome.first.push_back({table.table().row(), next->why});
    outcome.fault_of_file = outcome.refused > request.most_refused;
    if (outcome.fault_of_file)
      return Error{Code::InvalidArgument, request.file + ": " + next->why + "; " + std::to_string(outcome.refused) +
                                              (outcome.refused == 1 ? " row was" : " rows were") + " refused, more than the " +
                                              std::to_string(request.most_refused) + " allowed; nothing was loaded"};
  }
}

BulkRow bulk_row(const exchange::EdgeRow& edge, std::uint64_t number) {
  return {.row = number, .head = edge.head, .tail = edge.tail, .head_label = edge.head_label, .tail_label = edge.tail_label,
          .type = edge.type, .valid = edge.valid, .mode = edge.mode, .confidence = edge.confidence, .properties = edge.properties};
}

// The table that has these bytes, if it was loaded. Only a database with tables is worth reading the file for.
Result<std::optional<Document>> loaded_before(const Store& store, const LoadRequest& request, const TellProgress& tell) {
  const ReadTransaction read = store.begin_read();
  bool any = false;
  const auto scanned = read.scan_documents([&](const Document& document) { return !(any = any || document.rows > 0); });
  if (!scanned) return scanned.error();
  if (!any) return std::optional<Document>();
  auto stream = exchange::ByteStream::open(request.path);
  if (!stream) return renamed(stream.error(), request);
  for (;;) {
    const auto bytes = stream->next();
    if (!bytes) return renamed(bytes.error(), request);
    if (bytes->empty()) break;
    if (!tell({})) return stopped(request);
  }
  const auto known = read.document_of(stream->digest());
  if (!known) return known.error();
  if (!*known) return std::optional<Document>();
  return read.document(**known);
}

LoadOutcome& failed(LoadOutcome& outcome, Error error, bool of_file) {
  outcome.status = std::move(error), outcome.fault_of_file = of_file;
  return outcome;
}
}  // namespace

Status check_load(const LoadRequest& request, const Ontology& ontology) {
  const auto plan = plan_of(request, ontology);
  if (!plan) return plan.error();
  return kOk;
}

LoadOutcome try_load(const LoadRequest& request, const Ontology& ontology, const TellProgress& tell) {
  LoadOutcome outcome;
  const auto plan = plan_of(request, ontology);
  if (!plan) return failed(outcome, plan.error(), false);
  auto table = open_table(request, *plan, ontology);
  if (!table) return failed(outcome, table.error(), true);
  const Status read = read_rows(*table, request, tell, outcome, [&](const exchange::EdgeRow& row, std::uint64_t) -> Status {
    if (row.head.empty() || row.tail.empty()) return Error{Code::InvalidArgument, "an end without a name"};
    return ontology.check(row.type, row.head_label, row.tail_label);
  });
  if (!read) return failed(outcome, renamed(read.error(), request), true);
  return outcome;
}

LoadOutcome load_table(Store& store, const LoadRequest& request, Instant now, const TellProgress& tell) {
  LoadOutcome outcome;
  const auto plan = plan_of(request, store.ontology());
  if (!plan) return failed(outcome, plan.error(), false);
  const auto known = loaded_before(store, request, tell);
  if (!known) return failed(outcome, known.error(), known.error().code != Code::LimitReached);
  if (*known) {
    outcome.already_there = true, outcome.document = (*known)->id;
    return outcome;
  }
  auto table = open_table(request, *plan, store.ontology());
  if (!table) return failed(outcome, table.error(), true);
  auto load = BulkLoad::begin(store, plan->table, plan->loading);
  if (!load) return failed(outcome, load.error(), false);
  const Status read = read_rows(*table, request, tell, outcome, [&](const exchange::EdgeRow& row, std::uint64_t number) {
    return load->add(bulk_row(row, number));
  });
  if (!read) return failed(outcome, renamed(read.error(), request), outcome.fault_of_file);
  if (!told(tell, *table, outcome, true)) return failed(outcome, stopped(request), false);
  const auto& stream = table->table().stream();
  const std::string note = request.note.empty() ? "load " + plan->table.name : request.note;
  const auto done = load->commit({stream.digest(), table->table().row(), stream.bytes()}, request.author, note, now);
  if (!done) return failed(outcome, done.error(), done.error().code == Code::InvalidArgument);
  outcome.document = done->document, outcome.already_there = done->already_there;
  outcome.new_nodes = done->new_nodes, outcome.matched_nodes = done->matched_nodes;
  outcome.commit = done->commit.id;
  return outcome;
}

}  // namespace entente
