#include "graph/image_cache.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "graph/image.h"
#include "graph/load.h"
#include "graph/overlay.h"
#include "storage/directory.h"
#include "storage/read.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using From = CachedSnapshot::From;

// What the log says of the commits after an image's.
struct Since {
  Changes changes;
  std::string base_hash;  // of the commit after which they came
  bool told = true;       // all of it is in the records
  std::uint64_t count() const { return changes.nodes.size() + changes.edges.size(); }
};

// Newest first, so that of each thing the first record met is how it is now.
void add(Since& since, const LogEntry& entry) {
  // A bulk load does not name what it brings; and after a purge nothing from before may be used.
  if (entry.redacted_by || !entry.erasures.empty() || !(entry.bulk == Bulk{})) since.told = false;
  if (!since.told) return;
  for (const Node& node : entry.nodes)
    since.changes.nodes.try_emplace(node.id, node.merged_into ? std::nullopt : std::optional(node));
  for (const NodeId id : entry.ended_nodes) since.changes.nodes.try_emplace(id, std::nullopt);
  for (const Edge& edge : entry.edges) since.changes.edges.try_emplace(edge.id, edge);
  for (const EdgeId id : entry.ended_edges) since.changes.edges.try_emplace(id, std::nullopt);
}
}  // namespace

Result<CachedSnapshot> load_cached(const ReadTransaction& read, const fs::path& directory,
                                   const std::string& database_id, CommitId recorded,
                                   const CacheOptions& options) {
  const CommitId last = read.last_commit();
  CachedSnapshot found{.snapshot = nullptr, .from = From::Store, .warning = {}, .commit_hash = {}};
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
  auto image = open_image(file);
  const CommitId base = image ? image->info.as_of.recorded : last;
  Since since;
  const auto scanned = read.scan_log([&](const LogEntry& entry) {
    if (found.commit_hash.empty()) found.commit_hash = entry.commit.hash;
    if (entry.commit.id <= base) {
      if (entry.commit.id == base) since.base_hash = entry.commit.hash;
      return false;
    }
    add(since, entry);
    since.told = since.told && since.count() <= std::max<std::uint64_t>(totals->edges / 4, 1000);
    return since.told;
  });
  if (!scanned) return scanned.error();
  if (image) {
    const ImageInfo& info = image->info;
    const bool ours = info.source.database == database_id && info.source.filter.empty() &&
                      !info.as_of.valid && since.base_hash == info.source.commit_hash &&
                      image->snapshot->ontology().bytes() == read.ontology().bytes();
    if (ours && base == last) {
      found.snapshot = std::move(image->snapshot), found.from = From::Image;
      return found;
    }
    if (ours && base < last && since.told)
      if (auto made = with_changes(*image->snapshot, since.changes, last))
        found.snapshot = std::move(*made), found.from = From::Changes, found.changed = since.count();
  } else if (image.error().code == Code::Corruption) {
    found.warning = image.error().message + "; it is made anew";
  }
  if (!found.snapshot)
    if (const Status loaded = from_store(); !loaded) return loaded.error();
  // New columns, for nodes that went, took long enough to be kept.
  found.image_is_due = found.from == From::Store || !found.snapshot->is_layered() || options.keep_while_above == 0 ||
                       found.changed * options.keep_while_above >= totals->edges;
  if (found.image_is_due && options.write) write_cached(found, directory, database_id);
  return found;
}

void write_cached(const CachedSnapshot& loaded, const fs::path& directory, const std::string& database_id) {
  // Not being able to write it is no error; the next question costs what this one did.
  const auto written = write_image(*loaded.snapshot, {.database = database_id, .commit_hash = loaded.commit_hash}, directory / kImageFile);
  static_cast<void>(written);
}

}  // namespace entente
