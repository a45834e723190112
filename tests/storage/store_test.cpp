#include "storage/store.h"

#include <gtest/gtest.h>

#include "schema/digest.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {
using StoreEdges = StoreTest;
using StoreTime = StoreTest;
using StoreNames = StoreTest;
using StoreDocuments = StoreTest;
using StoreWrites = StoreTest;

TEST_F(StoreEdges, StayWhenTheStoreIsOpenedAgain) {
  import("a", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  const std::string before = edges();
  EXPECT_EQ(before, "China CONTROLS norfentanyl 2024-09-01/.. actual 0.8 x1\n");
  reopen(Access::Write);
  EXPECT_EQ(edges(), before);
  reopen(Access::Read);
  EXPECT_EQ(edges(), before);
}

TEST_F(StoreEdges, OfTwoSourcesThatAgreeAreOneWithTheFinerDateAndMoreConfidence) {
  import("a", "Ruritania: Government SANCTION Acme: Company 2024-09 0.5");
  import("b", "Ruritania: Government SANCTION Acme: Company 2024-09-12 0.5");
  EXPECT_EQ(last.new_edges, 0u);
  EXPECT_EQ(last.supported_edges, 1u);
  EXPECT_EQ(edges(), "Ruritania SANCTION Acme 2024-09-12 actual 0.75 x2\n");
}

TEST_F(StoreEdges, OfTwoSourcesThatDifferStandSideBySide) {
  import("a", "Ana: Person OWNS Acme: Company 2001/2005");
  import("b", "Ana: Person OWNS Acme: Company 2003/2007");
  EXPECT_EQ(edges(),
            "Ana OWNS Acme 2001/2005 actual 0.8 x1\n"
            "Ana OWNS Acme 2003/2007 actual 0.8 x1\n");
}

TEST_F(StoreEdges, OfAnotherModeOrDeniedAreOthers) {
  import("a",
         "Ana: Person OWNS Acme: Company /..\n"
         "Ana: Person OWNS Acme: Company /.. not\n"
         "Ana: Person OWNS Acme: Company /.. alleged by Bo: Person");
  EXPECT_EQ(edges(),
            "Ana OWNS Acme /.. actual 0.8 x1\n"
            "Ana OWNS Acme /.. actual not 0.8 x1\n"
            "Ana OWNS Acme /.. alleged 0.8 x1\n");
}

TEST_F(StoreEdges, WithoutDirectionAreTheSameBothWays) {
  import("a", "Ana: Person CONSULT Bo: Person 2024-09-01");
  import("b", "Bo: Person CONSULT Ana: Person 2024-09-01");
  EXPECT_EQ(edges(), "Ana CONSULT Bo 2024-09-01 actual 0.96 x2\n");
}

TEST_F(StoreEdges, AreFoundFromBothEnds) {
  import("a",
         "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..\n"
         "China: Government CONTROLS 4-AP: Chemical 2019/..");
  const auto read = store->begin_read();
  const NodeId china = read.find_name("China")->front().node;
  const auto around = read.neighbours(china);
  ASSERT_TRUE(around);
  ASSERT_EQ(around->size(), 3u);  // two controls by earliest start, and the document that mentions it
  EXPECT_EQ((*around)[0].valid.edtf(), "2019/..");
  EXPECT_EQ((*around)[1].valid.edtf(), "2024-09-01/..");
  EXPECT_FALSE((*around)[2].outgoing);
  const auto back = read.neighbours((*around)[1].other);
  EXPECT_EQ(back->front().other, china);
  EXPECT_FALSE(back->front().outgoing);
}

TEST_F(StoreTime, AsRecordedThenIsTheSameForEver) {
  const Commit first = import("a", "Ruritania: Government SANCTION Acme: Company 2024-09 0.5");
  const std::string believed = edges(first.id);
  import("b", "Ruritania: Government SANCTION Acme: Company 2024-09-12 0.5");
  import("c", "Ruritania: Government OWNS Acme: Company 2020/..");
  EXPECT_EQ(edges(first.id), believed);
  EXPECT_NE(edges(), believed);
  EXPECT_EQ(edges(CommitId{0}), "");
  reopen();
  EXPECT_EQ(edges(first.id), believed);
}

TEST_F(StoreTime, EachVersionOfAnEdgeIsKept) {
  import("a", "Ruritania: Government SANCTION Acme: Company 2024 0.5");
  import("b", "Ruritania: Government SANCTION Acme: Company 2024-09 0.5");
  import("c", "Ruritania: Government SANCTION Acme: Company 2024-09-12 0.5");
  const auto read = store->begin_read();
  EdgeId sanction;
  ASSERT_TRUE(read.scan_edges(kLatest, [&](const Edge& edge) {
    if (edge.statements.size() == 3) sanction = edge.id;
    return true;
  }));
  const auto versions = read.history(sanction);
  ASSERT_TRUE(versions);
  ASSERT_EQ(versions->size(), 3u);
  const char* const dates[] = {"2024-09-12", "2024-09", "2024"};
  for (int i = 0; i < 3; ++i) EXPECT_EQ((*versions)[i].edge.valid.edtf(), dates[i]);
  EXPECT_EQ((*versions)[0].until, kLatest);
  EXPECT_EQ((*versions)[1].until, CommitId{3});
  EXPECT_EQ((*read.edge(sanction, CommitId{2}))->valid.edtf(), "2024-09");
  EXPECT_FALSE(*read.edge(sanction, CommitId{0}));
}

// Of many versions of one edge a scan of the past steps over most: it must stop at the right one, whichever
// way it came there, and an edge with few must be found beside.
TEST_F(StoreTime, AScanOfThePastFindsTheVersionOfThenAmongMany) {
  std::vector<std::string> believed{""};
  for (int i = 0; i < 40; ++i) {
    std::string lines = "Ruritania: Government SANCTION Acme: Company 2024 0.5" + std::to_string(i) + "\n";  // of no two articles the same text
    if (i % 7 == 0) lines += "Ana: Person OWNS Acme: Company 20" + std::to_string(10 + i) + " 0.5\n";
    if (i % 2 == 0) lines += "Zenda: Government SUPPORT Ana: Person 2024 0.5\n";
    import("a" + std::to_string(i), lines, i);
    believed.push_back(edges());
  }
  for (std::uint64_t commit = 0; commit < believed.size(); ++commit) EXPECT_EQ(edges(CommitId{commit}), believed[commit]) << commit;
  // In parts, as several threads do.
  const auto read = store->begin_read();
  const std::uint64_t limit = read.edge_limit()->value;
  for (std::uint64_t commit = 1; commit < believed.size(); commit += 3) {
    std::vector<EdgeId> whole, parts;
    const auto into = [](std::vector<EdgeId>& ids) { return [&ids](const Edge& edge) { return ids.push_back(edge.id), true; }; };
    ASSERT_TRUE(read.scan_edges(CommitId{commit}, into(whole)));
    for (std::uint64_t first = 0; first < limit; first += 2)
      ASSERT_TRUE(read.scan_edges(CommitId{commit}, EdgeId{first}, EdgeId{first + 2}, into(parts)));
    EXPECT_EQ(parts, whole) << commit;
  }
}

TEST_F(StoreTime, TheLogIsReadFromAnyCommitBack) {
  for (int i = 0; i < 300; ++i) import("a" + std::to_string(i), "Ana: Person OWNS Acme: Company 2001/.. 0.1" + std::to_string(i), i);
  const auto read = store->begin_read();
  for (const std::uint64_t newest : {0, 1, 2, 255, 256, 299, 300, 301}) {
    std::vector<std::uint64_t> seen;
    ASSERT_TRUE(read.scan_log([&](const LogEntry& entry) { return seen.push_back(entry.commit.id.value), seen.size() < 3; },
                              CommitId{newest}));
    std::vector<std::uint64_t> expected;
    for (std::uint64_t id = std::min<std::uint64_t>(newest, 300); id > 0 && expected.size() < 3; --id) expected.push_back(id);
    EXPECT_EQ(seen, expected) << newest;
  }
}

TEST_F(StoreTime, AMomentIsTheLastCommitBeforeIt) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..", 10);
  import("b", "Bo: Person OWNS Acme: Company 2001/..", 20);
  import("c", "Cy: Person OWNS Acme: Company 2001/..", 5);  // the clock went back
  const auto read = store->begin_read();
  EXPECT_EQ(*read.commit_at(at(9)), CommitId{0});
  EXPECT_EQ(*read.commit_at(at(10)), CommitId{1});
  EXPECT_EQ(*read.commit_at(at(19)), CommitId{1});
  EXPECT_EQ(*read.commit_at(at(20)), CommitId{3});  // commit times never go backwards
}

TEST_F(StoreTime, AReaderSeesOneCommit) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  const auto before = store->begin_read();
  import("b", "Bo: Person OWNS Acme: Company 2001/..");
  EXPECT_EQ(before.last_commit(), CommitId{1});
  EXPECT_EQ(store->begin_read().last_commit(), CommitId{2});
  EXPECT_TRUE(before.find_name("Bo")->empty());
}

TEST_F(StoreNames, AreFoundByNameAliasAndBeginning) {
  Extract extract = extract_of("a", "China: Government CONTROLS norfentanyl: Chemical 2024/..");
  extract.nodes[0].aliases = {"PRC", "People's Republic of China"};
  auto write = store->begin_write();
  ASSERT_TRUE(write->assert_extract(extract));
  ASSERT_TRUE(write->commit("tester", "", at(0)));
  const auto read = store->begin_read();
  EXPECT_EQ(read.find_name("CHINA")->front().name, "China");
  EXPECT_EQ(read.find_name("prc")->front().name, "China");
  EXPECT_TRUE(read.find_name("prc")->front().is_alias);
  EXPECT_EQ(read.find_name("People\u2019s Republic of China")->size(), 1u);
  EXPECT_EQ(read.find_prefix("nor", 10)->front().name, "norfentanyl");
  EXPECT_EQ(read.find_prefix("", 2)->size(), 2u);
  EXPECT_TRUE(read.find_name("Ruritania")->empty());
}

TEST_F(StoreNames, LaterDocumentsMeetTheSameNodeByNameOrAlias) {
  Extract first = extract_of("a", "China: Government CONTROLS norfentanyl: Chemical 2024/..");
  first.nodes[0].aliases = {"PRC"};
  auto write = store->begin_write();
  ASSERT_TRUE(write->assert_extract(first));
  const auto second = write->assert_extract(extract_of(
      "b", "PRC: Government CONTROLS 4-AP: Chemical 2024/..\nchina: Government CONTROLS salt: Chemical"));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->new_nodes, 2u);
  EXPECT_EQ(second->matched_nodes, 2u);
  ASSERT_TRUE(write->commit("tester", "", at(0)));
  const auto read = store->begin_read();
  EXPECT_EQ(read.find_name("china")->size(), 1u);
}

TEST_F(StoreNames, OfAnotherLabelAreAnotherNode) {
  import("a", "Georgia: Government OWNS Acme: Company 2001/..");
  import("b", "Georgia: Person OWNS Acme: Company 2001/..");
  EXPECT_EQ(store->begin_read().find_name("georgia")->size(), 2u);
}

TEST_F(StoreDocuments, KeepTheirTextAndMetadata) {
  std::string lines = "Ana: Person OWNS Acme: Company 2001/..\n";
  while (lines.size() < 3'000'000) lines += "\nZo\u00eb says " + std::to_string(lines.size());
  Extract extract = extract_of("long", "Ana: Person OWNS Acme: Company 2001/..");
  extract.document.text = lines;
  extract.document.published = *Bound::parse("2024-08-06");
  auto write = store->begin_write();
  const auto outcome = write->assert_extract(extract);
  ASSERT_TRUE(outcome) << outcome.error().message;
  ASSERT_TRUE(write->commit("tester", "", at(0)));
  const auto read = store->begin_read();
  EXPECT_EQ(*read.text(outcome->document), lines);
  const auto document = read.document(outcome->document);
  EXPECT_EQ((*document)->published.edtf(), "2024-08-06");
  EXPECT_EQ((*document)->digest, sha256(lines));
  EXPECT_EQ(read.edges_citing(outcome->document)->size(), 3u);  // one claim, two mentions
  EXPECT_FALSE(*read.document(DocumentId{99}));
}

TEST_F(StoreDocuments, ImportedAgainChangeNothing) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  const Commit again = import("a", "Ana: Person OWNS Acme: Company 2001/..");
  EXPECT_TRUE(last.already_there);
  EXPECT_EQ(again.id, CommitId{1});
  EXPECT_EQ(store->begin_read().last_commit(), CommitId{1});
}

TEST_F(StoreWrites, LeaveNoTraceUnlessCommitted) {
  {
    auto write = store->begin_write();
    ASSERT_TRUE(write->assert_extract(extract_of("a", "Ana: Person OWNS Acme: Company 2001/..")));
  }
  EXPECT_EQ(edges(), "");
  EXPECT_EQ(import("b", "Bo: Person OWNS Acme: Company 2001/..").id, CommitId{1});
}

TEST_F(StoreWrites, RefuseWhatIsNotInTheTextOrNotAllowed) {
  const auto refusal = [&](auto spoil) {
    Extract extract = extract_of("a", "Ana: Person OWNS Acme: Company 2001/..");
    spoil(extract);
    auto write = store->begin_write();
    const auto outcome = write->assert_extract(extract);
    return outcome ? std::string("accepted") : outcome.error().message;
  };
  EXPECT_EQ(refusal([](Extract& e) { e.claims[0].quote = "Ana owns it"; }),
            "Ana OWNS Acme: the quote is not what the text has at characters 0 to 38");
  EXPECT_EQ(refusal([](Extract& e) { e.claims[0].end = 9999; }),
            "Ana OWNS Acme: characters 0 to 9999 are not in the text");
  EXPECT_EQ(refusal([](Extract& e) { e.claims[0].type = *Ontology::builtin().find_type("CONTROLS"); }),
            "Ana CONTROLS Acme: a Person cannot be the head of CONTROLS; it takes Government, Agency, "
            "Organization, Measure");
  EXPECT_EQ(refusal([](Extract& e) { e.claims[0].confidence = 0; }),
            "Ana OWNS Acme: a confidence lies in (0, 1], not 0.000000");
  EXPECT_EQ(refusal([](Extract& e) { e.document.text[3] = '\xff'; }), "the text is not UTF-8 at byte 3");
  EXPECT_EQ(refusal([](Extract& e) { e.nodes[0].name = "..."; }), "'...' is no name: it has no letters");
  EXPECT_EQ(refusal([](Extract& e) { e.claims[0].head = 7; }),
            "a claim speaks of a node that the extract lacks");
  EXPECT_EQ(store->begin_read().last_commit(), CommitId{0});
}

TEST_F(StoreWrites, ChainTheirRecords) {
  const Commit first = import("a", "Ana: Person OWNS Acme: Company 2001/..");
  const Commit second = import("b", "Bo: Person OWNS Acme: Company 2001/..");
  EXPECT_EQ(second.previous, first.hash);
  EXPECT_EQ(first.previous, std::string(32, '\0'));
  std::vector<std::uint64_t> seen;
  ASSERT_TRUE(store->begin_read().scan_log([&](const LogEntry& entry) {
    seen.push_back(entry.commit.id.value);
    EXPECT_EQ(entry.commit.author, "tester");
    return true;
  }));
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{2, 1}));
}

}  // namespace
}  // namespace entente
