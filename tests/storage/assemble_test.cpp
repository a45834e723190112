#include "storage/assemble.h"

#include <gtest/gtest.h>

namespace entente {
namespace {
const EdgeType& type(std::string_view name) {
  return Ontology::builtin().type(*Ontology::builtin().find_type(name));
}
Interval interval(std::string_view edtf) { return *Interval::parse(edtf); }
bool joins(std::string_view edge_type, std::string_view a, std::string_view b) {
  const bool joined = compatible(type(edge_type), interval(a), interval(b));
  EXPECT_EQ(joined, compatible(type(edge_type), interval(b), interval(a)));
  return joined;
}
Statement statement(std::uint64_t document, double confidence) {
  Statement made;
  made.evidence.document = DocumentId{document};
  made.confidence = confidence;
  return made;
}

TEST(Assemble, AMonthAndADayInItAreOneReport) {
  EXPECT_TRUE(joins("SANCTION", "2024-09", "2024-09-12"));
  EXPECT_TRUE(joins("CONTROLS", "2022-03/..", "2022-03-16/.."));
  EXPECT_EQ(narrower(interval("2024-09"), interval("2024-09-12")).edtf(), "2024-09-12");
  EXPECT_EQ(narrower(interval("2024-09-12"), interval("2024-09")).edtf(), "2024-09-12");
}

TEST(Assemble, DifferentTimesAreDifferentEdges) {
  EXPECT_FALSE(joins("SANCTION", "2024-09-12", "2024-09-13"));
  EXPECT_FALSE(joins("SANCTION", "2024-09", "2024-10-01"));
  EXPECT_FALSE(joins("OWNS", "2001/2005", "2003/2007"));
  EXPECT_FALSE(joins("OWNS", "/2019", "2015/.."));
}

TEST(Assemble, AStateOfUnknownStartIsTheDatedOne) {
  EXPECT_TRUE(joins("CONTROLS", "/..", "2024-09-01/.."));
}

TEST(Assemble, AHappeningWithoutADateMayBeAnother) {
  EXPECT_FALSE(joins("ACCUSE", "", "2024-09-01"));
  EXPECT_TRUE(joins("ACCUSE", "", ""));
}

TEST(Assemble, IndependentDocumentsAddUpAndOneDocumentDoesNot) {
  EXPECT_DOUBLE_EQ(combined_confidence({statement(1, 0.8)}), 0.8);
  EXPECT_DOUBLE_EQ(combined_confidence({statement(1, 0.8), statement(2, 0.5)}), 0.9);
  EXPECT_DOUBLE_EQ(combined_confidence({statement(1, 0.8), statement(1, 0.5)}), 0.8);
}

}  // namespace
}  // namespace entente
