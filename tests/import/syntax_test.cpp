// Sentences, tokens, tags, trees, lemmas, and model files that must be refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

#include "tools/import/syntax/lemma.h"
#include "tools/import/syntax/model.h"
#include "tools/import/syntax/parser.h"
#include "tools/import/syntax/sentences.h"
#include "tools/import/syntax/tagger.h"
#include "tools/import/syntax/tokenizer.h"

#ifndef ENTENTE_SOURCE_DIR
#define ENTENTE_SOURCE_DIR "."
#endif

namespace entente {
namespace {

namespace fs = std::filesystem;

const fs::path kModelPath = fs::path(ENTENTE_SOURCE_DIR) / "data/model/english.model";

const Model& model() {
  static const auto loaded = Model::load(kModelPath);
  if (!loaded) ADD_FAILURE() << loaded.error().message;
  return *loaded;
}

std::string words(std::string_view sentence) {
  std::string out;
  for (const Token& token : tokenize(sentence)) {
    if (!out.empty()) out += '|';
    out += token.text;
  }
  return out;
}

std::vector<std::string> sentences(std::string_view paragraph) {
  std::vector<std::string> out;
  for (const auto [begin, end] : split_sentences(paragraph))
    out.emplace_back(paragraph.substr(begin, end - begin));
  return out;
}
using Sentences = std::vector<std::string>;

// A tree that can be asked in words: "imposed -nsubj-> Japan".
class Parsed {
 public:
  explicit Parsed(std::string_view sentence)
      : tokens_(tokenize(sentence)), tags_(tag(model(), tokens_)),
        arcs_(parse(model(), tokens_, tags_)) {}

  bool has(std::string_view head, std::string_view relation, std::string_view child) const {
    for (std::size_t i = 0; i < arcs_.size(); ++i)
      if (tokens_[i].text == child && arcs_[i].head >= 0 &&
          tokens_[static_cast<std::size_t>(arcs_[i].head)].text == head &&
          name(arcs_[i].relation) == relation)
        return true;
    return false;
  }
  std::string_view root() const {
    for (std::size_t i = 0; i < arcs_.size(); ++i)
      if (arcs_[i].head == kNoHead) return tokens_[i].text;
    return {};
  }
  std::string tags() const {
    std::string out;
    for (const Tag t : tags_) out += (out.empty() ? "" : " ") + std::string(name(t));
    return out;
  }
  const std::vector<Arc>& arcs() const { return arcs_; }

 private:
  std::vector<Token> tokens_;
  std::vector<Tag> tags_;
  std::vector<Arc> arcs_;
};

// ---- sentences

TEST(Sentences, EndAtStopsAndMarks) {
  EXPECT_EQ(sentences("Oslo agreed. Did Lima? It did! Good."),
            (Sentences{"Oslo agreed.", "Did Lima?", "It did!", "Good."}));
}

TEST(Sentences, DoNotEndAtTitlesInitialsAndAbbreviations) {
  EXPECT_EQ(sentences("Gen. Ana M. Ruiz met Mr. Holt of Holt Inc. in January.").size(), 1u);
  EXPECT_EQ(sentences("Schedule No. 4 came into force at 9 a.m. on Sept. 3 in Vienna.").size(), 1u);
}

TEST(Sentences, EndAtAcronymsOnlyBeforeAnOpeningWord) {
  EXPECT_EQ(sentences("They flew to the U.S. Officials were waiting.").size(), 2u);
  EXPECT_EQ(sentences("The U.S. Treasury froze the funds.").size(), 1u);
}

TEST(Sentences, KeepClosingQuotesWithTheirSentence) {
  EXPECT_EQ(sentences("“We will act.” The envoy left."),
            (Sentences{"“We will act.”", "The envoy left."}));
  EXPECT_EQ(sentences("\"Why now?\" he asked. Nobody knew.").size(), 2u);
}

TEST(Sentences, AreCutWhereTheSpaceWentMissing) {
  EXPECT_EQ(sentences("Both sides agreed.Peru signed first."),
            (Sentences{"Both sides agreed.", "Peru signed first."}));
  EXPECT_EQ(sentences("See www.example.org for the text of v2.Beta today.").size(), 1u);
}

TEST(Sentences, AreCutAtBlankLinesAndHoldEveryByteThatIsNoSpace) {
  const std::string text = "  A headline without a stop\n\nThe story… goes on  ";
  EXPECT_EQ(sentences(text), (Sentences{"A headline without a stop", "The story… goes on"}));
  EXPECT_TRUE(sentences("   \n ").empty());
  EXPECT_TRUE(sentences("").empty());
}

TEST(Sentences, DoNotEndInNumbersAndLists) {
  EXPECT_EQ(sentences("1. Prices rose 3.5 percent. 2. They fell.").front(),
            "1. Prices rose 3.5 percent.");
}

// ---- tokens

TEST(Tokens, SplitMarksAndClitics) {
  EXPECT_EQ(words("Peru's envoy can't go, she said."), "Peru|'s|envoy|ca|n't|go|,|she|said|.");
  EXPECT_EQ(words("They’ll say “no” — we cannot."), "They|’ll|say|“|no|”|—|we|can|not|.");
}

TEST(Tokens, SplitHyphensButKeepPrefixes) {
  EXPECT_EQ(words("a well-known anti-drug plan"), "a|well|-|known|anti-drug|plan");
  EXPECT_EQ(words("the U.S.-Peru talks (2019-2021)"), "the|U.S.|-|Peru|talks|(|2019|-|2021|)");
}

TEST(Tokens, KeepSubstancesAbbreviationsAndAddressesWhole) {
  EXPECT_EQ(words("1-boc-4-AP, 4-ANPP and N-phenethyl-4-piperidone"),
            "1-boc-4-AP|,|4-ANPP|and|N-phenethyl-4-piperidone");
  EXPECT_EQ(words("a 15-year, 3-day G-20 trip"), "a|15|-|year|,|3|-|day|G|-|20|trip");
  EXPECT_EQ(words("Write to press@example.org or see https://example.org/a-b."),
            "Write|to|press@example.org|or|see|https://example.org/a-b|.");
  EXPECT_EQ(words("in the U.S."), "in|the|U.S.");
}

TEST(Tokens, SplitMoneyPercentagesAndUnits) {
  EXPECT_EQ(words("$3.5bn, or 12% of 1,200kg"), "$|3.5|bn|,|or|12|%|of|1,200|kg");
}

TEST(Tokens, StandWhereTheySayAndLeaveOnlySpaces) {
  const std::string text = "“It’s 5%…” said\u00A0Dr. O'Neil--twice; (see a/b)!?\xFF\xC3 end";
  std::size_t last = 0;
  std::string joined;
  for (const Token& token : tokenize(text)) {
    ASSERT_FALSE(token.text.empty());
    ASSERT_GE(token.begin, last);
    EXPECT_EQ(text.substr(token.begin, token.text.size()), token.text);
    last = token.end();
    joined += token.text;
  }
  std::string squeezed = text;
  squeezed.erase(squeezed.find("\u00A0"), 2);
  std::erase(squeezed, ' ');
  EXPECT_EQ(joined, squeezed);
  EXPECT_TRUE(tokenize("").empty());
}

// ---- lemmas

TEST(Lemma, UndoesRegularAndIrregularVerbs) {
  const std::pair<std::string_view, std::string_view> past[] = {
      {"announced", "announce"}, {"banned", "ban"},       {"called", "call"},
      {"controlled", "control"}, {"agreed", "agree"},     {"denied", "deny"},
      {"met", "meet"},           {"sought", "seek"},      {"visited", "visit"},
      {"prohibited", "prohibit"}, {"required", "require"}, {"seized", "seize"},
      {"urged", "urge"},         {"offered", "offer"},    {"negotiated", "negotiate"},
      {"passed", "pass"},        {"pledged", "pledge"},   {"targeted", "target"}};
  for (const auto& [form, base] : past) EXPECT_EQ(lemma(form, Tag::VBD), base);
  EXPECT_EQ(lemma("Imposing", Tag::VBG), "impose");
  EXPECT_EQ(lemma("cutting", Tag::VBG), "cut");
  EXPECT_EQ(lemma("pushes", Tag::VBZ), "push");
  EXPECT_EQ(lemma("found", Tag::VBD), "find");
  EXPECT_EQ(lemma("found", Tag::VB), "found");
  EXPECT_EQ(lemma("’s", Tag::VBZ), "be");
}

TEST(Lemma, UndoesPluralsAndLeavesNames) {
  EXPECT_EQ(lemma("countries", Tag::NNS), "country");
  EXPECT_EQ(lemma("crises", Tag::NNS), "crisis");
  EXPECT_EQ(lemma("women", Tag::NNS), "woman");
  EXPECT_EQ(lemma("sanctions", Tag::NNS), "sanction");
  EXPECT_EQ(lemma("analyses", Tag::NNS), "analysis");
  EXPECT_EQ(lemma("NGOs", Tag::NNS), "NGO");
  EXPECT_EQ(lemma("1990s", Tag::NNS), "1990s");
  EXPECT_EQ(lemma("Honduras", Tag::NNP), "Honduras");
  EXPECT_EQ(lemma("", Tag::NN), "");
}

// ---- tags and trees

TEST(Tagger, TagsPlainSentences) {
  EXPECT_EQ(Parsed("The minister has signed two new treaties .").tags(),
            "DT NN VBZ VBN CD JJ NNS .");
}

TEST(Parser, FindsSubjectAndObject) {
  const Parsed tree("Canada imposed new sanctions on the company last week.");
  EXPECT_EQ(tree.root(), "imposed");
  EXPECT_TRUE(tree.has("imposed", "nsubj", "Canada"));
  EXPECT_TRUE(tree.has("imposed", "obj", "sanctions"));
  EXPECT_TRUE(tree.has("company", "case", "on"));
}

TEST(Parser, TellsPassiveFromActive) {
  const Parsed tree("The chemicals were banned by the government in 2019.");
  EXPECT_TRUE(tree.has("banned", "nsubj:pass", "chemicals"));
  EXPECT_TRUE(tree.has("banned", "obl:agent", "government"));
}

TEST(Parser, FollowsReportedSpeechAndControl) {
  const Parsed tree("Officials said that Norway wants to join the treaty.");
  EXPECT_EQ(tree.root(), "said");
  EXPECT_TRUE(tree.has("said", "nsubj", "Officials"));
  EXPECT_TRUE(tree.has("said", "ccomp", "wants"));
  EXPECT_TRUE(tree.has("wants", "nsubj", "Norway"));
  EXPECT_TRUE(tree.has("wants", "xcomp", "join"));
}

TEST(Parser, GivesEverySentenceOneRootAndNoCycle) {
  for (const std::string_view text :
       {"", "Yes", "( ) , , .", "of the of the of the", "Talks ; talks ; talks !",
        "MINISTERS AGREE TO CUT TARIFFS", "\xFF\xFE \xC3 !", "and and and and and and and"}) {
    const auto arcs = Parsed(text).arcs();
    std::size_t roots = 0;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      roots += arcs[i].head == kNoHead;
      EXPECT_EQ(arcs[i].head == kNoHead, arcs[i].relation == Relation::Root) << text;
      std::size_t steps = 0;
      for (auto at = static_cast<std::int32_t>(i); at != kNoHead && steps <= arcs.size(); ++steps)
        at = arcs[static_cast<std::size_t>(at)].head;
      EXPECT_LE(steps, arcs.size()) << text;
    }
    EXPECT_EQ(roots, arcs.empty() ? 0u : 1u) << text;
  }
}

TEST(Parser, SaysTheSameEveryTime) {
  const std::string_view text = "After years of talks, both states agreed to share what they know.";
  EXPECT_EQ(Parsed(text).arcs(), Parsed(text).arcs());
}

TEST(Parser, BearsAVeryLongSentence) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "the state of ";
  EXPECT_EQ(Parsed(text).arcs().size(), 9000u);
}

TEST(Vocabulary, NamesReadBackAndSubtypesFallBack) {
  for (int i = 0; i < kTags; ++i)
    EXPECT_EQ(tag_from(name(static_cast<Tag>(i))), static_cast<Tag>(i));
  for (int i = 0; i < kRelations; ++i)
    EXPECT_EQ(relation_from(name(static_cast<Relation>(i))), static_cast<Relation>(i));
  EXPECT_EQ(relation_from("obl:tmod"), Relation::Obl);
  EXPECT_EQ(relation_from("nonsense"), std::nullopt);
  EXPECT_EQ(universal_part(Relation::NsubjPass), "nsubj");
}

// ---- model files

class ModelFile : public testing::Test {
 protected:
  void SetUp() override {
    path_ = fs::temp_directory_path() / ("entente_model_" + std::to_string(::getpid()));
    std::ifstream in(kModelPath, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    ASSERT_GT(bytes_.size(), 1000u);
  }
  void TearDown() override { fs::remove(path_); }

  Code refusal(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
    const auto loaded = Model::load(path_);
    EXPECT_FALSE(loaded);
    return loaded ? Code::Conflict : loaded.error().code;
  }
  fs::path path_;
  std::string bytes_;
};

TEST_F(ModelFile, IsRefusedWhenAnyByteIsDamaged) {
  for (const std::size_t at : {0ul, 13ul, 17ul, 25ul, 33ul, 45ul, 100ul, bytes_.size() / 3,
                               bytes_.size() / 2, bytes_.size() - 1}) {
    std::string damaged = bytes_;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    EXPECT_EQ(refusal(damaged), Code::Corruption) << "byte " << at;
  }
}

TEST_F(ModelFile, IsRefusedWhenCutEmptyForeignOrMissing) {
  EXPECT_EQ(refusal(bytes_.substr(0, bytes_.size() - 8)), Code::Corruption);
  EXPECT_EQ(refusal(bytes_ + "more"), Code::Corruption);
  EXPECT_EQ(refusal(bytes_.substr(0, 20)), Code::Corruption);
  EXPECT_EQ(refusal(""), Code::Corruption);
  EXPECT_EQ(refusal(std::string(4096, 'x')), Code::Corruption);
  EXPECT_EQ(Model::load(path_ / "nowhere").error().code, Code::Unavailable);
  EXPECT_EQ(Model::load("/nonexistent/model").error().code, Code::NotFound);
}

TEST_F(ModelFile, OfAnotherVersionIsCalledSo) {
  std::string other = bytes_;
  other[8] = 99;
  EXPECT_EQ(refusal(other), Code::Incompatible);
}

TEST_F(ModelFile, MovesWithoutCopying) {
  auto first = Model::load(kModelPath);
  ASSERT_TRUE(first);
  Model second = std::move(*first);
  const auto tokens = tokenize("It works.");
  EXPECT_EQ(tag(second, tokens), tag(model(), tokens));
}

}  // namespace
}  // namespace entente
