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
};
Result<DocumentHeader> decode_document(std::string_view bytes);

// One entry of the log: the commit and every version that it made.
struct LogEntry {
  Commit commit;  // `hash` is that of the bytes: computed when encoding and when decoding
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<DocumentHeader> documents;
  std::vector<EdgeId> ended_edges;
  std::vector<NodeId> ended_nodes;
};
std::string encode(const LogEntry& entry);
Result<LogEntry> decode_log_entry(std::string_view bytes);

}  // namespace entente
