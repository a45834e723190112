#include "graph/image_cache.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "graph/image.h"
#include "graph/load.h"
#include "storage/directory.h"
#include "storage/read.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using From = CachedSnapshot::From;

// What the log says of the commits after one.
struct Changes {
  std::set<NodeId> nodes;
  std::set<EdgeId> edges;
  std::string base_hash;  // of the commit after which they came
  bool simple = true;     // no more than nodes and edges that came, changed or ended
};

Result<Changes> changes_since(const ReadTransaction& read, CommitId base, std::uint64_t most) {
  Changes changes;
  const auto scanned = read.scan_log([&](const LogEntry& entry) {
    if (entry.commit.id <= base) {
      if (entry.commit.id == base) changes.base_hash = entry.commit.hash;
      return false;
    }
    // What joins or parts nodes moves edges that it does not name; a bulk load names none.
    const bool moves = std::ranges::any_of(entry.nodes, [](const Node& node) {
      return bool(node.merged_into) || !node.absorbed.empty();
    });
    changes.simple = changes.simple && !moves && !entry.redacted_by && entry.erasures.empty() &&
                     entry.bulk == Bulk{} && entry.ended_nodes.empty();
    for (const Node& node : entry.nodes) changes.nodes.insert(node.id);
    for (const Edge& edge : entry.edges) changes.edges.insert(edge.id);
    changes.edges.insert(entry.ended_edges.begin(), entry.ended_edges.end());
    changes.simple = changes.simple && changes.nodes.size() + changes.edges.size() <= most;
    return changes.simple;
  });
  if (!scanned) return scanned.error();
  return changes;
}

// The image's snapshot, with what has changed since as the store has it now.
Result<std::shared_ptr<const Snapshot>> made_anew(const ReadTransaction& read, const Snapshot& base,
                                                  const Changes& changes, const AsOf& as_of) {
  SnapshotBuilder builder(read.ontology(), as_of);
  builder.add_all_but(base, changes.nodes, changes.edges);
  for (const NodeId id : changes.nodes) {
    const auto node = read.node(id, as_of.recorded);
    if (!node) return node.error();
    if (*node) builder.add(**node);
  }
  for (const EdgeId id : changes.edges) {
    auto edge = read.edge(id, as_of.recorded);
    if (!edge) return edge.error();
    if (!*edge) continue;
    for (NodeId* end : {&(*edge)->head, &(*edge)->tail}) {  // of a merged one the survivor
      const auto node = read.node(*end, as_of.recorded);
      if (!node) return node.error();
      if (*node) *end = (*node)->id;
    }
    builder.add(**edge);
  }
  return builder.finish();
}
}  // namespace

Result<CachedSnapshot> load_cached(const ReadTransaction& read, const fs::path& directory,
                                   const std::string& database_id, CommitId recorded,
                                   const CacheOptions& options) {
  const CommitId last = read.last_commit();
  CachedSnapshot found{.snapshot = nullptr, .from = From::Store, .warning = {}};
  const AsOf all{.valid = std::nullopt, .recorded = std::min(recorded, last)};
  const auto from_store = [&]() -> Status {
    auto loaded = load_snapshot(read, all);
    if (!loaded) return loaded.error();
    found.snapshot = std::move(*loaded);
    return kOk;
  };
  const auto totals = read.totals();
  if (!totals) return totals.error();
  if (all.recorded != last || totals->edges < options.least_edges) {
    if (const Status loaded = from_store(); !loaded) return loaded.error();
    return found;
  }

  const fs::path file = directory / kImageFile;
  std::string last_hash;
  const auto head = read.scan_log([&](const LogEntry& entry) {
    last_hash = entry.commit.hash;
    return false;
  });
  if (!head) return head.error();
  std::uint64_t changed = 0;
  auto image = open_image(file);
  if (image) {
    const ImageInfo& info = image->info;
    const bool ours = info.source.database == database_id && info.source.filter.empty() &&
                      !info.as_of.valid && info.as_of.recorded <= last &&
                      image->snapshot->ontology().bytes() == read.ontology().bytes();
    if (ours && info.as_of.recorded == last && info.source.commit_hash == last_hash) {
      found.snapshot = std::move(image->snapshot), found.from = From::Image;
      return found;
    }
    if (ours && info.as_of.recorded < last) {
      const auto changes = changes_since(read, info.as_of.recorded, std::max<std::uint64_t>(totals->edges / 4, 1000));
      if (!changes) return changes.error();
      if (changes->simple && changes->base_hash == info.source.commit_hash) {
        auto made = made_anew(read, *image->snapshot, *changes, all);
        if (made) found.snapshot = std::move(*made), found.from = From::Changes;
        changed = changes->nodes.size() + changes->edges.size();
      }
    }
  } else if (image.error().code == Code::Corruption) {
    found.warning = image.error().message + "; it is made anew";
  }
  if (!found.snapshot)
    if (const Status loaded = from_store(); !loaded) return loaded.error();
  const bool keep = found.from == From::Changes && options.keep_while_above > 0 &&
                    changed * options.keep_while_above < totals->edges;
  if (!keep) {
    // Not being able to write it is no error; the next question costs what this one did.
    const auto written = write_image(*found.snapshot, {.database = database_id, .commit_hash = last_hash}, file);
    static_cast<void>(written);
  }
  return found;
}

}  // namespace entente
