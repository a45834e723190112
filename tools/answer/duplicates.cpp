#include "tools/answer/duplicates.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "schema/likeness.h"
#include "schema/name.h"

namespace entente {
namespace {
constexpr std::size_t kMostOfAKey = 64;
constexpr double kLeastSpelling = 0.8;

std::vector<std::string> words_in(std::string_view folded) {
  std::vector<std::string> words;
  while (!folded.empty()) {
    const std::size_t space = std::min(folded.find(' '), folded.size());
    if (space > 0) words.emplace_back(folded.substr(0, space));
    folded.remove_prefix(std::min(space + 1, folded.size()));
  }
  return words;
}

bool is_small(const std::string& word) {
  static const std::set<std::string> kSmall = {"a", "an", "and", "de", "del", "for", "in", "la", "of", "on", "the", "to"};
  return kSmall.contains(word);
}

// One way to call a node.
struct Name {
  std::string written, folded, joined, initials, sorted;
  std::vector<std::string> words;  // without small ones, unless all are
  bool is_alias = false;
};

Name name_from(const std::string& written, bool is_alias) {
  Name name;
  name.written = written;
  name.is_alias = is_alias;
  name.folded = fold_name(written);
  for (std::string& word : words_in(name.folded)) {
    name.joined += word;
    if (!is_small(word)) name.words.push_back(std::move(word));
  }
  if (name.words.empty()) name.words = words_in(name.folded);
  for (const std::string& word : name.words) name.initials += word.front();
  auto sorted = name.words;
  std::sort(sorted.begin(), sorted.end());
  for (const std::string& word : sorted) name.sorted += word + " ";
  return name;
}

struct Known {
  Node node;
  std::vector<Name> names;
};

std::string digits(std::string_view text) {
  std::string found;
  std::copy_if(text.begin(), text.end(), std::back_inserter(found), [](char c) { return c >= '0' && c <= '9'; });
  return found;
}

bool is_latin(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

// The keys by which a name meets those that may be the same.
std::vector<std::string> keys_of(const Name& name, bool person) {
  std::vector<std::string> keys = {"j" + name.joined, "w" + name.sorted};
  if (name.joined.size() >= 5)
    for (std::size_t i = 0; i < name.joined.size() && i < 64; ++i)
      keys.push_back("j" + name.joined.substr(0, i) + name.joined.substr(i + 1));
  if (name.words.size() == 1) keys.push_back("i" + name.words.front());
  if (name.words.size() >= 2) {
    if (name.words.size() >= 3 || !person) keys.push_back("i" + name.initials);
    keys.push_back("f" + name.words.front());
  } else {
    keys.push_back("f" + name.words.front());
  }
  keys.push_back("l" + name.words.back());
  return keys;
}

std::string quoted(const Name& name) { return "\u201c" + name.written + "\u201d"; }

// What two names say for one another; nothing if they say nothing.
std::optional<Reason> reason_of(const Name& a, const Name& b, bool person) {
  using enum Reason::Kind;
  if (digits(a.folded) != digits(b.folded)) return std::nullopt;
  if (a.folded == b.folded) return Reason{SharedName, "both are called " + quoted(a), 0.8};
  if (a.joined == b.joined && is_latin(a.written) != is_latin(b.written))
    return Reason{Script, quoted(a) + " is " + quoted(b) + " in other letters", 0.85};
  if (a.sorted == b.sorted) return Reason{SameWords, quoted(a) + " has the words of " + quoted(b), 0.75};
  const auto& shorter = a.words.size() <= b.words.size() ? a : b;
  const auto& longer = &shorter == &a ? b : a;
  if (shorter.words.size() == 1 && longer.words.size() >= 2 && shorter.folded == longer.initials && longer.initials.size() >= 2)
    return Reason{Initials, quoted(shorter) + " are the initials of " + quoted(longer), 0.5};
  if (person) {
    if (a.words.size() >= 2 && b.words.size() >= 2 && a.words.back() == b.words.back()) {
      const auto &x = a.words.front(), &y = b.words.front();
      if (x != y && (x.starts_with(y) || y.starts_with(x)))
        return Reason{GivenInitial, quoted(a) + " and " + quoted(b) + ": one surname, one given name begins the other", 0.6};
    }
    if (shorter.words.size() == 1 && longer.words.size() >= 2 && shorter.words.front() == longer.words.back())
      return Reason{Surname, quoted(shorter) + " is the surname of " + quoted(longer), 0.3};
  } else if (shorter.words.size() < longer.words.size() && shorter.joined.size() >= 4) {
    std::multiset<std::string> rest(longer.words.begin(), longer.words.end());
    if (std::all_of(shorter.words.begin(), shorter.words.end(), [&](const std::string& word) {
          const auto found = rest.find(word);
          return found != rest.end() && (rest.erase(found), true);
        }))
      return Reason{Contained, quoted(longer) + " has all words of " + quoted(shorter), 0.35};
  }
  const std::size_t size = std::max(a.joined.size(), b.joined.size());
  const double even = size < 5 ? 0 : 1 - double(edit_distance(a.joined, b.joined)) / double(size);
  if (even <= kLeastSpelling) return std::nullopt;
  // Long words in common hide that the short one is another: "Xi administration", "US administration".
  if (a.words.size() == b.words.size())
    for (std::size_t i = 0; i < a.words.size(); ++i)
      if (2 * edit_distance(a.words[i], b.words[i]) > std::max(a.words[i].size(), b.words[i].size())) return std::nullopt;
  return Reason{Spelling, quoted(a) + " and " + quoted(b) + " differ by few letters", 0.9 * (even - kLeastSpelling) / 0.2};
}

// The best that any two names of the nodes say.
std::optional<Reason> best_reason(const Known& one, const Known& other, bool person) {
  std::optional<Reason> best;
  for (const Name& a : one.names)
    for (const Name& b : other.names)
      if (auto reason = reason_of(a, b, person); reason && (!best || reason->weight > best->weight)) best = reason;
  return best;
}

// Whom the node has edges with, articles left out; and how many edges.
struct Circle {
  std::set<NodeId> others;
  std::uint64_t edges = 0;
};
Result<Circle> circle_of(const Session& session, NodeId node) {
  Circle circle;
  const Ontology& ontology = session.ontology();
  auto scanned = session.read().scan_neighbours(node, {}, [&](const Neighbour& each) {
    if (ontology.type(each.type).family == Family::Evidence) return true;
    ++circle.edges;
    circle.others.insert(each.other);
    return true;
  });
  if (!scanned) return scanned.error();
  circle.others.erase(node);
  return circle;
}

using Pair = std::pair<std::size_t, std::size_t>;  // places in the list of nodes, ascending

std::set<Pair> pairs_that_share_a_key(const std::vector<Known>& nodes, LabelId person) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (const Name& name : nodes[i].names)
      for (const std::string& key : keys_of(name, nodes[i].node.label == person))
        keys.emplace_back(std::hash<std::string>{}(std::to_string(nodes[i].node.label.value) + key), std::uint32_t(i));
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::set<Pair> pairs;
  for (std::size_t from = 0, to = 0; from < keys.size(); from = to) {
    while (to < keys.size() && keys[to].first == keys[from].first) ++to;
    if (to - from > kMostOfAKey) continue;
    for (std::size_t a = from; a < to; ++a)
      for (std::size_t b = a + 1; b < to; ++b) pairs.emplace(keys[a].second, keys[b].second);
  }
  return pairs;
}

Result<PossibleDuplicate> weigh(const Session& session, const Known& a, const Known& b, Reason names,
                                std::map<NodeId, Circle>& circles) {
  for (const NodeId id : {a.node.id, b.node.id}) {
    if (circles.contains(id)) continue;
    auto circle = circle_of(session, id);
    if (!circle) return circle.error();
    circles.emplace(id, std::move(*circle));
  }
  const Circle &of_a = circles.at(a.node.id), &of_b = circles.at(b.node.id);
  PossibleDuplicate pair{a.node, b.node, of_a.edges, of_b.edges, 0, {std::move(names)}};
  if (of_b.edges > of_a.edges || (of_b.edges == of_a.edges && b.node.id < a.node.id)) {
    std::swap(pair.one, pair.other);
    std::swap(pair.edges_of_one, pair.edges_of_other);
  }
  std::vector<NodeId> shared;
  std::set_intersection(of_a.others.begin(), of_a.others.end(), of_b.others.begin(), of_b.others.end(),
                        std::back_inserter(shared));
  if (!shared.empty()) {
    std::string words = "both have edges with ";
    for (std::size_t i = 0; i < shared.size() && i < 3; ++i) {
      const auto node = session.read().node(shared[i]);
      if (!node) return node.error();
      words += (i ? ", " : "") + (*node ? (*node)->name : "#" + std::to_string(shared[i].value));
    }
    if (shared.size() > 3) words += " and " + std::to_string(shared.size() - 3) + " more";
    const double n = double(shared.size());
    pair.reasons.push_back({Reason::Kind::Neighbours, std::move(words), 0.5 * n / (n + 2)});
  }
  double doubt = 1;
  for (const Reason& reason : pair.reasons) doubt *= 1 - reason.weight;
  pair.score = 1 - doubt;
  return pair;
}
}  // namespace

std::string_view name_of(Reason::Kind kind) {
  static constexpr std::string_view kNames[] = {"spelling", "same words", "script", "initials", "given initial",
                                                "surname", "contained", "shared name", "neighbours"};
  return kNames[std::size_t(kind)];
}

std::vector<std::string> distinct_from(const Node& one, NodeId other) {
  std::set<std::string> ids = {std::to_string(other.value)};
  if (const auto kept = one.properties.find(std::string(kDistinctFrom)); kept != one.properties.end())
    if (const auto* list = std::get_if<std::vector<std::string>>(&kept->second)) ids.insert(list->begin(), list->end());
  return {ids.begin(), ids.end()};
}

bool is_judged_distinct(const Node& one, const Node& other) {
  const auto says = [](const Node& a, const Node& b) {
    const auto kept = a.properties.find(std::string(kDistinctFrom));
    const auto* list = kept == a.properties.end() ? nullptr : std::get_if<std::vector<std::string>>(&kept->second);
    if (!list) return false;
    const auto is_named = [&](NodeId id) { return std::find(list->begin(), list->end(), std::to_string(id.value)) != list->end(); };
    return is_named(b.id) || std::any_of(b.absorbed.begin(), b.absorbed.end(), is_named);
  };
  return says(one, other) || says(other, one);
}

Result<std::vector<PossibleDuplicate>> possible_duplicates(const Session& session, const DuplicateOptions& options) {
  const Ontology& ontology = session.ontology();
  const auto document = ontology.find_label("Document"), person = ontology.find_label("Person");
  std::vector<Known> nodes;
  auto scanned = session.read().scan_nodes(kLatest, [&](const Node& node) {
    if (node.label == document) return true;
    Known known{node, {name_from(node.name, false)}};
    for (const std::string& alias : node.aliases)
      if (Name name = name_from(alias, true); !name.folded.empty()) known.names.push_back(std::move(name));
    nodes.push_back(std::move(known));
    return true;
  });
  if (!scanned) return scanned.error();

  std::vector<PossibleDuplicate> found;
  std::map<NodeId, Circle> circles;
  for (const auto& [i, j] : pairs_that_share_a_key(nodes, person.value_or(LabelId{}))) {
    const Known &a = nodes[i], &b = nodes[j];
    if (!options.rejected && is_judged_distinct(a.node, b.node)) continue;
    auto names = best_reason(a, b, a.node.label == person);
    if (!names) continue;
    auto pair = weigh(session, a, b, std::move(*names), circles);
    if (!pair) return pair.error();
    if (pair->score >= options.least_score) found.push_back(std::move(*pair));
  }
  std::sort(found.begin(), found.end(), [](const PossibleDuplicate& a, const PossibleDuplicate& b) {
    if (a.score != b.score) return a.score > b.score;
    return std::pair(a.one.id, a.other.id) < std::pair(b.one.id, b.other.id);
  });
  if (found.size() > options.limit) found.resize(options.limit);
  return found;
}

boost::json::object to_json(const PossibleDuplicate& pair, const Ontology& ontology) {
  const auto side = [&](const Node& node, std::uint64_t edges) {
    boost::json::object row;
    row["id"] = node.id.value;
    row["name"] = node.name;
    row["label"] = ontology.label(node.label).name;
    boost::json::array aliases;
    for (const std::string& alias : node.aliases) aliases.emplace_back(alias);
    row["aliases"] = std::move(aliases);
    row["edges"] = edges;
    return row;
  };
  boost::json::object row;
  row["one"] = side(pair.one, pair.edges_of_one);
  row["other"] = side(pair.other, pair.edges_of_other);
  row["score"] = pair.score;
  boost::json::array reasons;
  for (const Reason& reason : pair.reasons) {
    boost::json::object each;
    each["kind"] = name_of(reason.kind);
    each["words"] = reason.words;
    each["weight"] = reason.weight;
    reasons.push_back(std::move(each));
  }
  row["reasons"] = std::move(reasons);
  return row;
}

}  // namespace entente
