// Keys: bytes that sort as the values do. Numbers are big-endian; days are shifted so that
// earlier ones come first; a descending commit is its complement. Layouts: FORMAT.md.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/fact.h"

namespace entente::key {

// ---- parts
inline constexpr std::uint32_t kSign = 0x80000000u;  // flipped in a day
void put_u16(std::string& out, std::uint16_t value);
void put_u32(std::string& out, std::uint32_t value);
void put_u64(std::string& out, std::uint64_t value);
void put_day(std::string& out, Day day);
void put_varint(std::string& out, std::uint64_t value);  // seven bits a byte, lowest first

// Takes parts off the front of some bytes; fails once and for all when they run out.
class Parts {
 public:
  explicit Parts(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t u8() { return std::uint8_t(take<1>()); }
  std::uint16_t u16() { return std::uint16_t(take<2>()); }
  std::uint32_t u32() { return std::uint32_t(take<4>()); }
  std::uint64_t u64() { return take<8>(); }
  Day day() { return Day{std::chrono::days{std::int32_t(u32() ^ kSign)}}; }
  std::uint64_t varint();  // fails unless it is what put_varint writes
  bool ok() const { return ok_; }
  void fail() { ok_ = false, rest_ = {}; }
  bool done() const { return ok_ && rest_.empty(); }  // all there was, and no more

 private:
  template <std::size_t kBytes>
  std::uint64_t take() {
    if (rest_.size() < kBytes) return fail(), 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kBytes; ++i) value = value << 8 | std::uint8_t(rest_[i]);
    rest_.remove_prefix(kBytes);
    return value;
  }
  std::string_view rest_;
  bool ok_ = true;
};

// ---- whole keys
template <typename Tag>
std::string of(Id<Tag> id) {  // nodes, edges, log
  std::string key;
  put_u64(key, id.value);
  return key;
}

enum class Direction : std::uint8_t { Out = 0, In = 1 };
struct Adjacency {
  NodeId node;
  Direction direction = Direction::Out;
  EdgeTypeId type;
  Day earliest_start;
  EdgeId edge;
};
std::string of(const Adjacency& parts);
std::optional<Adjacency> adjacency(std::string_view key);
std::string adjacency_prefix(NodeId node, Direction direction, EdgeTypeId type);

enum class Kind : char { Node = 'n', Edge = 'e', Document = 'd' };
struct History {
  Kind kind = Kind::Edge;
  std::uint64_t id = 0;
  CommitId until;  // the commit that ended the version
};
std::string of(const History& parts);
std::optional<History> history(std::string_view key);
std::string history_prefix(Kind kind);

std::string name(std::string_view folded, NodeId node);  // folded, 0, node
struct Name {
  std::string_view folded;
  NodeId node;
};
std::optional<Name> name(std::string_view key);

std::string timeline(Day earliest_start, EdgeId edge);
std::optional<EdgeId> timeline_edge(std::string_view key);

inline constexpr std::uint32_t kHeaderChunk = 0;  // of a document; its text follows from 1
std::string document(DocumentId document, std::uint32_t chunk);

struct Citation {
  DocumentId document;
  EdgeId edge;
  std::uint64_t start = 0;
  StatementId statement;
};
std::string of(const Citation& parts);
std::optional<Citation> citation(std::string_view key);

struct Speaker {
  NodeId node;
  EdgeId edge;
};
std::string of(const Speaker& parts);
std::optional<Speaker> speaker(std::string_view key);

}  // namespace entente::key
