#include "tools/import/claims.h"

#include <algorithm>

#include "schema/text.h"
#include "tools/import/dates.h"

namespace entente {

bool Claims::add(std::size_t head, EdgeTypeId type, std::size_t tail, std::uint32_t sentence,
                 Circumstance said) {
  const auto& ontology = Ontology::builtin();
  if (head == tail || !ontology.check(type, cast_.label(head), cast_.label(tail))) return false;
  if (said.speaker == head && said.mode == Mode::Alleged)
    said.speaker.reset(), said.mode = Mode::Actual;
  const bool turned = ontology.type(type).symmetric && tail < head;
  std::string key = std::to_string(turned ? tail : head) + ' ' + std::to_string(type.value) + ' ' +
                    std::to_string(turned ? head : tail) + ' ' + said.valid.from().edtf() + ' ' +
                    (said.negated ? "not" : "") + (said.mode == Mode::Requested ? "wish" : "");
  const auto [place, fresh] = known_.try_emplace(std::move(key), claims_.size());
  if (!fresh) {
    auto& [claim, features] = claims_[place->second];
    const std::string how = "how " + std::string(said.how);
    if (std::find(features.begin(), features.end(), how) == features.end() &&
        std::find(features.begin(), features.end(), "again") == features.end())
      features.emplace_back("again");  // by a rule of another kind
    for (auto& [name, value] : said.properties)
      claim.properties.try_emplace(name, std::move(value));
    return true;
  }

  const Sentence& place_in_text = text_.sentences[sentence];
  Claim claim;
  claim.type = type, claim.mode = said.mode, claim.negated = said.negated;
  claim.head = head, claim.tail = tail, claim.type = type, claim.speaker = said.speaker;
  claim.valid = said.valid, claim.time_phrase = std::move(said.time_phrase);
  Features features = features_of(claim, said, sentence);
  claim.properties = std::move(said.properties);
  claim.extractor = "rules/1";
  claim.start = place_in_text.begin, claim.end = place_in_text.end;  // bytes; characters in take()
  heads_.insert({claim.head, claim.type.value});
  claims_.push_back({std::move(claim), std::move(features)});
  return true;
}

bool Claims::add_state(std::size_t head, std::string_view type, std::size_t tail,
                       std::uint32_t sentence, double confidence, std::string_view how) {
  Circumstance said;
  said.valid = undated(true), said.confidence = confidence, said.how = how;
  return add(head, type_id(type), tail, sentence, std::move(said));
}

std::vector<std::size_t> Claims::latest_doers(std::uint32_t sentence, bool words,
                                              const std::vector<std::size_t>& others,
                                              const std::vector<EdgeTypeId>& types) const {
  const std::uint32_t oldest = sentence < 2 ? 0 : sentence - 2;
  const auto& ontology = Ontology::builtin();
  std::vector<std::size_t> doers;
  const Claim* last = nullptr;
  const auto add = [&](std::size_t node) {
    if (std::find(others.begin(), others.end(), node) == others.end() &&
        std::find(doers.begin(), doers.end(), node) == doers.end())
      doers.push_back(node);
  };
  for (auto found = claims_.rbegin(); found != claims_.rend(); ++found) {
    const Claim& claim = found->claim;
    if (claim.start < text_.sentences[oldest].begin) break;  // events come in the text's order
    if (last != nullptr) {  // "Qatar and Bahrain agreed": both
      if (claim.type == last->type && claim.start == last->start && claim.tail == last->tail)
        add(claim.head);
      continue;
    }
    const Family family = ontology.type(claim.type).family;
    const auto& type = ontology.type(claim.type).name;
    const bool said = type == "ACCUSE" || type == "REQUEST" || type == "SUPPORT" ||
                      type == "REJECT" || type == "PROTEST";
    const bool fits = types.empty()
                          ? said == words
                          : std::find(types.begin(), types.end(), claim.type) != types.end();
    if (!fits) continue;
    const bool event = family == Family::Cooperative || family == Family::Conflictual ||
                       type == "ENACTS" || (!types.empty() && family == Family::Regulation);
    if (!event || claim.mode == Mode::Requested ||
        !ontology.label(cast_.label(claim.head)).actor ||
        claim.start > text_.sentences[sentence].begin ||
        std::find(others.begin(), others.end(), claim.head) != others.end())
      continue;
    last = &claim;
    add(claim.head);
    if (ontology.type(claim.type).symmetric) add(claim.tail);
  }
  return doers;
}

std::vector<std::size_t> Claims::partners(std::size_t node, std::uint32_t sentence) const {
  std::vector<std::size_t> others;
  for (auto found = claims_.rbegin(); found != claims_.rend(); ++found) {
    const Claim& claim = found->claim;
    if (claim.start < text_.sentences[sentence].begin) break;
    if (claim.type == type_id("COOPERATE") && claim.mode == Mode::Actual && !claim.negated)
      if (claim.head == node || claim.tail == node)
        others.push_back(claim.head == node ? claim.tail : claim.head);
  }
  return others;
}

std::optional<std::size_t> Claims::latest_target(std::size_t head, std::uint32_t sentence) const {
  for (auto found = claims_.rbegin(); found != claims_.rend(); ++found) {
    const Claim& claim = found->claim;
    if (claim.start < text_.sentences[sentence].begin) break;
    const auto& type = Ontology::builtin().type(claim.type);
    if (claim.head == head && claim.mode == Mode::Actual &&
        (type.family == Family::Conflictual || type.name == "CONSULT") &&
        Ontology::builtin().label(cast_.label(claim.tail)).actor)
      return claim.tail;
  }
  return std::nullopt;
}

bool Claims::has(std::size_t head, EdgeTypeId type) const {
  return heads_.contains({head, type.value});
}

bool Claims::speaks_of(std::size_t node) const {
  return std::any_of(claims_.begin(), claims_.end(),
                     [&](const Found& f) { return f.claim.head == node || f.claim.tail == node; });
}

std::optional<std::size_t> Claims::latest_head(std::string_view type, std::size_t tail,
                                               std::uint32_t sentence) const {
  const EdgeTypeId id = type_id(type);
  const std::uint32_t oldest = sentence < 2 ? 0 : sentence - 2;
  for (auto found = claims_.rbegin(); found != claims_.rend(); ++found) {
    const Claim* claim = &found->claim;
    if (claim->type == id && claim->tail == tail && claim->mode != Mode::Planned &&
        claim->start >= text_.sentences[oldest].begin &&
        claim->start <= text_.sentences[sentence].begin)
      return claim->head;
  }
  return std::nullopt;
}

Features Claims::features_of(const Claim& claim, const Circumstance& said,
                             std::uint32_t sentence) const {
  constexpr std::int32_t kLong = 35;  // words
  // What is made of common nouns stands or falls with how it was found.
  const std::string& type = Ontology::builtin().type(claim.type).name;
  const bool of_nouns = type == "PARTICIPATED_IN" || type == "ENACTS" || type == "TARGETS" ||
                        type == "PARTY_TO" || type == "LOCATED_IN";
  Features features{"how " + std::string(said.how),
                    "type " + type + (of_nouns ? " " + std::string(said.how) : ""),
                    said.confidence < 0.7    ? "rule weak"
                    : said.confidence < 0.8  ? "rule fair"
                                             : "rule good"};
  for (const auto end : {claim.head, claim.tail}) {
    const Player& player = cast_.player(end);
    if (player.entry) continue;
    const auto& label = Ontology::builtin().label(player.node.label);
    // That Chinese companies are in China is as sure as that they are companies.
    if (!player.head_noun.empty() && said.how == "home") continue;
    features.emplace_back(!player.head_noun.empty() ? "end collective"
                          : !label.actor            ? "end without a name"
                                                    : "end unknown " + label.name);
  }
  features.insert(features.end(), said.signs.begin(), said.signs.end());
  if (said.pronoun) features.emplace_back("pronoun");
  if (said.apart >= 18) features.emplace_back("ends far apart");
  if (said.apart > 0 && said.apart < 7) features.emplace_back("ends near");
  if (said.between > 0) features.emplace_back(said.between > 1 ? "actors between" : "actor between");
  if (text_.sentences[sentence].size() > kLong) features.emplace_back("long sentence");
  if (said.negated) features.emplace_back("negated");
  if (said.mode != Mode::Actual) features.push_back("mode " + std::string(name_of(said.mode)));
  return features;
}

// What two claims share that say the same of different days.
std::string Claims::same_but_for_dates(const Claim& claim) {
  const bool turned = Ontology::builtin().type(claim.type).symmetric && claim.tail < claim.head;
  return std::to_string(turned ? claim.tail : claim.head) + ' ' +
         std::to_string(claim.type.value) + ' ' +
         std::to_string(turned ? claim.head : claim.tail) + (claim.negated ? " not " : " ") +
         std::string(name_of(claim.mode));
}

std::vector<Claim> Claims::take(const Calibration& calibration, std::vector<Features>* features) {
  const std::string_view stored = article_.document.text;
  const CharacterMap characters(stored);
  std::stable_sort(claims_.begin(), claims_.end(), [](const Found& a, const Found& b) {
    return a.claim.start < b.claim.start;
  });
  std::set<std::string> dated;
  for (const auto& [claim, own] : claims_)
    if (claim.valid.from().is_known()) dated.insert(same_but_for_dates(claim));
  std::vector<Claim> claims;
  for (auto& [claim, own] : claims_) {
    // The same said again with a date: what has none adds nothing.
    if (!claim.valid.from().is_known() && dated.contains(same_but_for_dates(claim))) continue;
    claim.confidence = calibration.estimate(own);
    claim.quote = stored.substr(claim.start, claim.end - claim.start);
    claim.start = characters.character_of(claim.start),
    claim.end = characters.character_of(claim.end);
    claims.push_back(std::move(claim));
    if (features != nullptr) features->push_back(std::move(own));
  }
  return claims;
}

}  // namespace entente
