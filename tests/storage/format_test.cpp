// storage/FORMAT.md speaks the truth: each example in hexadecimal there is what the code writes.
#include <gtest/gtest.h>

#include <fstream>

#include "schema/codec.h"
#include "schema/digest.h"
#include "storage/document_text.h"
#include "storage/index.h"
#include "storage/key.h"
#include "storage/postings.h"
#include "storage/rows.h"

namespace entente {
namespace {

// Only its bytes in hexadecimal, one space between two, whatever the lines.
std::string manual() {
  std::ifstream file(ENTENTE_FORMAT_MD);
  std::string all;
  for (std::string word; file >> word;) {
    const bool is_byte = word.size() == 2 && word.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (is_byte) all += word + " ";
  }
  return all;
}

// `00 1f a0`: how the manual prints bytes.
std::string spaced_hex(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    text += (i ? " " : "") + hex(bytes.substr(i, 1));
  return text;
}

void expect_in_manual(std::string_view what, std::string_view bytes) {
  EXPECT_TRUE(manual().find(spaced_hex(bytes)) != std::string::npos)
      << "storage/FORMAT.md lacks the bytes of " << what << ":\n" << spaced_hex(bytes);
}

constexpr Day day(int year, unsigned month, unsigned of_month) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(of_month));
}

TEST(Format, KeysAreThoseOfTheManual) {
  expect_in_manual("a node's key", key::of(NodeId{7}));
  expect_in_manual("an adjacency key",
                   key::of(key::Adjacency{NodeId{7}, key::Direction::Out, EdgeTypeId{2}, day(2024, 9, 1), EdgeId{5}}));
  expect_in_manual("a history key", key::of(key::History{key::Kind::Edge, 5, CommitId{3}}));
  expect_in_manual("a name's key", key::name("norfentanyl", NodeId{7}));
  expect_in_manual("a timeline key", key::timeline(day(2024, 9, 1), EdgeId{5}));
  expect_in_manual("a document's key", key::document(DocumentId{1}, 1));
  expect_in_manual("a citation's key", key::of(key::Citation{DocumentId{1}, EdgeId{5}, 120, StatementId{9}}));
  expect_in_manual("a posting", key::posting(trigrams_of("fe").front(), NodeId{7}));
  expect_in_manual("a band's key", key::sketch(3, 0x102, DocumentId{1}));
  expect_in_manual("a word's key", key::word("salt", DocumentId{1}));
  std::string before;
  key::put_day(before, day(1969, 12, 31));
  expect_in_manual("a day before 1970", before);
}

TEST(Format, ValuesAreThoseOfTheManual) {
  expect_in_manual("a name's value", encode(NameValue{.is_alias = true, .label = LabelId{4}}));
  expect_in_manual("an adjacency value",
                   encode(AdjacencyValue{NodeId{8},
                                         *Interval::make(Bound::known(day(2024, 9, 1), Precision::Month), Bound::open()),
                                         Mode::Planned, true}));
  expect_in_manual("a block of postings", encode_block(std::vector<NodeId>{NodeId{7}, NodeId{9}, NodeId{300}}));
  Head head;
  head.commit = CommitId{3};
  head.at = Instant{std::chrono::microseconds(1717200000000000)};
  head.hash = sha256("entente");
  head.nodes = 2, head.next_node = 3;
  expect_in_manual("the head", encode(head));
}

TEST(Format, RecordsAreThoseOfTheManual) {
  Node node;
  node.id = NodeId{7};
  node.label = LabelId{4};
  node.name = "norfentanyl";
  node.since = CommitId{3};
  expect_in_manual("a node", encode(node));
  expect_in_manual("a text", compress_text("Entente").front());
}

}  // namespace
}  // namespace entente
