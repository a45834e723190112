// Records of the store: nodes, edges, documents, commits, the ontology.
#include "schema/codec.h"
#include "schema/digest.h"
#include "schema/ontology.h"
#include "tests/fuzz/target.h"

namespace entente::fuzz {
namespace {

Interval interval(std::string_view edtf) { return *Interval::parse(edtf); }

Node a_node() {
  return {.id = NodeId{7},
          .label = LabelId{6},
          .more_labels = {LabelId{12}, LabelId{13}},
          .name = "Zo\u00eb Marsh",
          .aliases = {"Marsh", "Z. Marsh"},
          .properties = {{"born", *Bound::parse("1961")},
                         {"count", std::int64_t{-3}},
                         {"names", std::vector<std::string>{"a", ""}},
                         {"score", 0.25},
                         {"sitting", true}},
          .merged_into = NodeId{8},
          .absorbed = {NodeId{5}, NodeId{6}},
          .since = CommitId{3}};
}

Edge an_edge() {
  const Statement statement{.id = StatementId{11},
                            .evidence = {DocumentId{2}, 10, 90},
                            .speaker = NodeId{7},
                            .valid = interval("2024-09/.."),
                            .time_phrase = "from September",
                            .confidence = 0.8,
                            .extractor = "rules/1",
                            .since = CommitId{3},
                            .ends = true};
  return {.id = EdgeId{5},
          .head = NodeId{7},
          .type = EdgeTypeId{2},
          .tail = NodeId{9},
          .valid = interval("2024-09-12/.."),
          .mode = Mode::Alleged,
          .negated = true,
          .confidence = 0.8,
          .properties = {{"role", std::string("envoy")}},
          .statements = {statement, statement},
          .since = CommitId{4}};
}

Document a_document() {
  return {.id = DocumentId{2},
          .node = NodeId{1},
          .name = "marsh-named-envoy",
          .title = "Marsh named envoy",
          .publisher = "The Reader",
          .url = "https://example.org/marsh",
          .published = *Bound::parse("2024-09-13"),
          .digest = sha256("text"),
          .text = {},
          .retracted = true,
          .rows = 0,
          .first_edge = {},
          .edges = 0,
          .since = CommitId{3}};
}

LogEntry an_entry() {
  LogEntry entry;
  entry.commit.id = CommitId{4};
  entry.commit.at = Instant{std::chrono::microseconds(1732545000123456)};
  entry.commit.author = "ana";
  entry.commit.note = "import";
  entry.commit.previous = sha256("before");
  entry.nodes = {a_node()};
  entry.edges = {an_edge()};
  entry.documents = {{a_document(), 4}};
  entry.ended_edges = {EdgeId{3}};
  entry.ended_nodes = {NodeId{9}};
  entry.acts = {{Verb::Change, Subject::Edge, 3, 5}, {Verb::Change, Subject::Edge, 2, 0}};
  entry.key = "once";
  entry.erasures = {{CommitId{2}, sha256("shorter")}};
  return entry;
}
}  // namespace

void run_node(std::string_view bytes) {
  const auto node = decode_node(bytes);
  if (!node) return must(node.error().code == Code::Corruption, "a node is refused as damaged");
  const std::string again = encode(*node);
  const auto back = decode_node(again);
  must(back && encode(*back) == again, "a node that was read can be written and read again");
}

void run_edge(std::string_view bytes) {
  const auto edge = decode_edge(bytes);
  if (!edge) return must(edge.error().code == Code::Corruption, "an edge is refused as damaged");
  const std::string again = encode(*edge);
  const auto back = decode_edge(again);
  must(back && encode(*back) == again, "an edge that was read can be written and read again");
}

void run_document(std::string_view bytes) {
  const auto header = decode_document(bytes);
  if (!header) return must(header.error().code == Code::Corruption, "a document is refused as damaged");
  const std::string again = encode(header->document, header->text_bytes);
  const auto back = decode_document(again);
  must(back && *back == *header, "a document that was read can be written and read again");
}

void run_log_entry(std::string_view bytes) {
  const auto entry = decode_log_entry(bytes);
  if (!entry) return must(entry.error().code == Code::Corruption, "a commit is refused as damaged");
  const std::string again = encode(*entry);
  const auto back = decode_log_entry(again);
  must(back && encode(*back) == again, "a commit that was read can be written and read again");
  must(hash_of_record(again) == back->commit.hash, "a commit has the hash of its record");
}

void run_ontology(std::string_view bytes) {
  const auto ontology = Ontology::from_bytes(bytes);
  if (!ontology) return must(ontology.error().code == Code::Corruption, "an ontology is refused as damaged");
  for (const EdgeType& type : ontology->types()) {
    must(ontology->has(type.id), "a type is found by its id");
    for (const Label& label : ontology->labels()) (void)ontology->check(type.id, label.id, label.id);
    (void)ontology->type_named(type.name);
  }
  const auto back = Ontology::from_bytes(ontology->bytes());
  must(back && back->bytes() == ontology->bytes(), "an ontology that was read can be written and read again");
}

std::vector<std::string> node_seeds() { return {encode(a_node()), encode(Node{})}; }
std::vector<std::string> edge_seeds() { return {encode(an_edge()), encode(Edge{})}; }
std::vector<std::string> document_seeds() {
  Document table = a_document();
  table.rows = 3, table.first_edge = EdgeId{9}, table.edges = 3;
  return {encode(a_document(), 4), encode(table, 0)};
}
std::vector<std::string> log_entry_seeds() {
  LogEntry load;
  load.commit = an_entry().commit;
  load.bulk = {NodeId{3}, 2, EdgeId{9}, 3, sha256("rows"), {}, {}};
  load.bulk.gone_edges.add(10);
  return {encode(an_entry()), encode(load)};
}
std::vector<std::string> ontology_seeds() { return {Ontology::builtin().bytes()}; }

}  // namespace entente::fuzz
