#include "tools/import/second/second_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "schema/name.h"
#include "schema/ontology.h"
#include "schema/text.h"
#include "tools/import/second/question.h"

namespace entente {
namespace {
constexpr std::size_t kAsked = 12'000;       // bytes of sentences in one request
constexpr std::size_t kMostRequests = 64;    // for one article
constexpr double kAlone = 0.4, kVote = 0.5;  // estimates, until there is gold for the model in use
constexpr double kSurest = 0.99;
constexpr std::size_t kLongestNew = 100;  // bytes of a name that nobody has found before
constexpr std::size_t kLongestModel = 64;

std::string padded(std::string_view text) { return " " + fold_name(text) + " "; }

std::optional<Mode> mode_of(std::string_view name) {
  for (std::size_t mode = 0; mode < kModes; ++mode)
    if (name_of(Mode(mode)) == name) return Mode(mode);
  return std::nullopt;
}

// "e7" is 6, "t1" is 0.
std::optional<std::size_t> number_in(std::string_view id, char kind, std::size_t count) {
  std::size_t number = 0;
  if (id.size() < 2 || id.front() != kind) return std::nullopt;
  const auto [end, fault] = std::from_chars(id.data() + 1, id.data() + id.size(), number);
  if (fault != std::errc() || end != id.data() + id.size() || number == 0 || number > count) return std::nullopt;
  return number - 1;
}

class Taking {
 public:
  Taking(const std::vector<AskedSentence>& sentences, const std::string& extractor, Extract& found)
      : sentences_(sentences), extractor_(extractor), found_(found) {
    for (const AskedSentence& sentence : sentences) folded_.push_back(padded(sentence.text));
  }

  void take(const Proposal& proposal) {
    if (const char* why = refusal(proposal)) ++opinion.refused[why];
  }

  SecondOpinion opinion;

 private:
  // Takes it, or says why not.
  const char* refusal(const Proposal& proposal) {
    if (proposal.sentence < 1 || std::size_t(proposal.sentence) > sentences_.size()) return "there is no such sentence";
    const std::size_t place = std::size_t(proposal.sentence) - 1;
    const AskedSentence& sentence = sentences_[place];
    if (proposal.quote.empty() || sentence.text.find(proposal.quote) == std::string::npos) return "the quote is not in the sentence";
    const Ontology& ontology = Ontology::builtin();
    const auto type = ontology.find_type(proposal.type);
    if (!type || ontology.type(*type).family == Family::Evidence) return "there is no such type";
    const auto mode = mode_of(proposal.mode);
    if (!mode) return "there is no such mode";
    const auto head = end_of(proposal.head, proposal.head_label, place), tail = end_of(proposal.tail, proposal.tail_label, place);
    if (!head || !tail) return "an end is not named in the sentence";
    if (head->name == tail->name) return "both ends are one";
    if (!ontology.check(*type, head->label, tail->label)) return "the type does not join such ends";
    const auto time = number_in(proposal.time, 't', sentence.times.size());
    if (!proposal.time.empty() && !time) return "the sentence has no such time";
    std::optional<NamedNode> speaker;
    if (!proposal.speaker.empty() && !(speaker = end_of(proposal.speaker, "", place))) return "the speaker is not named in the sentence";

    Claim claim;
    claim.type = *type, claim.mode = *mode, claim.negated = proposal.negated;
    claim.head = place_of(*head), claim.tail = place_of(*tail);
    if (speaker) claim.speaker = place_of(*speaker);
    const bool lasting = ontology.type(*type).lasting;
    claim.valid = time ? interval_of(sentence.times[*time], lasting) : undated(lasting);
    if (time) claim.time_phrase = sentence.phrases[*time];
    claim.confidence = kAlone, claim.extractor = extractor_;
    claim.start = sentence.start, claim.end = sentence.end, claim.quote = sentence.text;
    vote(std::move(claim));
    return nullptr;
  }

  bool is_named(const NamedNode& node, std::size_t place) const {
    const auto said = [&](const std::string& name) {
      const std::string folded = fold_name(name);
      return !folded.empty() && folded_[place].find(" " + folded + " ") != std::string::npos;
    };
    return said(node.name) || std::any_of(node.aliases.begin(), node.aliases.end(), said) ||
           std::any_of(node.mentions.begin(), node.mentions.end(), said);
  }

  // The node that is meant, known or new, if the sentence names it.
  std::optional<NamedNode> end_of(const std::string& given, const std::string& label_name, std::size_t place) const {
    if (const auto known = number_in(given, 'e', first_new_)) {
      if (!is_named(found_.nodes[*known], place)) return std::nullopt;
      return found_.nodes[*known];
    }
    for (const NamedNode& node : found_.nodes) {
      const std::string folded = fold_name(given);
      const bool same = fold_name(node.name) == folded ||
                        std::any_of(node.aliases.begin(), node.aliases.end(), [&](const auto& alias) { return fold_name(alias) == folded; });
      if (same && is_named(node, place)) return node;
    }
    const auto label = Ontology::builtin().find_label(label_name);
    const AskedSentence& sentence = sentences_[place];
    NamedNode node;
    node.name = given;
    if (!label || label_name == "Document" || given.size() > kLongestNew || fold_name(given).empty() ||
        sentence.text.find(given) == std::string::npos || !is_named(node, place))
      return std::nullopt;
    node.label = *label;
    node.start = sentence.start, node.end = sentence.end;
    return node;
  }

  std::size_t place_of(const NamedNode& node) {
    for (std::size_t i = 0; i < found_.nodes.size(); ++i)
      if (found_.nodes[i].name == node.name && found_.nodes[i].label == node.label) return i;
    found_.nodes.push_back(node);
    return found_.nodes.size() - 1;
  }

  // One that both found is one claim.
  void vote(Claim claim) {
    const bool symmetric = Ontology::builtin().type(claim.type).symmetric;
    for (Claim& known : found_.claims) {
      const bool same_ends = (known.head == claim.head && known.tail == claim.tail) ||
                             (symmetric && known.head == claim.tail && known.tail == claim.head);
      const bool undated = claim.time_phrase.empty();
      if (!same_ends || known.type != claim.type || known.mode != claim.mode || known.negated != claim.negated ||
          (!undated && known.valid != claim.valid && !known.time_phrase.empty()))
        continue;
      if (known.extractor.find(claim.extractor) != std::string::npos) return;  // it said so before
      if (known.time_phrase.empty() && !undated && known.start == claim.start)
        known.valid = claim.valid, known.time_phrase = claim.time_phrase;
      known.confidence = std::min(kSurest, std::round((1 - (1 - known.confidence) * (1 - kVote)) * 1000) / 1000);
      known.extractor += "+" + claim.extractor;
      ++opinion.agreed;
      return;
    }
    found_.claims.push_back(std::move(claim));
    ++opinion.added;
  }

  const std::vector<AskedSentence>& sentences_;
  const std::string& extractor_;
  Extract& found_;
  const std::size_t first_new_ = found_.nodes.size();  // ids were given to those before
  std::vector<std::string> folded_;                     // the sentences, for looking names up
};
}  // namespace

SecondOpinion take_proposals(const std::vector<Proposal>& proposals, const std::vector<AskedSentence>& sentences,
                             const std::string& extractor, Extract& found) {
  const std::size_t most = std::max<std::size_t>(1, count_characters(found.document.text) * 40 / 1000);
  Taking taking(sentences, extractor, found);
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    if (i < most) taking.take(proposals[i]);
    else ++taking.opinion.refused["more than 40 edges for 1,000 characters"];
  }
  return std::move(taking.opinion);
}

Result<SecondReader> SecondReader::open(EndpointOptions options, std::string model) {
  const bool plain = std::all_of(model.begin(), model.end(), [](char c) { return c > ' ' && c < 127; });
  if (model.empty() || model.size() > kLongestModel || !plain)
    return Error{Code::InvalidArgument, "name the model that the endpoint shall use, in at most 64 plain characters"};
  auto endpoint = Endpoint::open(std::move(options));
  if (!endpoint) return endpoint.error();
  return SecondReader(std::move(*endpoint), std::move(model));
}

Result<SecondOpinion> SecondReader::read(const Text& text, Extract& found) const {
  const std::vector<AskedSentence> sentences = sentences_of(found.document, text);
  std::vector<Proposal> all;
  std::size_t malformed = 0, requests = 0;
  for (std::size_t first = 0; first < sentences.size();) {
    std::size_t last = first, bytes = 0;
    while (last < sentences.size() && (last == first || bytes + sentences[last].text.size() <= kAsked))
      bytes += sentences[last++].text.size();
    if (++requests > kMostRequests)
      return Error{Code::LimitReached, "an article of more than " + std::to_string(kMostRequests) + " questions to the second reader; split it"};
    const auto reply = endpoint_.ask(question_of(model_, found, sentences, first, last));
    if (!reply) return reply.error();
    auto proposals = proposals_in(*reply, malformed);
    if (!proposals) return proposals.error().within("the endpoint " + endpoint_.url());
    // It may speak of what it was asked about, no more.
    for (Proposal& proposal : *proposals) {
      if (proposal.sentence < std::int64_t(first) + 1 || proposal.sentence > std::int64_t(last)) proposal.sentence = -1;
      all.push_back(std::move(proposal));
    }
    first = last;
  }
  SecondOpinion opinion = take_proposals(all, sentences, "llm:" + model_ + "/" + instructions_digest(), found);
  if (malformed > 0) opinion.refused["a field is missing or of another kind"] += malformed;
  return opinion;
}

}  // namespace entente
