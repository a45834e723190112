// The reader: an article in, nodes and claims out.
#pragma once
#include <filesystem>
#include <memory>

#include "schema/claim.h"
#include "schema/result.h"
#include "tools/import/article.h"

namespace entente {

// Owns the tables and the model of the language. Reading changes nothing: any number of threads may
// use one reader. The same bytes give the same extract on every machine.
class Reader {
 public:
  // `lexicon` is the folder data/lexicon, `model` the file data/model/english.model.
  static Result<Reader> open(const std::filesystem::path& lexicon,
                             const std::filesystem::path& model);

  Extract read(const Article& article) const;

  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

 private:
  struct Knowledge;
  explicit Reader(std::unique_ptr<const Knowledge> knowledge);
  std::unique_ptr<const Knowledge> knowledge_;
};

}  // namespace entente
