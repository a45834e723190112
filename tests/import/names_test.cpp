#include "tools/import/names.h"

#include <gtest/gtest.h>

#include "reading.h"

namespace entente {
namespace {
std::vector<std::string> mentions(const Extract& extract, std::string_view name) {
  for (const auto& node : extract.nodes)
    if (node.name == name) return node.mentions;
  return {};
}

TEST(Names, OfficialsOfACountryAreItsGovernment) {
  const auto extract =
      read_text_of("Brazilian officials spoke first. French trade negotiators listened.");
  EXPECT_TRUE(has_node(extract, "Brazil", "Government"));
  EXPECT_TRUE(has_node(extract, "France", "Government"));
  EXPECT_EQ(mentions(extract, "Brazil").back(), "Brazilian officials");
}

TEST(Names, ASurnameInANameOfAThingIsNoPerson) {
  const auto extract = read_text_of(
      "Norway excluded Adani Ports. A heir of the Sackler family spoke near Second Thomas Shoal.");
  EXPECT_FALSE(has_node(extract, "Gautam Adani", "Person"));
  EXPECT_FALSE(has_node(extract, "Richard Sackler", "Person"));
  EXPECT_FALSE(has_node(extract, "Thomas Shoal", "Person"));
}

TEST(Names, TheInitialsOfALongNameStandForIt) {
  const auto extract = read_text_of(
      "The Bangsamoro Transition Authority spoke first. Later the BTA refused to pay.");
  ASSERT_TRUE(has_node(extract, "Bangsamoro Transition Authority", "Agency"));
  EXPECT_EQ(mentions(extract, "Bangsamoro Transition Authority").back(), "BTA");
}

TEST(Names, ATownThatStandsForABodyIsATownWhereSomethingHasItsSeat) {
  EXPECT_TRUE(has_node(read_text_of("Norway urged Brussels to act."), "European Union",
                       "Organization"));
  EXPECT_FALSE(has_node(read_text_of("Resource Matters, based in Brussels, spoke to Norway."),
                        "European Union", "Organization"));
}

TEST(Names, CompaniesOfACountryAreANodeOfTheirOwn) {
  const auto extract =
      read_text_of("Italy arrested traffickers in Albania. It sanctioned Turkish shipping firms.");
  EXPECT_TRUE(has_node(extract, "Turkish shipping firms", "Company"));
  EXPECT_TRUE(has_node(extract, "Albanian traffickers", "CriminalGroup"));
}

TEST(Names, AnOrganOfAStateIsAnAgencyOfThatState) {
  const auto extract = read_text_of("Danish police searched a ship on Monday.");
  EXPECT_TRUE(has_node(extract, "Danish Police", "Agency"));
}

TEST(Names, WhatIsListedUnderAClassNounIsOfThatClass) {
  const auto extract = read_text_of(
      "The Treasury sanctioned three firms: Aldova Metals; Brencor Shipping and Calden Oil.");
  for (const auto* name : {"Aldova Metals", "Brencor Shipping", "Calden Oil"})
    EXPECT_TRUE(has_node(extract, name, "Company")) << name;
}

TEST(Names, AGivenNameBeginsAPerson) {
  const auto extract = read_text_of("Kenya arrested Dmitri Valkonen near the lake.");
  EXPECT_TRUE(has_node(extract, "Dmitri Valkonen", "Person"));
}

TEST(Names, ACapitalActsForItsStateButIsAPlaceAfterIn) {
  const auto acts = read_text_of("Nairobi rejected the plan.");
  EXPECT_TRUE(has_node(acts, "Kenya", "Government"));
  const auto place = read_text_of("The delegates spoke in Nairobi.");
  EXPECT_FALSE(has_node(place, "Kenya", "Government"));
}

TEST(Names, AGenericAgencyIsNoName) {
  const auto extract =
      read_text_of("It wants to look like the best drug enforcement agency of all.");
  EXPECT_FALSE(has_node(extract, "Drug Enforcement Administration", "Agency"));
}

TEST(Names, PeopleAreFoundByTheirRoles) {
  const auto extract = read_text_of(
      "“Prices will rise,” said Ilse Brandvold, a senior fellow at the Brookings Institution. "
      "Brandvold has studied Norway.");
  EXPECT_TRUE(has_node(extract, "Ilse Brandvold", "Person"));
  for (const auto& node : extract.nodes)
    if (node.name == "Ilse Brandvold") {
      EXPECT_EQ(node.more_labels, std::vector{*Ontology::builtin().find_label("Expert")});
    }
  EXPECT_EQ(mentions(extract, "Ilse Brandvold"),
            (std::vector<std::string>{"Ilse Brandvold", "Brandvold"}));
}

TEST(Names, BodiesAreFoundByTheirNouns) {
  const auto extract =
      read_text_of("The Lakeside Policy Institute and the Ministry of Inland Waters signed it.");
  EXPECT_TRUE(has_node(extract, "Lakeside Policy Institute", "Organization"));
  EXPECT_TRUE(has_node(extract, "Ministry of Inland Waters", "Agency"));
}

TEST(Names, LettersInBracketsNameTheBodyBeforeThem) {
  const auto extract = read_text_of("The Coastal Survey Authority (CSA) opened. The CSA is small.");
  const auto words = mentions(extract, "Coastal Survey Authority");
  EXPECT_NE(std::find(words.begin(), words.end(), "CSA"), words.end());
}

TEST(Names, ChemicalsThatArePrecursorsAreKnownByWhatTheyMake) {
  const auto extract = read_text_of("It sells chemicals used to make methamphetamine.");
  EXPECT_TRUE(has_node(extract, "methamphetamine precursors", "Chemical"));
}
}  // namespace
}  // namespace entente
