#include "storage/rows.h"

#include <rocksdb/perf_level.h>

#include "schema/digest.h"
#include "storage/key.h"
#include "storage/options.h"

namespace entente {
namespace {
rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }
}  // namespace

std::string encode(const Head& head) {
  std::string bytes;
  key::put_u64(bytes, head.commit.value);
  key::put_u64(bytes, std::uint64_t(head.at.time_since_epoch().count()));
  for (const std::uint64_t number :
       {head.next_node, head.next_edge, head.next_statement, head.next_document, head.nodes,
        head.edges, head.statements, head.documents, head.versions})
    key::put_u64(bytes, number);
  return bytes + head.hash;
}

std::optional<Head> decode_head(std::string_view bytes) {
  constexpr std::size_t kNumbers = 11 * 8;
  if (bytes.size() != kNumbers + kDigestSize) return std::nullopt;
  key::Parts parts(bytes.substr(0, kNumbers));
  Head head;
  head.commit = CommitId{parts.u64()};
  head.at = Instant{std::chrono::microseconds(std::int64_t(parts.u64()))};
  for (std::uint64_t* number :
       {&head.next_node, &head.next_edge, &head.next_statement, &head.next_document, &head.nodes,
        &head.edges, &head.statements, &head.documents, &head.versions})
    *number = parts.u64();
  head.hash = std::string(bytes.substr(kNumbers));
  return head;
}

Rows::Rows(const StoreState& store)
    : keep_(store.shared_from_this()), store_(store), snapshot_(store.db->GetSnapshot()) {
  // RocksDB counts every comparison of keys for the thread: a sixth of a write's instructions, where it
  // is a shared library.
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
}
Rows::~Rows() {
  if (snapshot_) store_.db->ReleaseSnapshot(snapshot_);
}

Result<Head> Rows::head() const {
  const auto bytes = get(ColumnFamily::Meta, meta::kHead);
  if (!bytes) return bytes.error();
  const auto head = *bytes ? decode_head(**bytes) : std::nullopt;
  if (!head)
    return Error{Code::Corruption,
                 store_.directory.string() + ": the record of the last commit is damaged"};
  return *head;
}

Result<std::optional<std::string>> Rows::get(ColumnFamily family, std::string_view key) const {
  std::string value;
  const auto status =
      store_.db->Get(read_options(snapshot_), store_.handle(family), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return error_of(status, "read " + std::string(name_of(family)));
  return std::optional<std::string>(std::move(value));
}

Status Rows::scan(ColumnFamily family, std::string_view prefix, const Visitor& visit) const {
  const std::unique_ptr<rocksdb::Iterator> rows(
      store_.db->NewIterator(read_options(snapshot_), store_.handle(family)));
  for (rows->Seek(slice(prefix)); rows->Valid() && rows->key().starts_with(slice(prefix)); rows->Next())
    if (!visit(view(rows->key()), view(rows->value()))) return kOk;
  if (!rows->status().ok()) return error_of(rows->status(), "scan " + std::string(name_of(family)));
  return kOk;
}

Status Rows::scan_from(ColumnFamily family, std::string_view key, const Visitor& visit) const {
  const std::unique_ptr<rocksdb::Iterator> rows(
      store_.db->NewIterator(read_options(snapshot_), store_.handle(family)));
  for (rows->Seek(slice(key)); rows->Valid(); rows->Next())
    if (!visit(view(rows->key()), view(rows->value()))) return kOk;
  if (!rows->status().ok()) return error_of(rows->status(), "scan " + std::string(name_of(family)));
  return kOk;
}

Status Rows::scan_backward(ColumnFamily family, const Visitor& visit, std::string_view end) const {
  auto options = read_options(snapshot_);
  const rocksdb::Slice bound = slice(end);
  if (!end.empty()) options.iterate_upper_bound = &bound;
  const std::unique_ptr<rocksdb::Iterator> rows(store_.db->NewIterator(options, store_.handle(family)));
  for (rows->SeekToLast(); rows->Valid(); rows->Prev())
    if (!visit(view(rows->key()), view(rows->value()))) return kOk;
  if (!rows->status().ok()) return error_of(rows->status(), "scan " + std::string(name_of(family)));
  return kOk;
}

Result<std::optional<std::pair<std::string, std::string>>> Rows::last_up_to(
    ColumnFamily family, std::string_view key, std::string_view prefix) const {
  using Row = std::optional<std::pair<std::string, std::string>>;
  const std::unique_ptr<rocksdb::Iterator> rows(
      store_.db->NewIterator(read_options(snapshot_), store_.handle(family)));
  rows->SeekForPrev(slice(key));
  if (!rows->status().ok()) return error_of(rows->status(), "read " + std::string(name_of(family)));
  if (!rows->Valid() || !rows->key().starts_with(slice(prefix))) return Row();
  return Row({rows->key().ToString(), rows->value().ToString()});
}

RowCursor::RowCursor(const Rows& rows, ColumnFamily family)
    : family_(family),
      rows_(rows.store_.db->NewIterator(read_options(rows.snapshot_), rows.store_.handle(family))) {}

Status RowCursor::status() const {
  if (!rows_->status().ok()) return error_of(rows_->status(), "scan " + std::string(name_of(family_)));
  return kOk;
}

}  // namespace entente
