// Articles: the file with its header, the text as sentences and words, the whole reading.
#include "tools/import/article.h"

#include "schema/ontology.h"
#include "schema/text.h"
#include "tests/fuzz/target.h"
#include "tools/import/dates.h"
#include "tools/import/reader.h"
#include "tools/import/second/question.h"
#include "tools/import/second/second_reader.h"
#include "tools/import/syntax/sentences.h"
#include "tools/import/syntax/tokenizer.h"
#include "tools/import/text.h"

namespace entente::fuzz {
namespace {
constexpr const char* kLexicon = ENTENTE_DATA_DIR "/lexicon";
constexpr std::size_t kLongest = 16 << 10;  // longer texts only take longer

// Cut at white space into tokens that lie in order within the text.
void look_at_tokens(std::string_view sentence) {
  std::size_t at = 0;
  for (const Token& token : tokenize(sentence)) {
    must(!token.text.empty() && token.begin >= at && token.end() <= sentence.size(), "tokens are in order and in the text");
    must(sentence.substr(token.begin, token.text.size()) == token.text, "a token is what stands at its place");
    at = token.end();
  }
}
// What the store asks of an extract.
void look_at_extract(const Extract& extract) {
  const std::uint64_t characters = count_characters(extract.document.text);
  for (const NamedNode& node : extract.nodes) must(!node.name.empty(), "a node has a name");
  for (const Claim& claim : extract.claims) {
    must(claim.head < extract.nodes.size() && claim.tail < extract.nodes.size(), "a claim joins nodes that are there");
    must(!claim.speaker || *claim.speaker < extract.nodes.size(), "a speaker is a node that is there");
    must(claim.start < claim.end && claim.end <= characters, "a claim cites words of the text");
    must(cut(extract.document.text, claim.start, claim.end) == claim.quote, "a quote is what the text has there");
    must(claim.confidence > 0 && claim.confidence <= 1, "a claim has a confidence");
    must(bool(Ontology::builtin().check(claim.type, extract.nodes[claim.head].label, extract.nodes[claim.tail].label)),
         "a claim joins what its type allows");
  }
}
}  // namespace

void run_article(std::string_view bytes) {
  const auto article = make_article("fuzz", std::string(bytes), {});
  if (!article) return must(!article.error().message.empty(), "a refused article is told why");
  must(article->document.text == bytes, "the text is kept as received");
  must(article->body <= bytes.size(), "the body begins in the text");
  must(!find_utf8_fault(article->document.text), "an article is UTF-8");
}

void run_sentences(std::string_view bytes) {
  if (bytes.size() > kLongest) return;
  look_at_tokens(bytes);
  std::size_t at = 0;
  for (const ByteSpan& span : split_sentences(bytes)) {
    must(span.begin >= at && span.begin < span.end && span.end <= bytes.size(), "sentences are in order and in the text");
    at = span.end;
    look_at_tokens(bytes.substr(span.begin, span.end - span.begin));
  }
  static const auto kRules = ZoneRules::load(kLexicon);
  const auto article = make_article("fuzz", std::string(bytes), {"", "", "2024-09-10", ""});
  if (!article) return;
  const Text text = read_text(*article, *kRules, nullptr);
  for (const Sentence& sentence : text.sentences)
    for (const TimeMention& time : find_dates(sentence, article->document.published)) {
      must(time.first >= 0 && time.first < time.last && time.last <= sentence.size(), "a date lies in its sentence");
      (void)interval_of(time, true).edtf();
      (void)interval_of(time, false).edtf();
    }
}

// What the store asks of an extract, of whatever text.
void run_reader(std::string_view bytes) {
  if (bytes.size() > kLongest / 4) return;
  static const auto kReader = Reader::open(kLexicon, ENTENTE_DATA_DIR "/model/english.model");
  must(bool(kReader), "the tables and the model can be read");
  const auto article = make_article("fuzz", std::string(bytes), {"", "", "2024-09-10", ""});
  if (!article) return;
  look_at_extract(kReader->read(*article));
}

// What a language model answers, whatever that is: after the checks the store can take the extract.
void run_proposals(std::string_view bytes) {
  static const auto kReader = Reader::open(kLexicon, ENTENTE_DATA_DIR "/model/english.model");
  must(bool(kReader), "the tables and the model can be read");
  static const auto kArticle = make_article("fuzz", "China sanctioned Orlan Shipping on August 6, 2024. Ruritania praised it.",
                                            {"", "", "2024-09-10", ""});
  static const Text kText = kReader->text(*kArticle);
  static const Extract kFound = kReader->read(*kArticle);
  std::size_t malformed = 0;
  const auto proposals = proposals_in(bytes, malformed);
  if (!proposals) return must(!proposals.error().message.empty(), "a refused answer is told why");
  Extract extract = kFound;
  const SecondOpinion opinion = take_proposals(*proposals, sentences_of(kArticle->document, kText), "llm:fuzz/0", extract);
  std::size_t refused = 0;
  for (const auto& [why, count] : opinion.refused) refused += count;
  must(opinion.agreed + opinion.added + refused <= proposals->size(), "each proposal is counted once");
  must(extract.claims.size() == kFound.claims.size() + opinion.added, "what is added is there");
  for (std::size_t i = 0; i < kFound.nodes.size(); ++i) must(extract.nodes[i] == kFound.nodes[i], "a name found stays as it is");
  look_at_extract(extract);
}

std::vector<std::string> proposals_seeds() {
  const auto said = [](const std::string& edge) {
    return R"({"choices":[{"finish_reason":"stop","message":{"content":"{\"edges\":[)" + edge + R"(]}"}}]})";
  };
  return {said(R"({\"sentence\":1,\"quote\":\"sanctioned Orlan\",\"head\":\"e1\",\"tail\":\"e2\",\"type\":\"SANCTION\",\"mode\":\"actual\",\"time\":\"t1\"})"),
          said(R"({\"sentence\":2,\"quote\":\"praised\",\"head\":\"Ruritania\",\"head_label\":\"Government\",\"tail\":\"e2\",\"type\":\"SUPPORT\",\"mode\":\"alleged\",\"negated\":true,\"speaker\":\"\"})")};
}
std::vector<std::string> article_seeds() {
  return {"---\ntitle: Three precursors come under control\npublisher: The Entente Reader\npublished: 2024-08-07\n---\n\nA text.\n",
          "# A title | A paper | 2024-09-10\n\nA text.\n", "Only a text.\n"};
}
std::vector<std::string> sentences_seeds() {
  return {"Mr. Marsh met the envoy on Sept. 1, 2024. \u201cWe can't wait,\u201d said J. P. Doe of U.S.-made 1-boc-4-AP.",
          "They met last November, from 2015 to 2019, three months ago, since March 2022 and on 5 March.\n\nBy Ana Roe\n"};
}
std::vector<std::string> reader_seeds() {
  return {"China announced on Aug. 6 that it would control three precursors of fentanyl.",
          "The Treasury Department sanctioned the Sinaloa Cartel last November, Blinken said."};
}

}  // namespace entente::fuzz
