#include "tools/import/freight.h"

#include <algorithm>

namespace entente {

// "sent an envoy to Cairo": people and papers are no goods.
bool Freight::sends_people(std::int32_t i) const {
  if (!scene_.sentence.at(i).is_verb()) return false;
  const Words objects = scene_.clause().objects(i);
  return std::any_of(objects.begin(), objects.end(), [&](std::int32_t word) {
    return one_of(scene_.sentence.at(word).lemma,
                  {"envoy", "delegation", "team", "chief", "minister", "official", "officer",
                   "troop", "soldier", "force", "ambassador", "letter", "message", "signal",
                   "notice", "appeal", "expert", "representative", "diplomat", "negotiator",
                   "condolence", "police", "mission", "adviser", "observer", "inspector",
                   "investigator", "invitation", "case", "report", "migrant", "refugee",
                   "prisoner", "monitor", "doctor", "medic", "engineer", "worker", "peacekeeper", "contingent", "lawyer", "executive", "warship", "vessel", "request"});
  });
}

// A gang that ships drugs traffics them.
bool Freight::smuggling(std::int32_t i, const Mentions& heads) const {
  const bool gang = std::any_of(heads.begin(), heads.end(), [&](const Mention* m) {
    return scene_.label(*m) == label_id("CriminalGroup");
  });
  if (!gang || !scene_.sentence.at(i).is_verb()) return false;
  for (const Mention* goods : scene_.arguments.named(scene_.clause().objects(i)))
    if (scene_.label(*goods) == label_id("Chemical")) return true;
  return false;
}

// What is supplied, and where drugs are trafficked to.
void Freight::name(std::int32_t i, const Frame& frame, Circumstance& said) const {
  if (frame.type == type_id("SUPPLIES")) {
    Words goods = scene_.clause().objects(i);
    if (!scene_.sentence.at(i).is_verb()) goods = scene_.clause().after(i, {"of"});
    for (const auto word : goods)
      if (const std::string named = goods_at(word); !named.empty()) {
        said.properties["goods"] = named;
        return;
      }
  }
  if (frame.type == type_id("TRAFFICS"))
    for (const Mention* place : scene_.arguments.named(scene_.clause().after(i, {"to", "into"})))
      if (scene_.label(*place) == label_id("Government")) {
        said.properties["to"] = scene_.cast.player(place->node).node.name;
        return;
      }
}

// A substance by its name, other goods in the text's own words; nothing for an actor.
std::string Freight::goods_at(std::int32_t word) const {
  for (const Mention* mention : scene_.arguments.named(word)) {
    if (scene_.label(*mention) == label_id("Chemical"))
      return scene_.cast.player(mention->node).node.name;
    if (mention->first <= word && word < mention->last) return {};
  }
  return scene_.sentence.at(word).is_noun() ? scene_.sentence.at(word).lower : std::string{};
}

}  // namespace entente
