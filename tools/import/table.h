// A table of the lexicon: tab-separated rows under a header, comments with `#`.
#pragma once
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"

namespace entente {

// Owns its text; cells are views into it and live as long as the table. Movable, not copied.
class Table {
 public:
  struct Row {
    std::size_t line = 0;                      // of the file, from 1
    std::span<const std::string_view> cells;  // in the order of the columns that were asked for
    std::string_view operator[](std::size_t column) const { return cells[column]; }
  };

  // Reads the named columns, whatever their order in the file. A missing file, a missing column
  // and a row of the wrong width are errors that name file and line.
  static Result<Table> read(const std::filesystem::path& file,
                            std::initializer_list<std::string_view> columns);

  Table(Table&&) = default;
  Table& operator=(Table&&) = default;
  const std::vector<Row>& rows() const { return rows_; }
  Error fault(const Row& row, std::string_view what) const;  // "FILE:LINE: what"

 private:
  Table() = default;
  std::string file_;
  std::vector<char> text_;
  std::vector<std::string_view> cells_;  // of all rows, one after the other
  std::vector<Row> rows_;
};

// The parts of a cell that lists several things: `a|b` is a, b; an empty cell lists nothing.
std::vector<std::string_view> parts_of(std::string_view cell, char separator = '|');

}  // namespace entente
