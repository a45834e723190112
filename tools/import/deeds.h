// Deeds that a sentence speaks of without telling them: "condemned the decision", "denied it".
#pragma once
#include <cstdint>
#include <vector>

#include "tools/import/scene.h"

namespace entente {

// Borrows the scene. What was done or asked is looked for in the claims of the sentences before.
class Deeds {
 public:
  explicit Deeds(const Scene& scene) : scene_(scene) {}

  // "It has refused.", "The ministry denied it.": claims the answer, to whom the text told before.
  void answer(std::int32_t verb) const;
  // Whose deed the trigger of the frame judges, as mentions of those who did it.
  std::vector<Mention> doers(std::int32_t trigger, const Frame& frame,
                             const Mentions& heads) const;
  // "summoned the ambassador and demanded the release": of whom nobody says that it is demanded.
  std::vector<Mention> addressee(std::int32_t trigger, const Frame& frame,
                                 const Mentions& heads) const;

 private:
  bool calls_false(std::int32_t i) const;
  bool is_deed(std::int32_t word) const;
  std::vector<Mention> mentions_of(const std::vector<std::size_t>& nodes, std::int32_t word,
                                   const Frame& frame) const;

  const Scene& scene_;
};

}  // namespace entente
