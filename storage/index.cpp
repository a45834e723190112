#include "storage/index.h"

#include <map>
#include <set>

#include "schema/name.h"
#include "storage/key.h"
#include "storage/rows.h"

namespace entente {
namespace {
constexpr std::uint8_t kNegated = 0x80, kSameEnd = 0x40;

std::uint8_t shape_of(const Bound& bound) {
  return std::uint8_t(std::uint8_t(bound.kind()) << 2 |
                      (bound.is_known() ? std::uint8_t(bound.precision()) : 0));
}

std::int32_t day_of(const Bound& bound) {  // the first of a known one, else 0
  return bound.is_known() ? std::int32_t(bound.period().from.time_since_epoch().count()) : 0;
}

// A bound of that shape whose period starts on `day`; nothing if no period does.
std::optional<Bound> bound_of(std::uint8_t shape, std::int64_t day) {
  if ((shape >> 2) == std::uint8_t(Bound::Kind::Unknown)) return Bound::unknown();
  if ((shape >> 2) == std::uint8_t(Bound::Kind::Open)) return Bound::open();
  static constexpr std::int64_t kFirst = -719162, kLast = 2932896;  // years 0001 to 9999
  if ((shape >> 2) != std::uint8_t(Bound::Kind::Known) || day < kFirst || day > kLast)
    return std::nullopt;
  const Day first{std::chrono::days(std::int32_t(day))};
  if (Precision(shape & 3) == Precision::Day) return Bound::known(first);
  const Bound bound = Bound::known(first, Precision(shape & 3));
  if (bound.period().from != first) return std::nullopt;
  return bound;
}

std::uint64_t zigzag(std::int64_t value) {
  return (std::uint64_t(value) << 1) ^ std::uint64_t(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return std::int64_t(value >> 1) ^ -std::int64_t(value & 1);
}
}  // namespace

std::string encode(const NameValue& value) {
  std::string bytes(1, char(value.is_alias));
  key::put_u16(bytes, value.label.value);
  return bytes;
}

std::optional<NameValue> decode_name_value(std::string_view bytes) {
  key::Parts parts(bytes);
  NameValue value;
  const std::uint8_t alias = parts.u8();
  value.is_alias = alias != 0;
  value.label = LabelId{parts.u16()};
  if (!parts.done() || alias > 1) return std::nullopt;
  return value;
}

std::string encode(const AdjacencyValue& value) {
  const Bound from = value.valid.from(), to = value.valid.to();
  const bool same = from == to;
  std::string bytes;
  bytes += char(shape_of(from) << 4 | (same ? 0 : shape_of(to)));
  bytes += char(std::uint8_t(value.mode) | (value.negated ? kNegated : 0) | (same ? kSameEnd : 0));
  key::put_varint(bytes, value.other.value);
  if (!same && to.is_known()) key::put_varint(bytes, zigzag(day_of(to) - day_of(from)));
  return bytes;
}

std::optional<AdjacencyValue> decode_adjacency_value(Day earliest_start, std::string_view bytes) {
  key::Parts parts(bytes);
  AdjacencyValue value;
  const std::uint8_t shapes = parts.u8(), mood = parts.u8();
  value.other = NodeId{parts.varint()};
  const auto from = bound_of(shapes >> 4, earliest_start.time_since_epoch().count());
  if (!parts.ok() || !from || (mood & 0x3F) >= kModes) return std::nullopt;
  auto to = from;
  if ((mood & kSameEnd) == 0) {
    const bool dated = (shapes & 15) >> 2 == std::uint8_t(Bound::Kind::Known);
    // Added without sign: of a damaged value it may go round, to a day that no calendar has.
    const auto day = [&] { return std::int64_t(std::uint64_t(day_of(*from)) + std::uint64_t(unzigzag(parts.varint()))); };
    to = bound_of(shapes & 15, dated ? day() : 0);
  }
  if (!parts.done() || !to) return std::nullopt;
  const auto valid = Interval::make(*from, *to);
  if (!valid) return std::nullopt;
  value.valid = *valid;
  value.mode = Mode(mood & 0x3F);
  value.negated = (mood & kNegated) != 0;
  return value;
}

std::vector<IndexEntry> entries_of(const Node& node) {
  if (node.merged_into) return {};
  std::map<std::string, bool> is_alias;  // a name that is also an alias counts as a name
  for (const std::string& alias : node.aliases) is_alias[fold_name(alias)] = true;
  is_alias[fold_name(node.name)] = false;
  std::vector<IndexEntry> entries;
  for (const auto& [folded, alias] : is_alias)
    entries.push_back({ColumnFamily::Names, key::name(folded, node.id),
                       encode(NameValue{.is_alias = alias, .label = node.label})});
  return entries;
}

std::vector<IndexEntry> entries_of(const Edge& edge) {
  const Day start = edge.valid.earliest_start();
  const auto adjacency = [&](NodeId node, key::Direction direction, NodeId other) {
    return IndexEntry{ColumnFamily::Adjacency,
                      key::of(key::Adjacency{node, direction, edge.type, start, edge.id}),
                      encode(AdjacencyValue{other, edge.valid, edge.mode, edge.negated})};
  };
  std::string latest_end;
  key::put_day(latest_end, edge.valid.latest_end());
  std::vector<IndexEntry> entries = {
      adjacency(edge.head, key::Direction::Out, edge.tail),
      adjacency(edge.tail, key::Direction::In, edge.head),
      {ColumnFamily::Timeline, key::timeline(start, edge.id), latest_end}};
  for (const Statement& statement : edge.statements)
    if (!is_loaded(edge, statement))
      entries.push_back({ColumnFamily::Citations,
                         key::of(key::Citation{statement.evidence.document, edge.id,
                                               statement.evidence.start, statement.id}),
                         ""});
  std::set<NodeId> speakers;
  for (const Statement& statement : edge.statements)
    if (statement.speaker && speakers.insert(statement.speaker).second)
      entries.push_back({ColumnFamily::Speakers, key::of(key::Speaker{statement.speaker, edge.id}), ""});
  return entries;
}

std::vector<IndexEntry> entries_of(const DocumentHeader& header) {
  if (header.document.retracted) return {};
  return {{ColumnFamily::Digests, header.document.digest, key::of(header.document.id)}};
}

std::string idempotency_row(std::string_view key) { return std::string(meta::kIdempotency) + std::string(key); }

std::vector<IndexEntry> entries_of(const LogEntry& entry) {
  if (entry.key.empty()) return {};
  return {{ColumnFamily::Meta, idempotency_row(entry.key), key::of(entry.commit.id)}};
}

}  // namespace entente
