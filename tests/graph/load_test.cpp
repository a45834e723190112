#include "graph/load.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <string>

#include "storage/store.h"
#include "tests/support/graph_text.h"

namespace entente {
namespace {

class Load : public testing::Test {
 protected:
  Load() {
    directory_ = std::filesystem::temp_directory_path() /
                 (std::string("entente-load-") + std::to_string(getpid()));
    std::filesystem::remove_all(directory_);
    auto opened = Store::open(directory_, Access::Create);
    EXPECT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
  ~Load() override {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }

  // One commit: a document of that one sentence, and the claim that it makes.
  void say(std::string_view head, std::string_view type, std::string_view tail,
           std::string_view valid, const std::string& sentence) {
    Extract extract;
    extract.document.name = sentence;
    extract.document.text = sentence;
    const auto named = [](std::string_view name, std::string_view label) {
      NamedNode node;
      node.name = name;
      node.label = label_of(label);
      return node;
    };
    extract.nodes = {named(head, "Government"), named(tail, "Chemical")};
    Claim claim;
    claim.tail = 1;
    claim.type = type_of(type);
    claim.valid = *Interval::parse(valid);
    claim.confidence = 0.8;
    claim.extractor = "test/1";
    claim.end = sentence.size();
    claim.quote = sentence;
    extract.claims = {claim};
    auto write = store_->begin_write();
    ASSERT_TRUE(write) << write.error().message;
    const auto outcome = write->assert_extract(extract);
    ASSERT_TRUE(outcome) << outcome.error().message;
    const auto commit = write->commit("test", "", Instant{});
    ASSERT_TRUE(commit) << commit.error().message;
  }

  // The claims in the snapshot, by type and truth; MENTIONS and the like left out.
  std::string loaded(const AsOf& as_of) {
    const auto snapshot = load_snapshot(store_->begin_read(), as_of);
    EXPECT_TRUE(snapshot) << snapshot.error().message;
    const Slice slice(*snapshot);
    std::string text;
    each_edge(slice, [&](EdgeIndex edge) {
      const Snapshot& s = slice.snapshot();
      text.append(s.name(s.head(edge))).append(" ");
      text.append(s.ontology().type(s.type(edge)).name).append(" ");
      text.append(s.name(s.tail(edge))).append(" ").append(name_of(s.truth(edge))).append("; ");
    });
    return text;
  }

  std::filesystem::path directory_;
  std::unique_ptr<Store> store_;
};

TEST_F(Load, ShowsTheStoreAsOfBothClocks) {
  say("China", "CONTROLS", "norfentanyl", "2024-09-01/..", "China controls norfentanyl.");
  const CommitId before = store_->begin_read().last_commit();
  say("China", "PRODUCES", "fentanyl", "/2019", "Until 2019 China was the source of fentanyl.");

  EXPECT_EQ(loaded({}), "China CONTROLS norfentanyl yes; China PRODUCES fentanyl yes; ");
  EXPECT_EQ(loaded({.valid = {}, .recorded = before}), "China CONTROLS norfentanyl yes; ");
  EXPECT_EQ(loaded({.valid = {}, .recorded = CommitId{0}}), "");
  EXPECT_EQ(loaded({.valid = window("2024-08-15")}), "");
  EXPECT_EQ(loaded({.valid = window("2024-09-02")}), "China CONTROLS norfentanyl yes; ");
  EXPECT_EQ(loaded({.valid = window("1995")}), "China PRODUCES fentanyl maybe; ");
}

TEST_F(Load, SaysWhichCommitItShowsSoThatItCanBeAskedAgain) {
  say("China", "CONTROLS", "norfentanyl", "2024-09-01/..", "China controls norfentanyl.");
  const auto read = store_->begin_read();
  EXPECT_EQ((*load_snapshot(read, {}))->as_of().recorded, read.last_commit());
  EXPECT_EQ((*load_snapshot(read, {.valid = {}, .recorded = {99}}))->as_of().recorded, read.last_commit());
}

}  // namespace
}  // namespace entente
