#include "tools/import/syntax/tagset.h"

#include <array>
#include <span>

#include "tools/import/syntax/hash.h"

namespace entente {
namespace {

constexpr std::array<std::string_view, kTags> kTagNames = {
    "CC",  "CD",  "DT",   "EX",  "FW",  "IN",  "JJ",   "JJR", "JJS", "LS",   "MD",  "NN", "NNS",
    "NNP", "NNPS", "PDT", "POS", "PRP", "PRP$", "RB",  "RBR", "RBS", "RP",   "SYM", "TO", "UH",
    "VB",  "VBD", "VBG",  "VBN", "VBP", "VBZ", "WDT",  "WP",  "WP$", "WRB",  "ADD", "AFX", "GW",
    "HYPH", "NFP", "$",   ",",   ".",   ":",   "``",   "''",  "-LRB-", "-RRB-"};

constexpr std::array<std::string_view, kUpos> kUposNames = {
    "ADJ", "ADP",  "ADV",  "AUX",   "CCONJ", "DET",   "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};

constexpr std::array<std::string_view, kRelations> kRelationNames = {
    "root",      "acl",        "acl:relcl", "advcl",       "advcl:relcl", "advmod",
    "amod",      "appos",      "aux",       "aux:pass",    "case",        "cc",
    "cc:preconj", "ccomp",     "compound",  "compound:prt", "conj",       "cop",
    "csubj",     "csubj:outer", "csubj:pass", "dep",       "det",         "det:predet",
    "discourse", "dislocated", "expl",      "fixed",       "flat",        "goeswith",
    "iobj",      "list",       "mark",      "nmod",        "nmod:desc",   "nmod:poss",
    "nmod:unmarked", "nsubj",  "nsubj:outer", "nsubj:pass", "nummod",     "obj",
    "obl",       "obl:agent",  "obl:unmarked", "orphan",   "parataxis",   "punct",
    "reparandum", "vocative",  "xcomp"};

template <typename T>
std::optional<T> find(std::span<const std::string_view> names, std::string_view wanted) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == wanted) return static_cast<T>(i);
  return std::nullopt;
}

// Forms that are auxiliaries wherever the tree says `aux` or `cop`; elsewhere they are verbs.
Upos verb_or_auxiliary(Relation relation) {
  using enum Relation;
  return relation == Relation::Aux || relation == AuxPass || relation == Cop ? Upos::Aux
                                                                              : Upos::Verb;
}

bool is_indefinite_pronoun(std::string_view word) {
  // "something", "everyone", "nobody": nouns to the Penn tags, pronouns to UD.
  const auto ends = [&](std::string_view tail) { return word.ends_with(tail); };
  const auto begins = [&](std::string_view head) {
    return word.size() > head.size() && word.substr(1).starts_with(head.substr(1)) &&
           (word[0] | 0x20) == head[0];
  };
  if (!ends("thing") && !ends("one") && !ends("body")) return false;
  return begins("some") || begins("any") || begins("every") || begins("no");
}

}  // namespace

std::string_view name(Tag tag) { return kTagNames[static_cast<std::size_t>(tag)]; }
std::string_view name(Upos word_class) { return kUposNames[static_cast<std::size_t>(word_class)]; }
std::string_view name(Relation relation) {
  return kRelationNames[static_cast<std::size_t>(relation)];
}

std::optional<Tag> tag_from(std::string_view text) { return find<Tag>(kTagNames, text); }
std::optional<Upos> upos_from(std::string_view text) { return find<Upos>(kUposNames, text); }
std::optional<Relation> relation_from(std::string_view text) {
  if (const auto exact = find<Relation>(kRelationNames, text)) return exact;
  return find<Relation>(kRelationNames, text.substr(0, text.find(':')));
}

std::string_view universal_part(Relation relation) {
  const std::string_view full = name(relation);
  return full.substr(0, full.find(':'));
}

std::uint64_t vocabulary_version() {
  std::uint64_t hash = 1;
  for (const auto text : kTagNames) hash = syntax::hash_text(text, hash);
  for (const auto text : kRelationNames) hash = syntax::hash_text(text, hash);
  return hash;
}

bool is_verb(Tag tag) { return Tag::VB <= tag && tag <= Tag::VBZ; }
bool is_noun(Tag tag) { return Tag::NN <= tag && tag <= Tag::NNPS; }
bool is_proper(Tag tag) { return tag == Tag::NNP || tag == Tag::NNPS; }
bool is_finite(Tag tag) { return tag == Tag::VBD || tag == Tag::VBP || tag == Tag::VBZ || tag == Tag::MD; }

Upos upos(Tag tag, Relation relation, std::string_view word) {
  switch (tag) {
    case Tag::CC: return Upos::Cconj;
    case Tag::CD: return Upos::Num;
    case Tag::LS: return Upos::Num;
    case Tag::PDT: return Upos::Det;
    case Tag::EX: case Tag::PRP: case Tag::PRPS: case Tag::WP: case Tag::WPS: return Upos::Pron;
    case Tag::DT: case Tag::WDT:
      switch (relation) {
        case Relation::Nsubj: case Relation::NsubjPass: case Relation::Obj: case Relation::Obl:
        case Relation::Nmod: case Relation::Root: return Upos::Pron;
        default: return Upos::Det;
      }
    case Tag::FW: case Tag::AFX: case Tag::GW: return Upos::X;
    case Tag::IN: return relation == Relation::Mark ? Upos::Sconj : Upos::Adp;
    case Tag::RP: return Upos::Adp;
    case Tag::JJ: case Tag::JJR: case Tag::JJS: return Upos::Adj;
    case Tag::MD: return Upos::Aux;
    case Tag::NN: return is_indefinite_pronoun(word) ? Upos::Pron : Upos::Noun;
    case Tag::NNS: return Upos::Noun;
    case Tag::NNP:
      return relation == Relation::Amod ? Upos::Adj : Upos::Propn;
    case Tag::NNPS: case Tag::ADD: return Upos::Propn;
    case Tag::POS: case Tag::TO: return Upos::Part;
    case Tag::RB:
      if (word == "not" || word == "n't" || word == "n’t" || word == "Not") return Upos::Part;
      return Upos::Adv;
    case Tag::RBR: case Tag::RBS: case Tag::WRB: return Upos::Adv;
    case Tag::SYM: case Tag::Dollar: return Upos::Sym;
    case Tag::UH: return Upos::Intj;
    case Tag::VB: case Tag::VBD: case Tag::VBG: case Tag::VBN: case Tag::VBP: case Tag::VBZ:
      return verb_or_auxiliary(relation);
    case Tag::HYPH: case Tag::NFP: case Tag::Comma: case Tag::Stop: case Tag::Colon:
    case Tag::OpenQuote: case Tag::CloseQuote: case Tag::OpenBracket: case Tag::CloseBracket:
      return Upos::Punct;
  }
  return Upos::X;
}

}  // namespace entente
