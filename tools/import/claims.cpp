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
                    (said.negated ? "not" : "");
  const auto [place, fresh] = known_.try_emplace(std::move(key), claims_.size());
  if (!fresh) {
    Claim& claim = claims_[place->second];
    claim.confidence = std::max(claim.confidence, said.confidence);
    for (auto& [name, value] : said.properties)
      claim.properties.try_emplace(name, std::move(value));
    return true;
  }

  const Sentence& place_in_text = text_.sentences[sentence];
  Claim claim;
  claim.head = head, claim.tail = tail, claim.type = type, claim.speaker = said.speaker;
  claim.valid = said.valid, claim.time_phrase = std::move(said.time_phrase);
  claim.mode = said.mode, claim.negated = said.negated;
  claim.properties = std::move(said.properties);
  claim.confidence = said.confidence, claim.extractor = "rules/1";
  claim.start = place_in_text.begin, claim.end = place_in_text.end;  // bytes; characters in take()
  claims_.push_back(std::move(claim));
  return true;
}

bool Claims::add_state(std::size_t head, std::string_view type, std::size_t tail,
                       std::uint32_t sentence, double confidence) {
  Circumstance said;
  said.valid = undated(true), said.confidence = confidence;
  return add(head, type_id(type), tail, sentence, std::move(said));
}

bool Claims::speaks_of(std::size_t node) const {
  return std::any_of(claims_.begin(), claims_.end(),
                     [&](const Claim& c) { return c.head == node || c.tail == node; });
}

std::optional<std::size_t> Claims::latest_head(std::string_view type, std::size_t tail,
                                               std::uint32_t sentence) const {
  const EdgeTypeId id = type_id(type);
  const std::uint32_t oldest = sentence < 2 ? 0 : sentence - 2;
  for (auto claim = claims_.rbegin(); claim != claims_.rend(); ++claim)
    if (claim->type == id && claim->tail == tail && claim->mode != Mode::Planned &&
        claim->start >= text_.sentences[oldest].begin &&
        claim->start <= text_.sentences[sentence].begin)
      return claim->head;
  return std::nullopt;
}

std::vector<Claim> Claims::take() {
  const std::string_view stored = article_.document.text;
  const CharacterMap characters(stored);
  std::stable_sort(claims_.begin(), claims_.end(),
                   [](const Claim& a, const Claim& b) { return a.start < b.start; });
  for (Claim& claim : claims_) {
    claim.quote = stored.substr(claim.start, claim.end - claim.start);
    claim.start = characters.character_of(claim.start),
    claim.end = characters.character_of(claim.end);
  }
  return std::move(claims_);
}

}  // namespace entente
