#include "tools/import/reader.h"

#include "tools/import/calibration.h"
#include "tools/import/claims.h"
#include "tools/import/events.h"
#include "tools/import/frames.h"
#include "tools/import/lexicon.h"
#include "tools/import/names.h"
#include "tools/import/occasions.h"
#include "tools/import/patterns.h"
#include "tools/import/structure.h"
#include "tools/import/syntax/model.h"
#include "tools/import/text.h"
#include "tools/import/vocabulary.h"

namespace entente {

struct Reader::Knowledge {
  ZoneRules zones;
  Lexicon lexicon;
  Vocabulary vocabulary;
  Patterns patterns;
  Frames frames;
  OccasionWords occasions;
  Calibration calibration;
  Model model;
};

namespace {
// The nodes that are spoken of or claimed of; a name that turned out to be another's is neither.
void take_nodes(Cast& cast, Extract& extract) {
  constexpr std::size_t kUnused = std::size_t(-1);
  std::vector<std::size_t> places(cast.size(), kUnused);
  const auto use = [&](std::size_t node) { places[node] = 0; };
  // A collective that does nothing ("Chinese workers") is no node.
  for (std::uint32_t s = 0; s < cast.sentences(); ++s)
    for (const Mention& mention : cast.in(s))
      if (cast.player(mention.node).head_noun.empty()) use(mention.node);
  for (const Claim& claim : extract.claims) {
    use(claim.head), use(claim.tail);
    if (claim.speaker) use(*claim.speaker);
  }
  for (std::size_t node = 0; node < cast.size(); ++node) {
    if (places[node] == kUnused) continue;
    places[node] = extract.nodes.size();
    extract.nodes.push_back(std::move(cast.player(node).node));
  }
  for (Claim& claim : extract.claims) {
    claim.head = places[claim.head], claim.tail = places[claim.tail];
    if (claim.speaker) claim.speaker = places[*claim.speaker];
  }
}

std::vector<PageMark> pages_of(const Article& article) {
  std::vector<PageMark> pages;
  if (article.format != "pdf") return pages;
  for (const Origin& origin : article.origins)
    if (pages.empty() || pages.back().page != origin.source) pages.push_back({origin.at, origin.source});
  return pages;
}
}  // namespace

Reader::Reader(std::unique_ptr<const Knowledge> knowledge) : knowledge_(std::move(knowledge)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const std::filesystem::path& folder,
                            const std::filesystem::path& model_file) {
  auto zones = ZoneRules::load(folder);
  if (!zones) return zones.error();
  auto lexicon = Lexicon::load(folder);
  if (!lexicon) return lexicon.error();
  auto vocabulary = Vocabulary::load(folder);
  if (!vocabulary) return vocabulary.error();
  auto patterns = Patterns::load(folder);
  if (!patterns) return patterns.error();
  auto frames = Frames::load(folder);
  if (!frames) return frames.error();
  auto occasions = OccasionWords::load(folder);
  if (!occasions) return occasions.error();
  auto calibration = Calibration::load(folder);
  if (!calibration) return calibration.error();
  auto model = Model::load(model_file);
  if (!model) return model.error();
  return Reader(std::make_unique<const Knowledge>(Knowledge{
      std::move(*zones), std::move(*lexicon), std::move(*vocabulary), std::move(*patterns),
      std::move(*frames), std::move(*occasions), std::move(*calibration), std::move(*model)}));
}

Text Reader::text(const Article& article) const {
  return read_text(article, knowledge_->zones, &knowledge_->model);
}

Extract Reader::read(const Article& article, std::vector<Features>* features) const {
  const Knowledge& known = *knowledge_;
  const Text text = read_text(article, known.zones, &known.model);
  Cast cast = find_names(article, text, known.lexicon, known.vocabulary);
  Claims claims(article, text, cast);
  find_structure(article, text, cast, known.lexicon, known.vocabulary, known.patterns, claims);
  find_events(article, text, cast, known.lexicon, known.frames, known.occasions, claims);
  locate_collectives(cast, claims);

  Extract extract;
  extract.document = article.document;
  extract.author = article.author;
  extract.pages = pages_of(article);
  extract.claims = claims.take(known.calibration, features);
  take_nodes(cast, extract);
  return extract;
}

}  // namespace entente
