// Deeds that a sentence speaks of without telling them: "condemned the decision", "denied it".
#pragma once
#include <cstdint>

#include "tools/import/scene.h"

namespace entente {

// Borrows the scene. What was done or asked is looked for in the claims of the sentences before.
class Deeds {
 public:
  explicit Deeds(const Scene& scene) : scene_(scene) {}

  // "It has refused.", "The ministry denied it.": claims the answer, to whom the text told before.
  void answer(std::int32_t verb) const;
  // Whose deed the trigger of the frame judges: `doer` becomes a mention of him.
  bool find_doer(std::int32_t trigger, const Frame& frame, const Mentions& heads,
                 Mention& doer) const;

 private:
  bool is_deed(std::int32_t word) const;

  const Scene& scene_;
};

}  // namespace entente
