// The vocabulary of the syntax: Penn part-of-speech tags, UD word classes, UD basic relations.
//
// Values are small numbers that stand in model files, so new ones go to the end of a list and
// `vocabulary_version` changes with the names: a model made for other names is refused at load.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace entente {

// Penn Treebank tags as UD English uses them. Punctuation has words for names: `Comma` is ",".
enum class Tag : std::uint8_t {
  CC, CD, DT, EX, FW, IN, JJ, JJR, JJS, LS, MD, NN, NNS, NNP, NNPS, PDT, POS, PRP, PRPS, RB, RBR,
  RBS, RP, SYM, TO, UH, VB, VBD, VBG, VBN, VBP, VBZ, WDT, WP, WPS, WRB, ADD, AFX, GW, HYPH, NFP,
  Dollar, Comma, Stop, Colon, OpenQuote, CloseQuote, OpenBracket, CloseBracket
};
inline constexpr int kTags = static_cast<int>(Tag::CloseBracket) + 1;

// Universal word classes.
enum class Upos : std::uint8_t {
  Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym, Verb, X
};
inline constexpr int kUpos = static_cast<int>(Upos::X) + 1;

// Basic UD relations with the subtypes of English: `NsubjPass` is "nsubj:pass".
enum class Relation : std::uint8_t {
  Root, Acl, AclRelcl, Advcl, AdvclRelcl, Advmod, Amod, Appos, Aux, AuxPass, Case, Cc, CcPreconj,
  Ccomp, Compound, CompoundPrt, Conj, Cop, Csubj, CsubjOuter, CsubjPass, Dep, Det, DetPredet,
  Discourse, Dislocated, Expl, Fixed, Flat, Goeswith, Iobj, List, Mark, Nmod, NmodDesc, NmodPoss,
  NmodUnmarked, Nsubj, NsubjOuter, NsubjPass, Nummod, Obj, Obl, OblAgent, OblUnmarked, Orphan,
  Parataxis, Punct, Reparandum, Vocative, Xcomp
};
inline constexpr int kRelations = static_cast<int>(Relation::Xcomp) + 1;

// The names used in treebanks: "PRP$", "AUX", "nsubj:pass". Views live as long as the program.
std::string_view name(Tag tag);
std::string_view name(Upos word_class);
std::string_view name(Relation relation);
std::optional<Tag> tag_from(std::string_view name);
std::optional<Upos> upos_from(std::string_view name);
// An unknown subtype falls back to its universal part: "obl:tmod" reads as `Obl`.
std::optional<Relation> relation_from(std::string_view name);

// "nsubj:pass" without its subtype: "nsubj".
std::string_view universal_part(Relation relation);

// Changes whenever a name above is added, renamed or moved.
std::uint64_t vocabulary_version();

bool is_verb(Tag tag);    // VB, VBD, VBG, VBN, VBP, VBZ
bool is_noun(Tag tag);    // NN, NNS, NNP, NNPS
bool is_proper(Tag tag);  // NNP, NNPS
bool is_finite(Tag tag);  // VBD, VBP, VBZ, MD: opens a clause of its own

// The universal class of a word, read off its tag and its place in the tree by rules.
Upos upos(Tag tag, Relation relation, std::string_view word);

}  // namespace entente
