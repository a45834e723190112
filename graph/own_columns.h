// OwnColumns: the columns of a snapshot in memory, for those who fill them. Of graph/ alone.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "graph/columns.h"

namespace entente {

// Of plain values that whoever resizes writes anyway: they are not set to zero first, so that the
// threads that fill a column are those that touch its pages.
template <typename T>
struct UnsetValues : std::allocator<T> {
  template <typename U>
  struct rebind {
    using other = UnsetValues<U>;
  };
  template <typename U>
  void construct(U* at) noexcept {
    static_assert(std::is_trivially_copyable_v<U> && std::is_trivially_destructible_v<U>);
    static_cast<void>(at);
  }
  template <typename U, typename... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
  }
};
template <typename T>
using OwnColumn = std::vector<T, UnsetValues<T>>;

// Each is filled up with zeros to whole words, as an image has it.
struct OwnColumns {
  OwnColumn<NodeId> node_ids;
  OwnColumn<LabelId> labels, more_labels;
  OwnColumn<std::uint32_t> more_labels_first, out_first, in_first;
  OwnColumn<char> names;
  OwnColumn<std::uint64_t> names_first;
  OwnColumn<NodeIndex> heads, tails, in_nodes;
  OwnColumn<EdgeIndex> in_edges, edges_by_id;
  OwnColumn<EdgeKind> kinds;
  OwnColumn<Limits> limits;
  OwnColumn<WideLimits> wide_limits;
  OwnColumn<std::uint32_t> confidences, edge_ids;
  OwnColumn<EdgeId> wide_edge_ids;
  OwnColumn<std::int32_t> instants;
  OwnColumn<double> confidence_values;
  OwnColumn<std::uint32_t> count_kinds, count_first, count_instants, count_sums;

  template <typename T>
  static std::span<const T> put(OwnColumn<T>& column) {
    const std::size_t count = column.size();
    while (column.size() * sizeof(T) % 8 != 0) column.push_back(T{});
    return std::span<const T>(column).first(count);
  }
};

Columns columns_over(const std::shared_ptr<OwnColumns>& own);

// From so many edges on, the table of instants has the usual days as well: less than half a byte an edge.
inline constexpr std::uint32_t kUsualDaysFrom = 500'000;

// Ascending days, and the place of each. Of many edges the days around ours are noted in a table;
// the rest, and the two infinities, are few. Of very many also every day from 1930 to 2079 has a place, so
// that an edge that comes later with another day moves none of them; unless that makes places wide.
class InstantTable {
 public:
  explicit InstantTable(std::uint32_t edges)
      : usual_(edges >= kUsualDaysFrom), near_days_(edges > 10'000 ? kNearDays : 0), seen_(near_days_) {}
  void note(std::int32_t day) {
    if (const auto near = near_place(day)) seen_[*near] = true;
    else days_.push_back(day);
  }
  OwnColumn<std::int32_t> finish() {
    std::ranges::sort(days_);
    days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
    std::size_t others = days_.size();
    for (std::uint32_t i = 0; i < near_days_; ++i) others += seen_[i] && !is_usual(kFirst + static_cast<std::int32_t>(i));
    usual_ = usual_ && others + 4 + (kUsualEnd - kUsualBegin) <= 65'536;
    if (usual_)
      for (std::int32_t day = kUsualBegin; day < kUsualEnd; ++day) note(day);
    if (usual_)  // what is not known, or open: see Interval
      for (const std::int32_t day : {INT32_MIN, INT32_MIN + 1, INT32_MAX - 1, INT32_MAX}) note(day);
    for (std::uint32_t i = 0; i < near_days_; ++i)
      if (seen_[i]) days_.push_back(kFirst + static_cast<std::int32_t>(i));
    std::ranges::sort(days_);
    days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
    place_.assign(near_days_, 0);
    for (std::size_t i = 0; i < days_.size(); ++i)
      if (const auto near = near_place(days_[i])) place_[*near] = static_cast<std::uint32_t>(i);
    return days_;
  }
  std::uint32_t operator[](std::int32_t day) const {
    if (const auto near = near_place(day)) return place_[*near];
    return static_cast<std::uint32_t>(std::ranges::lower_bound(days_, day) - days_.begin());
  }

 private:
  static constexpr std::int32_t kFirst = -62'000;      // about the year 1800
  static constexpr std::uint32_t kNearDays = 200'000;  // to 2350
  static constexpr std::int32_t kUsualBegin = -14'610, kUsualEnd = 40'177;  // 1930 to 2079
  static bool is_usual(std::int32_t day) { return day >= kUsualBegin && day < kUsualEnd; }
  std::optional<std::uint32_t> near_place(std::int32_t day) const {
    const std::int64_t place = std::int64_t{day} - kFirst;
    return place >= 0 && place < near_days_ ? std::optional(static_cast<std::uint32_t>(place)) : std::nullopt;
  }
  bool usual_;
  std::uint32_t near_days_;
  std::vector<bool> seen_;
  OwnColumn<std::int32_t> days_;
  std::vector<std::uint32_t> place_;
};

}  // namespace entente
