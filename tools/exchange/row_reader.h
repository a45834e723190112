// RowReader: rows with named columns, whatever file they stand in: CSV, TSV, JSON lines.
#pragma once
#include <variant>

#include "tools/exchange/json_lines_reader.h"
#include "tools/exchange/table_reader.h"

namespace entente::exchange {

class RowReader {
 public:
  RowReader(TableReader reader) : reader_(std::move(reader)) {}      // NOLINT(google-explicit-constructor)
  RowReader(JsonLinesReader reader) : reader_(std::move(reader)) {}  // NOLINT(google-explicit-constructor)

  // JSON lines if it begins with `{`, else a table. Of JSON lines `columns` come first.
  static Result<RowReader> open(ByteStream stream, const std::vector<std::string>& columns);

  bool is_json() const { return reader_.index() == 1; }
  const std::vector<std::string>& columns() const {
    return std::visit([](const auto& reader) -> const std::vector<std::string>& { return reader.columns(); }, reader_);
  }
  std::optional<std::size_t> column(std::string_view name) const {
    return std::visit([&](const auto& reader) { return reader.column(name); }, reader_);
  }
  Result<std::optional<std::span<const std::string_view>>> next() {
    return std::visit([](auto& reader) { return reader.next(); }, reader_);
  }
  std::uint64_t row() const {
    return std::visit([](const auto& reader) { return reader.row(); }, reader_);
  }
  std::uint64_t line() const {
    return std::visit([](const auto& reader) { return reader.line(); }, reader_);
  }
  bool is_lost() const {
    return std::visit([](const auto& reader) { return reader.is_lost(); }, reader_);
  }
  const ByteStream& stream() const {
    return std::visit([](const auto& reader) -> const ByteStream& { return reader.stream(); }, reader_);
  }

 private:
  std::variant<TableReader, JsonLinesReader> reader_;
};

}  // namespace entente::exchange
