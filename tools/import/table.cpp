#include "tools/import/table.h"

#include <algorithm>
#include <fstream>

namespace entente {
namespace {
using std::string_view;

// Splits at every separator into `parts`; "a||b" has three, one of them empty.
void split(string_view text, char separator, std::vector<string_view>& parts) {
  parts.clear();
  while (true) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == string_view::npos) return;
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
  stream.seekg(0, std::ios::end);
  table.text_.resize(std::size_t(std::max<std::streamoff>(stream.tellg(), 0)));
  stream.seekg(0);
  stream.read(table.text_.data(), std::streamsize(table.text_.size()));
  if (!stream) return Error{Code::Unavailable, "cannot read the table " + file.string()};

  std::vector<std::size_t> places;  // of the columns in the file
  std::size_t width = 0;
  std::vector<string_view> cells;  // of one line
  string_view rest(table.text_.data(), table.text_.size());
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const auto end = rest.find('\n');
    string_view line = rest.substr(0, end);
    rest = end == string_view::npos ? string_view{} : rest.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;

    split(line, '\t', cells);
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
    for (const auto place : places) table.cells_.push_back(cells[place]);
    table.rows_.push_back({number, {}});
  }
  // Only now do the cells stay where they are.
  const std::span<const string_view> all(table.cells_);
  for (std::size_t i = 0; i < table.rows_.size(); ++i)
    table.rows_[i].cells = all.subspan(i * places.size(), places.size());
  return table;
}

std::vector<string_view> parts_of(string_view cell, char separator) {
  if (cell.empty()) return {};
  std::vector<string_view> parts;
  split(cell, separator, parts);
  return parts;
}

}  // namespace entente
