#include "tools/import/syntax/parser_features.h"

#include <algorithm>
#include <cassert>

#include "tools/import/syntax/hash.h"

namespace entente::syntax {
namespace {

// Appends keys; each call is a template of its own, numbered by its place in the list.
class Keys {
 public:
  explicit Keys(ParseKeys& out) : out_(out) { out_.count = 0; }
  ~Keys() { assert(out_.count <= kMaxParseFeatures); }

  template <typename... Values>
  void operator()(Values... values) {
    std::uint64_t hash = 0x1000 + out_.count;
    ((hash = mix(hash, static_cast<std::uint64_t>(values))), ...);
    out_.key[out_.count++] = finish(hash);
  }

 private:
  ParseKeys& out_;
};

std::uint64_t binned(std::int32_t distance) {
  return static_cast<std::uint64_t>(distance <= 4 ? distance : distance <= 6 ? 5
                                    : distance <= 10 ? 6 : distance <= 20 ? 7 : 8);
}

}  // namespace

Sentence::Sentence(std::span<const Word> words, std::span<const Tag> tags) {
  seen_.reserve(words.size() + 2);
  seen_.push_back({1, 120, mix(1, 120), 1, 0, 0});
  commas_.assign(words.size() + 2, 0);
  verbs_.assign(words.size() + 2, 0);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& w = words[i];
    const auto t = static_cast<std::uint64_t>(tags[i]);
    seen_.push_back({w.lower, t, mix(w.lower, t), w.suffix[2], w.fine, w.coarse});
    commas_[i + 1] = commas_[i] + (tags[i] == Tag::Comma || tags[i] == Tag::Colon);
    verbs_[i + 1] = verbs_[i] + (is_verb(tags[i]) || tags[i] == Tag::MD);
  }
  seen_.push_back({2, 121, mix(2, 121), 2, 0, 0});
}

void Sentence::keys(const Configuration& at, ParseKeys& out) const {
  const std::int32_t n = at.tokens();
  const std::int32_t s0 = at.stacked(0), s1 = at.stacked(1), s2 = at.stacked(2);
  const std::int32_t b0 = at.front();
  const std::int32_t b1 = b0 + 1 <= n ? b0 + 1 : -1;
  const std::int32_t b2 = b0 + 2 <= n ? b0 + 2 : -1;
  static const Dependents kNone;
  const auto dependents = [&](std::int32_t i) -> const Dependents& {
    return i < 0 ? kNone : at.dependents(i);
  };
  const auto label = [&](std::int32_t i) -> std::uint64_t {
    return i < 0 ? 77 : static_cast<std::uint64_t>(at.relation(i));
  };
  const Dependents& d0 = dependents(s0);
  const Dependents& d1 = dependents(s1);
  const Dependents& db = dependents(b0);
  const Seen &S0 = seen(s0), &S1 = seen(s1), &S2 = seen(s2);
  const Seen &B0 = seen(b0), &B1 = seen(b1), &B2 = seen(b2);
  const Seen &S0l = seen(d0.left), &S0r = seen(d0.right), &S0l2 = seen(d0.left2),
             &S0r2 = seen(d0.right2);
  const Seen &S1l = seen(d1.left), &S1r = seen(d1.right), &S1r2 = seen(d1.right2);
  const Seen &B0l = seen(db.left), &B0l2 = seen(db.left2);
  const std::uint64_t l_s0l = label(d0.left), l_s0r = label(d0.right);
  const std::uint64_t l_s1l = label(d1.left), l_s1r = label(d1.right);
  const std::uint64_t l_b0l = label(db.left), l_b0l2 = label(db.left2);
  const std::uint64_t l_s0l2 = label(d0.left2), l_s0r2 = label(d0.right2);
  const std::uint64_t gap0 = s0 < 0 ? 9 : binned(b0 - s0);
  const std::uint64_t gap1 = s1 < 0 ? 9 : binned(s0 - s1);
  const auto between = [](const std::vector<std::int32_t>& counts, std::int32_t from,
                          std::int32_t to) -> std::uint64_t {
    if (from < 0 || to < 0) return 4;
    return static_cast<std::uint64_t>(std::min(2, counts[to] - counts[from + 1]));
  };
  const std::uint64_t commas0 = between(commas_, s0, b0), verbs0 = between(verbs_, s0, b0);
  const std::uint64_t commas1 = between(commas_, s1, s0), verbs1 = between(verbs_, s1, s0);
  // Neighbours in the text, whatever has become of them.
  const Seen& S0next = seen(s0 >= 0 && s0 + 1 <= n ? s0 + 1 : -1);
  const Seen& S0prev = seen(s0 > 0 ? s0 - 1 : -1);
  const Seen& B0prev = seen(b0 > 0 ? b0 - 1 : -1);
  const Seen& S1next = seen(s1 >= 0 ? s1 + 1 : -1);

  Keys add(out);
  add(0);
  // One word.
  add(S0.word), add(S0.tag), add(S0.word_tag);
  add(S1.word), add(S1.tag), add(S1.word_tag);
  add(B0.word), add(B0.tag), add(B0.word_tag);
  add(B1.word), add(B1.tag), add(B1.word_tag);
  add(B2.word), add(B2.tag), add(B2.word_tag);
  add(S2.word), add(S2.tag), add(S2.word_tag);
  add(S0.suffix), add(B0.suffix), add(S1.suffix);
  // Two words.
  add(S0.word_tag, B0.word_tag), add(S0.word_tag, B0.tag), add(S0.tag, B0.word_tag);
  add(S0.word, B0.word), add(S0.tag, B0.tag), add(S0.word, B0.tag), add(S0.tag, B0.word);
  add(S1.word_tag, S0.word_tag), add(S1.word_tag, S0.tag), add(S1.tag, S0.word_tag);
  add(S1.word, S0.word), add(S1.tag, S0.tag), add(S1.word, S0.tag), add(S1.tag, S0.word);
  add(S1.word_tag, B0.tag), add(S1.tag, B0.word_tag), add(S1.tag, B0.tag), add(S1.word, B0.word);
  add(B0.tag, B1.tag), add(B0.word, B1.tag), add(B0.tag, B1.word), add(B0.word, B1.word);
  add(S0.tag, B1.tag), add(S0.word, B1.tag), add(S2.tag, S0.tag);
  // Three.
  add(S0.tag, B0.tag, B1.tag), add(S0.word, B0.tag, B1.tag), add(S0.tag, B0.word, B1.tag);
  add(S0.tag, B0.tag, B1.word);
  add(S1.tag, S0.tag, B0.tag), add(S1.word, S0.tag, B0.tag), add(S1.tag, S0.word, B0.tag);
  add(S1.tag, S0.tag, B0.word);
  add(S2.tag, S1.tag, S0.tag), add(S2.tag, S1.tag, B0.tag), add(B0.tag, B1.tag, B2.tag);
  add(S1.word, S0.word, B0.tag), add(S1.tag, S0.word, B0.word), add(S1.word, S0.tag, B0.word);
  add(S1.tag, S0.tag, B0.tag, B1.tag), add(S2.tag, S1.tag, S0.tag, B0.tag);
  // Dependents.
  add(S0.tag, S0l.tag, B0.tag), add(S0.tag, S0r.tag, B0.tag), add(S0.tag, B0.tag, B0l.tag);
  add(S1.tag, S1l.tag, S0.tag), add(S1.tag, S1r.tag, S0.tag), add(S1.tag, S0.tag, S0l.tag);
  add(S1.tag, S0.tag, S0r.tag), add(S0.tag, S0l.tag, S0l2.tag), add(S0.tag, S0r.tag, S0r2.tag);
  add(B0.tag, B0l.tag, B0l2.tag), add(S1.tag, S1r.tag, S1r2.tag);
  add(S0.word, S0l.word), add(S0.word, S0r.word), add(S1.word, S1r.word), add(B0.word, B0l.word);
  add(S0l.word_tag), add(S0r.word_tag), add(S1l.word_tag), add(S1r.word_tag), add(B0l.word_tag);
  add(S0.tag, S0r.word, B0.tag), add(S0.tag, S0l.word, S1.tag), add(S1.tag, S1r.word, S0.tag);
  add(S0.tag, S0l.word, B0.tag), add(B0.tag, B0l.word, S0.tag);
  add(S0r.word, B0.word), add(S0l.word, S1.word);
  add(S1.word, S0l.word, S0.tag), add(S1.word, S0l.word, S0.word);
  // Labels.
  add(l_s0l, S0.tag), add(l_s0r, S0.tag), add(l_s1l, S1.tag), add(l_s1r, S1.tag);
  add(l_b0l, B0.tag), add(l_s0l, l_s0l2, S0.tag), add(l_s0r, l_s0r2, S0.tag);
  add(l_b0l, l_b0l2, B0.tag), add(l_s1l, l_s1r, S1.tag);
  add(l_s0l, S0.word), add(l_s0r, S0.word), add(l_s1r, S1.word), add(l_s1l, S1.word);
  add(l_b0l, B0.word);
  add(l_s0l, l_s0r, S0.tag, B0.tag), add(l_s1r, S1.tag, S0.tag), add(l_s1l, S1.tag, S0.tag);
  add(l_s0l, l_s0r, S1.tag, S0.tag), add(l_s1r, S1.word, S0.tag), add(l_s0r, S0.word, B0.tag);
  add(l_s0l, l_b0l, S0.tag, B0.tag), add(l_s1l, l_s0l, S1.tag, S0.tag);
  // Counts, distances, marks between.
  add(S0.word, d0.rights), add(S0.tag, d0.rights), add(S0.word, d0.lefts), add(S0.tag, d0.lefts);
  add(S1.word, d1.rights), add(S1.tag, d1.rights), add(B0.tag, db.lefts), add(B0.word, db.lefts);
  add(S1.tag, d1.lefts);
  add(S0.tag, B0.tag, gap0), add(S0.word, gap0), add(B0.word, gap0), add(S1.tag, S0.tag, gap1);
  add(S1.word, gap1), add(S0.word, gap1), add(gap0, gap1);
  add(S0.tag, B0.tag, commas0, verbs0), add(S1.tag, S0.tag, commas1, verbs1);
  add(S1.tag, B0.tag, commas1, verbs1), add(S0.word, commas1, verbs1);
  // Neighbours.
  add(S0.tag, S0next.tag, B0.tag), add(S0.tag, B0prev.tag, B0.tag);
  add(S0.tag, S0next.tag, B0prev.tag, B0.tag), add(S0prev.tag, S0.tag, B0.tag);
  add(S0prev.tag, S0.tag, B0.tag, B1.tag), add(S1.tag, S1next.tag, S0prev.tag, S0.tag);
  add(B0prev.word, S0.tag, B0.tag), add(S1.tag, S0prev.word, S0.tag);
  // Clusters.
  add(S0.fine), add(B0.fine), add(S1.fine), add(S0.fine, B0.fine), add(S1.fine, S0.fine);
  add(S0.fine, B0.tag), add(S0.tag, B0.fine), add(S1.fine, S0.tag), add(S1.tag, S0.fine);
  add(S1.coarse, S0.coarse), add(S0.coarse, B0.coarse), add(S1.fine, B0.tag);
  add(S1.coarse, S0.coarse, B0.tag), add(S1.tag, S0.coarse, B0.coarse);
  add(S1.coarse, S0l.word, S0.coarse), add(S0.coarse, B0.coarse, B1.coarse);
}

}  // namespace entente::syntax
