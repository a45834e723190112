// Erasing for good: not a trace in any row or file, and the chain still holds.
#include <fstream>

#include "schema/digest.h"
#include "storage/bulk.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {

class Purged : public VerbsTest {
 protected:
  Commit purge(DocumentId document) {
    return commit([&](WriteTransaction& write) { return write.purge_document(document); });
  }
  // Every byte of every file of the directory, and all that can be asked.
  std::string everything() {
    std::string all;
    const auto read = store->begin_read();
    for (CommitId at{1}; at <= read.last_commit(); ++at.value) all += export_text(read, at);
    EXPECT_TRUE(read.scan_log([&](const LogEntry& entry) {
      all += entry.commit.note + "\n";
      for (const Node& node : entry.nodes) all += node.name + "\n";
      for (const DocumentHeader& header : entry.documents) all += header.document.title + "\n";
      return true;
    }));
    for (const auto& file : std::filesystem::recursive_directory_iterator(directory())) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }
  bool told(std::string_view words) { return everything().find(words) != std::string::npos; }
};

constexpr const char* kSecret = "Zebediah: Person OWNS Acme: Company 2001/..";

TEST_F(Purged, DocumentLeavesNoTraceAndTheRestStands) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  import("zebra", std::string(kSecret) + "\nAna: Person OWNS Acme: Company 2001/..\nAna: Person OWNS Dot: Company 2003/.. by Zebediah: Person");
  const DocumentId secret = last.document;
  import("c", "Bo: Person OWNS Acme: Company 2004/..");
  ASSERT_TRUE(told("Zebediah"));
  const Commit made = purge(secret);
  EXPECT_EQ(verb_of_last(), Verb::Purge);
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x1\nBo OWNS Acme 2004/.. actual 0.8 x1\n");
  EXPECT_EQ(edges(CommitId{2}), "Ana OWNS Acme 2001/.. actual 0.8 x1\n");  // as if it had never been
  EXPECT_FALSE(told("Zebediah"));
  EXPECT_FALSE(*store->begin_read().document(secret));
  reopen();  // RocksDB's list of files names the first and last key of each; it is made anew
  for (const char* words : {"Zebediah", "zebediah", "zebra"}) EXPECT_FALSE(told(words)) << words;
  bool audited = false;
  CommitId redacted_by;
  ASSERT_TRUE(store->begin_read().scan_log([&](const LogEntry& entry) {
    if (entry.commit.id == made.id)
      audited = entry.acts == std::vector<Act>{{Verb::Purge, Subject::Document, secret.value, 0}} &&
                entry.commit.author == "tester" && entry.erasures.size() == 1;
    if (entry.commit.id == CommitId{2}) redacted_by = entry.redacted_by;
    return true;
  }));
  EXPECT_TRUE(audited);
  EXPECT_EQ(redacted_by, made.id);
}

TEST_F(Purged, DocumentThatWasRetractedLongBeforeGoesToo) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  import("zebra", kSecret);
  const DocumentId secret = last.document;
  retract(secret);
  ASSERT_TRUE(told("Zebediah"));
  purge(secret);
  EXPECT_FALSE(told("Zebediah"));
  import("zebra", kSecret);  // nothing remembers it, so it is new
  EXPECT_FALSE(last.already_there);
}

TEST_F(Purged, NodeGoesFromFactsAndLogWhateverSpokeOfIt) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  import("b", "Ana: Person OWNS Acme: Company 2001/..\nBo: Person ACCUSE Ana: Person 2024-08-01 by Zebediah: Person\nZebediah: Person OWNS Dot: Company 2003/..");
  commit([&](WriteTransaction& write) { return write.purge_node(node("Zebediah")); });
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.96 x2\n");
  EXPECT_EQ(edges(CommitId{2}), "Ana OWNS Acme 2001/.. actual 0.96 x2\n");
  EXPECT_TRUE(store->begin_read().find_name("Zebediah")->empty());
  EXPECT_EQ(exported(CommitId{2}).find("Zebediah"), std::string::npos);
}

// The record of a load has a digest of its facts; then of those that stay.
TEST_F(Purged, TableAndANodeOfATableGoAndTheRestStands) {
  import("a", "Ana: Person ACCUSE Bo: Person 2024-08-01");
  DocumentId table;
  {
    Document document;
    document.name = "zebra";
    auto load = BulkLoad::begin(*store, document);
    ASSERT_TRUE(load);
    BulkRow row;
    row.head_label = row.tail_label = *Ontology::builtin().find_label("Person");
    row.type = *Ontology::builtin().find_type("ACCUSE");
    row.valid = interval("2018-03");
    for (const auto& [head, tail] : {std::pair("Ana", "Cy"), std::pair("Zebediah", "Ana"), std::pair("Cy", "Di")}) {
      ++row.row, row.head = head, row.tail = tail;
      ASSERT_TRUE(load->add(row));
    }
    const auto loaded = load->commit({sha256("rows"), 3, 1}, "tester", "", at(0));
    ASSERT_TRUE(loaded) << loaded.error().message;
    table = loaded->document;
  }
  import("c", "Cy: Person ACCUSE Bo: Person 2024-08-02");
  commit([&](WriteTransaction& write) { return write.purge_node(node("Zebediah")); });
  const std::string first = "Ana ACCUSE Bo 2024-08-01 actual 0.8 x1\n";
  EXPECT_EQ(edges(CommitId{2}), first + "Ana ACCUSE Cy 2018-03 actual 1 x1\nCy ACCUSE Di 2018-03 actual 1 x1\n");
  EXPECT_FALSE(told("Zebediah"));
  TearDown();  // it is whole
  purge(table);
  EXPECT_EQ(edges(), first + "Cy ACCUSE Bo 2024-08-02 actual 0.8 x1\n");
  EXPECT_EQ(edges(CommitId{2}), first);
  EXPECT_TRUE(store->begin_read().find_name("Di")->empty());
}

TEST_F(Purged, CannotBeUndoneAndSaysSo) {
  const Commit first = import("zebra", kSecret);
  const Commit made = purge(last.document);
  for (const CommitId id : {first.id, made.id}) {
    const auto refused = attempt([&](WriteTransaction& write) { return write.undo(id); });
    EXPECT_NE(refused.error().message.find("what a purge erased does not come back"), std::string::npos);
  }
}

}  // namespace
}  // namespace entente
