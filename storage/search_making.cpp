// The index of searches made from nothing: by an upgrade, a salvage, a restore to an earlier commit.
#include <rocksdb/db.h>

#include "schema/codec.h"
#include "storage/batch.h"
#include "storage/document_text.h"
#include "storage/key.h"
#include "storage/options.h"
#include "storage/search_index.h"

namespace entente {
namespace {
constexpr std::size_t kBatch = 4 << 20;  // bytes written at a time

// Rows of an index that nobody reads yet: without the log of writes, for all is flushed at the end.
class IndexWriter {
 public:
  explicit IndexWriter(const StoreState& store) : store_(store), batch_(store) {}

  Status put(std::string_view key, std::string_view value) {
    batch_.put(ColumnFamily::Search, key, value);
    ++rows_;
    return batch_.get().GetDataSize() < kBatch ? Status(kOk) : write();
  }
  Status finish() {
    if (auto written = write(); !written) return written;
    const auto flushed = store_.db->Flush(rocksdb::FlushOptions(), store_.handles);
    return flushed.ok() ? Status(kOk) : Status(failed(flushed));
  }
  std::uint64_t rows() const { return rows_; }

 private:
  Error failed(const rocksdb::Status& status) const { return error_of(status, "write " + store_.directory.string()); }
  Status write() {
    const auto written = store_.db->Write(unlogged_write_options(), &batch_.get());
    batch_.get().Clear();
    return written.ok() ? Status(kOk) : Status(failed(written));
  }
  const StoreState& store_;
  RowBatch batch_;
  std::uint64_t rows_ = 0;
};

Status index_names(const Rows& rows, IndexWriter& out) {
  PostingBlocks blocks;
  auto scanned = scan_wanted_postings(
      rows, [&](const Node& node, const std::vector<Trigram>& trigrams) { blocks.add(node.id, trigrams); });
  if (!scanned) return scanned;
  return blocks.write([&](const std::string& key, const std::string& value) { return out.put(key, value); });
}

Status index_texts(const Rows& rows, const std::set<DocumentId>& without_text, IndexWriter& out) {
  Status fault = kOk;
  auto scanned = rows.scan(ColumnFamily::Documents, "", [&](std::string_view key, std::string_view value) {
    key::Parts parts(key);
    const DocumentId id{parts.u64()};
    if (parts.u32() != key::kHeaderChunk) return true;
    const auto header = decode_document(value);
    if (!header) return fault = header.error(), false;
    if (header->document.rows || without_text.contains(id)) return true;
    const auto text = read_text(rows, id);
    if (!text) return fault = text.error(), false;
    for (const IndexEntry& entry : search_entries(id, *text))
      if (auto put = out.put(entry.key, entry.value); !put) return fault = put, false;
    return true;
  });
  if (!scanned) return scanned;
  return fault;
}

}  // namespace

Result<std::uint64_t> make_search(const StoreState& store, const std::set<DocumentId>& without_text) {
  const Rows rows(store);
  IndexWriter out(store);
  if (auto done = index_names(rows, out); !done) return done.error();
  if (auto done = index_texts(rows, without_text, out); !done) return done.error();
  if (auto done = out.finish(); !done) return done.error();
  return out.rows();
}

}  // namespace entente
