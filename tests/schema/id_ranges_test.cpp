#include "schema/id_ranges.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace entente {
namespace {

TEST(IdRanges, AreTheSetOfWhatWasAdded) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    IdRanges ids;
    std::set<std::uint64_t> witness;
    for (std::uint64_t id = 1; id < 60; ++id)
      if (random() % 3) ids.add(id), witness.insert(id);
    EXPECT_EQ(ids.size(), witness.size());
    for (std::uint64_t id = 0; id < 62; ++id) EXPECT_EQ(ids.contains(id), witness.contains(id)) << id;
    for (std::size_t i = 1; i < ids.ranges().size(); ++i)
      EXPECT_GT(ids.ranges()[i].first, ids.ranges()[i - 1].first + ids.ranges()[i - 1].count);
  }
}

TEST(IdRanges, TakeNoRangeThatIsEmptyOverlapsOrGoesRound) {
  IdRanges ids;
  EXPECT_TRUE(ids.add({5, 3}));
  for (const IdRanges::Range& wrong : {IdRanges::Range{9, 0}, {7, 1}, {1, 1}, {~std::uint64_t{0}, 2}})
    EXPECT_FALSE(ids.add(wrong));
  EXPECT_TRUE(ids.add({8, 1}));
  EXPECT_EQ(ids.ranges(), (std::vector<IdRanges::Range>{{5, 4}}));
}

TEST(IdRanges, UnitedAreOneSet) {
  IdRanges odd, even, all;
  for (std::uint64_t id = 1; id < 20; ++id) (id % 2 ? odd : even).add(id), all.add(id);
  EXPECT_EQ(united(odd, even), all);
  EXPECT_EQ(united(all, IdRanges()), all);
}

}  // namespace
}  // namespace entente
