#include "tools/import/sure_verbs.h"

#include <string_view>
#include <unordered_set>

namespace entente {
namespace {
using std::string_view;

const std::unordered_set<string_view>& past_forms() {
  static const std::unordered_set<string_view> kForms = {
      "met",      "flew",     "said",     "told",      "gave",     "took",    "went",
      "came",     "became",   "began",    "broke",     "brought",  "built",   "bought",
      "caught",   "chose",    "drew",     "drove",     "fell",     "fought",  "grew",
      "heard",    "kept",     "knew",     "led",       "lost",     "made",    "paid",
      "rose",     "sent",     "shook",    "showed",    "sold",     "spoke",   "stole",
      "stood",    "swore",    "taught",   "threw",     "won",      "wrote",   "withdrew",
      "sought",   "sank",     "overthrew", "forbade",  "forgave",  "undertook", "overtook",
      "signed",   "accused",  "warned",   "urged",     "visited",  "praised", "condemned",
      "rejected", "denied",   "agreed",   "refused",   "imposed",  "arrested", "seized",
      "sanctioned", "criticized", "criticised", "welcomed", "thanked", "acquired", "joined",
      "lent",     "backed",   "blamed",   "fined",     "sued",     "banned",  "blocked",
      "freed",    "jailed",   "expelled", "recalled",  "summoned", "suspended", "supplied",
      "exported", "shipped",  "pledged",  "promised",  "vowed",    "threatened", "hosted",
      "hailed",   "lauded",   "applauded", "endorsed", "opposed",  "vetoed",  "detained",
      "indicted", "convicted", "raided",  "confiscated", "approved", "ratified", "adopted",
      "enacted",  "unveiled", "lifted",   "eased",     "pardoned", "extradited", "deported",
      "denounced", "decried", "defended", "demanded",  "asked",    "pressed", "barred",
      "blacklisted", "delisted", "froze", "overturned", "overrode", "dissolved", "annulled", "ousted",
      "toppled", "kidnapped", "abducted", "smuggled", "trafficked", "bankrolled", "funded",
      "nationalized", "expropriated", "divested", "severed", "repealed", "revoked", "rescinded",
      "stormed", "annexed", "occupied", "ambushed", "deployed", "rebuked", "slammed", "donated", "invaded", "shelled",  "bombed",  "bribed"};
  return kForms;
}

const std::unordered_set<string_view>& present_forms() {
  static const std::unordered_set<string_view> kForms = {
      "says",     "owns",    "sits",     "denies",   "seeks",    "accuses",  "refuses",
      "condemns", "urges",   "wants",    "rejects",  "criticizes", "criticises", "imposes",
      "sells",    "buys",    "employs",  "operates", "governs",  "believes", "insists",
      "opposes",  "argues",  "agrees",   "makes",    "gives",    "becomes",  "includes",
      "requires", "allows",  "warns",    "threatens", "praises", "manufactures", "smuggles",
      "oversees", "belongs", "expects",  "considers", "regards", "describes", "calls",
      "blames",   "accepts", "provides", "produces", "speaks",   "meets",    "writes",
      "opposes",  "backs",   "bans",     "denounces", "defends", "demands",  "exports",
      "manages",  "owes",    "hosts",    "leads",    "heads",    "chairs",   "plans"};
  return kForms;
}

// "The Department today imposed restrictions": no auxiliary before it, nothing that makes it a
// participle behind it, and no other verb for the subject.
bool is_past(const Sentence& sentence, std::span<const std::int32_t> places,
             std::span<const Tag> tags, std::size_t i) {
  const auto word = [&](std::size_t k) -> const Word& { return sentence.at(places[k]); };
  if (i + 1 >= tags.size() || i == 0) return false;
  static const std::unordered_set<string_view> kOfTime = {"last", "next", "late", "early", "able",
                                                         "due",  "such", "recent"};
  const Tag next = tags[i + 1];
  const bool object = next == Tag::DT || next == Tag::PRPS || next == Tag::CD || next == Tag::NN ||
                      next == Tag::NNS || next == Tag::Dollar ||
                      (next == Tag::JJ && !kOfTime.contains(word(i + 1).lower)) ||
                      (is_proper(next) && !word(i + 1).lower.ends_with("day"));
  if (!object) return false;
  std::size_t before = i - 1;
  while (before > 0 && (tags[before] == Tag::RB || word(before).lower == "today" ||
                        word(before).lower == "yesterday"))
    --before;
  if (!is_proper(tags[before]) && tags[before] != Tag::NN && tags[before] != Tag::NNS &&
      tags[before] != Tag::Comma)
    return false;
  static const std::unordered_set<string_view> kJoins = {
      "and", "but", "that", "which", "who", ",", "when", "after", "because", "as", "while", ";",
      "before", "\"", ":", "or", "if", "where"};
  bool joined = false;
  for (std::size_t k = i; k-- > 0 && !joined;) {
    joined = kJoins.contains(word(k).lower);
    if (is_finite(tags[k]) || tags[k] == Tag::VB || word(k).lower == "been" || word(k).lower == "being")
      return false;
  }
  joined = false;
  for (std::size_t k = i + 1; k < tags.size() && !joined; ++k) {
    joined = kJoins.contains(word(k).lower);
    if (is_finite(tags[k])) return false;
  }
  return true;
}

}  // namespace

void mend_verbs(const Sentence& sentence, std::span<const std::int32_t> places,
                std::span<Tag> tags) {
  for (std::size_t i = 1; i < tags.size(); ++i) {
    const Word& word = sentence.at(places[i]);
    if (!word.capital() && tags[i] == Tag::VBN && is_past(sentence, places, tags, i))
      tags[i] = Tag::VBD;
    if (word.capital() || is_verb(tags[i])) continue;
    const bool noun = tags[i] == Tag::NN || tags[i] == Tag::NNS || tags[i] == Tag::NNP ||
                      tags[i] == Tag::JJ;
    if (!noun) continue;
    // "the accused", "the agreed text"
    const Tag before = tags[i - 1];
    const bool inside = before == Tag::DT || before == Tag::JJ || before == Tag::PRPS ||
                        before == Tag::POS || before == Tag::IN || before == Tag::HYPH;
    if (inside) continue;
    // "make the drug and traffic it": only a verb stands between "and" and "it"
    if (tags[i] == Tag::NN && (before == Tag::CC || before == Tag::TO) && i + 1 < tags.size() &&
        one_of(sentence.at(places[i + 1]).lower, {"it", "them"})) {
      tags[i] = Tag::VB;
      continue;
    }
    if (past_forms().contains(word.lower))
      tags[i] = Tag::VBD;
    else if (present_forms().contains(word.lower) && before != Tag::CD && before != Tag::CC)
      tags[i] = Tag::VBZ;
  }
}

}  // namespace entente
