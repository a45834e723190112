#include "storage/bulk_rows.h"

#include <algorithm>
#include <memory>
#include <span>

#include "schema/codec.h"
#include "schema/row_encoder.h"
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

// The edges of a chunk one after the other, in the same place: this runs for every row.
class EdgeOfRow {
 public:
  EdgeOfRow(const BulkOrigin& origin, const Chunk& chunk) : origin_(origin), chunk_(chunk) {
    edge_.since = origin.commit;
    Statement& statement = edge_.statements.emplace_back();
    statement.extractor = origin.extractor;
    statement.since = origin.commit;
    statement.evidence = {origin.table, 0, 0, true};
  }
  const Edge& shared() const { return edge_; }  // what all have
  // Without its properties.
  const Edge& at(std::size_t place) {
    const PendingRow& row = chunk_.rows[place];
    edge_.id = EdgeId{origin_.first_edge.value + chunk_.first + place};
    edge_.head = row.head;
    edge_.type = row.type;
    edge_.tail = row.tail;
    edge_.valid = row.valid;
    edge_.mode = row.mode;
    edge_.negated = row.negated;
    edge_.confidence = row.confidence;
    Statement& statement = edge_.statements.front();
    statement.id = StatementId{edge_.id.value};
    statement.evidence.start = row.row, statement.evidence.end = row.row + 1;
    statement.valid = row.valid;
    statement.confidence = row.confidence;
    return edge_;
  }

 private:
  const BulkOrigin& origin_;
  const Chunk& chunk_;
  Edge edge_;
};

// The record of each row. For rows that share their properties there is an encoder that has them.
class Records {
 public:
  Records(const Edge& shared, const Chunk& chunk) : shared_(shared), chunk_(chunk), plain_(shared), with_(chunk.sets().size()) {}

  std::string_view of(const Edge& edge, std::uint32_t properties) {
    if (properties == 0) return plain_.encode(edge);
    const Chunk::Set& set = chunk_.sets()[properties - 1];
    std::unique_ptr<RowEncoder>& encoder = with_[properties - 1];
    if (!encoder && set.rows < kWorthAnEncoder) {
      Edge whole = edge;
      whole.properties = set.properties;
      return single_ = encode(whole);
    }
    if (!encoder) {
      Edge first = shared_;
      first.properties = set.properties;
      encoder = std::make_unique<RowEncoder>(first);
    }
    return encoder->encode(edge);
  }

 private:
  static constexpr std::uint32_t kWorthAnEncoder = 4;  // rows
  const Edge shared_;
  const Chunk& chunk_;
  RowEncoder plain_;
  std::vector<std::unique_ptr<RowEncoder>> with_;  // by set of properties
  std::string single_;
};

std::size_t hash_of(const Value& value) {
  if (const auto* words = std::get_if<std::string>(&value)) return std::hash<std::string>{}(*words);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::hash<std::int64_t>{}(*whole);
  if (const auto* real = std::get_if<double>(&value)) return std::hash<double>{}(*real);
  return value.index();
}

std::size_t hash_of(const Properties& properties) {
  std::size_t all = properties.size();
  for (const auto& [name, value] : properties)
    all = (all * 1'099'511'628'211u) ^ std::hash<std::string>{}(name) ^ (hash_of(value) * 0x9E3779B97F4A7C15u);
  return all;
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

std::uint32_t Chunk::place_of(const Properties& properties) {
  constexpr std::size_t kMostShared = 4096;  // beyond, each row has its own: looking them up would not pay
  if (sets_.size() < kMostShared) {
    const std::size_t hash = hash_of(properties);
    const auto [first, last] = places_.equal_range(hash);
    for (auto place = first; place != last; ++place) {
      if (sets_[place->second].properties != properties) continue;
      ++sets_[place->second].rows;
      return place->second + 1;
    }
    places_.emplace(hash, std::uint32_t(sets_.size()));
  }
  sets_.push_back({properties, 1});
  return std::uint32_t(sets_.size());
}

Result<SortedChunk> sort_chunk(const StoreState& store, const std::filesystem::path& folder,
                               const BulkOrigin& origin, const Chunk& chunk, bool spill) {
  SortedChunk sorted;
  SortedFiles records(store, folder, ColumnFamily::Edges, std::to_string(chunk.first));
  DigestBlocks blocks;
  std::vector<AdjacencyRow> adjacent;
  std::vector<TimelineRow> times;
  adjacent.reserve(2 * chunk.rows.size());
  times.reserve(chunk.rows.size());
  EdgeOfRow edges(origin, chunk);
  Records encoded(edges.shared(), chunk);
  for (std::size_t place = 0; place < chunk.rows.size(); ++place) {
    const Edge& edge = edges.at(place);
    const std::string_view record = encoded.of(edge, chunk.rows[place].properties);
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
