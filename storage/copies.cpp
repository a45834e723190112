#include "storage/copies.h"

#include <map>
#include <memory>

#include "schema/codec.h"
#include "storage/key.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {
// Any version of the node will do: what it says of copies never changes.
std::optional<Node> any_version(const Rows& rows, NodeId id) {
  const auto decoded = [](std::string_view bytes) {
    auto node = decode_node(bytes);
    return node ? std::optional<Node>(std::move(*node)) : std::nullopt;
  };
  if (const auto live = rows.get(ColumnFamily::Nodes, key::of(id)); live && *live) return decoded(**live);
  std::string prefix = key::history_prefix(key::Kind::Node);
  key::put_u64(prefix, id.value);
  std::optional<Node> found;
  const auto scanned = rows.scan(ColumnFamily::History, prefix, [&](std::string_view, std::string_view bytes) {
    found = decoded(bytes);
    return false;
  });
  return scanned ? found : std::nullopt;
}

DocumentId origin_in(const Rows& rows, DocumentId id) {
  const auto bytes = rows.get(ColumnFamily::Documents, key::document(id, key::kHeaderChunk));
  if (!bytes || !*bytes) return id;
  const auto header = decode_document(**bytes);
  if (!header) return id;
  const auto node = any_version(rows, header->document.node);
  const DocumentId copied = node ? copied_by(*node) : DocumentId{};
  return copied ? copied : id;
}
}  // namespace

DocumentId copied_by(const Node& document_node) {
  const auto property = document_node.properties.find(std::string(kCopyOf));
  const auto* number = property == document_node.properties.end() ? nullptr : std::get_if<std::int64_t>(&property->second);
  return number && *number > 0 ? DocumentId{std::uint64_t(*number)} : DocumentId{};
}

OriginOf origins_in(const Rows& rows) {
  const auto known = std::make_shared<std::map<DocumentId, DocumentId>>();
  return [&rows, known](DocumentId id) {
    const auto [origin, fresh] = known->try_emplace(id, id);
    if (fresh) origin->second = origin_in(rows, id);
    return origin->second;
  };
}

OriginOf origins_in(const WriteState& state) {
  return [&state](DocumentId id) {
    const auto change = state.documents.find(id);
    if (change != state.documents.end() && !change->second.before && change->second.after)
      if (const auto node = state.nodes.find(change->second.after->document.node); node != state.nodes.end() && node->second.after)
        if (const DocumentId copied = copied_by(*node->second.after)) return copied;
    return origin_in(state.rows, id);
  };
}

}  // namespace entente
