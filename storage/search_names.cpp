// Names by likeness: candidates from postings of trigrams, ranked by schema/likeness.h.
#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "schema/likeness.h"
#include "schema/name.h"
#include "storage/key.h"
#include "storage/search_index.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {
constexpr std::size_t kMostCandidates = 400;

// A number for each node, in pages that are made when first touched.
class Tally {
 public:
  void add(NodeId node, float weight) {
    auto& page = pages_[node.value / kPage];
    if (!page) page = std::make_unique<Page>();
    float& sum = (*page)[node.value % kPage];
    if (sum == 0) touched_.push_back(node);
    sum += weight;
  }
  // Those with the most, then the lowest ids.
  std::vector<NodeId> best(std::size_t most) {
    const auto more = [&](NodeId a, NodeId b) {
      const float x = of(a), y = of(b);
      return x != y ? x > y : a < b;
    };
    const std::size_t kept = std::min(most, touched_.size());
    std::partial_sort(touched_.begin(), touched_.begin() + std::ptrdiff_t(kept), touched_.end(), more);
    touched_.resize(kept);
    return touched_;
  }

 private:
  static constexpr std::size_t kPage = 4096;
  using Page = std::array<float, kPage>;
  float of(NodeId node) const { return (*pages_.at(node.value / kPage))[node.value % kPage]; }
  std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;
  std::vector<NodeId> touched_;
};

// Those that have the name or an alias exactly, or begun so: few letters say too little by trigrams.
Status add_begun(const Rows& rows, const std::string& folded, Tally& tally) {
  constexpr float kBegun = 1, kExact = 1000;
  std::size_t left = kMostCandidates;
  for (const auto& [prefix, weight] : {std::pair(folded + '\0', kExact), std::pair(folded, kBegun)}) {
    std::optional<Error> fault;
    auto scanned = rows.scan(ColumnFamily::Names, prefix, [&](std::string_view key, std::string_view) {
      const auto parts = key::name(key);
      if (!parts) return fault = Error{Code::Corruption, "the index of names is damaged"}, false;
      tally.add(parts->node, weight);
      return --left > 0;
    });
    if (!scanned) return scanned;
    if (fault) return *fault;
    if (left == 0) break;
  }
  return kOk;
}

// The name or alias of the node that answers best.
SimilarName best_name(const Node& node, std::string_view folded) {
  SimilarName best{node.id, node.label, node.name, node.name, false, likeness(folded, fold_name(node.name))};
  for (const std::string& alias : node.aliases) {
    const double like = likeness(folded, fold_name(alias));
    if (like > best.likeness) best.matched = alias, best.is_alias = true, best.likeness = like;
  }
  return best;
}
}  // namespace

Result<std::vector<SimilarName>> ReadTransaction::find_similar(std::string_view name, std::size_t limit,
                                                               CommitId at) const {
  const Rows& rows = state_->rows;
  const std::string folded = fold_name(name);
  std::vector<SimilarName> found;
  if (folded.empty()) return found;
  const auto head = rows.head();
  if (!head) return head.error();
  Tally tally;
  std::string joined = folded;  // "u s a" is "usa" too
  std::erase(joined, ' ');
  for (const Trigram trigram : trigrams_of(folded + " " + joined)) {
    const auto nodes = posted(rows, trigram);
    if (!nodes) return nodes.error();
    const float weight = 1 + std::log2(float(head->next_node) / float(nodes->size() + 1));
    for (const NodeId node : *nodes) tally.add(node, std::max(weight, 0.1f));
  }
  if (auto added = add_begun(rows, folded, tally); !added) return added.error();
  for (const NodeId id : tally.best(kMostCandidates)) {
    const auto node = this->node(id, at);
    if (!node) return node.error();
    if (!*node || (*node)->id != id) continue;  // not there then, or another spoke for it
    SimilarName match = best_name(**node, folded);
    if (match.likeness >= kLeastLikeness) found.push_back(std::move(match));
  }
  std::sort(found.begin(), found.end(), [](const SimilarName& a, const SimilarName& b) {
    if (a.likeness != b.likeness) return a.likeness > b.likeness;
    return std::pair(a.is_alias, a.node) < std::pair(b.is_alias, b.node);
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace entente
