// What holds for every sentence of a kind, tried on sentences made from lists of actors and verbs.
#include <gtest/gtest.h>

#include <set>

#include "reading.h"

namespace entente {
namespace {
struct Verb {
  std::string_view past, participle, base, type;
};
constexpr Verb kVerbs[] = {
    {"accused", "accused", "accuse", "ACCUSE"},       {"condemned", "condemned", "condemn", "ACCUSE"},
    {"praised", "praised", "praise", "SUPPORT"},      {"sanctioned", "sanctioned", "sanction", "SANCTION"},
    {"attacked", "attacked", "attack", "ASSAULT"},    {"invaded", "invaded", "invade", "ASSAULT"},
    {"threatened", "threatened", "threaten", "THREATEN"}, {"blacklisted", "blacklisted", "blacklist", "SANCTION"}};
constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
    {"Norway", "Sweden"}, {"Kenya", "Uganda"}, {"Brazil", "Peru"}, {"Poland", "Belarus"}};

std::string text(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto part : parts) all += part;
  return all;
}

std::string line(std::string_view head, std::string_view type, std::string_view tail) {
  return text({head, " ", type, " ", tail});
}

// Of all pairs and verbs, how many sentences give just what they should.
template <typename Make, typename Want>
void every(Make make, Want want) {
  std::string wrong;
  for (const Verb& verb : kVerbs)
    for (const auto& [a, b] : kPairs)
      for (const bool swapped : {false, true}) {
        const auto head = swapped ? b : a, tail = swapped ? a : b;
        const std::string sentence = make(head, verb, tail);
        const auto lines = edges(sentence);
        if (!want(lines, head, verb, tail)) wrong += sentence + "\n" + all(lines);
      }
  EXPECT_EQ(wrong, "");
}

bool just(const std::vector<std::string>& lines, const std::string& wanted) {
  return lines == std::vector<std::string>{wanted};
}

TEST(Properties, SwappingTheActorsSwapsTheEdge) {
  every([](auto a, const Verb& v, auto b) { return text({a, " ", v.past, " ", b, " on Monday."}); },
        [](const auto& lines, auto a, const Verb& v, auto b) {
          return just(lines, line(a, v.type, b) + " 2024-09-09");
        });
}

TEST(Properties, ActiveAndPassiveAgree) {
  every(
      [](auto a, const Verb& v, auto b) {
        return text({b, " was ", v.participle, " by ", a, " on Monday."});
      },
      [](const auto& lines, auto a, const Verb& v, auto b) {
        return just(lines, line(a, v.type, b) + " 2024-09-09");
      });
}

TEST(Properties, NotFlipsTheEdge) {
  every([](auto a, const Verb& v, auto b) { return text({a, " did not ", v.base, " ", b, "."}); },
        [](const auto& lines, auto a, const Verb& v, auto b) {
          return just(lines, text({a, " not ", v.type, " ", b}));
        });
}

TEST(Properties, WhatMayOrCouldBeIsNoEdge) {
  for (const std::string_view modal : {"may", "might", "could", "should"})
    every(
        [&](auto a, const Verb& v, auto b) {
          return text({a, " ", modal, " ", v.base, " ", b, "."});
        },
        [](const auto& lines, auto, const Verb&, auto) { return lines.empty(); });
}

TEST(Properties, AConditionIsNoEdge) {
  every(
      [](auto a, const Verb& v, auto b) {
        return text({"Prices would rise if ", a, " ", v.past, " ", b, "."});
      },
      [](const auto& lines, auto, const Verb&, auto) { return lines.empty(); });
}

TEST(Properties, AnAsideBetweenTheActorAndTheVerbChangesNothing) {
  every(
      [](auto a, const Verb& v, auto b) {
        return text({a, ", the host of the talks, ", v.past, " ", b, " on Monday."});
      },
      [](const auto& lines, auto a, const Verb& v, auto b) {
        return has(lines, line(a, v.type, b) + " 2024-09-09");
      });
}

TEST(Properties, APledgeIsNoDeed) {
  every(
      [](auto a, const Verb& v, auto b) {
        return text({a, " vowed to ", v.base, " ", b, "."});
      },
      [](const auto& lines, auto a, const Verb& v, auto b) {
        return !has(lines, line(a, v.type, b)) || v.type == "THREATEN";
      });
}

TEST(Properties, ADenialIsNoAssertion) {
  every(
      [](auto a, const Verb& v, auto b) {
        return text({a, " denied that it had ", v.participle, " ", b, "."});
      },
      [](const auto& lines, auto a, const Verb& v, auto b) {
        return !has(lines, line(a, v.type, b));
      });
}
}  // namespace
}  // namespace entente
