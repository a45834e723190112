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
      "sanctioned", "criticized", "criticised", "welcomed", "thanked", "acquired", "joined"};
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
      "blames",   "accepts", "provides", "produces", "speaks",   "meets",    "writes"};
  return kForms;
}
}  // namespace

void mend_verbs(const Sentence& sentence, std::span<const std::int32_t> places,
                std::span<Tag> tags) {
  for (std::size_t i = 1; i < tags.size(); ++i) {
    const Word& word = sentence.at(places[i]);
    if (word.capital() || is_verb(tags[i])) continue;
    const bool noun = tags[i] == Tag::NN || tags[i] == Tag::NNS || tags[i] == Tag::NNP ||
                      tags[i] == Tag::JJ;
    if (!noun) continue;
    // "the accused", "the agreed text"
    const Tag before = tags[i - 1];
    const bool inside = before == Tag::DT || before == Tag::JJ || before == Tag::PRPS ||
                        before == Tag::POS || before == Tag::IN;
    if (inside) continue;
    if (past_forms().contains(word.lower))
      tags[i] = Tag::VBD;
    else if (present_forms().contains(word.lower) && before != Tag::CD && before != Tag::CC)
      tags[i] = Tag::VBZ;
  }
}

}  // namespace entente
