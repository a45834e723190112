#include "storage/name_table.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace entente {
namespace {
constexpr std::size_t kBlock = 1 << 18;

std::uint32_t hash_of(std::string_view name, LabelId label) {
  const std::uint64_t hash = std::hash<std::string_view>{}(name) ^ (std::uint64_t(label.value) * 0x9E3779B97F4A7C15u);
  return std::uint32_t(hash ^ hash >> 32);
}
}  // namespace

NameTable::NameTable() : slots_(1 << 10) {}

std::size_t NameTable::slot_of(std::string_view name, LabelId label, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot].place == 0) return slot;
    if (slots_[slot].hash != hash) continue;
    const Entry& entry = entries_[slots_[slot].place - 1];
    if (entry.label == label && entry.text() == name) return slot;
  }
}

std::optional<NodeId> NameTable::find(std::string_view name, LabelId label) const {
  const std::uint32_t place = slots_[slot_of(name, label, hash_of(name, label))].place;
  if (place == 0) return std::nullopt;
  return entries_[place - 1].node;
}

void NameTable::add(std::string_view name, LabelId label, NodeId node) {
  if (2 * (entries_.size() + 1) > slots_.size()) grow();
  if (block_left_ < name.size() || blocks_.empty()) {
    const std::size_t size = std::max(kBlock, name.size());
    blocks_.push_back(std::make_unique<char[]>(size));
    block_left_ = size, block_bytes_ += size;
  }
  char* const copy = blocks_.back().get() + (std::max(kBlock, block_left_) - block_left_);
  std::memcpy(copy, name.data(), name.size());
  block_left_ -= name.size();
  const std::uint32_t hash = hash_of(name, label);
  const std::size_t slot = slot_of(name, label, hash);
  entries_.push_back({copy, node, std::uint32_t(name.size()), label});
  slots_[slot] = {hash, std::uint32_t(entries_.size())};
}

void NameTable::grow() {
  std::vector<Slot> grown(2 * slots_.size());
  const std::size_t mask = grown.size() - 1;
  for (const Slot& old : slots_) {
    if (old.place == 0) continue;
    std::size_t slot = old.hash & mask;
    while (grown[slot].place != 0) slot = (slot + 1) & mask;
    grown[slot] = old;
  }
  slots_ = std::move(grown);
}

std::size_t NameTable::memory_bytes() const {
  return slots_.size() * sizeof(slots_[0]) + entries_.capacity() * sizeof(Entry) + block_bytes_;
}

}  // namespace entente
