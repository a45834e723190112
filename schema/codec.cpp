#include "schema/codec.h"

#include <capnp/message.h>
#include <capnp/serialize-packed.h>
#include <kj/exception.h>
#include <kj/io.h>

#include "schema/digest.h"
#include "schema/message_parts.h"

namespace entente {
using namespace message;
namespace {
using message::write;

// ---- bytes <-> messages

std::string pack(capnp::MessageBuilder& message) {
  kj::byte small[4096];  // most records: packing adds at most two bytes to a word, and a few once
  if (capnp::computeSerializedSizeInWords(message) * 10 + 64 <= sizeof small) {
    kj::ArrayOutputStream stream({small, sizeof small});
    capnp::writePackedMessage(stream, message);
    const auto bytes = stream.getArray();
    return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
  }
  kj::VectorOutputStream stream;
  capnp::writePackedMessage(stream, message);
  const auto bytes = stream.getArray();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

constexpr std::size_t first_words(std::size_t expected_bytes) {
  return expected_bytes / sizeof(capnp::word) + 64;
}

capnp::MallocMessageBuilder make_builder(std::size_t expected_bytes) {
  return capnp::MallocMessageBuilder(unsigned(first_words(expected_bytes)));
}

// Runs `read` on the message in `bytes`; whatever is wrong with them becomes Corruption.
template <typename T, typename Read>
Result<T> unpack(std::string_view bytes, std::string_view what, Read read) {
  try {
    kj::ArrayInputStream stream(
        {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()});
    capnp::ReaderOptions options;
    // A damaged length must not make us allocate: honest records unpack to under four words a byte.
    options.traversalLimitInWords = 8192 + 4 * bytes.size();
    capnp::PackedMessageReader message(stream, options);
    return read(message);
  } catch (const kj::Exception& exception) {
    return Error{Code::Corruption, "a stored " + std::string(what) +
                                       " cannot be read: " + exception.getDescription().cStr()};
  }
}

// ---- facts

void write(const Node& node, capnp_schema::NodeRecord::Builder out) {
  out.setId(node.id.value);
  out.setLabel(node.label.value);
  auto labels = out.initMoreLabels(unsigned(node.more_labels.size()));
  for (unsigned i = 0; i < node.more_labels.size(); ++i) labels.set(i, node.more_labels[i].value);
  out.setName(as_text(node.name));
  auto aliases = out.initAliases(unsigned(node.aliases.size()));
  for (unsigned i = 0; i < node.aliases.size(); ++i) aliases.set(i, as_text(node.aliases[i]));
  write(node.properties, out.initProperties(unsigned(node.properties.size())));
  out.setSince(node.since.value);
  out.setMergedInto(node.merged_into.value);
  if (node.absorbed.empty()) return;
  auto absorbed = out.initAbsorbed(unsigned(node.absorbed.size()));
  for (unsigned i = 0; i < node.absorbed.size(); ++i) absorbed.set(i, node.absorbed[i].value);
}

Node read_node(capnp_schema::NodeRecord::Reader in) {
  Node node{.id = NodeId{in.getId()},
            .label = LabelId{in.getLabel()},
            .more_labels = {},
            .name = text(in.getName()),
            .aliases = {},
            .properties = read_properties(in.getProperties()),
            .merged_into = NodeId{in.getMergedInto()},
            .absorbed = {},
            .since = CommitId{in.getSince()}};
  for (const auto id : in.getAbsorbed()) node.absorbed.push_back(NodeId{id});
  for (const auto label : in.getMoreLabels()) node.more_labels.push_back(LabelId{label});
  for (const auto alias : in.getAliases()) node.aliases.push_back(text(alias));
  return node;
}

// Most edges have one statement that says what they say: what it shares is left out.
void write(const Statement& statement, const Edge& edge, capnp_schema::StatementRecord::Builder out) {
  if (statement.id.value != edge.id.value) out.setId(statement.id.value);
  out.setDocument(statement.evidence.document.value);
  out.setStart(statement.evidence.start);
  out.setEnd(statement.evidence.end);
  out.setSpeaker(statement.speaker.value);
  if (statement.valid != edge.valid) write(statement.valid, out.initValid());
  if (!statement.time_phrase.empty()) out.setTimePhrase(as_text(statement.time_phrase));
  if (statement.confidence != edge.confidence) out.setConfidence(statement.confidence);
  out.setExtractor(as_text(statement.extractor));
  if (statement.since != edge.since) out.setSince(statement.since.value);
  out.setEnds(statement.ends);
  out.setRows(statement.evidence.rows);
}

Statement read_statement(capnp_schema::StatementRecord::Reader in, const Edge& edge) {
  return {.id = StatementId{in.getId() ? in.getId() : edge.id.value},
          .evidence = {DocumentId{in.getDocument()}, in.getStart(), in.getEnd(), in.getRows()},
          .speaker = NodeId{in.getSpeaker()},
          .valid = in.hasValid() ? read_interval(in.getValid()) : edge.valid,
          .time_phrase = text(in.getTimePhrase()),
          .confidence = in.getConfidence() != 0 ? in.getConfidence() : edge.confidence,
          .extractor = text(in.getExtractor()),
          .since = in.getSince() ? CommitId{in.getSince()} : edge.since,
          .ends = in.getEnds()};
}

void write(const Edge& edge, capnp_schema::EdgeRecord::Builder out) {
  out.setId(edge.id.value);
  out.setHead(edge.head.value);
  out.setType(edge.type.value);
  out.setTail(edge.tail.value);
  write(edge.valid, out.initValid());
  out.setMode(std::uint8_t(edge.mode));
  out.setNegated(edge.negated);
  out.setConfidence(edge.confidence);
  if (!edge.properties.empty())
    write(edge.properties, out.initProperties(unsigned(edge.properties.size())));
  auto statements = out.initStatements(unsigned(edge.statements.size()));
  for (unsigned i = 0; i < edge.statements.size(); ++i) write(edge.statements[i], edge, statements[i]);
  out.setSince(edge.since.value);
}

Edge read_edge(capnp_schema::EdgeRecord::Reader in) {
  if (in.getMode() >= kModes) refuse("an edge of no known mode");
  Edge edge{.id = EdgeId{in.getId()},
            .head = NodeId{in.getHead()},
            .type = EdgeTypeId{in.getType()},
            .tail = NodeId{in.getTail()},
            .valid = read_interval(in.getValid()),
            .mode = Mode(in.getMode()),
            .negated = in.getNegated(),
            .confidence = in.getConfidence(),
            .properties = read_properties(in.getProperties()),
            .statements = {},
            .since = CommitId{in.getSince()}};
  for (const auto statement : in.getStatements()) edge.statements.push_back(read_statement(statement, edge));
  return edge;
}

void write(const Document& document, std::uint64_t text_bytes,
           capnp_schema::DocumentRecord::Builder out) {
  out.setId(document.id.value);
  out.setNode(document.node.value);
  out.setName(as_text(document.name));
  out.setTitle(as_text(document.title));
  out.setPublisher(as_text(document.publisher));
  out.setUrl(as_text(document.url));
  write(document.published, out.initPublished());
  out.setDigest(as_data(document.digest));
  out.setTextBytes(text_bytes);
  out.setSince(document.since.value);
  out.setRetracted(document.retracted);
  out.setRows(document.rows);
  out.setFirstEdge(document.first_edge.value);
  out.setEdges(document.edges);
}

DocumentHeader read_document(capnp_schema::DocumentRecord::Reader in) {
  return {.document = {.id = DocumentId{in.getId()},
                       .node = NodeId{in.getNode()},
                       .name = text(in.getName()),
                       .title = text(in.getTitle()),
                       .publisher = text(in.getPublisher()),
                       .url = text(in.getUrl()),
                       .published = read_bound(in.getPublished()),
                       .digest = data(in.getDigest()),
                       .text = {},
                       .retracted = in.getRetracted(),
                       .rows = in.getRows(),
                       .first_edge = EdgeId{in.getFirstEdge()},
                       .edges = in.getEdges(),
                       .since = CommitId{in.getSince()}},
          .text_bytes = in.getTextBytes()};
}
// The bytes of one small record, built on the stack. The size of the first segment is part of the
// format: it says from where on a message has a second one.
template <typename Record, std::size_t kExpectedBytes, typename Fact>
std::string encode_small(const Fact& fact) {
  capnp::word scratch[first_words(kExpectedBytes)] = {};
  capnp::MallocMessageBuilder message(kj::arrayPtr(scratch, std::size(scratch)));
  write(fact, message.initRoot<Record>());
  return pack(message);
}

}  // namespace

std::string encode(const Node& node) {
  return encode_small<capnp_schema::NodeRecord, 256>(node);
}

std::string encode(const Edge& edge) {
  if (edge.statements.size() == 1) return encode_small<capnp_schema::EdgeRecord, 512>(edge);
  auto message = make_builder(256 + 256 * edge.statements.size());
  write(edge, message.initRoot<capnp_schema::EdgeRecord>());
  return pack(message);
}

std::string encode(const Document& document, std::uint64_t text_bytes) {
  auto message = make_builder(512);
  write(document, text_bytes, message.initRoot<capnp_schema::DocumentRecord>());
  return pack(message);
}

Result<Node> decode_node(std::string_view bytes) {
  return unpack<Node>(bytes, "node", [](auto& message) {
    return read_node(message.template getRoot<capnp_schema::NodeRecord>());
  });
}

Result<Edge> decode_edge(std::string_view bytes) {
  return unpack<Edge>(bytes, "edge", [](auto& message) {
    return read_edge(message.template getRoot<capnp_schema::EdgeRecord>());
  });
}

Result<DocumentHeader> decode_document(std::string_view bytes) {
  return unpack<DocumentHeader>(bytes, "document", [](auto& message) {
    return read_document(message.template getRoot<capnp_schema::DocumentRecord>());
  });
}

namespace {
// ---- the header of a record of the log

constexpr std::size_t kHeaderSize = 8 + 8 + kDigestSize + kDigestSize;

void put_number(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out += char(value >> shift);
}

std::uint64_t number_at(std::string_view bytes, std::size_t place) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8 | std::uint8_t(bytes[place + i]);
  return value;
}

std::string digest_or_zeros(const std::string& digest) {
  return digest.size() == kDigestSize ? digest : std::string(kDigestSize, '\0');
}

void write(const std::vector<Act>& acts, capnp_schema::CommitRecord::Builder root) {
  auto out = root.initActs(unsigned(acts.size()));
  for (unsigned i = 0; i < acts.size(); ++i) {
    out[i].setVerb(std::uint8_t(acts[i].verb));
    out[i].setSubject(std::uint8_t(acts[i].subject));
    out[i].setId(acts[i].id);
    out[i].setOther(acts[i].other);
  }
}

Act read_act(capnp_schema::Act::Reader in) {
  if (in.getVerb() >= kVerbs || in.getSubject() >= kSubjects) refuse("an act of no known kind");
  return {Verb(in.getVerb()), Subject(in.getSubject()), in.getId(), in.getOther()};
}

template <typename Ids, typename List>
void write_ids(const Ids& ids, List out) {
  for (unsigned i = 0; i < ids.size(); ++i) out.set(i, ids[i].value);
}

template <typename List>
void write_ranges(const IdRanges& ids, List out) {
  for (unsigned i = 0; i < out.size(); ++i) {
    out[i].setFirst(ids.ranges()[i].first);
    out[i].setCount(ids.ranges()[i].count);
  }
}

IdRanges read_ranges(capnp::List<capnp_schema::IdRange>::Reader in, std::uint64_t first, std::uint64_t count) {
  IdRanges ids;
  for (const auto range : in) {
    const std::uint64_t from = range.getFirst() - first;
    if (from >= count || range.getCount() > count - from || !ids.add({range.getFirst(), range.getCount()}))
      refuse("ids that a load did not make");
  }
  return ids;
}

std::string encode_body(const LogEntry& entry) {
  auto message = make_builder(4096 + 512 * (entry.nodes.size() + entry.edges.size()));
  auto root = message.initRoot<capnp_schema::CommitRecord>();
  root.setId(entry.commit.id.value);
  root.setAt(entry.commit.at.time_since_epoch().count());
  root.setAuthor(as_text(entry.commit.author));
  root.setNote(as_text(entry.commit.note));
  root.setStatements(entry.commit.statements);
  auto nodes = root.initNodes(unsigned(entry.nodes.size()));
  for (unsigned i = 0; i < entry.nodes.size(); ++i) write(entry.nodes[i], nodes[i]);
  auto edges = root.initEdges(unsigned(entry.edges.size()));
  for (unsigned i = 0; i < entry.edges.size(); ++i) write(entry.edges[i], edges[i]);
  auto documents = root.initDocuments(unsigned(entry.documents.size()));
  for (unsigned i = 0; i < entry.documents.size(); ++i)
    write(entry.documents[i].document, entry.documents[i].text_bytes, documents[i]);
  write_ids(entry.ended_edges, root.initEndedEdges(unsigned(entry.ended_edges.size())));
  write_ids(entry.ended_nodes, root.initEndedNodes(unsigned(entry.ended_nodes.size())));
  write(entry.acts, root);
  root.setKey(as_text(entry.key));
  root.setRedactedBy(entry.redacted_by.value);
  auto erasures = root.initErasures(unsigned(entry.erasures.size()));
  for (unsigned i = 0; i < entry.erasures.size(); ++i) {
    erasures[i].setCommit(entry.erasures[i].commit.value);
    erasures[i].setDigest(as_data(entry.erasures[i].digest));
  }
  if (entry.bulk) {
    auto bulk = root.initBulk();
    bulk.setFirstNode(entry.bulk.first_node.value);
    bulk.setNodes(entry.bulk.nodes);
    bulk.setFirstEdge(entry.bulk.first_edge.value);
    bulk.setEdges(entry.bulk.edges);
    bulk.setDigest(as_data(entry.bulk.digest));
    write_ranges(entry.bulk.gone_nodes, bulk.initGoneNodes(unsigned(entry.bulk.gone_nodes.ranges().size())));
    write_ranges(entry.bulk.gone_edges, bulk.initGoneEdges(unsigned(entry.bulk.gone_edges.ranges().size())));
  }
  return pack(message);
}

Result<LogEntry> decode_body(std::string_view bytes) {
  return unpack<LogEntry>(bytes, "commit", [&](auto& message) {
    const auto root = message.template getRoot<capnp_schema::CommitRecord>();
    LogEntry entry;
    for (const auto node : root.getNodes()) entry.nodes.push_back(read_node(node));
    for (const auto edge : root.getEdges()) entry.edges.push_back(read_edge(edge));
    for (const auto document : root.getDocuments()) entry.documents.push_back(read_document(document));
    for (const auto id : root.getEndedEdges()) entry.ended_edges.push_back(EdgeId{id});
    for (const auto id : root.getEndedNodes()) entry.ended_nodes.push_back(NodeId{id});
    for (const auto act : root.getActs()) entry.acts.push_back(read_act(act));
    entry.key = text(root.getKey());
    entry.redacted_by = CommitId{root.getRedactedBy()};
    for (const auto erasure : root.getErasures())
      entry.erasures.push_back({CommitId{erasure.getCommit()}, data(erasure.getDigest())});
    const auto bulk = root.getBulk();
    entry.bulk = {NodeId{bulk.getFirstNode()}, bulk.getNodes(), EdgeId{bulk.getFirstEdge()}, bulk.getEdges(),
                  data(bulk.getDigest()),
                  read_ranges(bulk.getGoneNodes(), bulk.getFirstNode(), bulk.getNodes()),
                  read_ranges(bulk.getGoneEdges(), bulk.getFirstEdge(), bulk.getEdges())};
    entry.commit = {.id = CommitId{root.getId()},
                    .at = Instant{std::chrono::microseconds(root.getAt())},
                    .verb = verb_of(entry.acts),
                    .author = text(root.getAuthor()),
                    .note = text(root.getNote()),
                    .nodes = std::uint32_t(entry.nodes.size() + entry.bulk.nodes - entry.bulk.gone_nodes.size()),
                    .edges = std::uint32_t(entry.edges.size() + entry.bulk.edges - entry.bulk.gone_edges.size()),
                    .statements = root.getStatements(),
                    .documents = std::uint32_t(entry.documents.size()),
                    .previous = {},
                    .hash = {}};
    return entry;
  });
}
}  // namespace

Verb verb_of(const std::vector<Act>& acts) {
  if (acts.empty()) return Verb::Assert;
  for (const Act& act : acts)
    if (act.verb != acts.front().verb) return Verb::Several;
  return acts.front().verb;
}

std::string encode(const LogEntry& entry) {
  const std::string body = encode_body(entry);
  std::string record;
  put_number(record, entry.commit.id.value);
  put_number(record, std::uint64_t(entry.commit.at.time_since_epoch().count()));
  record += digest_or_zeros(entry.commit.previous);
  record += sha256(body);
  return record + body;
}

std::string hash_of_record(std::string_view bytes) { return sha256(bytes.substr(0, kHeaderSize)); }

std::string with_other_body(std::string_view record, const LogEntry& entry) {
  return std::string(record.substr(0, kHeaderSize)) + encode_body(entry);
}

Result<LogEntry> decode_log_entry(std::string_view bytes) {
  if (bytes.size() < kHeaderSize)
    return Error{Code::Corruption, "a stored commit cannot be read: it is cut short"};
  const std::string_view header = bytes.substr(0, kHeaderSize), body = bytes.substr(kHeaderSize);
  auto entry = decode_body(body);
  if (!entry) return entry;
  entry->body_digest = sha256(body);
  const std::string_view written = header.substr(16 + kDigestSize);
  if (!entry->redacted_by && entry->body_digest != written)
    return Error{Code::Corruption, "a stored commit cannot be read: it is not what its hash says"};
  if (number_at(header, 0) != entry->commit.id.value ||
      number_at(header, 8) != std::uint64_t(entry->commit.at.time_since_epoch().count()))
    return Error{Code::Corruption, "a stored commit cannot be read: its two halves differ"};
  entry->commit.previous = std::string(header.substr(16, kDigestSize));
  entry->commit.hash = sha256(header);
  return entry;
}

}  // namespace entente
