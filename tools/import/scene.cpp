#include "tools/import/scene.h"

#include "tools/import/dates.h"

namespace entente {

namespace {
std::optional<Bound> month_of(Bound day) {
  if (!day.is_known() || day.edtf().size() < 7) return std::nullopt;
  const auto month = Bound::parse(day.edtf().substr(0, 7));
  return month ? std::optional<Bound>(*month) : std::nullopt;
}
}  // namespace

Scene::Scene(const Article& article, const Text& text, std::uint32_t sentence_number,
             const Cast& the_cast, const Frames& the_frames, Occasions& the_occasions,
             Claims& the_claims, Bound before)
    : sentence(text.sentences[sentence_number]),
      s(sentence_number),
      published(article.document.published),
      cast(the_cast),
      frames(the_frames),
      occasions(the_occasions),
      claims(the_claims),
      arguments(sentence, s, cast, frames, occasions.words()),
      timing(sentence, find_dates(sentence, article.document.published, before)) {}

bool Scene::is_actor(const Mention& mention) const {
  return Ontology::builtin().label(cast.label(mention.node)).actor;
}

Circumstance Scene::circumstance(std::int32_t i, const Frame& frame, const Saying& saying) const {
  const bool lasting = Ontology::builtin().type(frame.type).lasting;
  Circumstance said;
  said.valid = undated(lasting);
  said.mode = saying.mode, said.negated = saying.negated != frame.negated;
  if (frame.mode && said.mode == Mode::Actual) said.mode = *frame.mode;
  if (saying.speaker) {
    const Mentions speakers = arguments.named(*saying.speaker);
    if (!speakers.empty()) said.speaker = speakers.front()->node;
  }
  if (said.mode == Mode::Actual) according_to(said);
  // "fined a firm based in Oslo in May": the firm was there before.
  const bool timeless = frame.type == type_id("LOCATED_IN");
  if (const TimeMention* time = timeless ? nullptr : timing.of(i)) {
    said.valid = interval_of(*time, lasting);
    said.time_phrase = timing.phrase(*time);
    // An announced act with a date of effect is as good as done, from that day.
    if (said.mode == Mode::Planned && saying.future && lasting) said.mode = Mode::Actual;
  }
  if (!said.valid.from().is_known() && said.mode == Mode::Actual && !said.negated && is_news(i))
    if (const auto month = month_of(published)) {
      const auto interval = Interval::make(*month, lasting ? Bound::open() : *month);
      if (interval) said.valid = *interval;
    }
  said.confidence = frame.confidence;
  const Word& word = sentence.at(i);
  said.how = word.is_verb() ? (word.tag == Tag::VBG ? "participle" : "verb")
             : word.is_noun() ? "noun"
                              : "adjective";
  said.signs.push_back(standing(word));
  return said;
}

std::int32_t Scene::end_of_heading(const Sentence& sentence) {
  constexpr std::int32_t kLong = 24;  // words
  std::int32_t capitals = 0, small = 0;
  bool verb = false;
  for (std::int32_t i = 0; i + 3 < std::min(sentence.size(), kLong); ++i) {
    const Word& word = sentence.at(i);
    if (word.text == ":")
      return verb && capitals >= 3 && 3 * small <= capitals && sentence.at(i + 1).capital() ? i : -1;
    if (one_of(word.text, {".", ",", ";"})) return -1;
    if (word.capital())
      ++capitals;
    else if (word.text.size() > 3)
      ++small;
    const bool present = word.capital() && word.text.size() > 3 && word.text.back() == 's' &&
                         i > 0 && sentence.at(i + 1).text != "'";
    verb = verb || present;
  }
  return -1;
}

// What a heading announces, or what is going on "now", is of the month in which the text came out.
bool Scene::is_news(std::int32_t i) const {
  const Word& word = sentence.at(i);
  if (!word.is_verb()) return false;
  const auto& below = sentence.children[std::size_t(i)];
  if (word.tag == Tag::VBG &&
      std::any_of(below.begin(), below.end(),
                  [&](std::int32_t c) { return sentence.at(c).lower == "now"; }))
    return true;
  const std::int32_t colon = end_of_heading(sentence);
  return colon >= 0 && i > colon && (word.tag == Tag::VBD || word.tag == Tag::VBN);
}

// Where the trigger stands in its sentence.
std::string_view Scene::standing(const Word& word) const {
  switch (word.relation) {
    case Relation::Root:
      return "trigger root";
    case Relation::Conj:
      return "trigger joined";
    case Relation::Ccomp:
    case Relation::Parataxis:
      return "trigger reported";
    case Relation::Xcomp:
    case Relation::Advcl:
    case Relation::Acl:
    case Relation::AclRelcl:
      return "trigger below";
    default:
      return word.is_verb() ? "trigger adrift" : "trigger noun";
  }
}

// "..., according to the ministry": its claim, not the article's.
void Scene::according_to(Circumstance& said) const {
  for (std::int32_t i = 0; i + 2 < sentence.size(); ++i) {
    if (sentence.at(i).lower != "according" || sentence.at(i + 1).lower != "to") continue;
    for (const Mention& mention : cast.in(s))
      if (mention.first > i && mention.first <= i + 6 &&
          is_actor(mention)) {
        said.mode = Mode::Alleged, said.speaker = mention.node;
        return;
      }
  }
}

}  // namespace entente
