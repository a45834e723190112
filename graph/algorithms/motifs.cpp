#include "graph/algorithms/motifs.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

namespace entente {
namespace {

struct Event {
  std::int64_t day;
  std::uint32_t head, tail;
};

// The nodes of a sequence by the order in which they come in.
class Letters {
 public:
  // The letters of the edge; 0 if it would bring in a fourth node. Forgets it with drop().
  int add(const Event& event) {
    const std::size_t before = count_;
    const int head = letter(event.head), tail = letter(event.tail);
    if (head < 0 || tail < 0) {
      count_ = before;
      return 0;
    }
    return head * 3 + tail + 1;
  }
  std::size_t count() const { return count_; }
  void drop(std::size_t to) { count_ = to; }

 private:
  int letter(std::uint32_t node) {
    for (std::size_t i = 0; i < count_; ++i)
      if (nodes_[i] == node) return static_cast<int>(i);
    if (count_ == nodes_.size()) return -1;
    nodes_[count_] = node;
    return static_cast<int>(count_++);
  }
  std::array<std::uint32_t, 3> nodes_ = {};
  std::size_t count_ = 0;
};

std::string letters_of(int code) {
  const int pair = code - 1;
  return {static_cast<char>('a' + pair / 3), static_cast<char>('a' + pair % 3)};
}

}  // namespace

Result<MotifCounts> temporal_motifs(const Slice& view, const MotifOptions& options) {
  if (options.edges != 2 && options.edges != 3)
    return Error{Code::InvalidArgument, "motifs: of two or three edges"};
  std::vector<Event> events;
  each_edge(view, [&](EdgeIndex edge) {
    const Bound start = view.snapshot().valid(edge).from();
    if (!start.is_known() || start.precision() != Precision::Day) return;
    if (view.head(edge) == view.tail(edge)) return;
    events.push_back({start.period().from.time_since_epoch().count(), view.head(edge).value,
                      view.tail(edge).value});
  });
  std::ranges::sort(events, {}, [](const Event& e) { return std::tuple(e.day, e.head, e.tail); });
  std::vector<std::vector<std::uint32_t>> at(view.node_limit());  // places in events, ascending
  for (std::uint32_t i = 0; i < events.size(); ++i) {
    at[events[i].head].push_back(i);
    at[events[i].tail].push_back(i);
  }
  WorkMeter meter(options.max_work, options.cancel);
  std::array<std::uint64_t, 1000> counts = {};  // by the codes of the edges
  bool stopped = false;
  // Events after `after` until `last` that touch one of the nodes, each once.
  const auto each_next = [&](std::initializer_list<std::uint32_t> nodes, const Event& after,
                             std::int64_t last, auto visit) {
    std::size_t number = 0;
    for (const std::uint32_t node : nodes) {
      const auto& places = at[node];
      auto place = std::ranges::upper_bound(places, after.day, {}, [&](std::uint32_t i) { return events[i].day; });
      for (; place != places.end() && events[*place].day <= last; ++place) {
        if (!meter.spend(1)) {
          stopped = true;
          return;
        }
        const Event& event = events[*place];
        bool is_repeated = false;  // it touches a node before this one too
        for (std::size_t i = 0; i < number; ++i)
          is_repeated |= event.head == nodes.begin()[i] || event.tail == nodes.begin()[i];
        if (!is_repeated) visit(event);
      }
      ++number;
    }
  };
  for (const Event& first : events) {
    if (stopped) break;
    const std::int64_t last = first.day + options.within_days;
    Letters letters;
    const int one = letters.add(first);
    each_next({first.head, first.tail}, first, last, [&](const Event& second) {
      const std::size_t before = letters.count();
      const int two = letters.add(second);
      if (options.edges == 2) {
        ++counts[static_cast<std::size_t>(one * 10 + two)];
      } else {
        const auto count_third = [&](const Event& third) {
          const std::size_t known = letters.count();
          if (const int three = letters.add(third); three != 0)
            ++counts[static_cast<std::size_t>(one * 100 + two * 10 + three)];
          letters.drop(known);
        };
        const std::uint32_t other = second.head == first.head || second.head == first.tail ? second.tail : second.head;
        if (letters.count() == 2) each_next({first.head, first.tail}, second, last, count_third);
        else each_next({first.head, first.tail, other}, second, last, count_third);
      }
      letters.drop(before);
    });
  }
  if (stopped) return meter.error("motifs");
  MotifCounts named;
  for (std::size_t code = 0; code < counts.size(); ++code) {
    if (counts[code] == 0) continue;
    std::string name;
    for (std::size_t rest = options.edges == 2 ? 10 : 100; rest > 0; rest /= 10)
      name += (name.empty() ? "" : " ") + letters_of(static_cast<int>(code / rest % 10));
    named[name] = counts[code];
  }
  return named;
}

}  // namespace entente
