#include "tools/import/asides.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "tools/import/dates.h"

namespace entente {
namespace {
using std::string_view;
constexpr std::int32_t kLongest = 24;  // words of an aside

bool is_dash(const Word& word) {
  return one_of(word.text, {"-", "--", "\u2013", "\u2014"});
}

class Finder {
 public:
  Finder(const Sentence& sentence, std::span<const Tag> tags) : sentence_(sentence), tags_(tags) {}

  std::vector<Aside> find() {
    std::vector<Aside> all;
    std::int32_t at = 0;
    if (const auto line = dateline()) all.push_back(*line), at = line->last + 1;
    if (const auto part = heading()) all.push_back(*part), at = part->last + 1;
    if (const auto part = front(at)) all.push_back(*part), at = part->last + 1;
    for (; at + 2 < sentence_.size(); ++at) {
      auto aside = brackets(at);
      if (!aside) aside = between_commas(at);
      if (!aside) continue;
      all.push_back(*aside);
      at = aside->comma_stays ? aside->last - 1 : aside->last;
    }
    return all;
  }

 private:
  Tag tag(std::int32_t i) const { return tags_[std::size_t(i)]; }
  const Word& word(std::int32_t i) const { return sentence_.at(i); }

  bool noun(std::int32_t i) const { return is_noun(tag(i)) || tag(i) == Tag::CD; }

  // "LONDON -", "QUITO, July 21 (Wire) -": a place in capitals, at most a date, and a dash.
  std::optional<Aside> dateline() const {
    if (sentence_.size() < 5 || word(0).text.size() < 3) return std::nullopt;
    const string_view place = word(0).text;
    if (std::any_of(place.begin(), place.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
      return std::nullopt;
    for (std::int32_t i = 1; i < std::min(sentence_.size() - 3, 12); ++i) {
      if (is_dash(word(i))) {
        const bool hyphen = word(i).text == "-" && word(i).begin == word(i - 1).end;
        if (hyphen) return std::nullopt;
        return Aside{Aside::Kind::Dateline, 0, i, false};
      }
      if (is_finite(tag(i)) && !word(i).capital()) return std::nullopt;
    }
    return std::nullopt;
  }

  // "Commerce Updates its List: The department added": a heading that runs into its sentence.
  std::optional<Aside> heading() const {
    int words = 0, capitals = 0;
    for (std::int32_t i = 0; i < std::min(sentence_.size() - 4, 24); ++i) {
      if (word(i).text == ":") {
        const bool titled = words >= 4 && capitals * 10 >= words * 7 && word(i + 1).capital();
        return titled ? std::optional(Aside{Aside::Kind::Front, 0, i, false}) : std::nullopt;
      }
      if (word(i).text.size() > 3) ++words, capitals += word(i).capital();
    }
    return std::nullopt;
  }

  // A phrase or clause that opens the sentence, up to the comma before the main clause.
  std::optional<Aside> front(std::int32_t at) const {
    static constexpr string_view kPhrase[] = {"following", "after", "before", "in",     "during",
                                              "under",     "on",    "at",     "since",  "despite",
                                              "amid",      "by",    "for",    "until",  "with",
                                              "through",   "over",  "given",  "like",   "from"};
    static constexpr string_view kClause[] = {"when", "while", "as", "although", "though",
                                              "because", "if", "once", "whereas", "unless"};
    const auto is = [&](const auto& words) {
      return std::find(std::begin(words), std::end(words), word(at).lower) != std::end(words);
    };
    const bool clause = is(kClause), phrase = is(kPhrase);
    if (!clause && !phrase) return std::nullopt;
    if (const std::int32_t end = end_of_date(at);
        end > 0 && word(end).text != "," && main_clause_after(end, false))
      return Aside{Aside::Kind::Front, at, end, true};
    bool verb = false;
    for (std::int32_t i = at + 1; i < std::min(sentence_.size() - 3, at + 40); ++i) {
      if (one_of(word(i).text, {";", ":", "\""})) return std::nullopt;
      verb = verb || is_finite(tag(i));
      if (word(i).text != "," || (clause && !verb) || i - at < 2) continue;
      if (!main_clause_after(i + 1, is_proper(tag(i - 1)))) continue;
      return Aside{Aside::Kind::Front, at, i, false};
    }
    return std::nullopt;
  }

  // "On January 1 the minister signed": a date that opens the sentence without a comma; 0 if none.
  std::int32_t end_of_date(std::int32_t at) const {
    const auto number = [&](std::int32_t i, std::size_t least, std::size_t most) {
      const std::string& text = word(i).text;
      return text.size() >= least && text.size() <= most &&
             text.find_first_not_of("0123456789") == std::string::npos;
    };
    if (at + 6 >= sentence_.size() || !one_of(word(at).lower, {"on", "in"})) return 0;
    std::int32_t end = at + 1;
    if (!word(end).capital()) return 0;
    if (names_weekday(word(end).lower)) return end + 1;
    if (!names_month(word(end).lower)) return 0;
    ++end;
    if (number(end, 1, 2)) ++end;
    if (word(end).text == "," && number(end + 1, 4, 4)) end += 2;
    else if (number(end, 4, 4)) ++end;
    return end + 1 < sentence_.size() ? end : 0;
  }

  // A subject and its verb.
  bool main_clause_after(std::int32_t at, bool after_name) const {
    const Tag first = tag(at);
    const bool opens = first == Tag::DT || first == Tag::PRP || first == Tag::PRPS ||
                       is_noun(first) || first == Tag::JJ || first == Tag::CD ||
                       first == Tag::NNPS || first == Tag::EX;
    if (!opens) return false;
    for (std::int32_t i = at; i < std::min(sentence_.size(), at + 14); ++i) {
      if (is_finite(tag(i))) return true;
      // "In Britain, France and Italy, prices rose"; "in May, which"
      if (after_name && i > at && i < at + 4 && one_of(word(i).lower, {"and", "or"}) &&
          is_proper(tag(at)))
        return false;
      if (one_of(word(i).lower, {"which", "who", "that", ";", ":", "\""})) return false;
    }
    return false;
  }

  std::optional<Aside> brackets(std::int32_t open) const {
    if (word(open).text != "(" || open == 0) return std::nullopt;
    for (std::int32_t i = open + 1; i < std::min(sentence_.size(), open + kLongest); ++i) {
      if (word(i).text == "(") return std::nullopt;
      if (word(i).text != ")") continue;
      if (i == open + 1 || i + 1 >= sentence_.size()) return std::nullopt;
      return Aside{Aside::Kind::Brackets, open + 1, i, false};
    }
    return std::nullopt;
  }

  // ", the former colonial power,": behind a noun and before its verb.
  std::optional<Aside> between_commas(std::int32_t comma) const {
    if (comma == 0 || word(comma).text != "," || !noun(comma - 1)) return std::nullopt;
    const std::int32_t first = comma + 1;
    const bool relative = one_of(word(first).lower, {"who", "which", "whose", "whom"});
    const bool participle =
        tag(first) == Tag::VBN || tag(first) == Tag::VBG || word(first).lower == "themselves" ||
        word(first).lower == "itself" || word(first).lower == "himself";
    const bool opens = tag(first) == Tag::DT || tag(first) == Tag::PRPS || noun(first) ||
                       tag(first) == Tag::JJ || tag(first) == Tag::JJS || tag(first) == Tag::JJR ||
                       one_of(word(first).lower, {"once", "long", "now", "part", "both"});
    if (!relative && !participle && !opens) return std::nullopt;
    const std::int32_t end = closing(comma, relative);
    if (end < 0 || end - first > kLongest) return std::nullopt;
    const bool verb = verb_follows(end + 1);
    if (!verb && !relative) return std::nullopt;
    if (opens && !relative && is_list(first, end)) return std::nullopt;
    return Aside{relative || participle ? Aside::Kind::Clause : Aside::Kind::Noun, first, end,
                 !verb};
  }

  // The comma that ends the aside; -1 if it cannot be one.
  std::int32_t closing(std::int32_t comma, bool relative) const {
    bool clause = relative;  // a clause inside may have a verb
    for (std::int32_t i = comma + 1; i < std::min(sentence_.size() - 1, comma + kLongest + 2);
         ++i) {
      if (one_of(word(i).text, {";", ":", "\"", "(", ")"})) return -1;
      if (word(i).text == ",") {
        if (i == comma + 1) return -1;
        if (verb_follows(i + 1)) return i;
        // "which it owns, and": what follows goes on with the sentence.
        if (relative) return i;
        continue;
      }
      clause = clause || one_of(word(i).lower, {"who", "which", "that", "whose", "where"});
      if (is_finite(tag(i)) && !clause) return -1;
    }
    return -1;
  }

  bool verb_follows(std::int32_t at) const {
    for (std::int32_t i = at; i < std::min(sentence_.size(), at + 4); ++i) {
      if (is_finite(tag(i))) return true;
      // "Avenor, a German chipmaker, called on": the tagger may hear a participle.
      if (tag(i) == Tag::VBN)
        return i + 1 < sentence_.size() && word(i + 1).lower != "by" && word(i).lower != "based";
      if (tag(i) != Tag::RB && word(i).lower != "both") return false;
    }
    return false;
  }

  // "Britain, France and Italy" has no aside.
  bool is_list(std::int32_t first, std::int32_t end) const {
    if (!is_proper(tag(first - 2)) || !is_proper(tag(first))) return false;
    for (std::int32_t i = first; i < end; ++i)
      if (one_of(word(i).lower, {"and", "or", "&"}) && i + 1 < end && is_proper(tag(i + 1)) &&
          end - first <= 6)
        return true;
    return false;
  }

  const Sentence& sentence_;
  std::span<const Tag> tags_;
};
}  // namespace

std::vector<Aside> find_asides(const Sentence& sentence, std::span<const Tag> tags) {
  if (sentence.size() < 5) return {};
  return Finder(sentence, tags).find();
}

}  // namespace entente
