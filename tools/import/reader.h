// The reader: an article in, nodes and claims out.
#pragma once
#include <filesystem>
#include <memory>

#include "schema/claim.h"
#include "schema/result.h"
#include "tools/import/article.h"
#include "tools/import/calibration.h"

namespace entente {

struct Text;

// Claims that are more likely right than not are shown by default, the rest is kept. Taken together,
// more than three in four of what is shown are right in articles that no rule has seen.
inline constexpr double kShown = 0.5;

// Owns the tables and the model of the language. Reading changes nothing: any number of threads may
// use one reader. The same bytes give the same extract on every machine.
class Reader {
 public:
  // `lexicon` is the folder data/lexicon, `model` the file data/model/english.model.
  static Result<Reader> open(const std::filesystem::path& lexicon,
                             const std::filesystem::path& model);

  // `features`, if given, become those of each claim, from which its confidence was estimated.
  Extract read(const Article& article, std::vector<Features>* features = nullptr) const;

  // The sentences that it reads.
  Text text(const Article& article) const;

  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

 private:
  struct Knowledge;
  explicit Reader(std::unique_ptr<const Knowledge> knowledge);
  std::unique_ptr<const Knowledge> knowledge_;
};

}  // namespace entente
