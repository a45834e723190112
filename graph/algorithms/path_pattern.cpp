#include "graph/algorithms/path_pattern.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

namespace entente {

namespace {
using States = PathPattern::States;

// A part of the expression, as Glushkov has it: may it be empty, where may it begin and end.
struct Part {
  bool empty = true;
  States first = 0, last = 0;
};

constexpr std::size_t kMaxDepth = 100;
}  // namespace

// Recurses only into parentheses, whose depth is limited.
class PatternParser {
 public:
  PatternParser(std::string_view text, const Ontology& ontology)
      : text_(text), ontology_(ontology) {
    made_.follow_.assign(1, 0);
    std::size_t types = 0;
    for (const EdgeType& type : ontology.types())
      types = std::max<std::size_t>(types, type.id.value + 1u);
    for (auto& spelled : made_.spelled_) spelled.assign(types, 0);
  }

  Result<PathPattern> parse() {
    const auto whole = alternatives(0);
    if (!whole) return whole.error();
    if (peek() != '\0') return wrong("there is a ')' too many, or what nobody expects here");
    made_.follow_[0] = whole->first;
    made_.accepting_ = whole->last | (whole->empty ? PathPattern::kBegin : 0);
    made_.precede_.assign(made_.follow_.size(), 0);
    for (std::size_t from = 0; from < made_.follow_.size(); ++from)
      for (std::size_t to = 0; to < made_.follow_.size(); ++to)
        if (made_.follow_[from] >> to & 1) made_.precede_[to] |= States{1} << from;
    return std::move(made_);
  }

 private:
  Error wrong(const std::string& what) const {
    return {Code::InvalidArgument, "pattern '" + std::string(text_) + "', at character " +
                                       std::to_string(at_ + 1) + ": " + what};
  }
  char peek() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  Result<Part> alternatives(std::size_t depth) {
    auto all = sequence(depth);
    while (all && peek() == '|') {
      ++at_;
      const auto other = sequence(depth);
      if (!other) return other.error();
      all->empty |= other->empty;
      all->first |= other->first;
      all->last |= other->last;
    }
    return all;
  }

  Result<Part> sequence(std::size_t depth) {
    Part all;
    bool is_first = true;
    for (char next = peek(); next != '\0' && next != '|' && next != ')'; next = peek()) {
      const auto part = repeated(depth);
      if (!part) return part.error();
      all = is_first ? *part : joined(all, *part);
      is_first = false;
    }
    if (is_first) return wrong("an edge type is missing");
    return all;
  }

  Part joined(const Part& a, const Part& b) {
    lead(a.last, b.first);
    return {.empty = a.empty && b.empty,
            .first = a.first | (a.empty ? b.first : 0),
            .last = b.last | (b.empty ? a.last : 0)};
  }
  void lead(States from, States to) {
    for (States rest = from; rest != 0; rest &= rest - 1)
      made_.follow_[static_cast<std::size_t>(__builtin_ctzll(rest))] |= to;
  }

  // One step or group and what stands behind it. A counted one is read as often as it counts.
  Result<Part> repeated(std::size_t depth) {
    const std::size_t begin = at_;
    auto part = single(depth);
    if (!part) return part;
    bool is_plain = true;
    for (char next = peek(); next == '*' || next == '+' || next == '?' || next == '{';
         next = peek(), is_plain = false) {
      if (next == '{') {
        if (!is_plain) return wrong("put parentheses around what is repeated twice");
        const auto times = counted();
        if (!times) return times.error();
        part = copies(begin, *part, times->first, times->second, depth);
        if (!part) return part;
        continue;
      }
      ++at_;
      if (next != '?') lead(part->last, part->first);
      if (next != '+') part->empty = true;
    }
    return part;
  }

  Result<Part> copies(std::size_t begin, Part first, std::size_t least, std::size_t most,
                      std::size_t depth) {
    const std::size_t behind = at_;
    Part all = first;
    if (least == 0) all.empty = true;
    for (std::size_t i = 1; i < most; ++i) {
      at_ = begin;
      auto again = single(depth);
      if (!again) return again;
      if (i >= least) again->empty = true;
      all = joined(all, *again);
    }
    at_ = behind;
    return all;
  }

  Result<std::pair<std::size_t, std::size_t>> counted() {
    ++at_;
    const auto number = [&]() -> std::optional<std::size_t> {
      std::size_t value = 0, digits = 0;
      for (peek(); at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_]));
           ++at_, ++digits)
        value = std::min<std::size_t>(
            1000, value * 10 + static_cast<std::size_t>(text_[at_] - '0'));
      return digits > 0 ? std::optional(value) : std::nullopt;
    };
    const auto least = number();
    auto most = least;
    if (least && peek() == ',') {
      ++at_;
      most = number();
    }
    if (!least || !most || peek() != '}') return wrong("write how often as {2} or {1,3}");
    if (*most < *least || *most == 0) return wrong("it may occur at most 0 times, or less than at least");
    ++at_;
    return std::pair(*least, *most);
  }

  Result<Part> single(std::size_t depth) {
    if (peek() == '(') {
      if (depth >= kMaxDepth) return wrong("parentheses are nested too deep");
      ++at_;
      auto group = alternatives(depth + 1);
      if (!group) return group;
      if (peek() != ')') return wrong("a ')' is missing");
      ++at_;
      return group;
    }
    char way = peek();
    if (way == '^' || way == '~') ++at_;
    else way = '\0';
    const char next = peek();
    std::string name;
    if (next == '.') {
      name = ".";
      ++at_;
    } else {
      while (at_ < text_.size() &&
             (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_'))
        name += text_[at_++];
    }
    if (name.empty())
      return wrong("an edge type, a family, '.' or '(' should stand here");
    return step(name, way);
  }

  Result<Part> step(const std::string& name, char way) {
    if (made_.follow_.size() > PathPattern::kMaxSteps)
      return Error{Code::LimitReached, "pattern: more than " +
                                           std::to_string(PathPattern::kMaxSteps) +
                                           " steps, counting each repetition"};
    const States state = States{1} << made_.follow_.size();
    made_.follow_.push_back(0);
    std::string lower = name;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::optional<Family> family;
    for (int i = 0; i < kFamilies; ++i)
      if (name_of(static_cast<Family>(i)) == lower) family = static_cast<Family>(i);
    const auto add = [&](const EdgeType& type) {
      const bool either = way == '~' || (type.symmetric && name != ".");
      if (either || way != '^') made_.spelled_[1][type.id.value] |= state;
      if (either || way == '^') made_.spelled_[0][type.id.value] |= state;
    };
    if (family || name == ".") {
      for (const EdgeType& type : ontology_.types())
        if (!family || type.family == *family) add(type);
    } else {
      const auto type = ontology_.type_named(name);
      if (!type) return type.error().within("pattern");
      add(ontology_.type(*type));
    }
    return Part{.empty = false, .first = state, .last = state};
  }

  std::string_view text_;
  const Ontology& ontology_;
  std::size_t at_ = 0;
  PathPattern made_;
};

Result<PathPattern> PathPattern::parse(std::string_view text, const Ontology& ontology) {
  return PatternParser(text, ontology).parse();
}

PathPattern PathPattern::any(Direction direction, const Ontology& ontology) {
  return *parse(direction == Direction::Any ? "(~.)*" : ".*", ontology);
}

}  // namespace entente
