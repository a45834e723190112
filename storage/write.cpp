#include "storage/write.h"

#include "schema/digest.h"
#include "schema/shingles.h"
#include "schema/text.h"
#include "storage/check_extract.h"
#include "storage/copies.h"
#include "storage/document_node.h"
#include "storage/documents.h"
#include "storage/purge.h"
#include "storage/resolve.h"
#include "storage/search_index.h"
#include "storage/support.h"
#include "storage/verbs.h"

namespace entente {
namespace {

Edge edge_of(const Claim& claim, const std::vector<NodeId>& nodes, DocumentId document) {
  Edge edge;
  edge.head = nodes[claim.head];
  edge.type = claim.type;
  edge.tail = nodes[claim.tail];
  edge.valid = claim.valid;
  edge.mode = claim.mode;
  edge.negated = claim.negated;
  edge.properties = claim.properties;
  edge.statements.push_back({.id = {},
                             .evidence = {document, claim.start, claim.end},
                             .speaker = claim.speaker ? nodes[*claim.speaker] : NodeId{},
                             .valid = claim.valid,
                             .time_phrase = claim.time_phrase,
                             .confidence = claim.confidence,
                             .extractor = claim.extractor,
                             .since = {},
                             .ends = false});
  return edge;
}

// That the document names a node, citing the sentence if the reader told which.
Edge mention_of(NodeId document_node, EdgeTypeId type, NodeId node, const NamedNode& named,
                const Extract& extract, DocumentId document, std::uint64_t characters) {
  const bool told = named.start < named.end && named.end <= characters;
  Edge edge;
  edge.head = document_node;
  edge.type = type;
  edge.tail = node;
  edge.valid = *Interval::make(Bound::unknown(), Bound::open());
  edge.statements.push_back({.id = {},
                             .evidence = {document, told ? named.start : 0, told ? named.end : characters},
                             .speaker = {},
                             .valid = edge.valid,
                             .time_phrase = {},
                             .confidence = 1,
                             .extractor = extract.claims.empty() ? "mentions" : extract.claims.front().extractor,
                             .since = {},
                             .ends = false});
  return edge;
}

// The text that this one is a copy of, in the store or among what the transaction adds.
Result<std::optional<Copied>> copied_text(const WriteState& state, const std::vector<std::uint64_t>& shingles) {
  auto best = find_copied(state.rows, shingles);
  if (!best) return best;
  const auto stored = *best ? state.documents.find((*best)->document) : state.documents.end();
  if (stored != state.documents.end() && stored->second.after->document.retracted) *best = std::nullopt;
  for (const auto& [id, prepared] : state.texts) {
    const double shared = shared_part(shingles, prepared.shingles);
    if (shared >= kCopy && (!*best || shared > (*best)->shared)) *best = Copied{id, shared};
  }
  if (*best) (*best)->document = origins_in(state)((*best)->document);
  return best;
}
}  // namespace

WriteTransaction::WriteTransaction(std::unique_ptr<WriteState> state) : state_(std::move(state)) {}
WriteTransaction::~WriteTransaction() = default;
WriteTransaction::WriteTransaction(WriteTransaction&&) noexcept = default;
WriteTransaction& WriteTransaction::operator=(WriteTransaction&&) noexcept = default;

Result<AssertOutcome> WriteTransaction::assert_extract(const Extract& extract) {
  WriteState& state = *state_;
  if (auto free = may_act(state); !free) return free.error();
  const Ontology& ontology = state.store.ontology;
  if (auto checked = check_extract(extract, ontology); !checked) return checked.error();

  AssertOutcome outcome;
  std::string digest = sha256(extract.document.text);
  const auto same = document_with(state, digest);
  if (!same) return same.error();
  if (*same) {
    outcome.document = **same;
    outcome.already_there = true;
    return outcome;
  }

  const auto words = words_of(extract.document.text);
  auto shingles = shingles_of(words);
  const auto copied = copied_text(state, shingles);
  if (!copied) return copied.error();
  const Document& document = add_document(state, extract.document, std::move(digest), words, std::move(shingles));
  add_origin(*state.nodes.at(document.node).after, extract.author, extract.pages);
  if (*copied) {
    Properties& told = state.nodes.at(document.node).after->properties;
    told[std::string(kCopyOf)] = std::int64_t((*copied)->document.value);
    told[std::string(kCopyShare)] = (*copied)->shared;
  }
  const NodeId document_node = document.node;
  outcome.document = document.id;
  std::vector<NodeId> nodes;
  for (const NamedNode& named : extract.nodes) {
    const auto resolved = resolve(state, named);
    if (!resolved) return resolved.error();
    ++(resolved->made ? outcome.new_nodes : outcome.matched_nodes);
    nodes.push_back(resolved->node);
  }
  for (const Claim& claim : extract.claims) {
    const auto supported = support(state, edge_of(claim, nodes, outcome.document));
    if (!supported) return supported.error();
    if (supported->made) ++outcome.new_edges;
    if (!supported->made && supported->statements > 0) ++outcome.supported_edges;
  }
  if (const auto mentions = ontology.find_type("MENTIONS")) {
    const std::uint64_t characters = count_characters(extract.document.text);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto supported = support(state, mention_of(document_node, *mentions, nodes[i], extract.nodes[i],
                                                       extract, outcome.document, characters));
      if (!supported) return supported.error();
    }
  }
  state.acts.push_back({Verb::Assert, Subject::Document, outcome.document.value, 0});
  return outcome;
}

Effect WriteTransaction::effect() const {
  const Ontology& ontology = state_->store.ontology;
  const auto document = ontology.find_label("Document");
  Effect effect;
  for (const auto& [id, change] : state_->nodes) {
    if (!change.altered()) continue;
    if ((change.after ? change.after : change.before)->label == document) continue;
    const bool was = change.before && !change.before->merged_into, is = change.after && !change.after->merged_into;
    if (!was && !is) continue;
    ++(!was ? effect.new_nodes : is ? effect.changed_nodes : effect.ended_nodes);
  }
  for (const auto& [id, change] : state_->edges) {
    if (!change.altered()) continue;
    if (ontology.type((change.after ? change.after : change.before)->type).family == Family::Evidence) continue;
    ++(!change.before ? effect.new_edges : change.after ? effect.changed_edges : effect.ended_edges);
  }
  return effect;
}

Result<Commit> WriteTransaction::commit(std::string_view author, std::string_view note, Instant now,
                                        std::string_view key) {
  if (state_->finished)
    return Error{Code::InvalidArgument, "not committed: this transaction is over; begin another"};
  auto made = commit_in_turn(*state_, author, note, now, key);
  state_->finish();
  if (!made || !state_->purge) return made;
  // Only when no snapshot of ours holds them does RocksDB let the erased rows go.
  const auto store = state_->store.shared_from_this();
  state_.reset();
  if (auto forgotten = forget_erased(*store); !forgotten)
    return forgotten.error().within("commit " + std::to_string(made->id.value) +
                                    " erased it, but its bytes may still lie in the files");
  return made;
}

}  // namespace entente
