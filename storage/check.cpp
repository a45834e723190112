#include "storage/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/codec.h"
#include "schema/digest.h"
#include "schema/text.h"
#include "storage/assemble.h"
#include "storage/check_facts.h"
#include "storage/check_index.h"
#include "storage/check_log.h"
#include "storage/index.h"
#include "storage/key.h"
#include "storage/log.h"
#include "storage/search_index.h"
#include "storage/transaction_state.h"

namespace entente {

// Looks through one store. Each step adds to the report and to what later steps compare with.
class StoreCheck {
 public:
  explicit StoreCheck(const Store& store) : read_(store.begin_read()), rows_(read_.state_->rows), origin_of_(origins_in(rows_)) {}

  Result<CheckReport> run() {
    const auto head = rows_.head();
    if (!head) {
      fault(head.error().message);
      return report_;
    }
    head_ = *head;
    for (auto step : {&StoreCheck::check_documents, &StoreCheck::check_nodes, &StoreCheck::check_edges,
                      &StoreCheck::check_history, &StoreCheck::check_log, &StoreCheck::check_indexes,
                      &StoreCheck::check_counts}) {
      const Status done = (this->*step)();
      if (done) continue;
      if (done.error().code != Code::Corruption) return done.error();
      fault(done.error().message);
    }
    return report_;
  }

 private:
  void fault(std::string sentence) {
    if (report_.faults.size() < kMostFaults) report_.faults.push_back(std::move(sentence));
  }

  Status check_documents() {
    auto scanned = rows_.scan(
        ColumnFamily::Documents, "", [&](std::string_view key, std::string_view value) {
          key::Parts parts(key);
          const DocumentId id{parts.u64()};
          if (parts.u32() != key::kHeaderChunk) return true;
          const std::string which = "document " + std::to_string(id.value);
          const auto header = decode_document(value);
          if (!header || header->document.id != id) {
            fault(which + " cannot be read or is stored under another's key");
            return true;
          }
          if (header->document.rows) {
            tables_[id] = header->document;
          } else {
            const auto text = read_.text(id);
            if (!text) {
              fault(text.error().message);
              return true;
            }
            characters_[id] = count_characters(*text);
            for (const IndexEntry& entry : search_entries(id, *text)) indexes_.expect(entry);
          }
          if (!header->document.retracted) document_nodes_[id] = header->document.node;
          if (header->document.retracted) retracted_.insert(id);
          log_.lives(key::Kind::Document, id.value, value);
          if (header->document.retracted) return true;
          for (const IndexEntry& entry : entries_of(*header)) indexes_.expect(entry);
          ++report_.documents;
          return true;
        });
    return scanned;
  }

  Status check_nodes() {
    auto scanned = rows_.scan(ColumnFamily::Nodes, "", [&](std::string_view key, std::string_view value) {
      const auto node = decode_node(value);
      if (!node || key::of(node->id) != key) {
        fault("a node cannot be read or is stored under another's key: " + hex(key));
        return true;
      }
      const std::string which = "node " + std::to_string(node->id.value) + " (" + node->name + ")";
      if (!read_.ontology().has(node->label)) fault(which + " has a label that the ontology lacks");
      if (node->since > head_.commit) fault(which + " comes from a commit that is not there");
      if (node->id.value >= head_.next_node) fault(which + " has an id that was never given out");
      log_.lives(key::Kind::Node, node->id.value, value);
      if (node->merged_into) return true;
      labels_.set(node->id, node->label);
      for (const IndexEntry& entry : entries_of(*node)) indexes_.expect(entry);
      ++report_.nodes;
      return true;
    });
    if (!scanned) return scanned;
    return scan_wanted_postings(rows_, [&](const Node& node, const std::vector<Trigram>& trigrams) {
      for (const Trigram trigram : trigrams)
        indexes_.expect({ColumnFamily::Search, key::posting(trigram, node.id), ""});
    });
  }

  Status check_edges() {
    return rows_.scan(ColumnFamily::Edges, "", [&](std::string_view key, std::string_view value) {
      const auto edge = decode_edge(value);
      if (!edge || key::of(edge->id) != key) {
        fault("an edge cannot be read or is stored under another's key: " + hex(key));
        return true;
      }
      check_edge(*edge);
      log_.lives(key::Kind::Edge, edge->id.value, value);
      for (const IndexEntry& entry : entries_of(*edge)) indexes_.expect(entry);
      ++report_.edges;
      report_.statements += edge->statements.size();
      return true;
    });
  }

  void check_edge(const Edge& edge) {
    const std::string which = "edge " + std::to_string(edge.id.value);
    const auto head = labels_.of(edge.head), tail = labels_.of(edge.tail);
    if (!head || !tail) {
      fault(which + " joins a node that is not there");
    } else if (!read_.ontology().has(edge.type)) {
      fault(which + " has a type that the ontology lacks");
    } else if (auto allowed = read_.ontology().check(edge.type, *head, *tail); !allowed) {
      fault(which + ": " + allowed.error().message);
    }
    if (edge.since > head_.commit) fault(which + " comes from a commit that is not there");
    if (edge.id.value >= head_.next_edge) fault(which + " has an id that was never given out");
    if (edge.statements.empty()) {
      fault(which + " is supported by no statement");
      return;
    }
    for (const Statement& statement : edge.statements) {
      if (statement.evidence.rows) {
        check_row(edge, statement, which);
      } else if (const auto text = characters_.find(statement.evidence.document); text == characters_.end()) {
        fault(which + " cites a document that is not there");
      } else if (retracted_.contains(statement.evidence.document)) {
        fault(which + " cites a document that was retracted");
      } else if (statement.evidence.start >= statement.evidence.end ||
                 statement.evidence.end > text->second) {
        fault(which + " cites characters that the document lacks");
      }
      if (statement.speaker && !labels_.of(statement.speaker))
        fault(which + " quotes a speaker that is not there");
      if (!statements_.insert(statement.id.value))
        fault(which + " has a statement that another edge has too");
      if (statement.id.value >= head_.next_statement)
        fault(which + " has a statement whose id was never given out");
    }
    Edge again = edge;
    assemble(again, origin_of_);
    if (again != edge) fault(which + " is not what its statements make of it");
  }

  void check_row(const Edge& edge, const Statement& statement, const std::string& which) {
    const Evidence& place = statement.evidence;
    const auto table = tables_.find(place.document);
    if (table == tables_.end()) {
      fault(which + " cites a table that is not there");
    } else if (place.start < 1 || place.start >= place.end || place.end > table->second.rows + 1) {
      fault(which + " cites rows that the table lacks");
    } else if (is_loaded(edge, statement) &&
               (edge.id < table->second.first_edge ||
                edge.id.value >= table->second.first_edge.value + table->second.edges)) {
      fault(which + " is not among the edges that its table made");
    }
  }

  // Every index entry that a fact wants; those that cannot be read were told of before.
  Status visit_wanted(const IndexRecount::Visit& visit) {
    auto documents = rows_.scan(ColumnFamily::Documents, "", [&](std::string_view key, std::string_view value) {
      key::Parts parts(key);
      const std::string which = "document " + std::to_string(parts.u64());
      if (parts.u32() != key::kHeaderChunk) return true;
      const auto header = decode_document(value);
      if (header && key::document(header->document.id, key::kHeaderChunk) == key)
        for (const IndexEntry& entry : entries_of(*header)) visit(entry, which);
      const auto text = header && !header->document.rows ? read_.text(header->document.id) : Result<std::string>(std::string());
      if (text)
        for (const IndexEntry& entry : search_entries(header->document.id, *text)) visit(entry, which);
      return true;
    });
    if (!documents) return documents;
    auto nodes = rows_.scan(ColumnFamily::Nodes, "", [&](std::string_view key, std::string_view value) {
      const auto node = decode_node(value);
      if (node && key::of(node->id) == key)
        for (const IndexEntry& entry : entries_of(*node))
          visit(entry, "node " + std::to_string(node->id.value) + " (" + node->name + ")");
      return true;
    });
    if (!nodes) return nodes;
    auto postings = scan_wanted_postings(rows_, [&](const Node& node, const std::vector<Trigram>& trigrams) {
      for (const Trigram trigram : trigrams)
        visit({ColumnFamily::Search, key::posting(trigram, node.id), ""},
              "node " + std::to_string(node.id.value) + " (" + node.name + ")");
    });
    if (!postings) return postings;
    auto edges = rows_.scan(ColumnFamily::Edges, "", [&](std::string_view key, std::string_view value) {
      const auto edge = decode_edge(value);
      if (edge && key::of(edge->id) == key)
        for (const IndexEntry& entry : entries_of(*edge)) visit(entry, "edge " + std::to_string(edge->id.value));
      return true;
    });
    if (!edges || !chain_is_whole_) return edges;
    return walk_log(rows_, head_, [&](const LogEntry& entry) {
      for (const IndexEntry& row : entries_of(entry)) visit(row, "commit " + std::to_string(entry.commit.id.value));
    });
  }

  Status check_indexes() {
    auto compared = indexes_.compare(rows_, [&](const IndexRecount::Visit& visit) { return visit_wanted(visit); },
                                     [&](std::string sentence) { fault(std::move(sentence)); });
    report_.index_entries = indexes_.entries();
    return compared;
  }

  // Of each fact the ended versions follow one another: none begins before the last one ended.
  Status check_history() {
    std::pair<key::Kind, std::uint64_t> last;  // the fact of the row before, whose newer version it is
    CommitId last_since;
    return rows_.scan(ColumnFamily::History, "", [&](std::string_view key, std::string_view value) {
      const auto parts = key::history(key);
      if (!parts) {
        fault("a key of history is damaged: " + hex(key));
        return true;
      }
      CommitId since;
      std::uint64_t id = 0;
      if (parts->kind == key::Kind::Node) {
        if (const auto node = decode_node(value)) since = node->since, id = node->id.value;
      } else if (parts->kind == key::Kind::Edge) {
        if (const auto edge = decode_edge(value)) since = edge->since, id = edge->id.value;
      } else {
        if (const auto header = decode_document(value)) since = header->document.since, id = header->document.id.value;
      }
      const char* const kind = parts->kind == key::Kind::Node ? "node " : parts->kind == key::Kind::Edge ? "edge " : "document ";
      const std::string which = kind + std::to_string(parts->id);
      if (!since || id != parts->id) {
        fault("an ended version of " + which + " cannot be read");
        return true;
      }
      if (since >= parts->until || parts->until > head_.commit)
        fault("an ended version of " + which + " ends before it begins, or after the last commit");
      if (last == std::pair(parts->kind, parts->id) && last_since < parts->until)
        fault("two versions of " + which + " were believed at once");
      last = {parts->kind, parts->id}, last_since = since;
      ++report_.versions;
      return true;
    });
  }

  // The chain is whole; what it made last is what lives; its keys are those that are known.
  Status check_log() {
    auto walked = walk_log(rows_, head_, [&](const LogEntry& entry) {
      for (const IndexEntry& row : entries_of(entry)) indexes_.expect(row);
      ++report_.commits;
    });
    if (!walked) {
      indexes_.leave_out(ColumnFamily::Meta);  // the rest of the chain may have keys too
      return walked;
    }
    chain_is_whole_ = true;
    return log_.compare(rows_, [&](std::string sentence) { fault(std::move(sentence)); });
  }

  Status check_counts() {
    const std::tuple<const char*, std::uint64_t, std::uint64_t> counts[] = {
        {"nodes", head_.nodes, report_.nodes},
        {"edges", head_.edges, report_.edges},
        {"statements", head_.statements, report_.statements},
        {"documents", head_.documents, report_.documents},
        {"ended versions", head_.versions, report_.versions}};
    for (const auto& [what, kept, counted] : counts)
      if (kept != counted)
        fault("the store says it has " + std::to_string(kept) + " " + what + "; there are " +
              std::to_string(counted));
    for (const auto& [document, node] : document_nodes_)
      if (!labels_.of(node))
        fault("document " + std::to_string(document.value) + " has no node in the graph");
    return kOk;
  }

  ReadTransaction read_;
  const Rows& rows_;
  const OriginOf origin_of_;
  Head head_;
  CheckReport report_;
  std::map<DocumentId, std::uint64_t> characters_;  // of texts
  std::map<DocumentId, Document> tables_;
  std::map<DocumentId, NodeId> document_nodes_;
  Labels labels_;
  IdSet statements_;
  std::set<DocumentId> retracted_;
  LogRecount log_;
  bool chain_is_whole_ = false;
  IndexRecount indexes_;
};

Result<CheckReport> check(const Store& store) { return StoreCheck(store).run(); }

}  // namespace entente
