// What is sent: the goods of SUPPLIES, the way of TRAFFICS, and what is no goods at all.
#pragma once
#include <cstdint>
#include <string>

#include "tools/import/scene.h"

namespace entente {

// Borrows the scene.
class Freight {
 public:
  explicit Freight(const Scene& scene) : scene_(scene) {}

  bool sends_people(std::int32_t verb) const;
  bool smuggling(std::int32_t verb, const Mentions& heads) const;
  // Writes the properties `goods` and `to` of an edge that the trigger tells of.
  void name(std::int32_t trigger, const Frame& frame, Circumstance& said) const;

 private:
  std::string goods_at(std::int32_t word) const;

  const Scene& scene_;
};

}  // namespace entente
