#include "storage/upgrade.h"

#include <rocksdb/file_system.h>

#include "storage/rows.h"
#include "storage/search_index.h"

namespace entente {
namespace fs = std::filesystem;

Result<UpgradeReport> upgrade(const fs::path& directory, bool dry_run) {
  return upgrade(directory, dry_run, rocksdb::FileSystem::Default());
}

Result<UpgradeReport> upgrade(const fs::path& directory, bool dry_run, std::shared_ptr<rocksdb::FileSystem> files) {
  const auto mark = read_mark(directory);
  if (!mark) return mark.error();
  UpgradeReport report;
  report.from = mark->format, report.to = kFormatVersion;
  if (!mark->ready || mark->format == kFormatVersion) {  // what never was finished is made anew, in the new format
    report.from = kFormatVersion;
    return report;
  }
  const auto store = StoreFiles::open_older(directory, *mark, dry_run ? Access::Read : Access::Write, files);
  if (!store) return store.error();
  const auto head = Rows(**store).head();
  if (!head) return head.error();
  report.nodes = head->nodes, report.documents = head->documents, report.versions = head->versions;
  if (dry_run) return report;
  const auto made = make_search(**store);  // from format 1
  if (!made) return made.error();
  report.rows = *made;
  (*store)->mark.format = kFormatVersion;
  if (auto marked = write_mark(directory, (*store)->mark); !marked) return marked.error();
  return report;
}

}  // namespace entente
