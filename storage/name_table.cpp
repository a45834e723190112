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
    if (slots_[slot] == 0) return slot;
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.hash == hash && entry.label == label && entry.text() == name) return slot;
  }
}

std::optional<NodeId> NameTable::find(std::string_view name, LabelId label) const {
  const std::uint32_t place = slots_[slot_of(name, label, hash_of(name, label))];
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
  entries_.push_back({copy, std::uint32_t(name.size()), hash, node, label});
  slots_[slot] = std::uint32_t(entries_.size());
}

void NameTable::grow() {
  slots_.assign(2 * slots_.size(), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t place = 0; place < entries_.size(); ++place) {
    std::size_t slot = entries_[place].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = place + 1;
  }
}

std::size_t NameTable::memory_bytes() const {
  return slots_.size() * sizeof(slots_[0]) + entries_.capacity() * sizeof(Entry) + block_bytes_;
}

}  // namespace entente
