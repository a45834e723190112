#include "storage/versions.h"

#include <string>

#include "storage/document_text.h"
#include "storage/key.h"

namespace entente {
namespace {

Result<Node> decode(std::string_view bytes, const Node*) { return decode_node(bytes); }
Result<Edge> decode(std::string_view bytes, const Edge*) { return decode_edge(bytes); }
Result<DocumentHeader> decode(std::string_view bytes, const DocumentHeader*) { return decode_document(bytes); }

std::uint64_t id_of(const Node& node) { return node.id.value; }
std::uint64_t id_of(const Edge& edge) { return edge.id.value; }
std::uint64_t id_of(const DocumentHeader& header) { return header.document.id.value; }
CommitId since_of(const Node& node) { return node.since; }
CommitId since_of(const Edge& edge) { return edge.since; }
CommitId since_of(const DocumentHeader& header) { return header.document.since; }

template <typename Fact>
struct Place;  // where a kind of fact is kept
template <>
struct Place<Node> {
  static constexpr ColumnFamily kFamily = ColumnFamily::Nodes;
  static constexpr key::Kind kKind = key::Kind::Node;
  static constexpr const char* kWord = "node ";
  static std::string key(std::uint64_t id) { return key::of(NodeId{id}); }
};
template <>
struct Place<Edge> {
  static constexpr ColumnFamily kFamily = ColumnFamily::Edges;
  static constexpr key::Kind kKind = key::Kind::Edge;
  static constexpr const char* kWord = "edge ";
  static std::string key(std::uint64_t id) { return key::of(EdgeId{id}); }
};
template <>
struct Place<DocumentHeader> {
  static constexpr ColumnFamily kFamily = ColumnFamily::Documents;
  static constexpr key::Kind kKind = key::Kind::Document;
  static constexpr const char* kWord = "document ";
  static std::string key(std::uint64_t id) { return key::document(DocumentId{id}, key::kHeaderChunk); }
};

// The versions that commit `at` believed and that have ended since, one a fact, by id.
template <typename Fact>
class EndedVersions {
 public:
  EndedVersions(const Rows& rows, CommitId at, std::uint64_t first, std::uint64_t end)
      : at_(at), end_(end), prefix_(key::history_prefix(Place<Fact>::kKind)), cursor_(rows, ColumnFamily::History) {
    cursor_.seek(first_of(first));
  }

  // Nothing after the last.
  Result<std::optional<Fact>> next() {
    for (;;) {
      auto here = place();
      if (!here) return here.error();
      if (!*here || (*here)->id >= end_) return std::optional<Fact>();
      const std::uint64_t id = (*here)->id;
      if ((*here)->until <= at_) {  // and so are all that follow of this fact
        if (auto done = leave(id); !done) return done.error();
        continue;
      }
      std::string version;
      for (unsigned steps = 0; *here && (*here)->id == id && (*here)->until > at_; ++steps) {
        if (steps == kSteps) {
          cursor_.seek_back(key::of(key::History{Place<Fact>::kKind, id, CommitId{at_.value + 1}}));
          here = place();
          if (!here) return here.error();
          if (!*here || (*here)->id != id) return Error{Code::Corruption, "the history is not in order"};
        }
        version = cursor_.value();
        cursor_.next();
        here = place();
        if (!here) return here.error();
      }
      auto fact = fact_from<Fact>(version, id);
      if (!fact) return fact.error();
      if (since_of(*fact) <= at_) return std::optional<Fact>(std::move(*fact));
    }
  }

 private:
  static constexpr unsigned kSteps = 8;  // a seek costs as much

  std::string first_of(std::uint64_t id) const {
    std::string key = prefix_;
    key::put_u64(key, id);
    return key;
  }
  Result<std::optional<key::History>> place() const {
    if (!cursor_.within(prefix_)) {
      if (const Status status = cursor_.status(); !status) return status.error();
      return std::optional<key::History>();
    }
    const auto parts = key::history(cursor_.key());
    if (!parts) return Error{Code::Corruption, "a key of history is damaged"};
    return parts;
  }
  Status leave(std::uint64_t id) {
    for (unsigned steps = 0; steps < kSteps; ++steps) {
      cursor_.next();
      const auto here = place();
      if (!here) return here.error();
      if (!*here || (*here)->id != id) return kOk;
    }
    cursor_.seek(first_of(id + 1));
    return kOk;
  }

  const CommitId at_;
  const std::uint64_t end_;
  const std::string prefix_;
  RowCursor cursor_;
};

}  // namespace

template <typename Fact>
Result<Fact> fact_from(std::string_view bytes, std::uint64_t id) {
  auto fact = decode(bytes, static_cast<const Fact*>(nullptr));
  const auto which = [](std::uint64_t number) { return Place<Fact>::kWord + std::to_string(number); };
  if (!fact) return fact.error().within(which(id));
  if (id_of(*fact) != id) return Error{Code::Corruption, which(id) + " is stored as " + which(id_of(*fact))};
  return fact;
}

template <typename Fact>
Result<std::optional<Fact>> version_at(const Rows& rows, std::uint64_t id, CommitId at) {
  const auto live = rows.get(Place<Fact>::kFamily, Place<Fact>::key(id));
  if (!live) return live.error();
  if (*live) {
    auto fact = fact_from<Fact>(**live, id);
    if (!fact) return fact.error();
    if (AsOf{.valid = {}, .recorded = at}.believes(since_of(*fact))) return std::optional<Fact>(std::move(*fact));
  }
  if (at == kLatest) return std::optional<Fact>();
  std::string prefix = key::history_prefix(Place<Fact>::kKind);
  key::put_u64(prefix, id);
  const auto row = rows.last_up_to(ColumnFamily::History,
                                   key::of(key::History{Place<Fact>::kKind, id, CommitId{at.value + 1}}), prefix);
  if (!row) return row.error();
  if (!*row) return std::optional<Fact>();
  auto fact = fact_from<Fact>((*row)->second, id);
  if (!fact) return fact.error();
  if (since_of(*fact) > at) return std::optional<Fact>();
  return std::optional<Fact>(std::move(*fact));
}

template <typename Fact>
Status scan_versions(const Rows& rows, CommitId at, const std::function<bool(const Fact&)>& visit, std::uint64_t first,
                     std::uint64_t end) {
  const auto head = rows.head();
  if (!head) return head.error();
  std::optional<EndedVersions<Fact>> history;
  std::optional<Fact> ended;  // the next of them
  std::optional<Error> fault;
  bool more = true;
  const auto take = [&] {
    auto next = history->next();
    if (next) ended = std::move(*next);
    else fault = next.error();
    return !fault;
  };
  if (at < head->commit) {
    history.emplace(rows, at, first, end);
    if (!take()) return *fault;
  }
  const auto visit_ended_before = [&](std::uint64_t id) {
    while (more && ended && id_of(*ended) < id) more = visit(*ended) && take();
  };
  std::string from;
  if (first > 0) key::put_u64(from, first);
  auto scanned = rows.scan_from(Place<Fact>::kFamily, from, [&](std::string_view key, std::string_view value) {
    key::Parts parts(key);
    const std::uint64_t id = parts.u64();
    if (id >= end) return false;
    if (Place<Fact>::kFamily == ColumnFamily::Documents && parts.u32() != key::kHeaderChunk) return true;
    visit_ended_before(id);
    if (!more) return false;
    auto fact = fact_from<Fact>(value, id);
    if (!fact || !parts.done()) {
      fault = fact ? Error{Code::Corruption, "a key is damaged"} : fact.error();
      return false;
    }
    if (AsOf{.valid = {}, .recorded = at}.believes(since_of(*fact))) more = visit(*fact);
    return more;
  });
  if (!scanned) return scanned;
  if (fault) return *fault;
  visit_ended_before(~std::uint64_t{0});
  if (fault) return *fault;
  return kOk;
}

#define ENTENTE_INSTANTIATE(Fact)                                                                          \
  template Result<Fact> fact_from(std::string_view, std::uint64_t);                                        \
  template Result<std::optional<Fact>> version_at(const Rows&, std::uint64_t, CommitId);                   \
  template Status scan_versions(const Rows&, CommitId, const std::function<bool(const Fact&)>&, std::uint64_t, \
                                std::uint64_t)
ENTENTE_INSTANTIATE(Node);
ENTENTE_INSTANTIATE(Edge);
ENTENTE_INSTANTIATE(DocumentHeader);
#undef ENTENTE_INSTANTIATE

}  // namespace entente
