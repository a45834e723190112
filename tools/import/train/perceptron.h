// An averaged perceptron over hashed features, for training. Exact and repeatable: weights and
// their sums over time are integers, rows come out in the order of their keys.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tools/import/syntax/model.h"

namespace entente::train {

struct Pair {
  std::uint8_t label;
  double weight;
};
struct Row {
  std::uint64_t key;
  std::vector<Pair> pairs;  // in the order of their labels
};

class Perceptron {
 public:
  Perceptron();
  // Learns only the weights named in `rows`, starting from zero.
  explicit Perceptron(const std::vector<Row>& rows);

  void score(std::span<const std::uint64_t> keys,
             std::int32_t (&scores)[syntax::kMaxClasses]) const;
  // One for `good`, one against `bad`, on every key.
  void update(std::span<const std::uint64_t> keys, std::uint8_t good, std::uint8_t bad);
  void tick() { ++clock_; }  // a decision has been made

  // The mean weights over all ticks so far, without zeros, sorted by key. Rows of keys with fewer
  // than `min_updates` updates are left out.
  std::vector<Row> averaged(std::uint32_t min_updates = 0) const;

 private:
  struct Weight {
    std::int64_t late;  // sum of change * time of change, what averaging has to take off
    std::int32_t now;
    std::uint8_t label;
  };
  struct Slot {
    std::uint64_t key = 0;  // 0: free
    std::uint32_t start = 0;
    std::uint8_t size = 0, room_bits = 0;
    std::uint16_t updates = 0;
  };
  std::size_t place(std::uint64_t key) const;
  void change(Slot& slot, std::uint8_t label, std::int32_t by);
  void grow_slot(Slot& slot);
  void grow_table();

  std::vector<Slot> slots_;
  std::vector<Weight> weights_;
  std::vector<std::uint32_t> free_[9];  // blocks of 2^n weights
  std::size_t used_ = 0;
  int shift_;
  bool fixed_ = false;
  std::int64_t clock_ = 1;
};

}  // namespace entente::train
