#include "tools/import/table.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace entente {
namespace {
using std::string_view;

// Splits at every separator; "a||b" has three parts, one of them empty.
std::vector<string_view> split(string_view text, char separator) {
  std::vector<string_view> parts;
  while (true) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}
}  // namespace

Error Table::fault(const Row& row, string_view what) const {
  return {Code::InvalidArgument, file_ + ":" + std::to_string(row.line) + ": " + std::string(what)};
}

Result<Table> Table::read(const std::filesystem::path& file,
                          std::initializer_list<string_view> columns) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return Error{Code::NotFound, "cannot open the table " + file.string()};
  Table table;
  table.file_ = file.string();
  table.text_.assign(std::istreambuf_iterator<char>(stream), {});

  std::vector<std::size_t> places;  // of the columns in the file
  std::size_t width = 0;
  string_view rest(table.text_.data(), table.text_.size());
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const auto end = rest.find('\n');
    string_view line = rest.substr(0, end);
    rest = end == string_view::npos ? string_view{} : rest.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;

    const auto cells = split(line, '\t');
    if (width == 0) {
      width = cells.size();
      for (const auto column : columns) {
        const auto found = std::find(cells.begin(), cells.end(), column);
        if (found == cells.end())
          return table.fault({number, {}},
                             "the header has no column '" + std::string(column) + "'");
        places.push_back(std::size_t(found - cells.begin()));
      }
      continue;
    }
    if (cells.size() != width)
      return table.fault({number, {}}, "a row has " + std::to_string(cells.size()) +
                                           " cells, the header " + std::to_string(width));
    Row row{number, {}};
    row.cells.reserve(places.size());
    for (const auto place : places) row.cells.push_back(cells[place]);
    table.rows_.push_back(std::move(row));
  }
  return table;
}

std::vector<string_view> parts_of(string_view cell, char separator) {
  if (cell.empty()) return {};
  return split(cell, separator);
}

}  // namespace entente
