#include "tools/exchange/table_reader.h"

#include <algorithm>
namespace entente::exchange {
namespace {
constexpr std::size_t kLongestRecord = 16 << 20;  // bytes

// Where a field without quotes ends: at a separator, a line end, or (in CSV) a quote that is wrong there.
std::size_t end_of_plain(std::string_view bytes, std::size_t at, char separator) {
  const char quote = separator == ',' ? '"' : separator;
  while (at < bytes.size() && bytes[at] != separator && bytes[at] != '\n' && bytes[at] != quote) ++at;
  return at;
}
}

Error TableReader::wrong(const std::string& what) const {
  return {Code::InvalidArgument, "line " + std::to_string(line_) + ": " + what};
}

Status TableReader::more() {
  buffer_.erase(0, at_);
  at_ = 0;
  if (buffer_.size() > kLongestRecord)
    return wrong("a row of more than 16 MiB; is a quote not closed?");
  const auto bytes = stream_.next();
  if (!bytes) return bytes.error();
  ended_ = bytes->empty();
  buffer_ += *bytes;
  return kOk;
}

// Scans one record from at_. If the buffer ends first, fetches more and starts it again: records are
// short and buffers long, so that is rare.
Result<bool> TableReader::read_record() {
  for (;;) {
    line_ = next_line_;
    const auto scanned = scan();
    lost_ = !scanned;
    if (!scanned) return scanned.error();
    if (*scanned == Scan::Record) return true;
    if (*scanned == Scan::End) return false;
    const auto fetched = more();
    lost_ = !fetched;
    if (!fetched) return fetched.error();
  }
}

Result<TableReader::Scan> TableReader::scan() {
  fields_.clear();
  unquoted_.clear();
  const std::string_view bytes = buffer_;
  std::size_t at = at_;
  std::uint64_t lines = 0;
  if (at == bytes.size()) return ended_ ? Scan::End : Scan::More;
  for (;;) {
    const bool quoted = separator_ == ',' && at < bytes.size() && bytes[at] == '"';
    std::size_t end = at;  // of the field and its quotes
    if (quoted) {
      bool doubled = false;
      for (end = at + 1;; ++end) {
        end = bytes.find('"', end);
        if (end == std::string_view::npos) break;
        if (end + 1 >= bytes.size() && !ended_) return Scan::More;
        if (end + 1 >= bytes.size() || bytes[end + 1] != '"') break;
        doubled = true, ++end;
      }
      if (end == std::string_view::npos) {
        if (!ended_) return Scan::More;
        return wrong("a quote is not closed");
      }
      const std::string_view inside = bytes.substr(at + 1, end - at - 1);
      lines += std::uint64_t(std::count(inside.begin(), inside.end(), '\n'));
      fields_.push_back(inside);
      if (doubled) fields_.back() = undoubled(inside);
      ++end;
    } else {
      end = end_of_plain(bytes, at, separator_);
      if (end < bytes.size() && bytes[end] == '"') return wrong("a quote inside a field that does not start with one");
      fields_.push_back(bytes.substr(at, end - at));
    }
    if (end >= bytes.size()) {
      if (!ended_) return Scan::More;
      at_ = end;
      break;
    }
    if (bytes[end] == separator_) {
      at = end + 1;
      continue;
    }
    if (!quoted && fields_.back().ends_with('\r')) fields_.back().remove_suffix(1);
    if (quoted && bytes[end] == '\r') {
      if (end + 1 >= bytes.size() && !ended_) return Scan::More;
      ++end;
    }
    if (end < bytes.size() && bytes[end] != '\n') return wrong("there is something after a closing quote");
    at_ = std::min(end + 1, bytes.size());
    ++lines;
    break;
  }
  next_line_ = line_ + lines;
  return Scan::Record;
}

std::string_view TableReader::undoubled(std::string_view text) {
  std::string& plain = unquoted_.emplace_back();
  for (std::size_t i = 0; i < text.size(); ++i) {
    plain += text[i];
    if (text[i] == '"') ++i;
  }
  return plain;
}

Result<TableReader> TableReader::open(ByteStream stream) {
  TableReader reader(std::move(stream));
  reader.line_ = 1;
  if (auto fetched = reader.more(); !fetched) return fetched.error();
  if (reader.buffer_.starts_with("\xEF\xBB\xBF")) reader.at_ = 3;  // a byte order mark
  const std::string_view first = std::string_view(reader.buffer_).substr(0, reader.buffer_.find('\n'));
  if (first.find('\t') != std::string_view::npos) reader.separator_ = '\t';
  const auto header = reader.read_record();
  if (!header) return header.error();
  if (!*header) return Error{Code::InvalidArgument, "the file is empty; its first line must name the columns"};
  for (const std::string_view name : reader.fields_) {
    if (name.empty()) return reader.wrong("a column without a name");
    if (reader.column(name)) return reader.wrong("two columns are named '" + std::string(name) + "'");
    reader.columns_.emplace_back(name);
  }
  return reader;
}

std::optional<std::size_t> TableReader::column(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) return std::nullopt;
  return std::size_t(found - columns_.begin());
}

Result<std::optional<std::span<const std::string_view>>> TableReader::next() {
  using Row = std::optional<std::span<const std::string_view>>;
  const auto read = read_record();
  if (!read) return read.error();
  if (!*read) return Row();
  ++row_;
  if (fields_.size() != columns_.size())
    return wrong("has " + std::to_string(fields_.size()) + " fields where the header has " +
                 std::to_string(columns_.size()));
  return Row(std::span<const std::string_view>(fields_));
}

}  // namespace entente::exchange
