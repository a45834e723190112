// The index of searches: what it finds, that it forgets nothing but what a purge erases, and that it
// is what a walk over everything finds.
#include <algorithm>
#include <random>

#include "schema/digest.h"
#include "schema/likeness.h"
#include "schema/name.h"
#include "storage/bulk.h"
#include "storage/postings.h"
#include "storage/upgrade.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {

class Search : public VerbsTest {
 protected:
  // `NAME (as MATCHED)`, best first, articles left out.
  std::string similar(std::string_view asked, CommitId at = kLatest) const {
    const auto read = store->begin_read();
    const auto found = read.find_similar(asked, 100, at);
    EXPECT_TRUE(found) << found.error().message;
    std::string all;
    for (const SimilarName& each : *found) {
      if (read.ontology().label(each.label).name == "Document") continue;
      all += (all.empty() ? "" : ", ") + each.name + (each.is_alias ? " as " + each.matched : "");
    }
    return all;
  }
  // Names of texts and what was found in each, best first.
  std::string texts(std::string_view query, CommitId at = kLatest) const {
    const auto read = store->begin_read();
    const auto found = read.search_text(query, 100, at);
    EXPECT_TRUE(found) << found.error().message;
    std::string all;
    for (const TextMatch& match : *found) {
      all += (*read.document(match.document, at))->name + ":";
      const std::string text = *read.text(match.document);
      for (const auto& place : match.places) all += " " + std::string(*cut(text, place.start, place.end));
      all += "\n";
    }
    return all;
  }
  void import_text(const std::string& name, const std::string& text) {
    auto write = store->begin_write();
    Extract extract;
    extract.document.name = extract.document.title = name;
    extract.document.text = text;
    ASSERT_TRUE(write->assert_extract(extract));
    ASSERT_TRUE(write->commit("tester", "import", at(0)));
  }
};

TEST_F(Search, ForgivesTypingErrorsAndBeginnings) {
  import("a", "Sinaloa_Cartel: CriminalGroup TRAFFICS fentanyl: Chemical 2019/..\n"
              "Jalisco_Cartel: CriminalGroup TRAFFICS norfentanyl: Chemical 2019/..");
  EXPECT_EQ(similar("Sinola Cartle"), "Sinaloa Cartel");
  EXPECT_EQ(similar("fent"), "fentanyl");
  EXPECT_EQ(similar("fentanil"), "fentanyl, norfentanyl");
  EXPECT_EQ(similar("cartel"), "Sinaloa Cartel, Jalisco Cartel");
  EXPECT_EQ(similar("S"), "Sinaloa Cartel");
  EXPECT_EQ(similar("unheard of"), "");
  EXPECT_EQ(similar("?"), "");
}

TEST_F(Search, FindsAnyScriptByItsLatinForm) {
  import("a", "习近平: Person OWNS Łódź: Company 2001/..\nПутин: Person OWNS Łódź: Company 2002/..");
  EXPECT_EQ(similar("Xi Jinping"), "习近平");
  EXPECT_EQ(similar("putin"), "Путин");
  EXPECT_EQ(similar("lodz"), "Łódź");
}

TEST_F(Search, OfThePastFindsWhatWasCalledSoThen) {
  import("a", "Anabel_Zed: Person OWNS Acme: Company 2001/..");
  const DocumentId first = last.document;
  import("b", "Anabell_Zed: Person OWNS Acme: Company 2001/..");
  commit([&](WriteTransaction& write) { return write.merge(node("Anabel Zed"), node("Anabell Zed")); });
  EXPECT_EQ(similar("Anabell Zed"), "Anabel Zed as Anabell Zed");
  EXPECT_EQ(similar("Anabell Zed", CommitId{2}), "Anabell Zed, Anabel Zed");
  EXPECT_EQ(similar("Anabell Zed", CommitId{1}), "Anabel Zed");
  undo(CommitId{3});
  EXPECT_EQ(similar("Anabell Zed"), "Anabell Zed, Anabel Zed");
  retract(first);
  EXPECT_EQ(similar("Anabel Zed"), "Anabell Zed");
  EXPECT_EQ(similar("Anabel Zed", CommitId{1}), "Anabel Zed");
  EXPECT_EQ(similar("Anabel Zed", CommitId{}), "");
}

TEST_F(Search, OfTextsNeedsEveryPart) {
  import_text("a", "The envoy met the minister. Fentanyl precursors came up; fentanyl itself did not.");
  import_text("b", "Precursors of the drug. The Ministry of Public Security met.");
  import_text("c", "The public ministry of security.");
  EXPECT_EQ(texts("fentanyl"), "a: Fentanyl fentanyl\n");
  EXPECT_EQ(texts("precursors met"), "a: met precursors\nb: Precursors met\n");
  EXPECT_EQ(texts("precursors fentanyl"), "a: Fentanyl precursors fentanyl\n");
  EXPECT_EQ(texts("\"ministry of public security\""), "b: Ministry of Public Security\n");
  EXPECT_EQ(texts("\"public ministry\" secur*"), "c: public ministry security\n");
  EXPECT_EQ(texts("minist* security"), "b: Ministry Security\nc: ministry security\n");
  EXPECT_EQ(texts("envoys"), "");
  EXPECT_EQ(store->begin_read().search_text(" - \"\" ", 10).error().code, Code::InvalidArgument);
  EXPECT_EQ(store->begin_read().search_text("\xff", 10).error().code, Code::InvalidArgument);
}

TEST_F(Search, OfTextsKnowsWhichWereRetracted) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  retract(last.document);
  EXPECT_EQ(texts("acme"), "");
  EXPECT_EQ(texts("acme", CommitId{1}), "a: Acme\n");
  undo(CommitId{2});
  EXPECT_EQ(texts("acme"), "a: Acme\n");
}

TEST_F(Search, LosesWhatAPurgeErases) {
  import("a", "Zebediah: Person OWNS Acme: Company 2001/..");
  const DocumentId document = last.document;
  import("b", "Bo: Person OWNS Acme: Company 2001/..");
  commit([&](WriteTransaction& write) { return write.purge_document(document); });
  EXPECT_EQ(similar("Zebediah", CommitId{1}), "");
  EXPECT_EQ(similar("acme"), "Acme");
  EXPECT_TRUE(store->begin_read().search_text("zeb*", 10, CommitId{1})->empty());
}

TEST_F(Search, OfALoadedTableStandsInBlocksThatAPurgeOpens) {
  constexpr int kNodes = 5000;  // more than one block
  const LabelId government = *Ontology::builtin().find_label("Government");
  Document table;
  table.name = "table";
  {
    auto load = BulkLoad::begin(*store, table);
    ASSERT_TRUE(load) << load.error().message;
    std::vector<std::string> names;
    for (int i = 0; i < kNodes; ++i) names.push_back("Actor " + std::to_string(i));
    for (int i = 0; i < kNodes; ++i) {
      BulkRow row;
      row.row = std::uint64_t(i + 1);
      row.head = names[std::size_t(i)], row.tail = names[std::size_t((i + 1) % kNodes)];
      row.head_label = row.tail_label = government;
      row.type = *Ontology::builtin().find_type("ACCUSE");
      row.valid = interval("2018-01-02");
      ASSERT_TRUE(load->add(row));
    }
    ASSERT_TRUE(load->commit({sha256("t"), kNodes, 1}, "tester", "load", at(1)));
  }
  EXPECT_EQ(store->begin_read().find_similar("Actor 4321", 1)->front().name, "Actor 4321");
  for (const char* gone : {"Actor 0", "Actor 2500", "Actor 4999"}) {
    commit([&](WriteTransaction& write) { return write.purge_node(node(gone)); });
    EXPECT_NE(store->begin_read().find_similar(gone, 1)->front().name, gone);
  }
  EXPECT_EQ(store->begin_read().find_similar("Actor 2501", 1)->front().name, "Actor 2501");
}

// Everything that is 0.8 alike is found, in the order of likeness, as a walk over all nodes finds it.
TEST_F(Search, FindsWhatAWalkOverEveryNodeFinds) {
  std::mt19937 random(11);
  const auto name = [&] {
    std::string text;
    for (unsigned word = 0; word < 1 + random() % 3; ++word) {
      if (word > 0) text += '_';
      for (unsigned i = 0; i < 3 + random() % 5; ++i) text += "aeilnrst"[random() % 8];
    }
    return text;
  };
  std::string lines;
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) names.push_back(name());
  for (std::size_t i = 0; i < 300; i += 2) lines += names[i] + ": Person OWNS " + names[i + 1] + ": Company 2001/..\n";
  import("a", lines);
  const auto read = store->begin_read();
  int compared = 0;
  for (int i = 0; i < 300; ++i) {
    std::string asked = fold_name(spaced(names[random() % names.size()]));
    asked[random() % asked.size()] = 'k';  // mistyped
    std::vector<std::pair<double, NodeId>> walked, found;
    ASSERT_TRUE(read.scan_nodes(kLatest, [&](const Node& node) {
      const double like = likeness(asked, fold_name(node.name));
      if (like >= 0.8) walked.emplace_back(-like, node.id);
      return true;
    }));
    std::sort(walked.begin(), walked.end());
    const auto similar = read.find_similar(asked, 1000);
    ASSERT_TRUE(similar);
    for (const SimilarName& each : *similar)
      if (each.likeness >= 0.8) found.emplace_back(-each.likeness, each.node);
    ASSERT_EQ(found, walked) << asked;
    compared += int(walked.size());
  }
  EXPECT_GT(compared, 200);
}

TEST(Postings, OfABlockAreReadAsTheyWereWrittenAndNothingElseIs) {
  const std::vector<NodeId> nodes = {NodeId{7}, NodeId{8}, NodeId{500}, NodeId{1} };
  const std::vector<NodeId> ascending(nodes.begin(), nodes.end() - 1);
  EXPECT_EQ(decode_block(NodeId{7}, encode_block(ascending)), ascending);
  EXPECT_EQ(decode_block(NodeId{7}, ""), std::vector<NodeId>{NodeId{7}});
  using namespace std::string_view_literals;
  for (const auto bytes : {"\x00"sv, "\x80"sv, "\x81\x00"sv, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"sv,
                           "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"sv})
    EXPECT_FALSE(decode_block(NodeId{7}, bytes)) << hex(bytes);
  EXPECT_FALSE(decode_count("\x00"sv));
}

TEST(Postings, OfANameAreItsThreeLetterPieces) {
  std::string all;
  for (const Trigram each : trigrams_of("joe oe")) all += {'[', char(each >> 16), char(each >> 8), char(each), ']'};
  EXPECT_EQ(all, "[ jo][ oe][joe][oe ]");
}

}  // namespace
}  // namespace entente
