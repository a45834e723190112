// Inside storage: the digest that a bulk load's record in the log has in place of its facts.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/codec.h"
#include "storage/key.h"
#include "storage/rows.h"

namespace entente {

// Records by id, in blocks that can be digested side by side: FORMAT.md says how.
inline constexpr std::size_t kDigestBlock = 1 << 16;  // records

class DigestBlocks {
 public:
  void add(std::string_view record);
  std::vector<std::string> finish();  // SHA-256 of each block

 private:
  std::string block_;
  std::size_t records_ = 0;
  std::vector<std::string> digests_;
};

std::string digest_of_blocks(const std::vector<std::string>& nodes, const std::vector<std::string>& edges);

// Visits the record of every fact that a bulk load made, nodes and then edges, by id, as the load
// wrote it: the live one or the ended one. Corruption if one is missing or the digest differs.
using BulkVisitor = std::function<void(key::Kind kind, std::uint64_t id, std::string_view record)>;
Status walk_bulk(const Rows& rows, const LogEntry& entry, const BulkVisitor& visit);

}  // namespace entente
