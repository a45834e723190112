// Keys and small values of the store, and the slots of HIGHWATER.
#include "storage/highwater.h"
#include "storage/index.h"
#include "storage/key.h"
#include "tests/fuzz/target.h"

namespace entente::fuzz {
namespace {
template <typename Decode, typename Encode>
void round(std::string_view bytes, Decode decode, Encode encode, const char* promise) {
  if (const auto read = decode(bytes)) must(encode(*read) == bytes, promise);
}
}  // namespace

// The first byte says which layout the rest is read as.
void run_key(std::string_view bytes) {
  if (bytes.empty()) return;
  const int layout = bytes[0] & 7;
  bytes.remove_prefix(1);
  const auto read_name = [](std::string_view key) { return key::name(key); };
  const auto write_name = [](const key::Name& parts) { return key::name(parts.folded, parts.node); };
  const auto write_key = [](const auto& parts) { return key::of(parts); };
  switch (layout) {
    case 0: return round(bytes, key::adjacency, write_key, "an adjacency key is written as it was read");
    case 1: return round(bytes, key::history, write_key, "a history key is written as it was read");
    case 2: return round(bytes, read_name, write_name, "a name key is written as it was read");
    case 3: (void)key::timeline_edge(bytes); return;
    case 4: return round(bytes, key::citation, write_key, "a citation key is written as it was read");
    case 5: return round(bytes, key::speaker, write_key, "a speaker key is written as it was read");
    case 6:
      return round(bytes, decode_name_value, [](const NameValue& value) { return encode(value); },
                   "the value of a name is written as it was read");
    default: {
      key::Parts parts(bytes);
      const Day start = parts.day();
      if (!parts.ok()) return;
      bytes.remove_prefix(4);
      const auto value = decode_adjacency_value(start, bytes);
      if (!value) return;
      const auto back = decode_adjacency_value(start, encode(*value));
      must(back && back->other == value->other && back->mode == value->mode && back->negated == value->negated,
           "the value of an adjacency entry that was read can be written and read again");
    }
  }
}

void run_highwater(std::string_view bytes) {
  if (const auto mark = decode_highwater(bytes)) {
    const auto back = decode_highwater(encode(*mark));
    must(back && *back == *mark, "a high-water mark that was read can be written and read again");
  }
}

std::vector<std::string> key_seeds() {
  const Interval valid = *Interval::parse("2024-09/2025");
  std::string start;
  key::put_day(start, valid.from().period().from);
  std::vector<std::string> seeds = {
      key::of(key::Adjacency{NodeId{1}, key::Direction::In, EdgeTypeId{2}, Day{}, EdgeId{3}}),
      key::of(key::History{key::Kind::Node, 3, CommitId{4}}),
      key::name("ana", NodeId{7}),
      key::timeline(Day{}, EdgeId{3}),
      key::of(key::Citation{DocumentId{1}, EdgeId{2}, 3, StatementId{4}}),
      key::of(key::Speaker{NodeId{1}, EdgeId{2}}),
      encode(NameValue{true, LabelId{3}}),
      start + encode(AdjacencyValue{NodeId{5}, valid, Mode::Planned, true})};
  for (std::size_t layout = 0; layout < seeds.size(); ++layout) seeds[layout].insert(0, 1, char(layout));
  return seeds;
}

std::vector<std::string> highwater_seeds() {
  HighwaterMark mark;
  mark.sequence = 4, mark.database = std::string(32, 'a'), mark.commit = CommitId{3}, mark.hash = std::string(32, 'h');
  mark.logs = {4, 9}, mark.manifest = 5, mark.manifest_bytes = 100;
  return {encode(mark)};
}

}  // namespace entente::fuzz
