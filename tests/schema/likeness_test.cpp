// Likeness of names, beside a witness that is written from the words of the header.
#include "schema/likeness.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "schema/name.h"

namespace entente {
namespace {

// ---- the witness: recursive edits, words taken one by one
using Memo = std::map<std::pair<std::size_t, std::size_t>, std::size_t>;
std::size_t edits(std::string_view a, std::string_view b, Memo& memo) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  const auto known = memo.find({a.size(), b.size()});
  if (known != memo.end()) return known->second;
  const auto but_last = [](std::string_view text, std::size_t n = 1) { return text.substr(0, text.size() - n); };
  std::size_t best = std::min(edits(but_last(a), b, memo), edits(a, but_last(b), memo)) + 1;
  best = std::min(best, edits(but_last(a), but_last(b), memo) + (a.back() == b.back() ? 0 : 1));
  if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && b.back() == a[a.size() - 2])
    best = std::min(best, edits(but_last(a, 2), but_last(b, 2), memo) + 1);
  return memo[{a.size(), b.size()}] = best;
}
double even(std::string_view a, std::string_view b) {
  Memo memo;
  return 1 - double(edits(a, b, memo)) / double(std::max(a.size(), b.size()));
}
std::string glued(std::string text) { return std::erase(text, ' '), text; }
std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> all(1);
  for (const char c : text)
    if (c == ' ') all.emplace_back();
    else all.back() += c;
  return all;
}
double begins(const std::string& asked, const std::string& name) {
  return name.starts_with(asked) ? 0.8 + 0.2 * double(asked.size()) / double(name.size()) : 0;
}
double witness(const std::string& asked, const std::string& name) {
  if (asked == name) return 1;
  double best = std::max(even(asked, name), begins(asked, name));
  if ((asked + name).find(' ') != std::string::npos) best = std::max(best, 0.99 * even(glued(asked), glued(name)));
  std::vector<std::string> free = words(name);
  double found = 0, covered = 0;
  const auto wanted = words(asked);
  for (const std::string& word : wanted) {
    const bool last = &word == &wanted.back();
    double most = 0;
    auto which = free.end();
    for (auto other = free.begin(); other != free.end(); ++other) {
      double like = even(word, *other) >= 0.6 ? even(word, *other) : 0;
      if ((word.size() == 1) != (other->size() == 1) && word[0] == (*other)[0]) like = std::max(like, 0.7);
      if (last) like = std::max(like, begins(word, *other));
      if (like > most) most = like, which = other;
    }
    if (which == free.end()) continue;
    found += most * double(word.size()), covered += double(which->size());
    free.erase(which);
  }
  found /= double(glued(asked).size()), covered /= double(glued(name).size());
  return std::min(0.99, std::max(best, 0.99 * found * (0.7 + 0.3 * covered)));
}

TEST(Likeness, IsThatOfTheWitness) {
  std::mt19937 random(7);
  const auto text = [&] {
    std::string name;
    for (unsigned word = 0; word < 1 + random() % 3; ++word) {
      if (word > 0) name += ' ';
      for (unsigned i = 0; i < 1 + random() % 6; ++i) name += char('a' + random() % 3);
    }
    return name;
  };
  for (int i = 0; i < 3000; ++i) {
    const std::string a = text(), b = text();
    ASSERT_NEAR(likeness(a, b), witness(a, b), 1e-12) << "'" << a << "' asked of '" << b << "'";
  }
}

double of(std::string_view asked, std::string_view name) { return likeness(fold_name(asked), fold_name(name)); }

TEST(Likeness, OfEqualNamesAloneIsOne) {
  EXPECT_EQ(of("Zoë Açaí", "zoe acai"), 1);
  EXPECT_LT(of("China", "China National Petroleum"), 1);
  EXPECT_LE(of("Jinping Xi", "Xi Jinping"), 0.99);
  EXPECT_EQ(likeness("", "china"), 0);
}

TEST(Likeness, ForgivesTypingErrorsScriptsAndOrder) {
  EXPECT_GT(of("Sinola Cartle", "Sinaloa Cartel"), 0.75);
  EXPECT_GT(of("Xi Jinping", "习近平"), 0.98);
  EXPECT_GT(of("Путин", "Putin"), 0.99);
  EXPECT_GT(of("Biden, Joe", "Joe Biden"), 0.98);
  EXPECT_GT(of("biden", "Joe Biden"), 0.8);
  EXPECT_GT(of("J. Biden", "Joe Biden"), 0.8);
  EXPECT_GT(of("fent", "fentanyl"), 0.85);
}

TEST(Likeness, OfStrangersIsLow) {
  EXPECT_LT(of("China", "Mexico"), kLeastLikeness);
  EXPECT_LT(of("Joe Biden", "Wang Yi"), kLeastLikeness);
  EXPECT_LT(of("Ministry of Public Security", "Sinaloa Cartel"), kLeastLikeness);
}

}  // namespace
}  // namespace entente
