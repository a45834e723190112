#include "tools/import/train/perceptron.h"

#include <algorithm>

namespace entente::train {

Perceptron::Perceptron() : slots_(std::size_t{1} << 20), shift_(64 - 20) {}

Perceptron::Perceptron(const std::vector<Row>& rows) : Perceptron() {
  for (const Row& row : rows) {
    if ((used_ + 1) * 3 > slots_.size() * 2) grow_table();
    Slot& slot = slots_[place(row.key)];
    slot.key = row.key;
    ++used_;
    for (const Pair& pair : row.pairs) change(slot, pair.label, 0);
    slot.updates = 0;
  }
  fixed_ = true;
}

std::size_t Perceptron::place(std::uint64_t key) const {
  std::size_t at = key >> shift_;
  while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void Perceptron::score(std::span<const std::uint64_t> keys,
                       std::int32_t (&scores)[syntax::kMaxClasses]) const {
  for (const std::uint64_t key : keys) __builtin_prefetch(&slots_[key >> shift_]);
  const Slot* found[256];
  std::size_t n = 0;
  for (const std::uint64_t key : keys) {
    const Slot& slot = slots_[place(key)];
    if (slot.key == 0) continue;
    __builtin_prefetch(&weights_[slot.start]);
    found[n++] = &slot;
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t w = 0; w < found[i]->size; ++w) {
      const Weight& weight = weights_[found[i]->start + w];
      scores[weight.label] += weight.now;
    }
}

void Perceptron::update(std::span<const std::uint64_t> keys, std::uint8_t good,
                        std::uint8_t bad) {
  for (const std::uint64_t key : keys) {
    if (!fixed_ && (used_ + 1) * 3 > slots_.size() * 2) grow_table();
    Slot& slot = slots_[place(key)];
    if (slot.key == 0) {
      if (fixed_) continue;
      slot.key = key;
      ++used_;
    }
    if (slot.updates < UINT16_MAX) ++slot.updates;
    change(slot, good, 1);
    change(slot, bad, -1);
  }
}

void Perceptron::change(Slot& slot, std::uint8_t label, std::int32_t by) {
  for (std::size_t i = 0; i < slot.size; ++i) {
    Weight& weight = weights_[slot.start + i];
    if (weight.label != label) continue;
    weight.now += by;
    weight.late += by * clock_;
    return;
  }
  if (fixed_) return;
  if (slot.size == 0 || slot.size == 1u << slot.room_bits) grow_slot(slot);
  weights_[slot.start + slot.size++] = {by * clock_, by, label};
}

void Perceptron::grow_slot(Slot& slot) {
  const int bits = slot.size == 0 ? 1 : slot.room_bits + 1;
  std::uint32_t start;
  if (!free_[bits].empty()) {
    start = free_[bits].back();
    free_[bits].pop_back();
  } else {
    start = static_cast<std::uint32_t>(weights_.size());
    weights_.resize(weights_.size() + (std::size_t{1} << bits));
  }
  std::copy_n(weights_.begin() + slot.start, slot.size, weights_.begin() + start);
  if (slot.size != 0) free_[slot.room_bits].push_back(slot.start);
  slot.start = start;
  slot.room_bits = static_cast<std::uint8_t>(bits);
}

void Perceptron::grow_table() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  --shift_;
  for (const Slot& slot : old)
    if (slot.key != 0) slots_[place(slot.key)] = slot;
}

std::vector<Row> Perceptron::averaged(std::uint32_t min_updates) const {
  std::vector<Row> rows;
  for (const Slot& slot : slots_) {
    if (slot.key == 0 || slot.updates < min_updates) continue;
    Row row{slot.key, {}};
    for (std::size_t i = 0; i < slot.size; ++i) {
      const Weight& w = weights_[slot.start + i];
      const double mean =
          w.now - static_cast<double>(w.late) / static_cast<double>(clock_);
      if (mean != 0) row.pairs.push_back({w.label, mean});
    }
    if (row.pairs.empty()) continue;
    std::sort(row.pairs.begin(), row.pairs.end(),
              [](const Pair& a, const Pair& b) { return a.label < b.label; });
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.key < b.key; });
  return rows;
}

}  // namespace entente::train
