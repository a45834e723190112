#include "schema/codec.h"

#include <gtest/gtest.h>

#include <random>

#include "schema/digest.h"

namespace entente {
namespace {
Interval interval(std::string_view edtf) { return *Interval::parse(edtf); }

Node a_node() {
  return {.id = NodeId{7},
          .label = LabelId{6},
          .more_labels = {LabelId{12}, LabelId{13}},
          .name = "Zo\u00eb Marsh",
          .aliases = {"Marsh", "Z. Marsh"},
          .properties = {{"born", *Bound::parse("1961")},
                         {"count", std::int64_t{-3}},
                         {"names", std::vector<std::string>{"a", ""}},
                         {"role", std::string("envoy")},
                         {"score", 0.25},
                         {"sitting", true}},
          .merged_into = NodeId{8},
          .absorbed = {NodeId{5}, NodeId{6}},
          .since = CommitId{3}};
}

Edge an_edge() {
  Statement statement{.id = StatementId{11},
                      .evidence = {DocumentId{2}, 10, 90},
                      .speaker = NodeId{7},
                      .valid = interval("2024-09/.."),
                      .time_phrase = "from September",
                      .confidence = 0.8,
                      .extractor = "rules/1",
                      .since = CommitId{3},
                      .ends = true};
  return {.id = EdgeId{5},
          .head = NodeId{7},
          .type = EdgeTypeId{2},
          .tail = NodeId{9},
          .valid = interval("2024-09-12/.."),
          .mode = Mode::Alleged,
          .negated = true,
          .confidence = 0.8,
          .properties = {{"role", std::string("envoy")}},
          .statements = {statement, statement},
          .since = CommitId{4}};
}

Document a_document() {
  return {.id = DocumentId{2},
          .node = NodeId{1},
          .name = "marsh-named-envoy",
          .title = "Marsh named envoy",
          .publisher = "The Reader",
          .url = "https://example.org/marsh",
          .published = *Bound::parse("2024-09-13"),
          .digest = sha256("text"),
          .text = {},
          .retracted = true,
          .since = CommitId{3}};
}

LogEntry a_log_entry() {
  LogEntry entry;
  entry.commit = {.id = CommitId{4},
                  .at = Instant{std::chrono::microseconds(1732545000123456)},
                  .verb = Verb::Change,
                  .author = "ana",
                  .note = "import",
                  .nodes = 1,
                  .edges = 1,
                  .statements = 1,
                  .documents = 1,
                  .previous = sha256("before"),
                  .hash = {}};
  entry.nodes = {a_node()};
  entry.edges = {an_edge()};
  entry.documents = {{a_document(), 4}};
  entry.ended_edges = {EdgeId{3}};
  entry.ended_nodes = {NodeId{9}};
  entry.acts = {{Verb::Change, Subject::Edge, 3, 5}, {Verb::Change, Subject::Edge, 2, 0}};
  entry.key = "once";
  entry.erasures = {{CommitId{2}, sha256("shorter")}};
  return entry;
}

TEST(Codec, BringsBackWhatItWrote) {
  EXPECT_EQ(*decode_node(encode(a_node())), a_node());
  EXPECT_EQ(*decode_edge(encode(an_edge())), an_edge());
  const auto document = decode_document(encode(a_document(), 4));
  EXPECT_EQ(document->document, a_document());
  EXPECT_EQ(document->text_bytes, 4u);
}

TEST(Codec, BringsBackTextsWithAZeroByteInThem) {
  Node node = a_node();
  node.name.insert(3, 1, '\0');
  node.aliases.front().insert(0, 1, '\0');
  node.properties["role"] = std::string("en\0voy", 6);
  EXPECT_EQ(*decode_node(encode(node)), node);
}

TEST(Codec, BringsBackACommitAndItsHash) {
  const std::string bytes = encode(a_log_entry());
  const auto entry = decode_log_entry(bytes);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->nodes, a_log_entry().nodes);
  EXPECT_EQ(entry->edges, a_log_entry().edges);
  EXPECT_EQ(entry->ended_edges, a_log_entry().ended_edges);
  Commit expected = a_log_entry().commit;
  expected.hash = hash_of_record(bytes);
  EXPECT_EQ(entry->commit, expected);
  EXPECT_EQ(entry->ended_nodes, a_log_entry().ended_nodes);
  EXPECT_EQ(entry->acts, a_log_entry().acts);
  EXPECT_EQ(entry->key, "once");
  EXPECT_EQ(entry->erasures, a_log_entry().erasures);
}

TEST(Codec, TakesAnotherBodyOnlyFromAPurge) {
  const std::string bytes = encode(a_log_entry());
  LogEntry shorter = *decode_log_entry(bytes);
  shorter.nodes.clear();
  EXPECT_EQ(decode_log_entry(with_other_body(bytes, shorter)).error().code, Code::Corruption);
  shorter.redacted_by = CommitId{9};
  const auto entry = decode_log_entry(with_other_body(bytes, shorter));
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->commit.hash, hash_of_record(bytes));  // the chain holds
  EXPECT_EQ(entry->redacted_by, CommitId{9});
  EXPECT_NE(entry->body_digest, decode_log_entry(bytes)->body_digest);
}

TEST(Codec, NamesACommitByWhatItDid) {
  EXPECT_EQ(verb_of({}), Verb::Assert);
  EXPECT_EQ(verb_of({{Verb::Merge, Subject::Node, 1, 2}}), Verb::Merge);
  EXPECT_EQ(verb_of({{Verb::Assert, Subject::Document, 1, 0}, {Verb::Retract, Subject::Document, 2, 0}}),
            Verb::Several);
}

TEST(Codec, GivesEqualBytesForEqualValues) {
  EXPECT_EQ(encode(an_edge()), encode(an_edge()));
  EXPECT_EQ(encode(a_log_entry()), encode(a_log_entry()));
}

// Any bytes at all: a value or Corruption. The sanitizers of the dev preset watch.
TEST(Codec, SurvivesDamagedBytes) {
  const std::string good[] = {encode(a_node()), encode(an_edge()), encode(a_document(), 4),
                              encode(a_log_entry())};
  std::mt19937 random(20240901);
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = good[round % 4];
    const int damages = 1 + int(random() % 3);
    for (int i = 0; i < damages; ++i) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 3) {
        case 0:
          bytes[at] = char(bytes[at] ^ (1 << (random() % 8)));
          break;
        case 1:
          bytes[at] = char(random());
          break;
        default:
          bytes.resize(at + 1);
      }
    }
    const auto check = [&](const auto& result) {
      if (result) return;
      ++refused;
      EXPECT_EQ(result.error().code, Code::Corruption);
    };
    check(decode_node(bytes));
    check(decode_edge(bytes));
    check(decode_document(bytes));
    check(decode_log_entry(bytes));
  }
  EXPECT_GT(refused, 1000);
  EXPECT_EQ(decode_edge("").error().code, Code::Corruption);
}

}  // namespace
}  // namespace entente
