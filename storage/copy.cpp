#include "storage/copy.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <set>

#include "schema/codec.h"
#include "storage/index.h"
#include "storage/key.h"
#include "storage/log.h"
#include "storage/options.h"
#include "storage/search_index.h"

namespace entente {
namespace {
constexpr std::size_t kBatch = 4 << 20;  // bytes written at a time

// Rows on their way into the copy.
class RowWriter {
 public:
  RowWriter(StoreState& copy, CopyReport& report) : copy_(copy), report_(report) {}

  // False once a write failed.
  bool put(ColumnFamily family, std::string_view key, std::string_view value) {
    batch_.Put(copy_.handle(family), rocksdb::Slice(key.data(), key.size()), rocksdb::Slice(value.data(), value.size()));
    ++report_.rows;
    report_.bytes += key.size() + value.size();
    return batch_.GetDataSize() < kBatch || write();
  }

  Status finish() {
    write();
    rocksdb::FlushOptions flush;
    if (status_.ok()) status_ = copy_.db->Flush(flush, copy_.handles);
    if (!status_.ok()) return error_of(status_, "write " + copy_.directory.string());
    const auto head = Rows(copy_).head();
    if (!head) return head.error();
    report_.commit = head->commit;
    copy_.acknowledge(*head);
    return kOk;
  }

 private:
  bool write() {
    if (status_.ok()) status_ = copy_.db->Write(unlogged_write_options(), &batch_);
    batch_.Clear();
    return status_.ok();
  }
  StoreState& copy_;
  CopyReport& report_;
  rocksdb::WriteBatch batch_;
  rocksdb::Status status_;
};

// One store as a commit left it, made from its versions.
class PastState {
 public:
  PastState(const Rows& rows, CommitId at, RowWriter& out) : rows_(rows), at_(at), out_(out) {}

  Status write() {
    const auto head = rows_.head();
    if (!head) return head.error();
    head_ = *head;
    if (!at_ || at_ > head_.commit)
      return Error{Code::InvalidArgument, "there is no commit " + std::to_string(at_.value) + ": the last is " +
                                              std::to_string(head_.commit.value)};
    head_.commit = at_;
    head_.nodes = head_.edges = head_.statements = head_.documents = head_.versions = 0;
    for (auto step : {&PastState::copy_log, &PastState::copy_living, &PastState::copy_ended, &PastState::copy_texts,
                      &PastState::copy_meta})
      if (auto done = (this->*step)(); !done) return done;
    return kOk;
  }

 private:
  Status copy_log() {
    for (CommitId id{1}; id <= at_; ++id.value) {
      const auto bytes = rows_.get(ColumnFamily::Log, key::of(id));
      if (!bytes) return bytes.error();
      const std::string which = "commit " + std::to_string(id.value);
      if (!*bytes) return Error{Code::Corruption, which + " is missing from the log"};
      const auto entry = decode_log_entry(**bytes);
      if (!entry) return entry.error().within(which);
      if (entry->redacted_by > at_)
        return Error{Code::InvalidArgument,
                     "what commit " + std::to_string(at_.value) + " left cannot be had again: commit " +
                         std::to_string(entry->redacted_by.value) + " purged some of it; restore to that one or later"};
      if (!out_.put(ColumnFamily::Log, key::of(id), **bytes)) break;
      head_.at = entry->commit.at, head_.hash = entry->commit.hash;
    }
    return kOk;
  }

  Status copy_living() {
    for (const ColumnFamily family : {ColumnFamily::Nodes, ColumnFamily::Edges, ColumnFamily::Documents}) {
      Status fault = kOk;
      auto scanned = rows_.scan(family, "", [&](std::string_view key, std::string_view value) {
        const auto kind = family == ColumnFamily::Nodes   ? key::Kind::Node
                          : family == ColumnFamily::Edges ? key::Kind::Edge
                                                          : key::Kind::Document;
        key::Parts parts(key);
        (void)parts.u64();
        if (kind == key::Kind::Document && parts.u32() != key::kHeaderChunk) return true;
        fault = take(kind, value, kLatest);
        return bool(fault);
      });
      if (!scanned) return scanned;
      if (!fault) return fault;
    }
    return kOk;
  }

  Status copy_ended() {
    Status fault = kOk;
    auto scanned = rows_.scan(ColumnFamily::History, "", [&](std::string_view key, std::string_view value) {
      const auto parts = key::history(key);
      if (!parts) {
        fault = Error{Code::Corruption, "a key of history is damaged"};
      } else if (parts->until > at_) {
        fault = take(parts->kind, value, parts->until);
      } else {
        ++head_.versions;
        if (parts->kind == key::Kind::Document) existing_.insert(DocumentId{parts->id});
        return out_.put(ColumnFamily::History, key, value);
      }
      return bool(fault);
    });
    return scanned ? fault : scanned;
  }

  // A version that was believed until `until`: if it was believed at that commit, it lived then.
  Status take(key::Kind kind, std::string_view record, CommitId until) {
    switch (kind) {
      case key::Kind::Node: {
        const auto node = decode_node(record);
        if (!node) return node.error();
        if (node->since > at_ || until <= at_) return kOk;
        head_.nodes += !node->merged_into;
        return put_fact(ColumnFamily::Nodes, key::of(node->id), record, entries_of(*node));
      }
      case key::Kind::Edge: {
        const auto edge = decode_edge(record);
        if (!edge) return edge.error();
        if (edge->since > at_ || until <= at_) return kOk;
        ++head_.edges;
        head_.statements += edge->statements.size();
        return put_fact(ColumnFamily::Edges, key::of(edge->id), record, entries_of(*edge));
      }
      case key::Kind::Document: {
        const auto header = decode_document(record);
        if (!header) return header.error();
        const Document& document = header->document;
        if (document.since > at_ || until <= at_) return kOk;
        head_.documents += !document.retracted;
        existing_.insert(document.id);
        return put_fact(ColumnFamily::Documents, key::document(document.id, key::kHeaderChunk), record,
                        entries_of(*header));
      }
    }
    return Error{Code::Corruption, "a version is of no known kind"};
  }

  Status put_fact(ColumnFamily family, std::string_view key, std::string_view record,
                  const std::vector<IndexEntry>& entries) {
    out_.put(family, key, record);
    for (const IndexEntry& entry : entries) out_.put(entry.family, entry.key, entry.value);
    return kOk;
  }

  Status copy_texts() {
    for (const DocumentId id : existing_) {
      const std::string header = key::document(id, key::kHeaderChunk);
      auto scanned = rows_.scan(ColumnFamily::Documents, key::of(id), [&](std::string_view key, std::string_view value) {
        return key == header || out_.put(ColumnFamily::Documents, key, value);
      });
      if (!scanned) return scanned;
    }
    return kOk;
  }

  Status copy_meta() {
    Status fault = kOk;
    auto scanned = rows_.scan(ColumnFamily::Meta, meta::kIdempotency, [&](std::string_view key, std::string_view value) {
      key::Parts parts(value);
      return CommitId{parts.u64()} > at_ || out_.put(ColumnFamily::Meta, key, value);
    });
    if (!scanned) return scanned;
    const auto ontology = rows_.get(ColumnFamily::Meta, meta::kOntology);
    if (!ontology) return ontology.error();
    if (!*ontology) return Error{Code::Corruption, "the ontology is missing"};
    out_.put(ColumnFamily::Meta, meta::kOntology, **ontology);
    out_.put(ColumnFamily::Meta, meta::kHead, encode(head_));
    return kOk;
  }

  const Rows& rows_;
  const CommitId at_;
  RowWriter& out_;
  Head head_;
  std::set<DocumentId> existing_;  // then, retracted ones too
};
}  // namespace

Status copy_rows(const Rows& rows, StoreState& copy, CopyReport& report) {
  RowWriter out(copy, report);
  for (std::size_t family = 0; family < kColumnFamilies; ++family) {
    auto scanned = rows.scan(ColumnFamily(family), "", [&](std::string_view key, std::string_view value) {
      return out.put(ColumnFamily(family), key, value);
    });
    if (!scanned) return scanned;
  }
  return out.finish();
}

Status copy_rows_as_of(const Rows& rows, CommitId at, StoreState& copy, CopyReport& report) {
  RowWriter out(copy, report);
  if (auto written = PastState(rows, at, out).write(); !written) return written;
  if (auto finished = out.finish(); !finished) return finished;
  const auto made = make_search(copy);
  if (!made) return made.error();
  report.rows += *made;
  return kOk;
}

}  // namespace entente
