// Rows of a file of JSON lines: one object a line, its keys are the columns.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/exchange/byte_stream.h"

namespace entente::exchange {

// A number is given as it is written, unless with an exponent: then as a plain decimal (5E-1 is 0.5), as
// long as that has at most 40 digits. True and false are `true` and `false`, null is the empty text; lists
// and objects are given as their JSON. Keys that come up later are further columns; what an object lacks is
// the empty text. A key that comes twice in one object is an error, and so is what is no UTF-8. Empty lines
// are skipped. A line has at most 16 MiB, all together at most 4,096 keys.
class JsonLinesReader {
 public:
  // `columns` come first, in this order, whether or not any object has them.
  static Result<JsonLinesReader> open(ByteStream stream, const std::vector<std::string>& columns);
  ~JsonLinesReader();
  JsonLinesReader(JsonLinesReader&&) noexcept;
  JsonLinesReader& operator=(JsonLinesReader&&) noexcept;

  const std::vector<std::string>& columns() const;  // that have come up so far
  std::optional<std::size_t> column(std::string_view name) const;

  // As TableReader::next.
  Result<std::optional<std::span<const std::string_view>>> next();

  std::uint64_t row() const;   // number of the last one, from 1
  std::uint64_t line() const;  // on which it stood, from 1
  bool is_lost() const;
  const ByteStream& stream() const;

 private:
  struct State;
  explicit JsonLinesReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace entente::exchange
