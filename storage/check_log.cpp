#include "storage/check_log.h"

#include <map>

#include "schema/codec.h"
#include "schema/digest.h"
#include "storage/bulk_digest.h"

namespace entente {
namespace {
struct KindOfFact {
  key::Kind kind;
  const char* one;
  const char* many;
  ColumnFamily family;
};
constexpr KindOfFact kKindsOfFact[] = {{key::Kind::Node, "node", "nodes", ColumnFamily::Nodes},
                                       {key::Kind::Edge, "edge", "edges", ColumnFamily::Edges},
                                       {key::Kind::Document, "document", "documents", ColumnFamily::Documents}};

std::size_t place_of(key::Kind kind) {
  std::size_t place = 0;
  while (kKindsOfFact[place].kind != kind) ++place;
  return place;
}

// Visits the last version of each fact that lives by the log, newest commits first. The first fault
// in what a bulk load made is told, and the walk goes on.
using MadeVisitor = std::function<void(std::size_t kind, std::uint64_t id, std::string_view record)>;
Status walk_made(const Rows& rows, const MadeVisitor& visit, const LogRecount::Fault& fault) {
  std::array<IdSet, 3> met;
  const auto made = [&](key::Kind kind, std::uint64_t id, const auto& record) {
    const std::size_t place = place_of(kind);
    if (met[place].insert(id)) visit(place, id, record());
  };
  Status wrong = kOk;
  auto scanned = rows.scan_backward(ColumnFamily::Log, [&](std::string_view, std::string_view bytes) {
    const auto entry = decode_log_entry(bytes);
    if (!entry) {
      wrong = entry.error();
      return false;
    }
    if (entry->bulk) {
      auto loaded = walk_bulk(rows, *entry, [&](key::Kind kind, std::uint64_t id, std::string_view record) {
        made(kind, id, [&] { return record; });
      });
      if (!loaded) fault(loaded.error().message);
    }
    for (const EdgeId id : entry->ended_edges) met[place_of(key::Kind::Edge)].insert(id.value);
    for (const Edge& edge : entry->edges) made(key::Kind::Edge, edge.id.value, [&] { return encode(edge); });
    for (const Node& node : entry->nodes) made(key::Kind::Node, node.id.value, [&] { return encode(node); });
    for (const NodeId id : entry->ended_nodes) met[place_of(key::Kind::Node)].insert(id.value);
    for (const DocumentHeader& header : entry->documents)
      made(key::Kind::Document, header.document.id.value, [&] { return encode(header.document, header.text_bytes); });
    return true;
  });
  return scanned ? wrong : scanned;
}
}  // namespace

void LogRecount::lives(key::Kind kind, std::uint64_t id, std::string_view record) {
  live_[place_of(kind)].add(id, sha256(record));
}

Status LogRecount::compare(const Rows& rows, const Fault& fault) {
  auto walked = walk_made(rows, [&](std::size_t kind, std::uint64_t id, std::string_view record) {
    made_[kind].add(id, sha256(record));
  }, fault);
  if (!walked) return walked;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    if (made_[kind] == live_[kind]) continue;
    fault(std::string("the ") + kKindsOfFact[kind].many + " are not those that the log made");
    if (auto explained = explain(rows, kind, fault); !explained) return explained;
  }
  return kOk;
}

Status LogRecount::explain(const Rows& rows, std::size_t kind, const Fault& fault) {
  const std::set<std::size_t> buckets = live_[kind].differing(made_[kind], kMostCompared);
  std::map<std::uint64_t, std::string> made;  // digests, by id
  auto walked = walk_made(rows, [&](std::size_t of, std::uint64_t id, std::string_view record) {
    if (of == kind && buckets.contains(FactSums::bucket_of(id))) made.emplace(id, sha256(record));
  }, [](const std::string&) {});
  if (!walked) return walked;
  const auto named = [&](std::uint64_t id) { return kKindsOfFact[kind].one + (" " + std::to_string(id)); };
  auto scanned = rows.scan(kKindsOfFact[kind].family, "", [&](std::string_view key, std::string_view value) {
    key::Parts parts(key);
    const std::uint64_t id = parts.u64();
    if (kKindsOfFact[kind].kind == key::Kind::Document && parts.u32() != key::kHeaderChunk) return true;
    if (!buckets.contains(FactSums::bucket_of(id))) return true;
    const auto wanted = made.find(id);
    if (wanted == made.end()) {
      fault(named(id) + " lives, and by the log it does not");
    } else {
      if (wanted->second != sha256(value)) fault(named(id) + " is not what the log made of it last");
      made.erase(wanted);
    }
    return true;
  });
  if (!scanned) return scanned;
  for (const auto& [id, digest] : made) fault(named(id) + " is missing, and by the log it lives");
  return kOk;
}

}  // namespace entente
