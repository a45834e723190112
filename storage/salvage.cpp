#include "storage/salvage.h"

#include <algorithm>
#include <map>

#include "storage/check.h"
#include "storage/directory.h"
#include "storage/log.h"
#include "storage/new_place.h"
#include "storage/salvage_replay.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

class Salvage {
 public:
  Salvage(const SalvageSource& source, SalvageReport& report) : source_(source), report_(report) {}

  // All commits into a store that nobody has yet.
  Status into(StoreState& target) {
    find_commits();
    if (readable_.empty()) return Error{Code::Corruption, "not one commit can be read: there is nothing to salvage"};
    Replay replay(source_, target, [this](std::string sentence) { missing(std::move(sentence)); });
    for (CommitId id{1}; id <= last_; ++id.value) {
      auto entry = readable_.contains(id) ? log_entry(source_.rows(), id) : Result<std::optional<LogEntry>>(std::nullopt);
      if (entry && *entry) {
        const auto record = source_.rows().get(ColumnFamily::Log, key::of(id));
        if (!record) return record.error();
        if (auto done = replay.again(std::move(**entry), **record); !done) return done;
      } else if (auto done = make_anew(replay, id); !done) {
        return done;
      }
    }
    if (source_.promised() > last_)
      missing("commits " + std::to_string(last_.value + 1) + " to " + std::to_string(source_.promised().value) +
              ": they were acknowledged, and nothing of them can be read");
    report_.commit = last_;
    without_text_ = replay.without_text();
    return replay.finish();
  }

  // In the finished store: what cannot stay without its text.
  Status purge(Store& store) {
    for (const DocumentId id : without_text_) {
      auto write = store.begin_write();
      if (!write) return write.error();
      if (auto purged = write->purge_document(id); !purged) return purged;
      const auto commit = write->commit("salvage", "its text could not be read", Instant{});
      if (!commit) return commit.error();
    }
    return kOk;
  }

 private:
  void missing(std::string sentence) {
    report_.whole = false;
    if (report_.missing.size() < kMostMissing) report_.missing.push_back(std::move(sentence));
  }

  // Which records of the log can be read, and what is known of the others.
  void find_commits() {
    source_.scan(ColumnFamily::Log, "", 0, [&](std::string_view key, std::string_view value) {
      const auto entry = decode_log_entry(value);
      if (entry && key == key::of(entry->commit.id)) readable_.insert(entry->commit.id);
      return true;
    });
    if (!readable_.empty()) last_ = *readable_.rbegin();
    const auto head = source_.rows().head();
    const CommitId expected = std::max(last_, head ? std::max(head->commit, source_.promised()) : source_.promised());
    if (readable_.size() < expected.value || readable_.empty()) collect_lost();
  }

  bool is_lost(CommitId id) const { return id && !readable_.contains(id); }

  void collect_lost() {
    const auto living = [&](ColumnFamily family, key::Kind kind) {
      source_.scan(family, "", 0, [&](std::string_view key, std::string_view value) {
        if (kind != key::Kind::Document || key.ends_with(std::string(4, '\0'))) take(kind, value);
        return true;
      });
    };
    // Documents first: a commit that has a table is the load of it, whose facts are not gathered here.
    living(ColumnFamily::Documents, key::Kind::Document);
    source_.scan(ColumnFamily::History, key::history_prefix(key::Kind::Document), 0,
                 [&](std::string_view, std::string_view value) { return take(key::Kind::Document, value), true; });
    living(ColumnFamily::Nodes, key::Kind::Node);
    living(ColumnFamily::Edges, key::Kind::Edge);
    for (const key::Kind kind : {key::Kind::Node, key::Kind::Edge})
      source_.scan(ColumnFamily::History, key::history_prefix(kind), 0, [&](std::string_view key, std::string_view value) {
        take(kind, value);
        const auto parts = key::history(key);
        if (!parts || !is_lost(parts->until)) return true;
        if (kind == key::Kind::Edge) found_[parts->until].ended_edges.push_back(EdgeId{parts->id});
        if (kind == key::Kind::Node) found_[parts->until].ended_nodes.push_back(NodeId{parts->id});
        return true;
      });
    if (!found_.empty()) last_ = std::max(last_, found_.rbegin()->first);
    for (auto& [id, entry] : found_) {  // what has a version of that commit went on
      std::erase_if(entry.ended_edges, [&](EdgeId ended) {
        return std::any_of(entry.edges.begin(), entry.edges.end(), [&](const Edge& edge) { return edge.id == ended; });
      });
      std::erase_if(entry.ended_nodes, [&](NodeId ended) {
        return std::any_of(entry.nodes.begin(), entry.nodes.end(), [&](const Node& node) { return node.id == ended; });
      });
    }
  }

  void take(key::Kind kind, std::string_view record) {
    switch (kind) {
      case key::Kind::Node:
        if (auto node = decode_node(record); node && is_lost(node->since)) {
          LogEntry& entry = found_[node->since];
          if (!entry.bulk) return entry.nodes.push_back(*node);
          if (node->id >= entry.bulk.first_node)
            entry.bulk.nodes = std::max(entry.bulk.nodes, node->id.value - entry.bulk.first_node.value + 1);
        }
        return;
      case key::Kind::Edge:
        if (auto edge = decode_edge(record); edge && is_lost(edge->since) && !found_[edge->since].bulk)
          found_[edge->since].edges.push_back(*edge);
        return;
      case key::Kind::Document:
        if (auto header = decode_document(record); header && is_lost(header->document.since)) {
          const Document& document = header->document;
          LogEntry& entry = found_[document.since];
          if (document.rows && !document.retracted)
            entry.bulk = {.first_node = document.node, .nodes = 1, .first_edge = document.first_edge,
                          .edges = document.edges, .digest = {}, .gone_nodes = {}, .gone_edges = {}};
          entry.documents.push_back(std::move(*header));
        }
        return;
    }
  }

  Status make_anew(Replay& replay, CommitId id) {
    LogEntry entry = std::move(found_[id]);
    entry.commit.id = id;
    ++report_.lost_commits;
    missing("the record of commit " + std::to_string(id.value) + ": author, note and what was asked for; " +
            (entry.bulk ? "it loaded the table " + entry.documents.front().document.name
                        : std::to_string(entry.documents.size()) + " documents, " + std::to_string(entry.nodes.size()) +
                              " nodes and " + std::to_string(entry.edges.size()) + " edges of it were found"));
    return replay.anew(std::move(entry));
  }

  const SalvageSource& source_;
  SalvageReport& report_;
  std::set<CommitId> readable_;
  std::map<CommitId, LogEntry> found_;  // of lost commits
  CommitId last_;
  std::set<DocumentId> without_text_;
};

Status look_through(const fs::path& directory, SalvageReport& report) {
  const auto store = Store::open(directory, Access::Read);
  if (!store) return store.error();
  const auto checked = check(**store);
  if (!checked) return checked.error();
  if (!checked->clean())
    return Error{Code::Corruption, "what was salvaged is not whole, and stays in " + directory.string() + ": " +
                                       checked->faults.front()};
  const auto totals = (*store)->begin_read().totals();
  if (!totals) return totals.error();
  report.totals = *totals;
  return kOk;
}
}  // namespace

Result<SalvageReport> salvage(const fs::path& damaged, const fs::path& target) {
  const fs::path partial = partial_of(target), pieces = partial / "pieces";
  if (auto begun = begin_copy(target); !begun) return begun.error();
  std::error_code ignored;
  const auto give_up = [&](const Error& error) {
    fs::remove_all(partial, ignored);
    return error;
  };
  SalvageReport report;
  {
    const auto source = SalvageSource::open(damaged, pieces);
    if (!source) return give_up(source.error());
    if (const auto& refusal = source->refusal()) {
      report.whole = false;
      report.missing.push_back("it cannot be opened as it is: " + refusal->message);
    }
    if (auto marked = write_mark(partial, {.format = kFormatVersion, .id = make_database_id(), .ready = false}); !marked)
      return give_up(marked.error());
    Salvage salvage(*source, report);
    {
      const auto store = Store::open(partial, Access::Write);
      if (!store) return give_up(store.error());
      if (auto done = salvage.into(*StoreFiles::state_of(**store)); !done) return give_up(done.error());
    }
    const auto store = Store::open(partial, Access::Write);
    if (!store) return store.error();
    if (auto purged = salvage.purge(**store); !purged) return purged.error();
  }
  fs::remove_all(pieces, ignored);
  if (auto looked = look_through(partial, report); !looked) return looked.error();
  if (auto named = give_name(*rocksdb::FileSystem::Default(), target); !named) return named.error();
  return report;
}

}  // namespace entente
