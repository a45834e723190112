#include "storage/search_index.h"

#include <algorithm>
#include <set>

#include "schema/codec.h"
#include "schema/shingles.h"
#include "schema/words.h"
#include "storage/batch.h"
#include "storage/document_text.h"
#include "storage/key.h"
#include "storage/purge.h"

namespace entente {
namespace {
Error damaged() { return {Code::Corruption, "the index of searches is damaged"}; }

std::vector<Trigram> without(const std::vector<Trigram>& all, const std::vector<Trigram>& known) {
  std::vector<Trigram> rest;
  std::set_difference(all.begin(), all.end(), known.begin(), known.end(), std::back_inserter(rest));
  return rest;
}

void add_all(std::vector<Trigram>& all, const std::vector<Trigram>& more) {
  std::vector<Trigram> both;
  std::set_union(all.begin(), all.end(), more.begin(), more.end(), std::back_inserter(both));
  all = std::move(both);
}

// Postings of one layout, whose rows begin with `prefix`.
Status read_postings(const Rows& rows, const std::string& prefix, std::vector<NodeId>& nodes) {
  std::optional<Error> fault;
  auto scanned = rows.scan(ColumnFamily::Search, prefix, [&](std::string_view key, std::string_view value) {
    const auto parts = key::posting(key);
    const auto block = parts && parts->block ? decode_block(parts->node, value) : std::nullopt;
    if (!parts || (parts->block ? !block : !value.empty())) {
      fault = damaged();
      return false;
    }
    if (block) {
      nodes.insert(nodes.end(), block->begin(), block->end());
    } else {
      nodes.push_back(parts->node);
    }
    return true;
  });
  if (!scanned) return scanned;
  if (fault) return *fault;
  return kOk;
}

// The trigrams of every version of that node that the store has.
Result<std::vector<Trigram>> trigrams_of_all_versions(const Rows& rows, NodeId id) {
  std::vector<Trigram> all;
  const auto live = rows.get(ColumnFamily::Nodes, key::of(id));
  if (!live) return live.error();
  std::optional<Error> fault;
  const auto look = [&](std::string_view bytes) {
    const auto node = decode_node(bytes);
    if (!node) fault = node.error();
    if (node) add_all(all, trigrams_of(*node));
    return !fault;
  };
  if (*live) look(**live);
  std::string prefix = key::history_prefix(key::Kind::Node);
  key::put_u64(prefix, id.value);
  auto scanned = rows.scan(ColumnFamily::History, prefix,
                           [&](std::string_view, std::string_view value) { return !fault && look(value); });
  if (!scanned) return scanned.error();
  if (fault) return *fault;
  return all;
}

// Blocks that have some of the nodes lose them. One look at all blocks of a trigram: purges are rare.
Status erase_from_blocks(RowBatch& batch, const Rows& rows, Trigram trigram, const std::set<NodeId>& gone) {
  std::optional<Error> fault;
  auto scanned = rows.scan(
      ColumnFamily::Search, key::posting_block_prefix(trigram), [&](std::string_view key, std::string_view value) {
        const auto parts = key::posting(key);
        auto nodes = parts ? decode_block(parts->node, value) : std::nullopt;
        if (!nodes) {
          fault = damaged();
          return false;
        }
        if (std::erase_if(*nodes, [&](NodeId node) { return gone.contains(node); }) == 0) return true;
        batch.erase(ColumnFamily::Search, key);
        if (!nodes->empty())
          batch.put(ColumnFamily::Search, key::posting_block(trigram, nodes->front()), encode_block(*nodes));
        return true;
      });
  if (!scanned) return scanned;
  if (fault) return *fault;
  return kOk;
}
}  // namespace

std::vector<IndexEntry> search_entries(DocumentId document, std::string_view text) {
  const auto words = words_of(text);
  return search_entries(document, words, shingles_of(words));
}

std::vector<IndexEntry> search_entries(DocumentId document, const std::vector<TextWord>& words,
                                       const std::vector<std::uint64_t>& shingles) {
  std::map<std::string_view, std::uint64_t> counts;
  for (const TextWord& word : words) ++counts[word.folded];
  std::vector<IndexEntry> entries;
  for (const auto& [word, count] : counts)
    entries.push_back({ColumnFamily::Search, key::word(word, document), encode_count(count)});
  if (shingles.size() < kLeastShingles) return entries;
  const auto bands = bands_of(shingles);
  for (std::size_t band = 0; band < kBands; ++band)
    entries.push_back({ColumnFamily::Search, key::sketch(std::uint8_t(band), bands[band], document), ""});
  return entries;
}

std::vector<IndexEntry> search_entries(const Node* before, const Node& after) {
  std::vector<IndexEntry> entries;
  const auto known = before ? trigrams_of(*before) : std::vector<Trigram>();
  for (const Trigram trigram : without(trigrams_of(after), known))
    entries.push_back({ColumnFamily::Search, key::posting(trigram, after.id), ""});
  return entries;
}

Result<std::optional<Copied>> find_copied(const Rows& rows, const std::vector<std::uint64_t>& shingles) {
  constexpr std::size_t kMostCompared = 20;  // texts that are read
  std::optional<Copied> best;
  if (shingles.size() < kLeastShingles) return best;
  std::map<DocumentId, std::size_t> bands_in_common;
  const auto bands = bands_of(shingles);
  for (std::size_t band = 0; band < kBands; ++band) {
    std::optional<Error> fault;
    auto scanned = rows.scan(ColumnFamily::Search, key::sketch_prefix(std::uint8_t(band), bands[band]),
                             [&](std::string_view key, std::string_view) {
                               const auto parts = key::sketch(key);
                               if (parts) ++bands_in_common[parts->document];
                               if (!parts) fault = damaged();
                               return !fault;
                             });
    if (!scanned) return scanned.error();
    if (fault) return *fault;
  }
  std::vector<std::pair<std::size_t, DocumentId>> candidates;
  for (const auto& [document, common] : bands_in_common) candidates.emplace_back(common, document);
  std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (candidates.size() > kMostCompared) candidates.resize(kMostCompared);
  for (const auto& [common, document] : candidates) {
    const auto header = rows.get(ColumnFamily::Documents, key::document(document, key::kHeaderChunk));
    if (!header) return header.error();
    const auto known = *header ? decode_document(**header) : Result<DocumentHeader>(damaged());
    if (!known) return known.error();
    if (known->document.retracted) continue;
    const auto text = read_text(rows, document);
    if (!text) return text.error();
    const double shared = shared_part(shingles, shingles_of(*text));
    if (shared < kCopy) continue;
    if (!best || shared > best->shared || (shared == best->shared && document < best->document))
      best = Copied{document, shared};
  }
  return best;
}

Result<std::vector<NodeId>> posted(const Rows& rows, Trigram trigram) {
  std::vector<NodeId> nodes;
  if (auto read = read_postings(rows, key::posting_block_prefix(trigram), nodes); !read) return read.error();
  if (auto read = read_postings(rows, key::posting_prefix(trigram), nodes); !read) return read.error();
  if (!std::is_sorted(nodes.begin(), nodes.end())) std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

Status scan_search(const Rows& rows, const Rows::Visitor& visit) {
  std::set<Trigram> blocked;
  std::optional<Error> fault;
  auto scanned = rows.scan(ColumnFamily::Search, "b", [&](std::string_view key, std::string_view) {
    const auto parts = key::posting(key);
    if (parts) blocked.insert(parts->trigram);
    if (!parts) fault = damaged();
    return !fault;
  });
  if (!scanned) return scanned;
  if (fault) return *fault;
  bool more = true;
  for (const Trigram trigram : blocked) {
    const auto nodes = posted(rows, trigram);
    if (!nodes) return nodes.error();
    for (std::size_t i = 0; more && i < nodes->size(); ++i) more = visit(key::posting(trigram, (*nodes)[i]), "");
    if (!more) return kOk;
  }
  return rows.scan(ColumnFamily::Search, "", [&](std::string_view key, std::string_view value) {
    const auto parts = key::posting(key);
    if (parts && blocked.contains(parts->trigram)) return true;  // told above
    return visit(key, value);
  });
}

Status scan_wanted_postings(const Rows& rows, const WantedPostings& visit) {
  std::map<NodeId, std::pair<Node, std::vector<Trigram>>> ended;
  auto history = rows.scan(ColumnFamily::History, key::history_prefix(key::Kind::Node),
                           [&](std::string_view, std::string_view value) {
                             const auto node = decode_node(value);
                             if (!node) return true;  // whoever checks history tells
                             auto& [any, all] = ended[node->id];
                             any = *node;
                             add_all(all, trigrams_of(*node));
                             return true;
                           });
  if (!history) return history;
  auto live = rows.scan(ColumnFamily::Nodes, "", [&](std::string_view key, std::string_view value) {
    const auto node = decode_node(value);
    if (!node || key::of(node->id) != key) return true;
    for (auto before = ended.begin(); before != ended.end() && before->first < node->id; before = ended.erase(before))
      visit(before->second.first, before->second.second);
    std::vector<Trigram> all = trigrams_of(*node);
    if (const auto same = ended.find(node->id); same != ended.end()) {
      add_all(all, same->second.second);
      ended.erase(same);
    }
    visit(*node, all);
    return true;
  });
  if (!live) return live;
  for (const auto& [id, wanted] : ended) visit(wanted.first, wanted.second);
  return kOk;
}

Status erase_search(RowBatch& batch, const Rows& rows, const Purge& purge) {
  std::map<Trigram, std::set<NodeId>> gone;
  for (const NodeId node : purge.nodes) {
    const auto trigrams = trigrams_of_all_versions(rows, node);
    if (!trigrams) return trigrams.error();
    for (const Trigram trigram : *trigrams) gone[trigram].insert(node);
  }
  for (const auto& [trigram, nodes] : gone) {
    for (const NodeId node : nodes) batch.erase(ColumnFamily::Search, key::posting(trigram, node));
    if (auto erased = erase_from_blocks(batch, rows, trigram, nodes); !erased) return erased;
  }
  if (!purge.document) return kOk;
  const auto text = read_text(rows, *purge.document);
  if (text) {
    for (const IndexEntry& entry : search_entries(*purge.document, *text)) batch.erase(entry.family, entry.key);
    return kOk;
  }
  if (text.error().code == Code::NotFound) return kOk;  // a table has none
  if (text.error().code != Code::Corruption) return text.error();
  for (const char* layout : {"s", "t"}) {  // what it said is lost: look at all there is
    auto scanned = rows.scan(ColumnFamily::Search, layout, [&](std::string_view key, std::string_view) {
      if (key.ends_with(key::of(*purge.document))) batch.erase(ColumnFamily::Search, key);
      return true;
    });
    if (!scanned) return scanned;
  }
  return kOk;
}

void PostingBlocks::add(NodeId node, const std::vector<Trigram>& trigrams) {
  for (const Trigram trigram : trigrams) {
    std::vector<Block>& blocks = blocks_[trigram];
    if (blocks.empty() || blocks.back().nodes == kBlockNodes) {
      blocks.push_back({node, node, 1, ""});
      continue;
    }
    Block& block = blocks.back();
    key::put_varint(block.bytes, node.value - block.last.value);
    block.last = node;
    ++block.nodes;
  }
}

Status PostingBlocks::write(const Sink& sink) const {
  std::vector<Trigram> order;
  for (const auto& [trigram, blocks] : blocks_) order.push_back(trigram);
  std::sort(order.begin(), order.end());
  for (const Trigram trigram : order)
    for (const Block& block : blocks_.at(trigram))
      if (auto put = sink(key::posting_block(trigram, block.first), block.bytes); !put) return put;
  return kOk;
}

}  // namespace entente
