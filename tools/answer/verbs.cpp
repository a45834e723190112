#include "tools/answer/verbs.h"

#include <algorithm>
#include <charconv>

#include "schema/text.h"
#include "tools/answer/duplicates.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/image_maker.h"
#include "tools/answer/lookup.h"

namespace entente {
namespace {

Error wrong(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

// One request on its way: what is there now, and the transaction that changes it.
class Performing {
 public:
  Performing(const Session& session, WriteTransaction& write, const VerbRequest& request, VerbOutcome& outcome)
      : session_(session), write_(write), request_(request), outcome_(outcome) {}

  Status retract();
  Status correct();
  Status correct_node();
  Status change();
  Status merge();
  Status unmerge();
  Status apart();
  Status undo();
  Status purge();

 private:
  std::string option(const char* name) const {
    const auto found = request_.options.find(name);
    return found == request_.options.end() || found->second.empty() ? "" : found->second.front();
  }
  bool flag(const char* name) const { return request_.options.contains(name); }
  std::vector<std::string> list(const char* name) const {
    const auto found = request_.options.find(name);
    return found == request_.options.end() ? std::vector<std::string>() : found->second;
  }
  void done(std::string sentence) { outcome_.done.push_back(std::move(sentence)); }

  Status words(std::size_t least, std::size_t most, const char* usage) const;
  Status retract_one(const std::string& kind, const std::string& which);
  Result<std::string> edge_text(EdgeId id) const;  // `edge 17 (China CONTROLS norfentanyl)`
  Result<std::string> node_text(NodeId id) const;  // `China (node #3)`
  Result<double> confidence() const;
  Status set_properties(Properties& set, std::vector<std::string>& drop) const;
  Result<EdgeValues> edge_values(const Edge& edge) const;
  Result<std::optional<EdgeValues>> next_values() const;
  Result<Evidence> evidence() const;

  const Session& session_;
  WriteTransaction& write_;
  const VerbRequest& request_;
  VerbOutcome& outcome_;
};

Status Performing::words(std::size_t least, std::size_t most, const char* usage) const {
  if (request_.words.size() >= least && request_.words.size() <= most) return kOk;
  return wrong("write entente " + request_.verb + " " + usage);
}

Result<std::string> Performing::node_text(NodeId id) const {
  const auto node = session_.read().node(id, session_.commit());
  if (!node) return node.error();
  if (!*node) return Error{Code::NotFound, "there is no node #" + std::to_string(id.value)};
  return (*node)->name + " (node #" + std::to_string(id.value) + ")";
}

Result<std::string> Performing::edge_text(EdgeId id) const {
  EdgeReader reader(session_, 0);
  const auto row = reader.row(id);
  if (!row) return row.error();
  return "edge " + std::to_string(id.value) + " (" + row->head + " " + row->type + " " + row->tail + ", " +
         when_text(row->edge.valid) + ")";
}

Result<double> Performing::confidence() const {
  const std::string text = option("confidence");
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !(value > 0 && value <= 1))
    return wrong("--confidence: a confidence lies in (0, 1], not '" + text + "'");
  return value;
}

Status Performing::set_properties(Properties& set, std::vector<std::string>& drop) const {
  for (const std::string& text : list("set")) {
    auto property = property_typed(text);
    if (!property) return property.error().within("--set");
    set.insert(std::move(*property));
  }
  drop = list("drop");
  return kOk;
}

// ---- retract

Status Performing::retract_one(const std::string& kind, const std::string& which) {
  if (kind == "document") {
    const auto document = document_named(session_, which);
    if (!document) return document.error();
    if (document->retracted) return wrong(called(*document) + " was retracted already");
    done(called(*document) + " retracted");
    return write_.retract_document(document->id);
  }
  if (kind == "commit") {
    const auto commit = commit_numbered(which);
    if (!commit) return commit.error();
    done("what commit " + std::to_string(commit->value) + " recorded is retracted");
    return write_.retract_commit(*commit);
  }
  if (kind == "edge") {
    const auto edge = edge_numbered(which);
    if (!edge) return edge.error();
    const auto text = edge_text(*edge);
    if (!text) return text.error();
    done("every statement of " + *text + " retracted");
    return write_.retract_edge(*edge);
  }
  if (kind == "statement") {
    const auto statement = statement_numbered(which);
    if (!statement) return statement.error();
    const auto edge = edge_with(session_, *statement);
    if (!edge) return edge.error();
    const auto text = edge_text(edge->id);
    if (!text) return text.error();
    done("statement " + std::to_string(statement->value) + " of " + *text + " retracted");
    return write_.retract_statement(edge->id, *statement);
  }
  return wrong("'" + kind + "' cannot be retracted; write statement, edge, document or commit, and which");
}

Status Performing::retract() {
  if (auto enough = words(2, ~std::size_t{0}, "statement|edge|document|commit WHICH..."); !enough) return enough;
  for (std::size_t i = 1; i < request_.words.size(); ++i)
    if (auto retracted = retract_one(request_.words[0], request_.words[i]); !retracted) return retracted;
  return kOk;
}

// ---- correct

Result<EdgeValues> Performing::edge_values(const Edge& edge) const {
  EdgeValues values;
  for (const auto& [name, into] : {std::pair("head", &values.head), std::pair("tail", &values.tail)}) {
    if (option(name).empty()) continue;
    const auto node = session_.node_named(option(name));
    if (!node) return node.error().within(std::string("--") + name);
    *into = *node;
  }
  if (!option("type").empty()) {
    const auto type = session_.ontology().type_named(option("type"));
    if (!type) return type.error().within("--type");
    values.type = *type;
  }
  if (flag("valid")) {
    const auto valid = Interval::parse(option("valid"));
    if (!valid) return valid.error().within("--valid");
    values.valid = *valid;
  }
  if (!option("mode").empty()) {
    const auto mode = parse_mode(option("mode"));
    if (!mode) return mode.error().within("--mode");
    values.mode = *mode;
  }
  if (flag("negated") && flag("asserted")) return wrong("--negated and --asserted exclude each other; use one");
  if (flag("negated") || flag("asserted")) values.negated = flag("negated");
  if (!option("confidence").empty()) {
    const auto number = confidence();
    if (!number) return number.error();
    values.confidence = *number;
  }
  if (auto set = set_properties(values.set, values.drop); !set) return set.error();
  for (const std::string& name : values.drop)
    if (!edge.properties.contains(name))
      return wrong("--drop: edge " + std::to_string(edge.id.value) + " has no property '" + name + "'");
  return values;
}

Status Performing::correct() {
  if (auto enough = words(1, 1, "EDGE with what is right: --valid, --head, --tail, --type, --mode ..."); !enough)
    return enough;
  const auto id = edge_numbered(request_.words[0]);
  if (!id) return id.error();
  const auto edge = session_.read().edge(*id, session_.commit());
  if (!edge) return edge.error();
  if (!*edge) return Error{Code::NotFound, "there is no edge " + std::to_string(id->value)};
  const auto text = edge_text(*id);
  if (!text) return text.error();
  const auto values = edge_values(**edge);
  if (!values) return values.error();
  StatementId statement;
  if (!option("statement").empty()) {
    const auto given = statement_numbered(option("statement"));
    if (!given) return given.error().within("--statement");
    statement = *given;
  }
  const auto corrected = write_.correct(*id, statement, *values);
  if (!corrected) return corrected.error();
  outcome_.edge = *corrected;
  std::string sentence = (statement ? "statement " + std::to_string(statement.value) + " of " : "") + *text + " corrected";
  if (*corrected != *id) sentence += "; the claim stands as edge " + std::to_string(corrected->value) + " now";
  return done(std::move(sentence)), kOk;
}

Status Performing::correct_node() {
  if (auto enough = words(1, 1, "NODE with what is right: --name, --alias, --label, --set, --drop"); !enough) return enough;
  const auto id = session_.node_named(request_.words[0]);
  if (!id) return id.error();
  const auto text = node_text(*id);
  if (!text) return text.error();
  NodeValues values;
  if (!option("name").empty()) values.name = option("name");
  if (flag("alias")) {
    values.aliases = list("alias");
    std::erase(*values.aliases, "");  // `--alias ""` leaves none
  }
  if (!option("label").empty()) {
    const auto label = session_.ontology().label_named(option("label"));
    if (!label) return label.error().within("--label");
    values.label = *label;
  }
  if (auto set = set_properties(values.set, values.drop); !set) return set;
  done(*text + " corrected");
  return write_.correct_node(*id, values);
}

// ---- change

// The words where the document has them, once.
Result<Evidence> Performing::evidence() const {
  if (option("document").empty() || option("quote").empty())
    return wrong("say who tells it: --document NAME --quote \"the words of it\"");
  const auto document = document_named(session_, option("document"));
  if (!document) return document.error().within("--document");
  if (document->retracted) return wrong("--document: " + called(*document) + " was retracted");
  const auto text = session_.read().text(document->id);
  if (!text) return text.error().within("--document");
  const std::string quote = option("quote");
  const std::size_t at = text->find(quote);
  if (at == std::string::npos)
    return wrong("--quote: " + called(*document) + " does not have these words; give them as they stand there");
  if (text->find(quote, at + 1) != std::string::npos)
    return wrong("--quote: " + called(*document) + " has these words more than once; give more of them");
  const std::uint64_t start = count_characters(std::string_view(*text).substr(0, at));
  return Evidence{document->id, start, start + count_characters(quote)};
}

Result<std::optional<EdgeValues>> Performing::next_values() const {
  EdgeValues values;
  bool any = false;
  for (const auto& [name, into] : {std::pair("next-head", &values.head), std::pair("next-tail", &values.tail)}) {
    if (option(name).empty()) continue;
    const auto node = session_.node_named(option(name));
    if (!node) return node.error().within(std::string("--") + name);
    *into = *node, any = true;
  }
  if (!option("next-type").empty()) {
    const auto type = session_.ontology().type_named(option("next-type"));
    if (!type) return type.error().within("--next-type");
    values.type = *type, any = true;
  }
  if (!option("next-mode").empty()) {
    const auto mode = parse_mode(option("next-mode"));
    if (!mode) return mode.error().within("--next-mode");
    values.mode = *mode, any = true;
  }
  if (!any) return std::optional<EdgeValues>();
  return std::optional(std::move(values));
}

Status Performing::change() {
  if (auto enough = words(1, 1, "EDGE --at DATE --document NAME --quote WORDS"); !enough) return enough;
  const auto id = edge_numbered(request_.words[0]);
  if (!id) return id.error();
  const auto text = edge_text(*id);
  if (!text) return text.error();
  const auto at = Bound::parse(option("at"));
  if (!at) return at.error().within("--at");
  const auto cited = evidence();
  if (!cited) return cited.error();
  Turn turn;
  turn.at = *at, turn.evidence = *cited;
  if (!option("confidence").empty()) {
    const auto number = confidence();
    if (!number) return number.error();
    turn.confidence = *number;
  }
  if (!option("speaker").empty()) {
    const auto speaker = session_.node_named(option("speaker"));
    if (!speaker) return speaker.error().within("--speaker");
    turn.speaker = *speaker;
  }
  auto next = next_values();
  if (!next) return next.error();
  turn.next = std::move(*next);
  const auto turned = write_.change(*id, turn);
  if (!turned) return turned.error();
  outcome_.edge = turned->ended, outcome_.next = turned->begun;
  std::string sentence = *text + " ended " + at->edtf();
  if (turned->begun) sentence += "; edge " + std::to_string(turned->begun.value) + " follows";
  return done(std::move(sentence)), kOk;
}

// ---- one commit each

Status Performing::merge() {
  if (auto enough = words(2, 2, "SURVIVOR GONE"); !enough) return enough;
  const auto survivor = session_.node_named(request_.words[0]), gone = session_.node_named(request_.words[1]);
  if (!survivor) return survivor.error();
  if (!gone) return gone.error();
  const auto stays = node_text(*survivor), goes = node_text(*gone);
  if (!stays) return stays.error();
  if (!goes) return goes.error();
  done(*goes + " is one with " + *stays);
  return write_.merge(*survivor, *gone);
}

Status Performing::unmerge() {
  if (auto enough = words(1, 1, "GONE"); !enough) return enough;
  const auto gone = merged_node(session_, request_.words[0]);
  if (!gone) return gone.error();
  done("node #" + std::to_string(gone->value) + " stands for itself again");
  return write_.unmerge(*gone);
}

Status Performing::apart() {
  if (auto enough = words(2, 2, "ONE OTHER"); !enough) return enough;
  const auto one = session_.node_named(request_.words[0]), other = session_.node_named(request_.words[1]);
  if (!one) return one.error();
  if (!other) return other.error();
  const auto first = session_.read().node(*one), second = session_.read().node(*other);
  if (!first) return first.error();
  if (!second) return second.error();
  if (*one == *other)
    return wrong(request_.words[0] + " and " + request_.words[1] + " were merged; 'entente undo' takes that back");
  if (!*first || !*second) return Error{Code::NotFound, "there is no such node now"};
  NodeValues values;
  values.set[std::string(kDistinctFrom)] = distinct_from(**first, *other);
  done((*first)->name + " (node #" + std::to_string(one->value) + ") and " + (*second)->name + " (node #" +
       std::to_string(other->value) + ") are two");
  return write_.correct_node(*one, values);
}

Status Performing::undo() {
  if (auto enough = words(1, 1, "COMMIT"); !enough) return enough;
  const auto commit = commit_numbered(request_.words[0]);
  if (!commit) return commit.error();
  done("commit " + std::to_string(commit->value) + " undone");
  return write_.undo(*commit);
}

Status Performing::purge() {
  if (auto enough = words(2, 2, "document|node WHICH --yes"); !enough) return enough;
  const std::string& kind = request_.words[0];
  if (kind != "document" && kind != "node") return wrong("'" + kind + "' cannot be purged; write document or node, and which");
  outcome_.undoable = false;
  std::string what;
  Status purged = kOk;
  if (kind == "document") {
    const auto document = document_named(session_, request_.words[1]);
    if (!document) return document.error();
    what = called(*document);
    purged = write_.purge_document(document->id);
  } else {
    const auto node = session_.node_named(request_.words[1]);
    if (!node) return node.error();
    const auto text = node_text(*node);
    if (!text) return text.error();
    what = *text;
    purged = write_.purge_node(*node);
  }
  if (!purged) return purged;
  if (!flag("yes") && !request_.dry_run)
    return wrong("purging " + what + " erases it from the present, from history and from the log, and cannot be " +
                 "undone; nothing was done: say --yes, or look first with --dry-run");
  return done(what + " erased for good"), kOk;
}

struct Named {
  std::string_view name;
  Status (Performing::*run)();
};
constexpr Named kByName[] = {{"retract", &Performing::retract}, {"correct", &Performing::correct},
                           {"correct-node", &Performing::correct_node}, {"change", &Performing::change},
                           {"merge", &Performing::merge}, {"unmerge", &Performing::unmerge},
                           {"apart", &Performing::apart}, {"undo", &Performing::undo}, {"purge", &Performing::purge}};

// What the log says where no note was given. Of a purge never the name of what it erased.
std::string note_of(const VerbRequest& request) {
  if (!request.note.empty()) return request.note;
  std::string note = request.verb;
  for (std::size_t i = 0; i < (request.verb == "purge" ? 1 : request.words.size()); ++i) note += " " + request.words[i];
  return note;
}
}  // namespace

std::vector<std::string_view> verbs() {
  std::vector<std::string_view> names;
  for (const Named& verb : kByName) names.push_back(verb.name);
  return names;
}

Result<VerbOutcome> perform(const std::shared_ptr<Store>& store, const VerbRequest& request, Instant now) {
  const auto verb = std::find_if(std::begin(kByName), std::end(kByName),
                                 [&](const Named& each) { return each.name == request.verb; });
  if (verb == std::end(kByName)) return wrong("there is no verb '" + request.verb + "'");
  if (request.verb == "purge") await_image_maker(store->directory());  // or it would keep what is erased
  VerbOutcome outcome;
  std::optional<Session> session;
  {
    auto now_there = Session::on(store, {});
    if (!now_there) return now_there.error();
    session.emplace(std::move(*now_there));
  }
  if (!request.key.empty() && !request.dry_run) {
    const auto made = session->read().commit_with_key(request.key);
    if (!made) return made.error();
    if (*made) return outcome.commit = **made, outcome.repeated = true, outcome;
  }
  auto write = store->begin_write();
  if (!write) return write.error();
  if (auto did = (Performing(*session, *write, request, outcome).*verb->run)(); !did) return did.error();
  outcome.effect = write->effect();
  if (request.dry_run) return outcome;
  session.reset();  // what it sees would keep a purge from erasing it
  const auto commit = write->commit(request.author, note_of(request), now, request.key);
  if (!commit) return commit.error();
  const bool made = !commit->previous.empty();  // else there was nothing to change
  if (made) outcome.commit = commit->id;
  return outcome;
}

}  // namespace entente
