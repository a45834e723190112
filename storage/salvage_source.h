// Inside storage: the rows of a damaged database, as far as they can be read.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "storage/key.h"
#include "storage/rows.h"

namespace entente {

class SalvageSource {
 public:
  // As any reader would; else from tables and logs one by one, in the folder `work`, which is made
  // and filled then. Changes nothing in `damaged`.
  static Result<SalvageSource> open(const std::filesystem::path& damaged, const std::filesystem::path& work);

  const Rows& rows() const { return *rows_; }
  const std::optional<Error>& refusal() const { return refusal_; }  // why it cannot be opened as it is
  CommitId promised() const { return promised_; }                   // the last acknowledged; 0: not known

  // Rows whose key is `prefix`, a number of at least `first`, and perhaps more, in order. Where a block cannot
  // be read it goes on with the next number that can. Ends with the visitor's false.
  void scan(ColumnFamily family, std::string_view prefix, std::uint64_t first, const Rows::Visitor& visit) const;

 private:
  std::shared_ptr<StoreState> state_;
  std::unique_ptr<Rows> rows_;
  std::optional<Error> refusal_;
  CommitId promised_;
};

}  // namespace entente
