#include "tests/bench/plain_rows.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <set>
#include <thread>

namespace entente::bench {
namespace {
constexpr unsigned kThreads = 2;

// Parts of [0, count), handed out as threads become free.
template <typename Work>
void in_parts(std::uint32_t count, std::uint32_t part, Work work) {
  std::atomic<std::uint32_t> at{0};
  const auto run = [&] {
    for (std::uint32_t low; (low = at.fetch_add(part)) < count;) work(low, std::min(count, low + part));
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < kThreads; ++i) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
}
}  // namespace

void PlainRows::write(const MadeGraph& graph, const std::filesystem::path& file) {
  const std::uint32_t n = graph.nodes, m = std::uint32_t(graph.edges.size());
  std::vector<std::uint32_t> order(m), out_first(n + 1), in_first(n + 1), out_to(m), in_from(m), in_edge(m);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const MadeEdge &x = graph.edges[a], &y = graph.edges[b];
    return std::tie(x.head, x.tail, a) < std::tie(y.head, y.tail, b);
  });
  std::vector<std::int32_t> from(m), to(m);
  std::vector<float> confidence(m);
  std::vector<std::uint16_t> type(m);
  for (std::uint32_t i = 0; i < m; ++i) {
    const MadeEdge& edge = graph.edges[order[i]];
    ++out_first[edge.head + 1], ++in_first[edge.tail + 1];
    out_to[i] = edge.tail, from[i] = edge.from, to[i] = edge.to;
    confidence[i] = float(edge.confidence) / 1000.0f, type[i] = edge.type;
  }
  std::partial_sum(out_first.begin(), out_first.end(), out_first.begin());
  std::partial_sum(in_first.begin(), in_first.end(), in_first.begin());
  std::vector<std::uint32_t> next(in_first.begin(), in_first.end() - 1);
  for (std::uint32_t i = 0; i < m; ++i) {
    const std::uint32_t at = next[out_to[i]]++;
    in_from[at] = graph.edges[order[i]].head, in_edge[at] = i;
  }
  std::vector<std::int32_t> starts = from, ends = to;
  std::sort(starts.begin(), starts.end());
  std::sort(ends.begin(), ends.end());

  std::FILE* out = std::fopen(file.c_str(), "wb");
  if (!out) std::perror(file.c_str()), std::abort();
  const std::uint32_t head[2] = {n, m};
  std::fwrite(head, sizeof head, 1, out);
  const auto put = [&](const auto& column) { std::fwrite(column.data(), sizeof column[0], column.size(), out); };
  put(out_first), put(out_to), put(in_first), put(in_from), put(in_edge), put(from), put(to), put(starts), put(ends);
  put(confidence), put(type);
  if (std::fclose(out) != 0) std::perror(file.c_str()), std::abort();
}

PlainRows::PlainRows(const std::filesystem::path& file) {
  const int in = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat state {};
  if (in < 0 || ::fstat(in, &state) != 0) std::perror(file.c_str()), std::abort();
  size_ = std::size_t(state.st_size);
  bytes_ = static_cast<const char*>(::mmap(nullptr, size_, PROT_READ, MAP_SHARED, in, 0));
  ::close(in);
  nodes = reinterpret_cast<const std::uint32_t*>(bytes_)[0];
  edges = reinterpret_cast<const std::uint32_t*>(bytes_)[1];
  const char* at = bytes_ + 8;
  const auto take = [&]<typename T>(std::span<const T>& column, std::size_t count) {
    column = {reinterpret_cast<const T*>(at), count};
    at += count * sizeof(T);
  };
  take(out_first, nodes + 1), take(out_to, edges), take(in_first, nodes + 1), take(in_from, edges);
  take(in_edge, edges), take(from, edges), take(to, edges), take(starts, edges), take(ends, edges);
  take(confidence, edges), take(type, edges);
}

PlainRows::~PlainRows() { ::munmap(const_cast<char*>(bytes_), size_); }

PlainSearch::PlainSearch(const PlainRows& rows) : rows_(rows), banned_(rows.nodes) {
  for (int side : {0, 1}) seen_[side].resize(rows.nodes), parent_[side].resize(rows.nodes);
}

template <typename Ok>
std::uint32_t PlainSearch::search(std::uint32_t from, std::uint32_t to, Ok ok) {
  if (from == to) return 0;
  ++stamp_;
  frontier_[0].assign(1, from), frontier_[1].assign(1, to);
  seen_[0][from] = seen_[1][to] = stamp_;
  std::uint64_t cost[2] = {rows_.out_first[from + 1] - rows_.out_first[from],
                           rows_.in_first[to + 1] - rows_.in_first[to]};
  for (std::uint32_t hops = 1;; ++hops) {
    const int side = cost[0] <= cost[1] ? 0 : 1;
    const std::uint32_t* first = side == 0 ? rows_.out_first.data() : rows_.in_first.data();
    const std::uint32_t* others = side == 0 ? rows_.out_to.data() : rows_.in_from.data();
    std::uint32_t *mine = seen_[side].data(), *theirs = seen_[1 - side].data();
    next_.clear();
    std::uint64_t next_cost = 0;
    for (const std::uint32_t node : frontier_[side])
      for (std::uint32_t at = first[node]; at < first[node + 1]; ++at) {
        const std::uint32_t other = others[at];
        if (mine[other] == stamp_ || !ok(side == 0 ? at : rows_.in_edge[at])) continue;
        if (theirs[other] == stamp_) return hops;
        mine[other] = stamp_;
        next_.push_back(other);
        next_cost += first[other + 1] - first[other];
      }
    if (next_.empty()) return kNoWayThere;
    frontier_[side].swap(next_);
    cost[side] = next_cost;
  }
}

std::uint32_t PlainSearch::hops(std::uint32_t from, std::uint32_t to) {
  return search(from, to, [](std::uint32_t) { return true; });
}

std::uint32_t PlainSearch::hops(std::uint32_t from, std::uint32_t to, const PlainFilter& filter) {
  return search(from, to, [&](std::uint32_t edge) {
    return rows_.type[edge] == filter.type && rows_.from[edge] <= filter.to && rows_.to[edge] >= filter.from;
  });
}

std::vector<std::uint32_t> PlainSearch::path(std::uint32_t from, std::uint32_t to,
                                             const std::vector<std::uint32_t>& closed) {
  const auto is_closed = [&](std::uint32_t node) { return std::find(closed.begin(), closed.end(), node) != closed.end(); };
  ++stamp_;
  frontier_[0].assign(1, from), frontier_[1].assign(1, to);
  seen_[0][from] = seen_[1][to] = stamp_;
  std::uint64_t cost[2] = {rows_.out_first[from + 1] - rows_.out_first[from],
                           rows_.in_first[to + 1] - rows_.in_first[to]};
  while (true) {
    const int side = cost[0] <= cost[1] ? 0 : 1;
    const auto first = side == 0 ? rows_.out_first : rows_.in_first;
    const auto others = side == 0 ? rows_.out_to : rows_.in_from;
    next_.clear();
    std::uint64_t next_cost = 0;
    for (const std::uint32_t node : frontier_[side])
      for (std::uint32_t at = first[node]; at < first[node + 1]; ++at) {
        const std::uint32_t other = others[at];
        if (seen_[side][other] == stamp_ || banned_[other] != 0) continue;
        if (!closed.empty() && (side == 0 ? node == from && is_closed(other) : other == from && is_closed(node)))
          continue;
        parent_[side][other] = node;
        if (seen_[1 - side][other] == stamp_) {
          std::vector<std::uint32_t> found;
          for (std::uint32_t back = other; back != from; back = parent_[0][back]) found.push_back(back);
          found.push_back(from);
          std::reverse(found.begin(), found.end());
          for (std::uint32_t on = other; on != to;) found.push_back(on = parent_[1][on]);
          return found;
        }
        seen_[side][other] = stamp_;
        next_.push_back(other);
        next_cost += first[other + 1] - first[other];
      }
    if (next_.empty()) return {};
    frontier_[side].swap(next_);
    cost[side] = next_cost;
  }
}

std::vector<std::uint32_t> PlainSearch::k_lengths(std::uint32_t from, std::uint32_t to, std::size_t k) {
  using Path = std::vector<std::uint32_t>;
  const auto before = [](const Path& a, const Path& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; };
  std::vector<Path> found;
  std::set<Path, decltype(before)> waiting(before);
  if (Path first = path(from, to, {}); !first.empty()) waiting.insert(std::move(first));
  while (!waiting.empty() && found.size() < k) {
    found.push_back(*waiting.begin());
    waiting.erase(waiting.begin());
    if (found.size() == k) break;
    const Path last = found.back();
    for (std::size_t place = 0; place + 1 < last.size(); ++place) {
      std::vector<std::uint32_t> closed;
      for (const Path& other : found)
        if (other.size() > place + 1 && std::equal(last.begin(), last.begin() + long(place) + 1, other.begin()))
          closed.push_back(other[place + 1]);
      for (std::size_t i = 0; i < place; ++i) banned_[last[i]] = 1;
      const Path spur = path(last[place], to, closed);
      for (std::size_t i = 0; i < place; ++i) banned_[last[i]] = 0;
      if (spur.empty()) continue;
      Path whole(last.begin(), last.begin() + long(place));
      whole.insert(whole.end(), spur.begin(), spur.end());
      if (std::find(found.begin(), found.end(), whole) == found.end()) waiting.insert(std::move(whole));
    }
  }
  std::vector<std::uint32_t> lengths;
  for (const Path& each : found) lengths.push_back(std::uint32_t(each.size() - 1));
  return lengths;
}

std::uint32_t PlainSearch::two_hops(std::uint32_t node, float confidence) {
  ++stamp_;
  std::uint32_t count = 0;
  for (std::uint32_t i = rows_.out_first[node]; i < rows_.out_first[node + 1]; ++i) {
    if (rows_.confidence[i] < confidence) continue;
    const std::uint32_t middle = rows_.out_to[i];
    for (std::uint32_t j = rows_.out_first[middle]; j < rows_.out_first[middle + 1]; ++j) {
      if (rows_.confidence[j] < confidence) continue;
      std::uint32_t& seen = seen_[0][rows_.out_to[j]];
      if (seen != stamp_) seen = stamp_, ++count;
    }
  }
  return count;
}

std::uint64_t plain_count(const PlainRows& rows, std::int32_t from, std::int32_t to) {
  return std::uint64_t(std::upper_bound(rows.starts.begin(), rows.starts.end(), to) - rows.starts.begin()) -
         std::uint64_t(std::lower_bound(rows.ends.begin(), rows.ends.end(), from) - rows.ends.begin());
}

PlainSlice plain_extract(const PlainRows& rows, std::int32_t from, std::int32_t to) {
  PlainSlice slice;
  slice.first.assign(rows.nodes + 1, 0);
  const auto holds = [&](std::uint32_t edge) { return unsigned(rows.from[edge] <= to) & unsigned(rows.to[edge] >= from); };
  in_parts(rows.nodes, 8192, [&](std::uint32_t low, std::uint32_t high) {
    for (std::uint32_t node = low; node < high; ++node) {
      std::uint32_t count = 0;
      for (std::uint32_t i = rows.out_first[node]; i < rows.out_first[node + 1]; ++i) count += holds(i);
      slice.first[node + 1] = count;
    }
  });
  std::partial_sum(slice.first.begin(), slice.first.end(), slice.first.begin());
  slice.to.resize(slice.first.back() + 1);
  in_parts(rows.nodes, 8192, [&](std::uint32_t low, std::uint32_t high) {
    for (std::uint32_t node = low; node < high; ++node) {
      std::uint32_t at = slice.first[node];
      if (at == slice.first[node + 1]) continue;
      for (std::uint32_t i = rows.out_first[node]; i < rows.out_first[node + 1]; ++i)
        if (holds(i) != 0) slice.to[at++] = rows.out_to[i];
    }
  });
  return slice;
}

std::vector<float> plain_pagerank(const PlainRows& rows, unsigned rounds) {
  std::vector<float> rank(rows.nodes, 1.0f / float(rows.nodes)), share(rows.nodes);
  for (unsigned round = 0; round < rounds; ++round) {
    double dangling = 0;
    for (std::uint32_t node = 0; node < rows.nodes; ++node) {
      const std::uint32_t out = rows.out_first[node + 1] - rows.out_first[node];
      share[node] = out != 0 ? rank[node] / float(out) : 0;
      if (out == 0) dangling += double(rank[node]);
    }
    const auto jump = float((0.15 + 0.85 * dangling) / double(rows.nodes));
    in_parts(rows.nodes, 4096, [&](std::uint32_t low, std::uint32_t high) {
      for (std::uint32_t node = low; node < high; ++node) {
        float sum = 0;
        for (std::uint32_t i = rows.in_first[node]; i < rows.in_first[node + 1]; ++i) sum += share[rows.in_from[i]];
        rank[node] = jump + 0.85f * sum;
      }
    });
  }
  return rank;
}

// Union and find: two steps of every node first, then only what is not in the largest part yet
// (M. Sutton, T. Ben-Nun, A. Barak, "Optimizing parallel graph connectivity computation", 2018).
std::uint32_t plain_components(const PlainRows& rows) {
  std::vector<std::uint32_t> parent(rows.nodes);
  std::iota(parent.begin(), parent.end(), 0u);
  const auto load = [&](std::uint32_t node) { return std::atomic_ref(parent[node]).load(std::memory_order_relaxed); };
  const auto root = [&](std::uint32_t node) {
    for (std::uint32_t up; (up = load(node)) != node;) node = up;
    return node;
  };
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    while ((a = root(a)) != (b = root(b))) {
      if (a < b) std::swap(a, b);
      std::uint32_t expected = a;
      if (std::atomic_ref(parent[a]).compare_exchange_strong(expected, b)) return;
    }
  };
  const auto flatten = [&] {
    in_parts(rows.nodes, 16384, [&](std::uint32_t low, std::uint32_t high) {
      for (std::uint32_t node = low; node < high; ++node)
        std::atomic_ref(parent[node]).store(root(node), std::memory_order_relaxed);
    });
  };
  for (std::uint32_t step = 0; step < 2; ++step) {
    in_parts(rows.nodes, 16384, [&](std::uint32_t low, std::uint32_t high) {
      for (std::uint32_t node = low; node < high; ++node)
        if (rows.out_first[node] + step < rows.out_first[node + 1]) join(node, rows.out_to[rows.out_first[node] + step]);
    });
    flatten();
  }
  std::vector<std::uint32_t> drawn;
  for (std::uint32_t i = 0; i < 1024; ++i) drawn.push_back(parent[std::uint64_t(i) * 2654435761u % rows.nodes]);
  std::sort(drawn.begin(), drawn.end());
  std::uint32_t largest = drawn[0];
  std::size_t most = 0;
  for (std::size_t i = 0, j; i < drawn.size(); i = j) {
    for (j = i; j < drawn.size() && drawn[j] == drawn[i]; ++j) {}
    if (j - i > most) most = j - i, largest = drawn[i];
  }
  in_parts(rows.nodes, 4096, [&](std::uint32_t low, std::uint32_t high) {
    for (std::uint32_t node = low; node < high; ++node) {
      if (load(node) == largest) continue;
      for (std::uint32_t i = rows.out_first[node] + 2; i < rows.out_first[node + 1]; ++i) join(node, rows.out_to[i]);
      for (std::uint32_t i = rows.in_first[node]; i < rows.in_first[node + 1]; ++i) join(node, rows.in_from[i]);
    }
  });
  flatten();
  std::uint32_t count = 0;
  for (std::uint32_t node = 0; node < rows.nodes; ++node) count += parent[node] == node;
  return count;
}

std::vector<std::uint32_t> plain_cores(const PlainRows& rows) {
  // Different neighbours on either side, from two ascending rows.
  std::vector<std::uint32_t> first(1, 0), to;
  to.reserve(2 * std::size_t(rows.edges));
  for (std::uint32_t node = 0; node < rows.nodes; ++node) {
    std::uint32_t i = rows.out_first[node], j = rows.in_first[node];
    const std::uint32_t i_end = rows.out_first[node + 1], j_end = rows.in_first[node + 1];
    std::uint32_t last = node;  // no loops
    while (i < i_end || j < j_end) {
      const std::uint32_t other =
          j == j_end || (i < i_end && rows.out_to[i] <= rows.in_from[j]) ? rows.out_to[i++] : rows.in_from[j++];
      if (other != last && other != node) to.push_back(last = other);
    }
    first.push_back(std::uint32_t(to.size()));
  }
  // Peeling off: nodes of the least degree left go, until none has so few; the degrees alone are
  // touched at random.
  std::vector<std::uint32_t> degree(rows.nodes), core(rows.nodes), left(rows.nodes), stack;
  for (std::uint32_t node = 0; node < rows.nodes; ++node) degree[node] = first[node + 1] - first[node];
  std::iota(left.begin(), left.end(), 0u);
  std::uint32_t level = 0;
  constexpr std::uint32_t kGone = ~std::uint32_t{0};
  while (true) {
    std::size_t kept = 0;
    std::uint32_t least = kGone;
    for (const std::uint32_t node : left)
      if (degree[node] != kGone) left[kept++] = node, least = std::min(least, degree[node]);
    left.resize(kept);
    if (left.empty()) return core;
    level = std::max(level, least);
    for (const std::uint32_t node : left)
      if (degree[node] <= level) stack.push_back(node), degree[node] = kGone, core[node] = level;
    while (!stack.empty()) {
      const std::uint32_t node = stack.back();
      stack.pop_back();
      for (std::uint32_t i = first[node]; i < first[node + 1]; ++i) {
        std::uint32_t& other = degree[to[i]];
        if (other == kGone || --other > level) continue;
        other = kGone, core[to[i]] = level;
        stack.push_back(to[i]);
      }
    }
  }
}

// U. Brandes, "A faster algorithm for betweenness centrality", 2001; a source a thread at a time.
std::vector<double> plain_betweenness(const PlainRows& rows, std::span<const std::uint32_t> sources) {
  std::vector<std::uint32_t> first(1, 0), to;
  for (std::uint32_t node = 0; node < rows.nodes; ++node) {
    for (std::uint32_t i = rows.out_first[node]; i < rows.out_first[node + 1]; ++i)
      if (rows.out_to[i] != node && (to.size() == first.back() || to.back() != rows.out_to[i])) to.push_back(rows.out_to[i]);
    first.push_back(std::uint32_t(to.size()));
  }
  struct State {
    double paths;
    float part;
    std::int32_t distance;
  };
  std::vector<std::vector<double>> scores(kThreads);
  std::atomic<unsigned> thread{0};
  std::atomic<std::size_t> next{0};
  in_parts(kThreads, 1, [&](std::uint32_t, std::uint32_t) {
    std::vector<double>& score = scores[thread++];
    score.assign(rows.nodes, 0);
    std::vector<State> state(rows.nodes, State{0, 0, -1});
    std::vector<std::uint32_t> order;
    for (std::size_t i; (i = next++) < sources.size();) {
      order.assign(1, sources[i]);
      state[sources[i]] = {1, 0, 0};
      for (std::size_t at = 0; at < order.size(); ++at) {
        const std::uint32_t node = order[at];
        const State here = state[node];
        for (std::uint32_t j = first[node]; j < first[node + 1]; ++j) {
          State& there = state[to[j]];
          if (there.distance < 0) there = {here.paths, 0, here.distance + 1}, order.push_back(to[j]);
          else if (there.distance == here.distance + 1) there.paths += here.paths;
        }
      }
      for (std::size_t at = order.size(); at-- > 1;) {
        const std::uint32_t node = order[at];
        State& here = state[node];
        double part = 0;
        for (std::uint32_t j = first[node]; j < first[node + 1]; ++j) {
          const State& there = state[to[j]];
          if (there.distance == here.distance + 1) part += double(there.part);
        }
        score[node] += part * here.paths;
        here.part = float((1 + part * here.paths) / here.paths);
      }
      for (const std::uint32_t node : order) state[node].distance = -1;
    }
  });
  for (std::size_t i = 1; i < scores.size(); ++i)
    for (std::size_t node = 0; node < scores[i].size(); ++node) scores[0][node] += scores[i][node];
  return scores[0];
}

}  // namespace entente::bench
