// Facts <-> bytes: the only place where a plain value becomes a Cap'n Proto message and back.
//
// Encoding is deterministic: equal values give equal bytes, on every machine. Decoding trusts
// nothing: any bytes at all give a value or Code::Corruption, never an exception or a crash.
// Messages are packed (Cap'n Proto's packing), one segment. Cost: about a microsecond each.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "schema/fact.h"
#include "schema/id_ranges.h"
#include "schema/result.h"

namespace entente {

std::string encode(const Node& node);
std::string encode(const Edge& edge);
std::string encode(const Document& document, std::uint64_t text_bytes);  // without its text

Result<Node> decode_node(std::string_view bytes);
Result<Edge> decode_edge(std::string_view bytes);

struct DocumentHeader {
  Document document;  // without its text
  std::uint64_t text_bytes = 0;
  friend bool operator==(const DocumentHeader&, const DocumentHeader&) = default;
};
Result<DocumentHeader> decode_document(std::string_view bytes);

// A record of the log that a purge rewrote, and the digest of its body as it stands since.
struct Erasure {
  CommitId commit;
  std::string digest;
  friend bool operator==(const Erasure&, const Erasure&) = default;
};

// What a bulk load made: ids one after the other, and a digest in place of the records. Of those that
// are gone a purge erased the record, or it was lost before a salvage.
struct Bulk {
  NodeId first_node;
  std::uint64_t nodes = 0;
  EdgeId first_edge;
  std::uint64_t edges = 0;
  std::string digest;  // storage/bulk_digest.h says of what
  IdRanges gone_nodes, gone_edges;  // within those above
  explicit operator bool() const { return nodes != 0 || edges != 0; }
  friend bool operator==(const Bulk&, const Bulk&) = default;
};

// One entry of the log: the commit and every version that it made.
//
// Its record is a header of 80 bytes (number, time, hash of the record before, SHA-256 of the
// body; big-endian) and a body. The commit's hash is that of the header, so a purge can rewrite
// a body without breaking the chain: the body then names the purge, and the purge's own record
// has the digest of the new body.
struct LogEntry {
  Commit commit;  // `hash` is that of the header: see hash_of_record; `verb` follows from `acts`
  std::vector<Act> acts;
  std::string key;  // idempotency key; empty: none
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<DocumentHeader> documents;
  std::vector<EdgeId> ended_edges;  // that lived before it and not after
  std::vector<NodeId> ended_nodes;  // likewise; a merged one stands in `nodes` too, with merged_into
  CommitId redacted_by;             // the purge that rewrote this body; 0: it is as it was written
  std::string body_digest;          // SHA-256 of the body as it stands; set by decoding
  std::vector<Erasure> erasures;    // of a purge
  Bulk bulk;                        // of a bulk load; its facts are not in `nodes` and `edges`
};
Verb verb_of(const std::vector<Act>& acts);
std::string encode(const LogEntry& entry);
Result<LogEntry> decode_log_entry(std::string_view bytes);
std::string hash_of_record(std::string_view bytes);  // of one that encode() gave
// The record with the body of `entry` under the header that it has: only a purge does this.
std::string with_other_body(std::string_view record, const LogEntry& entry);

}  // namespace entente
