#include "storage/document_node.h"

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(DocumentNode, KnowsThePageOfEachCharacter) {
  Node node;
  EXPECT_EQ(page_of(node, 5), 0u);
  EXPECT_EQ(author_of(node), "");
  add_origin(node, "Ana Roe", {{0, 1}, {100, 2}, {130, 4}, {150, 3}});  // a head may stand after the next page's beginning
  EXPECT_EQ(author_of(node), "Ana Roe");
  for (const auto& [character, page] : {std::pair(0, 1), {99, 1}, {100, 2}, {129, 2}, {130, 4}, {149, 4}, {150, 3}, {9000, 3}})
    EXPECT_EQ(page_of(node, std::uint64_t(character)), std::uint64_t(page)) << character;
}

TEST(DocumentNode, TakesAPropertyThatSomebodyElseWroteForNoPages) {
  Node node;
  for (const char* text : {"", "two pages", "5:1", "0:", "0:1 x", "99999999999999999999999:1"}) {
    node.properties[std::string(kPages)] = std::string(text);
    EXPECT_LE(page_of(node, 3), 1u) << text;
  }
  node.properties[std::string(kPages)] = std::int64_t(7);
  EXPECT_EQ(page_of(node, 3), 0u);
}

}  // namespace
}  // namespace entente
