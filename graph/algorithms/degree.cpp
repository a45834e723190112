#include "graph/algorithms/degree.h"

#include "graph/slice.h"
#include "graph/snapshot.h"

namespace entente {

template <GraphView G>
std::vector<double> degree(const G& view, const DegreeOptions& options) {
  const Loops loops = options.weight == Weight::Pair ? Loops::Drop : Loops::Keep;
  const Rows rows = gather_rows(view, options.side, options.weight, loops, options.cancel);
  std::vector<double> degrees(rows.size(), 0.0);
  for (std::uint32_t node = 0; node < rows.size(); ++node)
    for (std::uint32_t i = rows.first[node]; i < rows.first[node + 1]; ++i)
      degrees[node] += rows.weight[i];
  return degrees;
}

template std::vector<double> degree(const Snapshot&, const DegreeOptions&);
template std::vector<double> degree(const Slice&, const DegreeOptions&);

}  // namespace entente
