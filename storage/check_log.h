// Inside storage: does what lives agree with what the log made?
#pragma once
#include <array>
#include <functional>
#include <string>

#include "storage/check_facts.h"
#include "storage/key.h"
#include "storage/rows.h"

namespace entente {

// The live facts are summed as they are read; the log is read backwards, and of each fact the first
// version met is the last one made. Memory: a bit for each fact, and sums. Only if they differ are
// both read again, for the facts that differ by name.
class LogRecount {
 public:
  // A live record, merged nodes and retracted documents too.
  void lives(key::Kind kind, std::uint64_t id, std::string_view record);

  using Fault = std::function<void(std::string sentence)>;
  Status compare(const Rows& rows, const Fault& fault);

 private:
  static constexpr std::size_t kKinds = 3;
  static constexpr std::size_t kMostCompared = 16;  // buckets, fact by fact
  using Sums = std::array<FactSums, kKinds>;
  Status explain(const Rows& rows, std::size_t kind, const Fault& fault);

  Sums live_;
  Sums made_;
};

}  // namespace entente
