// Eigenvector, Katz and HITS: a node matters as those matter that it is tied to.
#pragma once
#include <cstdint>
#include <vector>

#include "graph/algorithms/rows.h"
#include "graph/algorithms/work.h"
#include "graph/slice.h"
#include "schema/result.h"

namespace entente {

// All by NodeIndex; 0 for nodes that are not admitted. Parallel edges add up, or count as one
// (Weight::Pair); loops count (under Side::Both once for each end). Summed in the order of nodes:
// the same view gives the same bits. O((n + m) * rounds). LimitReached if the ranks still move
// after `max_rounds`.

struct EigenvectorOptions {
  // Both: edges count both ways. In: a node is ranked by those that point at it. Out: by those
  // that it points at.
  Side side = Side::Both;
  Weight weight = Weight::Edge;
  double tolerance = 1e-12;  // on the largest change of a round
  std::uint32_t max_rounds = 100'000;
  const Cancel* cancel = nullptr;  // then: LimitReached
};

// The eigenvector of the greatest eigenvalue, with entries >= 0 and of Euclidean length 1.
// P. Bonacich, "Factoring and weighting approaches to status scores", J. Math. Sociol. 2, 1972.
//   Found by power iteration on A + I from equal entries. Of disconnected parts only that of the
//   greatest eigenvalue has a score; if several share it, each keeps the part of the start that
//   lies in it. Under In or Out, if the edges make no circle there is no such vector: all 0.
Result<std::vector<double>> eigenvector(const Slice& view, const EigenvectorOptions& options = {});

struct KatzOptions {
  Side side = Side::In;
  Weight weight = Weight::Edge;
  // What each step of distance costs. 0: 0.9 / (the largest sum of a row), which always converges;
  // it must be less than 1 / (the greatest eigenvalue).
  double attenuation = 0;
  double tolerance = 1e-12;
  std::uint32_t max_rounds = 100'000;
  const Cancel* cancel = nullptr;  // then: LimitReached
};

// x = attenuation * A x + 1: one for itself, and for every walk that leads to it (In) the
// attenuation to the power of its length. Not normalised. InvalidArgument if it does not converge.
// L. Katz, "A new status index derived from sociometric analysis", Psychometrika 18, 1953.
Result<std::vector<double>> katz(const Slice& view, const KatzOptions& options = {});

struct HitsOptions {
  Weight weight = Weight::Edge;
  double tolerance = 1e-14;
  std::uint32_t max_rounds = 100'000;
  const Cancel* cancel = nullptr;  // then: LimitReached
};
struct Hits {
  std::vector<double> hubs, authorities;  // each sums to 1, or is all 0 if there are no edges
};

// A hub points at good authorities, an authority is pointed at by good hubs. From equal entries.
// J. M. Kleinberg, "Authoritative sources in a hyperlinked environment", J. ACM 46(5), 1999.
Result<Hits> hits(const Slice& view, const HitsOptions& options = {});

}  // namespace entente
