// Facts as plain values: nodes, edges, the statements that support edges, documents, commits.
//
// All here are values. Ids are 0 until the store gives them out. Character offsets count Unicode
// code points of the stored text from 0, half-open [start, end), as the ontology says.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"
#include "schema/interval.h"
#include "schema/result.h"
#include "schema/value.h"

namespace entente {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;  // of the wall clock, UTC

// In which mood a source says that an edge holds.
enum class Mode : std::uint8_t {
  Actual,     // it is so
  Planned,    // pledged or announced, not done
  Requested,  // demanded or wished by somebody
  Alleged,    // claimed by a party, not by the source in its own voice
};
inline constexpr int kModes = 4;
std::string_view name_of(Mode mode);  // "actual", ...
Result<Mode> parse_mode(std::string_view name);

// An actor or thing.
struct Node {
  NodeId id;
  LabelId label;                     // the primary label
  std::vector<LabelId> more_labels;  // ascending, without the primary
  std::string name;
  std::vector<std::string> aliases;  // in order of arrival, without the name
  Properties properties;
  CommitId since;  // the commit that made this version
  friend bool operator==(const Node&, const Node&) = default;
};

// The place in a document that says so.
struct Evidence {
  DocumentId document;
  std::uint64_t start = 0, end = 0;  // characters
  friend auto operator<=>(const Evidence&, const Evidence&) = default;
};

// One source's claim of an edge. Never changed, only retracted.
struct Statement {
  StatementId id;
  Evidence evidence;
  NodeId speaker;           // whose claim it is; 0 is the document's own voice
  Interval valid;           // as this source has it
  std::string time_phrase;  // the words that `valid` was read from; may be empty
  double confidence = 0;    // that the sentence says this, in (0, 1]
  std::string extractor;    // which reader made it, with its version: "rules/1"
  CommitId since;           // recorded by
  friend bool operator==(const Statement&, const Statement&) = default;
};

// (head, type, tail) with a valid time. It lives as long as a statement supports it.
struct Edge {
  EdgeId id;
  NodeId head;
  EdgeTypeId type;
  NodeId tail;
  Interval valid;  // the narrowest that its statements support
  Mode mode = Mode::Actual;
  bool negated = false;
  double confidence = 0;  // of all statements together
  Properties properties;
  std::vector<Statement> statements;  // by id
  CommitId since;                     // the commit that made this version
  friend bool operator==(const Edge&, const Edge&) = default;
};

// A source text. Its digest is the SHA-256 of the text, 32 bytes.
struct Document {
  DocumentId id;
  NodeId node;  // the node of label Document that stands for it in the graph
  std::string name;  // what the user calls it: the file's name without folder and ending
  std::string title, publisher, url;
  Bound published;
  std::string digest;
  std::string text;  // UTF-8; empty in listings that do not need it
  CommitId since;
  friend bool operator==(const Document&, const Document&) = default;
};

// One atomic change of the graph.
struct Commit {
  CommitId id;
  Instant at;
  std::string author, note;
  std::uint32_t nodes = 0, edges = 0, statements = 0, documents = 0;  // made or changed
  std::string previous;  // hash of the commit before; 32 bytes, zeros before the first
  std::string hash;      // of this one's record: SHA-256, 32 bytes
  friend bool operator==(const Commit&, const Commit&) = default;
};

// `2024-09-01T12:00:00Z`, with microseconds if there are any.
std::string text_of(Instant instant);

}  // namespace entente
