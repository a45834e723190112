#include "tools/exchange/row_reader.h"

namespace entente::exchange {

Result<RowReader> RowReader::open(ByteStream stream, const std::vector<std::string>& columns) {
  auto start = stream.peek();
  if (!start) return start.error();
  std::string_view bytes = *start;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  if (bytes.starts_with('{')) {
    auto lines = JsonLinesReader::open(std::move(stream), columns);
    if (!lines) return lines.error();
    return RowReader(std::move(*lines));
  }
  auto table = TableReader::open(std::move(stream));
  if (!table) return table.error();
  return RowReader(std::move(*table));
}

}  // namespace entente::exchange
