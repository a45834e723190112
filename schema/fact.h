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
  NodeId merged_into;            // the node that this was found to be; 0: it stands for itself
  std::vector<NodeId> absorbed;  // those that were merged into this one, ascending
  CommitId since;                // the commit that made this version
  friend bool operator==(const Node&, const Node&) = default;
};

// The place in a document that says so: characters of a text, or rows of a table, which count from
// 1 for the first after the header; half-open either way.
struct Evidence {
  DocumentId document;
  std::uint64_t start = 0, end = 0;
  bool rows = false;
  friend auto operator<=>(const Evidence&, const Evidence&) = default;
};

// One source's claim of an edge. Never changed, only retracted. One that `ends` the edge tells only
// when it was over; it lives beside the claims that support the edge, and goes with the last.
struct Statement {
  StatementId id;
  Evidence evidence;
  NodeId speaker;           // whose claim it is; 0 is the document's own voice
  Interval valid;           // as this source has it
  std::string time_phrase;  // the words that `valid` was read from; may be empty
  double confidence = 0;    // that the sentence says this, in (0, 1]
  std::string extractor;    // which reader made it, with its version: "rules/1"
  CommitId since;           // recorded by
  bool ends = false;        // `valid` has the end of the edge, and nothing else of it
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

// A source text, or a table that was loaded in bulk. Its digest is the SHA-256 of the text or of
// the (uncompressed) file, 32 bytes. Of a table the text is not kept: `rows` says how many it had,
// and the edges [first_edge, first_edge + edges) were made from them.
struct Document {
  DocumentId id;
  NodeId node;  // the node of label Document that stands for it in the graph
  std::string name;  // what the user calls it: the file's name without folder and ending
  std::string title, publisher, url;
  Bound published;
  std::string digest;
  std::string text;        // UTF-8; empty in listings that do not need it
  bool retracted = false;  // supports nothing any more; its text stays for questions about the past
  std::uint64_t rows = 0;  // of a table; 0: this is a text
  EdgeId first_edge;
  std::uint64_t edges = 0;
  CommitId since;          // the commit that made this version: imported or retracted it
  friend bool operator==(const Document&, const Document&) = default;
};

// What a commit was asked to do. Correct: we were wrong. Change: the world moved on.
enum class Verb : std::uint8_t {
  Assert, Retract, Correct, Change, Merge, Unmerge, Undo, Purge,
  Several,  // of a commit that did more than one
};
inline constexpr int kVerbs = 9;
std::string_view name_of(Verb verb);  // "assert", ...

enum class Subject : std::uint8_t { Node, Edge, Statement, Document, Commit };
inline constexpr int kSubjects = 5;

// One thing that was done: `id` is what it was done to, `other` what that became, which edge a
// statement was of, or which node took the other in; 0 if there is none. By it `diff` tells a
// corrected edge from one that ended in the world.
struct Act {
  Verb verb = Verb::Assert;
  Subject subject = Subject::Document;
  std::uint64_t id = 0, other = 0;
  friend bool operator==(const Act&, const Act&) = default;
};

// One atomic change of the graph.
struct Commit {
  CommitId id;
  Instant at;
  Verb verb = Verb::Assert;
  std::string author, note;
  std::uint32_t nodes = 0, edges = 0, statements = 0, documents = 0;  // made or changed
  std::string previous;  // hash of the commit before; 32 bytes, zeros before the first
  std::string hash;      // of this one's record: SHA-256, 32 bytes
  friend bool operator==(const Commit&, const Commit&) = default;
};

// `2024-09-01T12:00:00Z`, with microseconds if there are any.
std::string text_of(Instant instant);

}  // namespace entente
