// Pairs of nodes that may be one: for a person to judge, never merged by themselves.
#pragma once
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "tools/answer/session.h"

namespace entente {

// Why two nodes may be one. Weights are doubts taken away: score = 1 - product of (1 - weight).
struct Reason {
  enum class Kind {
    Spelling,       // names that differ by few letters, in no word by more than half of them: weight
                    // 0.9 * (likeness - 0.8) / 0.2
    SameWords,      // the same words in another order, small words apart: 0.75
    Script,         // the same once both are in Latin letters and joined: 0.85
    Initials,       // one is the other's initials ("DEA"): 0.5
    GivenInitial,   // persons of one surname, one given name begins the other ("J. Biden"): 0.6
    Surname,        // a person called by the surname alone: 0.3
    Contained,      // all words of one are words of the other ("Bayer", "Bayer AG"): 0.35
    SharedName,     // one has a name or alias that is the other's: 0.8
    Neighbours,     // others that both have edges with: 0.5 * n / (n + 2) of n
  };
  Kind kind;
  std::string words;  // for a person: `"DEA" are the initials of "Drug Enforcement Agency"`
  double weight = 0;
};
std::string_view name_of(Reason::Kind kind);

struct PossibleDuplicate {
  Node one, other;  // the one with more edges first, then the older: what would survive
  std::uint64_t edges_of_one = 0, edges_of_other = 0;
  double score = 0;  // in (0, 1)
  std::vector<Reason> reasons;
};

struct DuplicateOptions {
  double least_score = 0.5;
  std::size_t limit = ~std::size_t{0};
  bool rejected = false;  // also pairs that were judged to be two
};

// Nodes of one label, neither a document, that share a key: a name with one letter left out, words in
// order of the alphabet, initials, a surname. Names that differ in a digit are never one. A name of more
// than 64 nodes is common and no reason. Best first, then by ids. Live nodes of the latest commit.
// O(n * length of names) time and memory, and the edges of the pairs that share a key.
Result<std::vector<PossibleDuplicate>> possible_duplicates(const Session& session, const DuplicateOptions& options);

// {one: {id, name, label, aliases, edges}, other: {...}, score, reasons: [{kind, words, weight}]}
boost::json::object to_json(const PossibleDuplicate& pair, const Ontology& ontology);

// The judgement that two nodes are two is kept as the property `distinct_from` of the first: numbers of
// nodes, as texts. It is a correction like any other: dated, signed, undoable.
inline constexpr std::string_view kDistinctFrom = "distinct_from";
bool is_judged_distinct(const Node& one, const Node& other);
// The value that the property gets when `other` joins it.
std::vector<std::string> distinct_from(const Node& one, NodeId other);

}  // namespace entente
