#include "storage/key.h"

#include <gtest/gtest.h>

#include <random>

#include "schema/digest.h"

namespace entente {
namespace {
using namespace std::chrono;

TEST(Key, OfAnEdgeInTheAdjacencyIsTheOneOfTheFormat) {
  const std::string key =
      key::of(key::Adjacency{NodeId{258}, key::Direction::In, EdgeTypeId{10},
                             sys_days(2024y / September / 1), EdgeId{7}});
  EXPECT_EQ(hex(key), "0000000000000102" "01" "000a" "80004dff" "0000000000000007");
}

TEST(Key, SortsAsItsPartsDo) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 2000; ++i) {
    const auto draw = [&] {
      return key::Adjacency{NodeId{random() % 3 * 255}, key::Direction(random() % 2),
                            EdgeTypeId{std::uint16_t(random() % 2 * 300)},
                            i % 5 ? Day{days{int(random() % 2000) - 1000}} : kFirstDay,
                            EdgeId{random() % 70000}};
    };
    const auto parts = [](const key::Adjacency& a) {
      return std::tuple(a.node, a.direction, a.type, a.earliest_start, a.edge);
    };
    const key::Adjacency a = draw(), b = draw();
    EXPECT_EQ(parts(a) < parts(b), key::of(a) < key::of(b));
    EXPECT_EQ(parts(*key::adjacency(key::of(a))), parts(a));
  }
}

TEST(Key, OfHistoryHasTheNewestFirst) {
  const auto key = [](std::uint64_t until) {
    return key::of(key::History{key::Kind::Edge, 5, CommitId{until}});
  };
  EXPECT_LT(key(9), key(8));
  EXPECT_LT(key(300), key(2));
  EXPECT_EQ(key::history(key(9))->until, CommitId{9});
}

TEST(Key, OfANameKeepsShorterNamesTogether) {
  EXPECT_LT(key::name("china", NodeId{~0ull}), key::name("china lake", NodeId{1}));
  EXPECT_EQ(key::name(key::name("white house", NodeId{4}))->folded, "white house");
  EXPECT_EQ(key::name(key::name("white house", NodeId{4}))->node, NodeId{4});
}

TEST(Key, RefusesWhatIsTooShortOrTooLong) {
  const std::string good = key::of(key::Citation{DocumentId{1}, EdgeId{2}, 3, StatementId{4}});
  EXPECT_TRUE(key::citation(good));
  EXPECT_FALSE(key::citation(good + "x"));
  EXPECT_FALSE(key::citation(good.substr(1)));
  EXPECT_FALSE(key::adjacency(good));
  EXPECT_FALSE(key::history("x" + good));
  EXPECT_FALSE(key::name("short"));
  EXPECT_FALSE(key::timeline_edge(""));
}

}  // namespace
}  // namespace entente
