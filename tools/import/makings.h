// What somebody makes or takes part in, told by a common noun: "imposed restrictions", "held a
// hearing", "a report from RAND". The nodes are those of Occasions.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "tools/import/scene.h"

namespace entente {

// Borrows the scene.
class Makings {
 public:
  explicit Makings(const Scene& scene) : scene_(scene) {}

  void read_verb(std::int32_t verb) { bring_about(verb), take_part(verb); }
  void read_noun(std::int32_t noun) { written(noun), meeting_where(noun); }
  void named_events();

  // What stands behind an edge of such a type: the rule of a control or sanction, the meeting of
  // those who consult.
  void rule_behind(std::int32_t trigger, const Frame& frame, const Mentions& heads,
                   const Mentions& tails, const Circumstance& said);
  void meeting_behind(std::int32_t trigger, const Frame& frame, const Mentions& heads,
                      const Mentions& tails, const Circumstance& said);
  // "worked with X to arrest a suspect": both took part in the arrest.
  void joint_arrest(std::int32_t trigger, const Frame& frame, const Mentions& heads,
                    const Mentions& tails, const Circumstance& said);

  // What a rule controls and whom it is directed at, by the words behind its noun.
  void aimed_at(std::int32_t noun, std::size_t rule, const Mentions& makers, Circumstance said);

 private:
  void bring_about(std::int32_t verb);
  Words made_by(std::int32_t verb, LabelId label) const;
  void take_part(std::int32_t verb);
  void written(std::int32_t noun);
  void meeting_where(std::int32_t noun);
  void made(std::int32_t verb, std::int32_t noun, const Mentions& makers, EdgeTypeId type,
            const Saying& saying);
  bool is_meeting(std::int32_t word) const;
  bool ground(std::int32_t trigger, const Mention& mention) const;
  std::optional<std::size_t> met(std::int32_t verb, const std::vector<std::size_t>& actors);

  const Scene& scene_;
};

}  // namespace entente
