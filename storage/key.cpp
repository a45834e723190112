#include "storage/key.h"

namespace entente::key {
namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
  char big_endian[8];
  for (int i = 0; i < bytes; ++i) big_endian[i] = char(value >> 8 * (bytes - 1 - i));
  out.append(big_endian, std::size_t(bytes));
}

template <typename T>
std::optional<T> whole(const Parts& parts, const T& value) {
  if (!parts.done()) return std::nullopt;
  return value;
}
}  // namespace

void put_u16(std::string& out, std::uint16_t value) { put(out, value, 2); }
void put_u32(std::string& out, std::uint32_t value) { put(out, value, 4); }
void put_u64(std::string& out, std::uint64_t value) { put(out, value, 8); }

void put_day(std::string& out, Day day) {
  put_u32(out, std::uint32_t(std::int32_t(day.time_since_epoch().count())) ^ kSign);
}

void put_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += char(value | 0x80);
  out += char(value);
}

std::uint64_t Parts::varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = u8();
    if (shift == 63 && byte > 1) return fail(), 0;  // more than 64 bits
    value |= std::uint64_t(byte & 0x7F) << shift;
    if (byte >= 0x80) continue;
    if (byte == 0 && shift > 0) return fail(), 0;  // longer than it need be
    return value;
  }
  return fail(), 0;
}

std::string adjacency_prefix(NodeId node, Direction direction, EdgeTypeId type) {
  std::string key;
  put_u64(key, node.value);
  key += char(direction);
  put_u16(key, type.value);
  return key;
}

std::string of(const Adjacency& parts) {
  std::string key = adjacency_prefix(parts.node, parts.direction, parts.type);
  put_day(key, parts.earliest_start);
  put_u64(key, parts.edge.value);
  return key;
}

std::optional<Adjacency> adjacency(std::string_view key) {
  Parts parts(key);
  Adjacency result;
  result.node = NodeId{parts.u64()};
  const std::uint8_t direction = parts.u8();
  if (direction > 1) return std::nullopt;
  result.direction = Direction(direction);
  result.type = EdgeTypeId{parts.u16()};
  result.earliest_start = parts.day();
  result.edge = EdgeId{parts.u64()};
  return whole(parts, result);
}

std::string history_prefix(Kind kind) { return std::string(1, char(kind)); }

std::string of(const History& parts) {
  std::string key = history_prefix(parts.kind);
  put_u64(key, parts.id);
  put_u64(key, ~parts.until.value);
  return key;
}

std::optional<History> history(std::string_view key) {
  Parts parts(key);
  History result;
  result.kind = Kind(parts.u8());
  if (result.kind != Kind::Node && result.kind != Kind::Edge && result.kind != Kind::Document)
    return std::nullopt;
  result.id = parts.u64();
  result.until = CommitId{~parts.u64()};
  return whole(parts, result);
}

std::string name(std::string_view folded, NodeId node) {
  std::string key(folded);
  key += '\0';
  put_u64(key, node.value);
  return key;
}

std::optional<Name> name(std::string_view key) {
  if (key.size() < 9 || key[key.size() - 9] != '\0') return std::nullopt;
  Parts parts(key.substr(key.size() - 8));
  return Name{key.substr(0, key.size() - 9), NodeId{parts.u64()}};
}

std::string timeline(Day earliest_start, EdgeId edge) {
  std::string key;
  put_day(key, earliest_start);
  put_u64(key, edge.value);
  return key;
}

std::optional<EdgeId> timeline_edge(std::string_view key) {
  Parts parts(key);
  parts.day();
  const EdgeId edge{parts.u64()};
  return whole(parts, edge);
}

std::string document(DocumentId document, std::uint32_t chunk) {
  std::string key;
  put_u64(key, document.value);
  put_u32(key, chunk);
  return key;
}

std::string of(const Citation& parts) {
  std::string key;
  put_u64(key, parts.document.value);
  put_u64(key, parts.edge.value);
  put_u64(key, parts.start);
  put_u64(key, parts.statement.value);
  return key;
}

std::optional<Citation> citation(std::string_view key) {
  Parts parts(key);
  Citation result;
  result.document = DocumentId{parts.u64()};
  result.edge = EdgeId{parts.u64()};
  result.start = parts.u64();
  result.statement = StatementId{parts.u64()};
  return whole(parts, result);
}

std::string of(const Speaker& parts) {
  std::string key;
  put_u64(key, parts.node.value);
  put_u64(key, parts.edge.value);
  return key;
}

std::optional<Speaker> speaker(std::string_view key) {
  Parts parts(key);
  Speaker result;
  result.node = NodeId{parts.u64()};
  result.edge = EdgeId{parts.u64()};
  return whole(parts, result);
}

}  // namespace entente::key
