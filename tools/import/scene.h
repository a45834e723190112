// What the readers of events share of one sentence: its words, its names, its times.
#pragma once
#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "tools/import/arguments.h"
#include "tools/import/article.h"
#include "tools/import/cast.h"
#include "tools/import/claims.h"
#include "tools/import/clause.h"
#include "tools/import/frames.h"
#include "tools/import/occasions.h"
#include "tools/import/text.h"
#include "tools/import/timing.h"

namespace entente {

// Borrows everything; the readers of a sentence borrow it.
struct Scene {
  // `before`: the last date that was told before this sentence.
  Scene(const Article& article, const Text& text, std::uint32_t sentence_number, const Cast& cast,
        const Frames& frames, Occasions& occasions, Claims& claims, Bound before);

  const Clause& clause() const { return arguments.clause(); }
  LabelId label(const Mention& mention) const { return cast.label(mention.node); }
  bool is_actor(const Mention& mention) const;

  // When, how and by whom the thing is said that a frame's trigger at the word tells.
  Circumstance circumstance(std::int32_t word, const Frame& frame, const Saying& saying) const;

  const Sentence& sentence;
  std::uint32_t s;  // its number
  Bound published;  // of the document
  const Cast& cast;
  const Frames& frames;
  Occasions& occasions;
  Claims& claims;
  Arguments arguments;
  Timing timing;

  // "Ministry Updates Its List: The ministry added": the colon of a heading that runs into its
  // sentence; -1 if there is none.
  static std::int32_t end_of_heading(const Sentence& sentence);

 private:
  bool is_news(std::int32_t word) const;
  std::string_view standing(const Word& word) const;
  void according_to(Circumstance& said) const;
};

}  // namespace entente
