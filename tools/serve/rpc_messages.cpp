#include "tools/serve/rpc_messages.h"

#include "schema/message_parts.h"

namespace entente::serve {
using message::as_text;
using message::text;
namespace {

std::vector<std::string> texts(capnp::List<capnp::Text>::Reader in) {
  std::vector<std::string> all;
  for (const auto each : in) all.push_back(text(each));
  return all;
}

template <typename List>
void put_texts(const std::vector<std::string>& texts, List out) {
  for (unsigned i = 0; i < texts.size(); ++i) out.set(i, as_text(texts[i]));
}

constexpr std::pair<Code, capnp_schema::Fault::Code> kCodes[] = {
    {Code::NotFound, capnp_schema::Fault::Code::NOT_FOUND},
    {Code::InvalidArgument, capnp_schema::Fault::Code::INVALID_ARGUMENT},
    {Code::Corruption, capnp_schema::Fault::Code::CORRUPTION},
    {Code::Conflict, capnp_schema::Fault::Code::CONFLICT},
    {Code::Unavailable, capnp_schema::Fault::Code::UNAVAILABLE},
    {Code::Incompatible, capnp_schema::Fault::Code::INCOMPATIBLE},
    {Code::LimitReached, capnp_schema::Fault::Code::LIMIT_REACHED}};

void write_node(const NamedNode& node, capnp_schema::Extract::NamedNode::Builder out) {
  out.setName(as_text(node.name));
  out.setLabel(node.label.value);
  auto labels = out.initMoreLabels(unsigned(node.more_labels.size()));
  for (unsigned i = 0; i < node.more_labels.size(); ++i) labels.set(i, node.more_labels[i].value);
  put_texts(node.aliases, out.initAliases(unsigned(node.aliases.size())));
  put_texts(node.mentions, out.initMentions(unsigned(node.mentions.size())));
  message::write(node.properties, out.initProperties(unsigned(node.properties.size())));
  out.setStart(node.start);
  out.setEnd(node.end);
}

NamedNode read_node(capnp_schema::Extract::NamedNode::Reader in) {
  NamedNode node;
  node.name = text(in.getName());
  node.label = LabelId{in.getLabel()};
  for (const auto label : in.getMoreLabels()) node.more_labels.push_back(LabelId{label});
  node.aliases = texts(in.getAliases()), node.mentions = texts(in.getMentions());
  node.properties = message::read_properties(in.getProperties());
  node.start = in.getStart(), node.end = in.getEnd();
  return node;
}

void write_claim(const Claim& claim, capnp_schema::Extract::Claim::Builder out) {
  out.setHead(std::uint32_t(claim.head));
  out.setTail(std::uint32_t(claim.tail));
  out.setHasSpeaker(claim.speaker.has_value());
  out.setSpeaker(std::uint32_t(claim.speaker.value_or(0)));
  out.setType(claim.type.value);
  message::write(claim.valid, out.initValid());
  out.setTimePhrase(as_text(claim.time_phrase));
  out.setMode(std::uint8_t(claim.mode));
  out.setNegated(claim.negated);
  message::write(claim.properties, out.initProperties(unsigned(claim.properties.size())));
  out.setConfidence(claim.confidence);
  out.setExtractor(as_text(claim.extractor));
  out.setStart(claim.start);
  out.setEnd(claim.end);
  out.setQuote(as_text(claim.quote));
}

// `nodes` is how many there are to point to.
Claim read_claim(capnp_schema::Extract::Claim::Reader in, std::size_t nodes) {
  if (in.getHead() >= nodes || in.getTail() >= nodes || (in.getHasSpeaker() && in.getSpeaker() >= nodes))
    message::refuse("a claim about a name that is not there");
  if (in.getMode() >= kModes) message::refuse("a claim of no known mode");
  Claim claim;
  claim.head = in.getHead(), claim.tail = in.getTail();
  if (in.getHasSpeaker()) claim.speaker = in.getSpeaker();
  claim.type = EdgeTypeId{in.getType()};
  claim.valid = message::read_interval(in.getValid());
  claim.time_phrase = text(in.getTimePhrase());
  claim.mode = Mode(in.getMode());
  claim.negated = in.getNegated();
  claim.properties = message::read_properties(in.getProperties());
  claim.confidence = in.getConfidence();
  claim.extractor = text(in.getExtractor());
  claim.start = in.getStart(), claim.end = in.getEnd();
  claim.quote = text(in.getQuote());
  return claim;
}
}  // namespace

void write(const Error& error, capnp_schema::Fault::Builder out) {
  for (const auto& [ours, theirs] : kCodes)
    if (ours == error.code) out.setCode(theirs);
  out.setMessage(as_text(error.message));
}

Error read(capnp_schema::Fault::Reader in) {
  Error error{Code::Unavailable, text(in.getMessage())};  // of a code that a newer server has
  for (const auto& [ours, theirs] : kCodes)
    if (theirs == in.getCode()) error.code = ours;
  return error;
}

void write(const VerbRequest& request, capnp_schema::VerbRequest::Builder out) {
  out.setVerb(as_text(request.verb));
  put_texts(request.words, out.initWords(unsigned(request.words.size())));
  auto options = out.initOptions(unsigned(request.options.size()));
  unsigned i = 0;
  for (const auto& [name, values] : request.options) {
    options[i].setName(as_text(name));
    put_texts(values, options[i++].initValues(unsigned(values.size())));
  }
  out.setAuthor(as_text(request.author));
  out.setNote(as_text(request.note));
  out.setKey(as_text(request.key));
  out.setDryRun(request.dry_run);
}

VerbRequest read(capnp_schema::VerbRequest::Reader in) {
  VerbRequest request;
  request.verb = text(in.getVerb());
  request.words = texts(in.getWords());
  for (const auto option : in.getOptions()) request.options.emplace(text(option.getName()), texts(option.getValues()));
  request.author = text(in.getAuthor()), request.note = text(in.getNote()), request.key = text(in.getKey());
  request.dry_run = in.getDryRun();
  return request;
}

void write(const VerbOutcome& outcome, capnp_schema::VerbOutcome::Builder out) {
  put_texts(outcome.done, out.initDone(unsigned(outcome.done.size())));
  out.setCommit(outcome.commit.value);
  out.setRepeated(outcome.repeated);
  out.setUndoable(outcome.undoable);
  out.setEdge(outcome.edge.value);
  out.setNext(outcome.next.value);
  out.setNewNodes(outcome.effect.new_nodes), out.setChangedNodes(outcome.effect.changed_nodes);
  out.setEndedNodes(outcome.effect.ended_nodes), out.setNewEdges(outcome.effect.new_edges);
  out.setChangedEdges(outcome.effect.changed_edges), out.setEndedEdges(outcome.effect.ended_edges);
}

VerbOutcome read(capnp_schema::VerbOutcome::Reader in) {
  VerbOutcome outcome;
  outcome.done = texts(in.getDone());
  outcome.commit = CommitId{in.getCommit()};
  outcome.repeated = in.getRepeated(), outcome.undoable = in.getUndoable();
  outcome.edge = EdgeId{in.getEdge()}, outcome.next = EdgeId{in.getNext()};
  outcome.effect = {in.getNewNodes(), in.getChangedNodes(), in.getEndedNodes(),
                    in.getNewEdges(), in.getChangedEdges(), in.getEndedEdges()};
  return outcome;
}

void write(const Extract& extract, capnp_schema::Extract::Builder out) {
  const Document& document = extract.document;
  out.setName(as_text(document.name));
  out.setTitle(as_text(document.title));
  out.setPublisher(as_text(document.publisher));
  out.setUrl(as_text(document.url));
  message::write(document.published, out.initPublished());
  out.setText(as_text(document.text));
  out.setAuthor(as_text(extract.author));
  auto pages = out.initPages(unsigned(extract.pages.size()));
  for (unsigned i = 0; i < extract.pages.size(); ++i) pages[i].setAt(extract.pages[i].at), pages[i].setPage(extract.pages[i].page);
  auto nodes = out.initNodes(unsigned(extract.nodes.size()));
  for (unsigned i = 0; i < extract.nodes.size(); ++i) write_node(extract.nodes[i], nodes[i]);
  auto claims = out.initClaims(unsigned(extract.claims.size()));
  for (unsigned i = 0; i < extract.claims.size(); ++i) write_claim(extract.claims[i], claims[i]);
}

Extract read(capnp_schema::Extract::Reader in) {
  Extract extract;
  Document& document = extract.document;
  document.name = text(in.getName()), document.title = text(in.getTitle());
  document.publisher = text(in.getPublisher()), document.url = text(in.getUrl());
  document.published = message::read_bound(in.getPublished());
  document.text = text(in.getText());
  extract.author = text(in.getAuthor());
  for (const auto mark : in.getPages()) extract.pages.push_back({mark.getAt(), mark.getPage()});
  for (const auto node : in.getNodes()) extract.nodes.push_back(read_node(node));
  for (const auto claim : in.getClaims()) extract.claims.push_back(read_claim(claim, extract.nodes.size()));
  return extract;
}

void write(const Recorded& recorded, capnp_schema::Recorded::Builder out) {
  out.setDocument(recorded.asserted.document.value);
  out.setCommit(recorded.commit.value);
  out.setAlreadyThere(recorded.asserted.already_there);
  out.setNewNodes(recorded.asserted.new_nodes);
  out.setMatchedNodes(recorded.asserted.matched_nodes);
  out.setNewEdges(recorded.asserted.new_edges);
  out.setSupportedEdges(recorded.asserted.supported_edges);
  out.setCopyOf(as_text(recorded.copied));
  out.setShared(recorded.shared);
}

Recorded read(capnp_schema::Recorded::Reader in) {
  return {.asserted = {.document = DocumentId{in.getDocument()},
                       .already_there = in.getAlreadyThere(),
                       .new_nodes = in.getNewNodes(),
                       .matched_nodes = in.getMatchedNodes(),
                       .new_edges = in.getNewEdges(),
                       .supported_edges = in.getSupportedEdges()},
          .commit = CommitId{in.getCommit()},
          .copied = text(in.getCopyOf()),
          .shared = in.getShared()};
}

void write(const Upload& upload, capnp_schema::Article::Builder out, capnp_schema::Authorship::Builder by) {
  out.setName(as_text(upload.name));
  out.setType(as_text(upload.type));
  out.setContent(message::as_data(upload.text));
  out.setTitle(as_text(upload.title));
  out.setPublisher(as_text(upload.publisher));
  out.setPublished(as_text(upload.published));
  out.setUrl(as_text(upload.url));
  by.setAuthor(as_text(upload.author));
  by.setNote(as_text(upload.note));
  by.setKey(as_text(upload.idempotency_key));
}

Upload read(capnp_schema::Article::Reader in, capnp_schema::Authorship::Reader by) {
  Upload upload;
  upload.name = text(in.getName()), upload.type = text(in.getType());
  upload.text = message::data(in.getContent());
  upload.title = text(in.getTitle()), upload.publisher = text(in.getPublisher());
  upload.published = text(in.getPublished()), upload.url = text(in.getUrl());
  upload.author = text(by.getAuthor()), upload.note = text(by.getNote()), upload.idempotency_key = text(by.getKey());
  return upload;
}

void write(const LoadRequest& request, capnp_schema::Table::Builder out, capnp_schema::Authorship::Builder by) {
  out.setPath(as_text(request.path));
  out.setFile(as_text(request.file));
  out.setMap(as_text(request.map));
  out.setLabel(as_text(request.label));
  out.setType(as_text(request.type));
  out.setRelations(as_text(request.relations));
  out.setMemoryBytes(request.memory_bytes);
  out.setThreads(request.threads);
  out.setOnlyMapped(request.only_mapped);
  out.setMostRefused(request.most_refused);
  out.setTitle(as_text(request.title));
  out.setPublisher(as_text(request.publisher));
  out.setPublished(as_text(request.published));
  out.setUrl(as_text(request.url));
  by.setAuthor(as_text(request.author));
  by.setNote(as_text(request.note));
}

LoadRequest read(capnp_schema::Table::Reader in, capnp_schema::Authorship::Reader by) {
  LoadRequest request;
  request.path = text(in.getPath()), request.file = text(in.getFile());
  request.map = text(in.getMap()), request.label = text(in.getLabel()), request.type = text(in.getType());
  request.relations = text(in.getRelations());
  request.memory_bytes = in.getMemoryBytes(), request.threads = in.getThreads();
  request.only_mapped = in.getOnlyMapped(), request.most_refused = in.getMostRefused();
  request.title = text(in.getTitle()), request.publisher = text(in.getPublisher());
  request.published = text(in.getPublished()), request.url = text(in.getUrl());
  request.author = text(by.getAuthor()), request.note = text(by.getNote());
  return request;
}

void write(const LoadProgress& progress, capnp_schema::LoadProgress::Builder out) {
  out.setRows(progress.rows);
  out.setFileBytes(progress.file_bytes);
  out.setFileSize(progress.file_size);
  out.setEdges(progress.edges);
  out.setWriting(progress.writing);
}

LoadProgress read(capnp_schema::LoadProgress::Reader in) {
  return {in.getRows(), in.getFileBytes(), in.getFileSize(), in.getEdges(), in.getWriting()};
}

void write(const LoadOutcome& outcome, capnp_schema::LoadOutcome::Builder out) {
  out.setRows(outcome.rows);
  out.setEdges(outcome.edges);
  out.setLeftOut(outcome.left_out);
  out.setRefused(outcome.refused);
  auto refusals = out.initRefusals(unsigned(outcome.first.size()));
  for (unsigned i = 0; i < outcome.first.size(); ++i) {
    refusals[i].setRow(outcome.first[i].row);
    refusals[i].setWhy(as_text(outcome.first[i].why));
  }
  out.setDocument(outcome.document.value);
  out.setAlreadyThere(outcome.already_there);
  out.setNewNodes(outcome.new_nodes);
  out.setMatchedNodes(outcome.matched_nodes);
  out.setCommit(outcome.commit.value);
  out.setFaultOfFile(outcome.fault_of_file);
}

LoadOutcome read(capnp_schema::LoadOutcome::Reader in) {
  LoadOutcome outcome;
  outcome.rows = in.getRows(), outcome.edges = in.getEdges();
  outcome.left_out = in.getLeftOut(), outcome.refused = in.getRefused();
  for (const auto refusal : in.getRefusals()) outcome.first.push_back({refusal.getRow(), text(refusal.getWhy())});
  outcome.document = DocumentId{in.getDocument()}, outcome.already_there = in.getAlreadyThere();
  outcome.new_nodes = in.getNewNodes(), outcome.matched_nodes = in.getMatchedNodes();
  outcome.commit = CommitId{in.getCommit()};
  outcome.fault_of_file = in.getFaultOfFile();
  return outcome;
}

}  // namespace entente::serve
