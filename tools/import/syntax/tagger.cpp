#include "tools/import/syntax/tagger.h"

#include <algorithm>
#include <cassert>

#include "tools/import/syntax/hash.h"
#include "tools/import/syntax/tagger_features.h"
#include "tools/import/syntax/word.h"

namespace entente {
namespace syntax {

void tag_keys(std::span<const Word> words, std::span<const Tag> left, std::size_t at,
              TagKeys& keys) {
  static const Word kEdge = {.form = 1, .lower = 1, .shape = 1};  // beyond either end
  const auto word = [&](std::ptrdiff_t step) -> const Word& {
    const auto i = static_cast<std::ptrdiff_t>(at) + step;
    return i < 0 || i >= std::ssize(words) ? kEdge : words[static_cast<std::size_t>(i)];
  };
  const auto tag_before = [&](std::size_t step) -> std::uint64_t {
    return at < step ? 99 : static_cast<std::uint64_t>(left[at - step]);
  };
  const Word& w = word(0);
  const Word& l = word(-1);
  const Word& ll = word(-2);
  const Word& r = word(1);
  const Word& rr = word(2);
  const std::uint64_t t1 = tag_before(1);
  const std::uint64_t t2 = tag_before(2);
  const std::uint64_t t12 = t1 * 128 + t2;

  std::size_t n = 0;
  const auto one = [&](std::uint64_t a) { keys[n] = finish(mix(n + 1, a)), ++n; };
  const auto two = [&](std::uint64_t a, std::uint64_t b) {
    keys[n] = finish(mix(mix(n + 1, a), b)), ++n;
  };
  const auto three = [&](std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    keys[n] = finish(mix(mix(mix(n + 1, a), b), c)), ++n;
  };
  one(0);
  one(w.form);
  one(w.lower);
  for (const auto part : w.prefix) one(part);
  for (const auto part : w.suffix) one(part);
  one(w.shape);
  one(l.lower);
  one(ll.lower);
  one(r.lower);
  one(rr.lower);
  one(t1);
  one(t2);
  one(t12);
  two(t1, w.lower);
  two(t12, w.lower);
  two(t1, r.lower);
  two(t1, w.suffix[2]);
  two(t12, w.suffix[1]);
  two(w.suffix[2], w.shape);
  two(w.shape, at == 0);
  two(t1, w.shape);
  two(l.lower, w.lower);
  two(w.lower, r.lower);
  two(l.lower, r.lower);
  two(ll.lower, l.lower);
  two(r.lower, rr.lower);
  one(l.suffix[2]);
  one(r.suffix[2]);
  one(r.suffix[1]);
  two(w.suffix[2], r.suffix[2]);
  two(l.suffix[2], w.suffix[2]);
  one(l.shape);
  one(r.shape);
  three(l.shape, w.shape, r.shape);
  two(t1, r.suffix[2]);
  // Clusters: what similar words do.
  one(w.fine);
  one(w.coarse);
  one(l.fine);
  one(r.fine);
  one(rr.coarse);
  two(t1, w.fine);
  two(w.fine, r.fine);
  two(l.coarse, w.coarse);
  three(t1, w.coarse, r.coarse);
  two(w.coarse, w.suffix[2]);
  two(w.fine, w.shape);
  three(w.coarse, w.shape, at == 0);
  two(w.fine, l.lower);
  assert(n == kTagFeatures);
}

}  // namespace syntax

std::vector<Tag> tag(const Model& model, std::span<const Token> tokens) {
  const auto words = syntax::describe(model, tokens);
  std::vector<Tag> tags(tokens.size());
  syntax::TagKeys keys;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::int32_t scores[syntax::kMaxClasses] = {};
    syntax::tag_keys(words, tags, i, keys);
    model.tag_weights().score(keys, scores);
    tags[i] = static_cast<Tag>(std::max_element(scores, scores + kTags) - scores);
  }
  return tags;
}

}  // namespace entente
