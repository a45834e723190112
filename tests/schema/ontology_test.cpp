#include "schema/ontology.h"

#include <gtest/gtest.h>

#include <set>

namespace entente {
namespace {
const Ontology& ontology() { return Ontology::builtin(); }
LabelId label(std::string_view name) { return *ontology().find_label(name); }
EdgeTypeId type(std::string_view name) { return *ontology().find_type(name); }

TEST(Ontology, HasEveryLabelAndTypeOnce) {
  EXPECT_EQ(ontology().labels().size(), 13u);
  EXPECT_EQ(ontology().types().size(), 35u);
  std::set<std::string> names;
  std::set<EdgeTypeId> ids;
  for (const EdgeType& type : ontology().types()) {
    EXPECT_TRUE(names.insert(type.name).second) << type.name;
    EXPECT_TRUE(ids.insert(type.id).second) << type.name;
    EXPECT_FALSE(type.forward.empty() || type.backward.empty() || type.meaning.empty()) << type.name;
  }
}

TEST(Ontology, TellsWhatAnEdgeMayJoin) {
  EXPECT_TRUE(ontology().check(type("CONTROLS"), label("Government"), label("Chemical")));
  EXPECT_TRUE(ontology().check(type("COERCE"), label("Agency"), label("Chemical")));
  EXPECT_TRUE(ontology().check(type("MENTIONS"), label("Document"), label("Event")));
  const auto wrong = ontology().check(type("CONTROLS"), label("Chemical"), label("Chemical"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message,
            "a Chemical cannot be the head of CONTROLS; it takes Government, Agency, Organization, "
            "Measure");
  EXPECT_FALSE(ontology().check(type("PART_OF"), label("Person"), label("Agency")));
}

TEST(Ontology, ReadsForwardAndBackward) {
  const EdgeType& controls = ontology().type(type("controls"));
  EXPECT_EQ(controls.forward, "controls");
  EXPECT_EQ(controls.backward, "is controlled by");
  EXPECT_EQ(controls.family, Family::Regulation);
  EXPECT_TRUE(controls.lasting);
  EXPECT_FALSE(ontology().type(type("ACCUSE")).lasting);
}

TEST(Ontology, HasFourTypesWithoutDirection) {
  std::set<std::string> symmetric;
  for (const EdgeType& type : ontology().types())
    if (type.symmetric) symmetric.insert(type.name);
  EXPECT_EQ(symmetric, (std::set<std::string>{"AGREE", "CONSULT", "COOPERATE", "FAMILY_OF"}));
}

TEST(Ontology, SuggestsTheNearestName) {
  EXPECT_NE(ontology().type_named("CONTROL").error().message.find("did you mean CONTROLS?"),
            std::string::npos);
  EXPECT_NE(ontology().label_named("Goverment").error().message.find("did you mean Government?"),
            std::string::npos);
  EXPECT_NE(ontology().type_named("zzzzzzzzzzzz").error().message.find("there are PART_OF"),
            std::string::npos);
}

TEST(Ontology, SurvivesTheTripThroughBytes) {
  const std::string bytes = ontology().bytes();
  const auto again = Ontology::from_bytes(bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->bytes(), bytes);
  EXPECT_EQ(Ontology::from_bytes(bytes.substr(0, 80)).error().code, Code::Corruption);
  EXPECT_EQ(Ontology::from_bytes("nonsense").error().code, Code::Corruption);
}

}  // namespace
}  // namespace entente
