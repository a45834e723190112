#include "storage/index.h"

#include <map>
#include <set>

#include "schema/name.h"
#include "storage/key.h"

namespace entente {
namespace {
void put(std::string& out, const Bound& bound) {
  out += char(std::uint8_t(bound.kind()) << 4 | std::uint8_t(bound.precision()));
  key::put_u32(out, bound.is_known()
                        ? std::uint32_t(bound.period().from.time_since_epoch().count())
                        : 0);
}

std::optional<Bound> bound_from(key::Parts& parts) {
  const std::uint8_t tag = parts.u8();
  const Day day{std::chrono::days{std::int32_t(parts.u32())}};
  if (!parts.ok() || (tag & 15) > 3) return std::nullopt;
  switch (tag >> 4) {
    case 0:
      return Bound::unknown();
    case 1:
      return Bound::open();
    case 2:
      return Bound::known(day, Precision(tag & 15));
    default:
      return std::nullopt;
  }
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
  std::string bytes;
  key::put_u64(bytes, value.other.value);
  put(bytes, value.valid.from());
  put(bytes, value.valid.to());
  bytes += char(std::uint8_t(value.mode) | (value.negated ? 0x80 : 0));
  return bytes;
}

std::optional<AdjacencyValue> decode_adjacency_value(std::string_view bytes) {
  key::Parts parts(bytes);
  AdjacencyValue value;
  value.other = NodeId{parts.u64()};
  const auto from = bound_from(parts), to = bound_from(parts);
  const std::uint8_t mood = parts.u8();
  if (!parts.done() || !from || !to || (mood & 0x7F) >= kModes) return std::nullopt;
  const auto valid = Interval::make(*from, *to);
  if (!valid) return std::nullopt;
  value.valid = *valid;
  value.mode = Mode(mood & 0x7F);
  value.negated = (mood & 0x80) != 0;
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

}  // namespace entente
