#include "storage/bulk_digest.h"

#include "schema/digest.h"

namespace entente {
namespace {
std::uint64_t since_of(key::Kind kind, std::string_view record) {
  if (kind == key::Kind::Node) {
    const auto node = decode_node(record);
    return node ? node->since.value : 0;
  }
  const auto edge = decode_edge(record);
  return edge ? edge->since.value : 0;
}

// The version of that fact which the commit made, if it has ended since.
Result<std::optional<std::string>> ended_version(const Rows& rows, key::Kind kind, std::uint64_t id, CommitId made) {
  std::optional<std::string> found;
  std::string prefix = key::history_prefix(kind);
  key::put_u64(prefix, id);
  auto scanned = rows.scan(ColumnFamily::History, prefix, [&](std::string_view, std::string_view value) {
    if (since_of(kind, value) == made.value) found = std::string(value);
    return !found;
  });
  if (!scanned) return scanned.error();
  return found;
}

// One kind of fact, by id; the live ones in one scan.
Result<std::vector<std::string>> walk(const Rows& rows, key::Kind kind, std::uint64_t first, std::uint64_t count,
                                      const IdRanges& gone, CommitId made, const BulkVisitor& visit) {
  DigestBlocks blocks;
  std::uint64_t next = first;
  Status fault = kOk;
  const auto take = [&](std::string_view record) {
    blocks.add(record);
    visit(kind, next++, record);
  };
  // Those up to `id` that do not live as they were made.
  const auto take_ended_before = [&](std::uint64_t id) {
    while (fault && next < id) {
      if (gone.contains(next)) {
        ++next;
        continue;
      }
      const auto ended = ended_version(rows, kind, next, made);
      if (!ended) {
        fault = ended.error();
      } else if (!*ended) {
        fault = Error{Code::Corruption, "commit " + std::to_string(made.value) + " made " +
                                            (kind == key::Kind::Node ? "node " : "edge ") + std::to_string(next) +
                                            ", which is missing"};
      } else {
        take(**ended);
      }
    }
  };
  std::string start;
  key::put_u64(start, first);
  auto scanned = rows.scan_from(
      kind == key::Kind::Node ? ColumnFamily::Nodes : ColumnFamily::Edges, start,
      [&](std::string_view key, std::string_view value) {
        const std::uint64_t id = key::Parts(key).u64();
        if (id >= first + count) return false;
        if (since_of(kind, value) != made.value) return true;
        take_ended_before(id);
        if (fault) take(value);
        return bool(fault);
      });
  if (!scanned) return scanned.error();
  take_ended_before(first + count);
  if (!fault) return fault.error();
  return blocks.finish();
}
}  // namespace

void DigestBlocks::add(std::string_view record) {
  key::put_u32(block_, std::uint32_t(record.size()));
  block_ += record;
  if (++records_ % kDigestBlock != 0) return;
  digests_.push_back(sha256(block_));
  block_.clear();
}

std::vector<std::string> DigestBlocks::finish() {
  if (!block_.empty()) digests_.push_back(sha256(block_));
  block_.clear();
  return std::move(digests_);
}

std::string digest_of_blocks(const std::vector<std::string>& nodes, const std::vector<std::string>& edges) {
  std::string all;
  for (const std::string& digest : nodes) all += digest;
  for (const std::string& digest : edges) all += digest;
  return sha256(all);
}

Status walk_bulk(const Rows& rows, const LogEntry& entry, const BulkVisitor& visit) {
  const Bulk& bulk = entry.bulk;
  const auto nodes = walk(rows, key::Kind::Node, bulk.first_node.value, bulk.nodes, bulk.gone_nodes, entry.commit.id, visit);
  if (!nodes) return nodes.error();
  const auto edges = walk(rows, key::Kind::Edge, bulk.first_edge.value, bulk.edges, bulk.gone_edges, entry.commit.id, visit);
  if (!edges) return edges.error();
  if (digest_of_blocks(*nodes, *edges) != bulk.digest)
    return Error{Code::Corruption, "what commit " + std::to_string(entry.commit.id.value) +
                                       " loaded is not what is stored: the digest differs"};
  return kOk;
}

}  // namespace entente
