// Copies of one text are one source: whatever becomes of them, `check` agrees.
#include "storage/copies.h"

#include <random>

#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {

class Copies : public VerbsTest {
 protected:
  // A claim, and so many words that no other text has.
  static std::string article(const std::string& claim, unsigned seed, int words = 120) {
    std::mt19937 random(seed);
    std::string text = claim + "\n";
    for (int i = 0; i < words; ++i) text += "w" + std::to_string(seed) + "x" + std::to_string(random() % 10000) + " ";
    return text;
  }
  // The text after the first line is no claim.
  Commit import_article(const std::string& name, const std::string& text) {
    Extract extract = extract_of(name, text.substr(0, text.find('\n')));
    extract.document.text = text;
    return commit([&](WriteTransaction& write) -> Status {
      const auto outcome = write.assert_extract(extract);
      if (!outcome) return outcome.error();
      last = *outcome;
      return kOk;
    });
  }
  DocumentId copied(DocumentId id) const {
    const auto read = store->begin_read();
    return copied_by(**read.node((*read.document(id))->node));
  }
};

constexpr const char* kClaim = "Ana: Person OWNS Acme: Company 2001/..";

TEST_F(Copies, CountAsOneSource) {
  const std::string wire = article(kClaim, 1);
  import_article("wire", wire);
  const DocumentId first = last.document;
  import_article("copy", wire + "Copied by hand.");
  EXPECT_EQ(copied(last.document), first);
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x2\n");
  import_article("cut", article(kClaim, 1, 60));
  EXPECT_EQ(copied(last.document), first);
  import_article("other", article(kClaim, 2));
  EXPECT_EQ(copied(last.document), DocumentId{});
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.96 x4\n");
}

TEST_F(Copies, OfACopyAreCopiesOfTheFirst) {
  import_article("wire", article(kClaim, 1));
  const DocumentId first = last.document;
  import_article("copy", article(kClaim, 1) + article("", 2, 60));
  import_article("third", article(kClaim, 1) + article("", 2, 60) + "more");
  EXPECT_EQ(copied(last.document), first);
}

TEST_F(Copies, StayOneSourceWhenTheFirstIsRetractedPurgedOrComesBack) {
  import_article("wire", article(kClaim, 1));
  const DocumentId first = last.document;
  import_article("copy", article(kClaim, 1) + "one");
  import_article("copy two", article(kClaim, 1) + "two");
  retract(first);
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x2\n");
  undo(store->begin_read().last_commit());
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x3\n");
  commit([&](WriteTransaction& write) { return write.purge_document(first); });
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x2\n");
}

TEST_F(Copies, OfOneTransactionAreFoundToo) {
  auto write = store->begin_write();
  for (const char* end : {"", "copied"}) {
    Extract extract = extract_of(std::string("wire") + end, kClaim);
    extract.document.text = article(kClaim, 1) + end;
    ASSERT_TRUE(write->assert_extract(extract));
  }
  ASSERT_TRUE(write->commit("tester", "two", at(0)));
  EXPECT_EQ(edges(), "Ana OWNS Acme 2001/.. actual 0.8 x2\n");
}

TEST_F(Copies, CannotBeDeclaredByHand) {
  import_article("wire", article(kClaim, 1));
  const NodeId itself = (*store->begin_read().document(last.document))->node;
  NodeValues values;
  values.set[std::string(kCopyOf)] = std::int64_t{7};
  EXPECT_EQ(attempt([&](WriteTransaction& write) { return write.correct_node(itself, values); }).error().code,
            Code::InvalidArgument);
}

}  // namespace
}  // namespace entente
