#include "storage/bulk_rows.h"

#include <algorithm>
#include <span>

#include "schema/codec.h"
#include "storage/bulk_digest.h"
#include "storage/index.h"
#include "storage/key.h"

namespace entente {
namespace {
std::uint32_t shifted(Day day) {
  return std::uint32_t(std::int32_t(day.time_since_epoch().count())) ^ 0x80000000u;
}

AdjacencyRow adjacency_row(NodeId node, key::Direction direction, const Edge& edge, NodeId other,
                           std::uint64_t when) {
  AdjacencyRow row;
  row.place = node.value << 17 | std::uint64_t(direction) << 16 | edge.type.value;
  row.when = when;
  const std::string value = encode(AdjacencyValue{other, edge.valid, edge.mode, edge.negated});
  assert(value.size() <= sizeof row.value);
  row.size = std::uint8_t(std::min(value.size(), sizeof row.value));
  std::copy_n(value.data(), row.size, row.value);
  return row;
}

Edge edge_of(const BulkOrigin& origin, const Chunk& chunk, std::size_t place) {
  const PendingRow& row = chunk.rows[place];
  Edge edge;
  edge.id = EdgeId{origin.first_edge.value + chunk.first + place};
  edge.head = row.head;
  edge.type = row.type;
  edge.tail = row.tail;
  edge.valid = row.valid;
  edge.mode = row.mode;
  edge.negated = row.negated;
  edge.confidence = row.confidence;
  if (row.properties) edge.properties = chunk.properties[row.properties - 1];
  edge.since = origin.commit;
  Statement statement;
  statement.id = StatementId{edge.id.value};
  statement.evidence = {origin.table, row.row, row.row + 1, true};
  statement.valid = row.valid;
  statement.confidence = row.confidence;
  statement.extractor = origin.extractor;
  statement.since = origin.commit;
  edge.statements.push_back(std::move(statement));
  return edge;
}

template <typename Record>
Result<SortedRun<Record>> make_run(std::vector<Record> records, bool spill,
                                   const std::filesystem::path& folder) {
  std::sort(records.begin(), records.end());
  if (!spill) return SortedRun<Record>(std::move(records));
  auto mapped = MappedBytes::spill(folder, std::as_bytes(std::span(records)));
  if (!mapped) return mapped.error();
  return SortedRun<Record>(std::move(*mapped));
}
}  // namespace

Result<SortedChunk> sort_chunk(const StoreState& store, const std::filesystem::path& folder,
                               const BulkOrigin& origin, const Chunk& chunk, bool spill) {
  SortedChunk sorted;
  SortedFiles records(store, folder, ColumnFamily::Edges, std::to_string(chunk.first));
  DigestBlocks blocks;
  std::vector<AdjacencyRow> adjacent;
  std::vector<TimelineRow> times;
  adjacent.reserve(2 * chunk.rows.size());
  times.reserve(chunk.rows.size());
  for (std::size_t place = 0; place < chunk.rows.size(); ++place) {
    const Edge edge = edge_of(origin, chunk, place);
    const std::string record = encode(edge);
    blocks.add(record);
    if (auto put = records.put(key::of(edge.id), record); !put) return put.error();
    const std::uint64_t when =
        std::uint64_t(shifted(edge.valid.earliest_start())) << 32 | (chunk.first + place);
    adjacent.push_back(adjacency_row(edge.head, key::Direction::Out, edge, edge.tail, when));
    adjacent.push_back(adjacency_row(edge.tail, key::Direction::In, edge, edge.head, when));
    times.push_back({when, shifted(edge.valid.latest_end()), 0});
  }
  sorted.digests = blocks.finish();
  auto files_written = records.finish();
  if (!files_written) return files_written.error();
  sorted.files = std::move(*files_written);
  if (!spill)
    sorted.memory_bytes = adjacent.size() * sizeof(AdjacencyRow) + times.size() * sizeof(TimelineRow);
  auto adjacent_run = make_run(std::move(adjacent), spill, folder);
  if (!adjacent_run) return adjacent_run.error();
  auto times_run = make_run(std::move(times), spill, folder);
  if (!times_run) return times_run.error();
  sorted.adjacency.push_back(std::move(*adjacent_run));
  sorted.timeline.push_back(std::move(*times_run));
  return sorted;
}

}  // namespace entente
