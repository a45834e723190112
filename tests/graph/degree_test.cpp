#include "graph/algorithms/degree.h"

#include <gtest/gtest.h>

#include "tests/support/graph_text.h"

namespace entente {
namespace {

using Degrees = std::vector<double>;

TEST(Degree, CountsParallelEdgesAndALoopOnceOnEachSide) {
  const DrawnGraph g("a AID b; a CONSULT b; b AID a; a AID a; c AID b; d");
  EXPECT_EQ(degree(*g.snapshot), (Degrees{5, 4, 1, 0}));
  EXPECT_EQ(degree(*g.snapshot, {.side = Side::Out}), (Degrees{3, 1, 1, 0}));
  EXPECT_EQ(degree(*g.snapshot, {.side = Side::In}), (Degrees{2, 3, 0, 0}));
}

TEST(Degree, OfPairsCountsOtherNodes) {
  const DrawnGraph g("a AID b; a CONSULT b; b AID a; a AID a; c AID b");
  EXPECT_EQ(degree(*g.snapshot, {.weight = Weight::Pair}), (Degrees{1, 2, 1}));
  EXPECT_EQ(degree(*g.snapshot, {.side = Side::Out, .weight = Weight::Pair}), (Degrees{1, 1, 1}));
}

TEST(Degree, MayWeighEdgesByConfidence) {
  const DrawnGraph g("a AID b 0.5; a CONSULT b 0.25");
  EXPECT_EQ(degree(*g.snapshot, {.weight = Weight::Confidence}), (Degrees{0.75, 0.75}));
}

TEST(Degree, CountsWhatTheSliceAdmits) {
  const DrawnGraph g("a AID b 2019; a AID c 2024; b AID c 2024");
  EXPECT_EQ(degree(g.slice({.valid = window("2024")})), (Degrees{1, 1, 2}));
  EXPECT_EQ(degree(g.slice({.avoid = {g.id("c")}})), (Degrees{1, 1, 0}));
}

}  // namespace
}  // namespace entente
