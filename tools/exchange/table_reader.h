// Rows of a CSV or TSV file: RFC 4180, with a header line that names the columns.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/exchange/byte_stream.h"

namespace entente::exchange {

// A field in quotes may hold separators, line ends and doubled quotes; a quote inside a field that
// did not start with one, or anything but a separator after a closing one, is an error. Lines end
// with LF or CRLF. Every row has as many fields as the header. TSV has no quotes: a tab always
// separates. The separator is told from the header: a tab if it has one, else a comma.
class TableReader {
 public:
  static Result<TableReader> open(ByteStream stream);

  const std::vector<std::string>& columns() const { return columns_; }
  std::optional<std::size_t> column(std::string_view name) const;

  // The fields of the next row, by column; they stay until the next call. Nothing at the end.
  // InvalidArgument names the line; after it the next row can be read, unless is_lost().
  Result<std::optional<std::span<const std::string_view>>> next();

  std::uint64_t row() const { return row_; }    // number of the last one, from 1 after the header
  std::uint64_t line() const { return line_; }  // on which it started, from 1
  bool is_lost() const { return lost_; }        // nobody knows where the next row starts
  const ByteStream& stream() const { return stream_; }

 private:
  explicit TableReader(ByteStream stream) : stream_(std::move(stream)) {}
  enum class Scan { Record, More, End };  // More: the buffer ends within the record
  Result<bool> read_record();             // into fields_; false at the end
  Result<Scan> scan();
  std::string_view undoubled(std::string_view text);  // quotes within a field
  Status more();                                      // appends to buffer_, dropping what was used
  Error wrong(const std::string& what) const;

  ByteStream stream_;
  std::string buffer_;
  std::size_t at_ = 0;  // start of the record that comes next
  bool ended_ = false, lost_ = false;
  char separator_ = ',';
  std::vector<std::string> columns_;
  std::vector<std::string_view> fields_;    // in buffer_ or unquoted_
  std::deque<std::string> unquoted_;
  std::uint64_t row_ = 0, line_ = 0, next_line_ = 1;
};

}  // namespace entente::exchange
