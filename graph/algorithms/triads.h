// Triads: threes who all deal with each other, as friends or as foes, and whether that is in
// balance. F. Heider, 1946; D. Cartwright, F. Harary, "Structural balance", Psych. Review 63, 1956.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "graph/algorithms/work.h"
#include "graph/slice.h"

namespace entente {

struct Triad {
  std::array<NodeIndex, 3> nodes;  // ascending
  int foes = 0;                    // how many of its three pairs are negative
  friend bool operator==(const Triad&, const Triad&) = default;
};

// Balanced: no foes (the friend of a friend is a friend) or two (the foe of a friend is a foe).
// Not: one, or three.
struct TriadCensus {
  std::array<std::uint64_t, 4> by_foes = {};  // triads with 0, 1, 2, 3 negative pairs
  std::vector<Triad> unbalanced;              // by their nodes, at most `list` of them
  std::uint64_t count() const { return by_foes[0] + by_foes[1] + by_foes[2] + by_foes[3]; }
  double balance() const;                     // balanced ones / all; 1 if there are none
};

// A pair is positive if more of its edges, either way, are cooperative than conflictual; negative
// if fewer; of equal numbers, or none, it has no sign and is in no triad. Other families do not
// count, nor loops. O(m^1.5) at most.
TriadCensus triads(const Slice& view, std::size_t list = 100,
                   const Cancel* cancel = nullptr);  // after it was asked: no answer

}  // namespace entente
