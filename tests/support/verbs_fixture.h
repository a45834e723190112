// A store, and its verbs as one commit each.
#pragma once
#include "schema/digest.h"
#include "storage/bulk.h"
#include "tests/support/export_text.h"
#include "tests/support/store_fixture.h"

namespace entente {

class VerbsTest : public StoreTest {
 protected:
  // Runs `act` on a transaction of its own and commits; the error of either.
  template <typename Act>
  Result<Commit> attempt(Act act) {
    auto write = store->begin_write();
    if (!write) return write.error();
    const auto done = act(*write);
    if (!done) return done.error();
    return write->commit("tester", "a note", at(0));
  }
  template <typename Act>
  Commit commit(Act act) {
    const auto made = attempt(act);
    EXPECT_TRUE(made) << made.error().message;
    return made ? *made : Commit{};
  }
  Commit retract(DocumentId document) {
    return commit([&](WriteTransaction& write) { return write.retract_document(document); });
  }
  Commit undo(CommitId id) {
    return commit([&](WriteTransaction& write) { return write.undo(id); });
  }
  Commit undo(const Commit& made) { return undo(made.id); }

  // A table of five rows, from which the store has five edges.
  void load_a_table() {
    Document table;
    table.name = "rows";
    auto load = BulkLoad::begin(*store, table);
    ASSERT_TRUE(load);
    for (std::uint64_t number = 1; number <= 5; ++number) {
      const std::string tail = "Land " + std::to_string(number);
      BulkRow row;
      row.row = number;
      row.head = "China", row.tail = tail;
      row.head_label = row.tail_label = *Ontology::builtin().find_label("Government");
      row.type = *Ontology::builtin().find_type("CONSULT");
      row.valid = interval("2018-01-0" + std::to_string(number));
      ASSERT_TRUE(load->add(row));
    }
    ASSERT_TRUE(load->commit({sha256("five rows"), 5, 100}, "tester", "load", at(100)));
  }

  std::string exported(CommitId at = kLatest) const { return export_text(store->begin_read(), at); }
  NodeId node(std::string_view name) const {
    const auto found = store->begin_read().find_name(name);
    EXPECT_TRUE(found && !found->empty()) << name;
    return found && !found->empty() ? found->front().node : NodeId{};
  }
  // The only edge that `edges()` prints so.
  EdgeId edge(std::string_view line) const {
    const ReadTransaction read = store->begin_read();
    EdgeId id;
    EXPECT_TRUE(read.scan_edges(kLatest, [&](const Edge& each) {
      const std::string text = (*read.node(each.head))->name + " " + read.ontology().type(each.type).name + " " +
                               (*read.node(each.tail))->name + " " + each.valid.edtf();
      if (text == line) id = each.id;
      return true;
    }));
    EXPECT_TRUE(id) << "no edge " << line << " among\n" << edges();
    return id;
  }
  static Interval interval(std::string_view edtf) { return *Interval::parse(edtf); }
  Verb verb_of_last() const {
    Verb verb = Verb::Several;
    EXPECT_TRUE(store->begin_read().scan_log([&](const LogEntry& entry) {
      verb = entry.commit.verb;
      return false;
    }));
    return verb;
  }
};

}  // namespace entente
