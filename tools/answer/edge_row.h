// EdgeRow: an edge with everything a person may want to read of it, looked up late.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "graph/snapshot.h"
#include "schema/fact.h"
#include "tools/answer/session.h"

namespace entente {

// One statement's source, ready to print.
struct Source {
  DocumentId document_id;
  std::string document;  // what the user calls it: "001"
  std::string title, publisher, published, url, author;
  std::uint64_t page = 0;  // of the file, where the quote begins; 0: it has none
  std::uint64_t start = 0, end = 0;  // characters, or rows of a table
  bool rows = false;
  bool ends = false;                 // tells only when the edge was over
  std::string quote;                 // the stored text there; `row 17` of a table, whose text is not kept
  std::string speaker;               // empty: the document's own voice
  Interval valid;
  std::string time_phrase, extractor;
  double confidence = 0;
  DocumentId copy_of;  // the document is a copy of that one: both count as one source; 0: none
  std::string copied;  // what the user calls that one; empty if it is gone
  StatementId statement;
  CommitId since;
};

struct EdgeRow {
  Edge edge;
  std::string head, head_label, type, tail, tail_label;
  std::string forward;          // "controls"
  Family family = Family::Structure;
  Truth holds = Truth::Yes;     // at the valid time asked for
  std::vector<Source> sources;  // by statement; of edge.statements.size() those that the reader was to give
  std::string speaker() const;  // the first that is told
};

// Sources of an edge in an answer that lists edges: enough for whoever reads it, while an edge that a
// thousand articles support stays as cheap as its neighbour. `why` has them all.
inline constexpr std::size_t kSourcesListed = 50;
inline constexpr std::size_t kEverySource = ~std::size_t{0};

// Reads rows of one session, each document once. Borrows the session. Of the sources of an edge the first
// `most`.
class EdgeReader {
 public:
  explicit EdgeReader(const Session& session, std::size_t most = kEverySource) : session_(session), most_(most) {}

  // NotFound if there is no such edge as of the session.
  Result<EdgeRow> row(EdgeId id);
  Result<EdgeRow> row(const Edge& edge);

 private:
  struct Text {
    Document document;
    std::string text;
  };
  Result<const Text*> text_of(DocumentId id);
  Result<const Node*> node_of(NodeId id);

  const Session& session_;
  const std::size_t most_;
  std::map<DocumentId, Text> texts_;
  std::map<NodeId, Node> nodes_;
};

// How people write the time of an edge: `2024-09-01 → …`, `2023-11`, `? → 2019`, `undated`.
std::string when_text(const Interval& valid);
// `actual`, `alleged by Xi Jinping`, with `not` where it is denied.
std::string mood_text(const EdgeRow& row);
// `The Reader 2024-08-06 (+2)`
std::string sources_text(const EdgeRow& row);

}  // namespace entente
