// Inside storage: which node a name of that label is, for very many names at once.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "schema/ids.h"

namespace entente {

// A hash table from (name, label) to a node. Names are copied into blocks: about 50 bytes and the
// name for each. Not thread-safe.
class NameTable {
 public:
  NameTable();
  std::optional<NodeId> find(std::string_view name, LabelId label) const;
  void add(std::string_view name, LabelId label, NodeId node);  // must not be there yet
  std::size_t memory_bytes() const;
  std::size_t size() const { return entries_.size(); }

  struct Entry {
    const char* name;
    NodeId node;
    std::uint32_t size;
    LabelId label;
    std::string_view text() const { return {name, size}; }
  };
  const std::vector<Entry>& entries() const { return entries_; }  // in order of arrival

 private:
  std::size_t slot_of(std::string_view name, LabelId label, std::uint32_t hash) const;
  void grow();
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t place = 0;  // in entries_, plus one; 0 is free
  };
  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_left_ = 0, block_bytes_ = 0;
};

}  // namespace entente
