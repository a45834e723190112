// The claims of a document as they are found: checked against the ontology, each fact once.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/claim.h"
#include "tools/import/article.h"
#include "tools/import/calibration.h"
#include "tools/import/cast.h"
#include "tools/import/text.h"

namespace entente {

// What is said of an edge beside its ends and its type.
struct Circumstance {
  Interval valid;
  std::string time_phrase;
  Mode mode = Mode::Actual;
  bool negated = false;
  std::optional<std::size_t> speaker;
  Properties properties;
  double confidence = 0.8;      // of the rule alone
  std::string_view how = "verb";  // what kind of rule found it: a feature of the calibration
  std::vector<std::string_view> signs;  // more of the kind
  bool pronoun = false;           // an end is a word that stands for a name
  std::int32_t apart = 0;         // words between the ends
  std::int32_t between = 0;       // other actors between them
};

class Claims {
 public:
  Claims(const Article& article, const Text& text, const Cast& cast)
      : article_(article), text_(text), cast_(cast) {}

  // False if the ontology does not let such nodes be joined so, or head and tail are one node.
  // A fact that was found before keeps its first sentence and gains what it lacked.
  bool add(std::size_t head, EdgeTypeId type, std::size_t tail, std::uint32_t sentence,
           Circumstance said);
  // An edge of a lasting type without a date.
  bool add_state(std::size_t head, std::string_view type, std::size_t tail, std::uint32_t sentence,
                 double confidence, std::string_view how = "name");

  // Who did the last thing that is told in this sentence or the two before, but for those; or
  // who last said something of another, if words are meant. Those who did it together come together.
  // With `types`, only of such acts.
  std::vector<std::size_t> latest_doers(std::uint32_t sentence, bool words,
                                        const std::vector<std::size_t>& others,
                                        const std::vector<EdgeTypeId>& types = {}) const;
  // With whom it cooperates in that sentence.
  std::vector<std::size_t> partners(std::size_t node, std::uint32_t sentence) const;
  // At whom the node's last act in that sentence was aimed.
  std::optional<std::size_t> latest_target(std::size_t head, std::uint32_t sentence) const;
  // Has an edge of that type been found that starts at the node?
  bool has(std::size_t head, EdgeTypeId type) const;
  // Has anything been said of the node yet?
  bool speaks_of(std::size_t node) const;
  // Who last did such a thing to the node, in this or the two sentences before.
  std::optional<std::size_t> latest_head(std::string_view type, std::size_t tail,
                                         std::uint32_t sentence) const;

  // In the order of the text, with calibrated confidence; `features` are theirs, if wanted.
  std::vector<Claim> take(const Calibration& calibration, std::vector<Features>* features);

 private:
  const Article& article_;
  const Text& text_;
  const Cast& cast_;
  struct Found {
    Claim claim;
    Features features;
  };
  static std::string same_but_for_dates(const Claim& claim);
  Features features_of(const Claim& claim, const Circumstance& said, std::uint32_t sentence) const;

  std::vector<Found> claims_;
  std::map<std::string, std::size_t> known_;
  std::set<std::pair<std::size_t, std::uint16_t>> heads_;
};

}  // namespace entente
