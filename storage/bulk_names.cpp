#include "storage/bulk_names.h"

#include <algorithm>
#include <tuple>

#include "schema/name.h"
#include "schema/text.h"
#include "storage/key.h"
#include "storage/search_index.h"

namespace entente {
namespace {
constexpr std::size_t kLongestName = 1024;  // bytes, as in WriteTransaction
constexpr std::uint64_t kMostNodes = std::uint64_t{1} << 46;

Error refused(std::string message) { return {Code::InvalidArgument, std::move(message)}; }
}  // namespace

BulkNames::BulkNames(const Rows& rows, const Head& before, CommitId commit,
                     const std::filesystem::path& folder)
    : rows_(rows),
      ontology_(rows.store().ontology),
      before_(before),
      commit_(commit),
      folder_(folder),
      nodes_(rows.store(), folder, ColumnFamily::Nodes, "all"),
      next_node_(before.next_node) {}

Status BulkNames::add_node(Node node) {
  node.id = NodeId{next_node_++};
  if (node.id.value >= kMostNodes)
    return Error{Code::LimitReached, "a bulk load cannot number so many nodes"};
  node.since = commit_;
  const std::string record = encode(node);
  digests_.add(record);
  return nodes_.put(key::of(node.id), record);
}

Result<NodeId> BulkNames::add_own(Node node) {
  node.id = NodeId{next_node_};
  for (IndexEntry& entry : entries_of(node)) own_.push_back(std::move(entry));
  own_trigrams_.emplace_back(node.id, trigrams_of(node));
  const NodeId id = node.id;
  if (auto added = add_node(std::move(node)); !added) return added.error();
  return id;
}

// As WriteTransaction resolves: by the name, else by an alias that only one node of the label has.
Result<std::optional<NodeId>> BulkNames::find_stored(const std::string& folded, LabelId label) const {
  std::optional<NodeId> by_name;
  std::vector<NodeId> by_alias;
  std::optional<Error> fault;
  auto scanned = rows_.scan(
      ColumnFamily::Names, folded + '\0', [&](std::string_view key, std::string_view value) {
        const auto parts = key::name(key);
        const auto kind = decode_name_value(value);
        if (!parts || !kind) {
          fault = Error{Code::Corruption, "the index of names is damaged"};
          return false;
        }
        if (kind->label != label) return true;
        if (!kind->is_alias && !by_name) by_name = parts->node;
        if (kind->is_alias) by_alias.push_back(parts->node);
        return true;
      });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  if (by_name) return by_name;
  if (by_alias.size() == 1) return std::optional(by_alias.front());
  return std::optional<NodeId>();
}

Result<NodeId> BulkNames::resolve(std::string_view name, LabelId label) {
  if (const auto known = raw_.find(name, label)) return *known;
  if (name.size() > kLongestName) return refused("a name of more than 1,024 bytes");
  if (find_utf8_fault(name)) return refused("a name that is not UTF-8");
  const std::string form = fold_name(name);
  if (form.empty()) return refused("'" + std::string(name) + "' is no name: it has no letters");
  if (!ontology_.has(label))
    return refused("'" + std::string(name) + "' has a label that the ontology lacks");
  auto known = folded_.find(form, label);
  if (!known) {
    if (before_.nodes != 0) {
      const auto stored = find_stored(form, label);
      if (!stored) return stored.error();
      known = *stored;
    }
    if (known) {
      ++matched_nodes_;
    } else {
      known = NodeId{next_node_};
      Node node;
      node.label = label;
      node.name = std::string(name);
      if (auto added = add_node(std::move(node)); !added) return added.error();
    }
    folded_.add(form, label, *known);
  }
  raw_.add(name, label, *known);
  return *known;
}

Result<std::vector<SortedFile>> BulkNames::write_index() const {
  std::vector<const NameTable::Entry*> fresh;
  for (const NameTable::Entry& entry : folded_.entries())
    if (entry.node >= first_node()) fresh.push_back(&entry);
  // Names are folded, so no byte of one is as low as the 0 that ends it: text and node sort as keys do.
  std::sort(fresh.begin(), fresh.end(), [](const auto* a, const auto* b) {
    return std::tuple(a->text(), a->node) < std::tuple(b->text(), b->node);
  });
  std::vector<IndexEntry> own = own_;
  std::sort(own.begin(), own.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  SortedFiles out(rows_.store(), folder_, ColumnFamily::Names, "all");
  auto next_own = own.begin();
  for (const NameTable::Entry* entry : fresh) {
    const std::string key = key::name(entry->text(), entry->node);
    for (; next_own != own.end() && next_own->key < key; ++next_own)
      if (auto put = out.put(next_own->key, next_own->value); !put) return put.error();
    const std::string value = encode(NameValue{.is_alias = false, .label = entry->label});
    if (auto put = out.put(key, value); !put) return put.error();
  }
  for (; next_own != own.end(); ++next_own)
    if (auto put = out.put(next_own->key, next_own->value); !put) return put.error();
  return out.finish();
}

Result<std::vector<SortedFile>> BulkNames::write_search() const {
  PostingBlocks blocks;  // nodes ascend: the load's own came first, names in the order of arrival
  for (const auto& [node, trigrams] : own_trigrams_) blocks.add(node, trigrams);
  for (const NameTable::Entry& entry : folded_.entries())
    if (entry.node >= first_node()) blocks.add(entry.node, trigrams_of(entry.text()));
  SortedFiles out(rows_.store(), folder_, ColumnFamily::Search, "all");
  auto written = blocks.write([&](const std::string& key, const std::string& value) { return out.put(key, value); });
  if (!written) return written.error();
  return out.finish();
}

}  // namespace entente
