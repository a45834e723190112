#include "tools/exchange/json_lines_reader.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <unordered_map>

namespace entente::exchange {
namespace json = boost::json;
namespace {
constexpr std::size_t kLongestLine = 16 << 20;  // bytes
constexpr std::size_t kMostColumns = 4096;
constexpr std::size_t kMostDigits = 40;

// `5E-1` as `0.5`; what has no exponent, or would be too long, stays as it is.
std::string plain_number(std::string_view text) {
  const std::size_t mark = text.find_first_of("eE");
  if (mark == std::string_view::npos) return std::string(text);
  const bool negative = text.front() == '-';
  std::string digits;
  long point = -1;
  for (const char c : text.substr(negative, mark - negative)) {
    if (c == '.') point = long(digits.size());
    else digits += c;
  }
  if (point < 0) point = long(digits.size());
  std::string_view shift = text.substr(mark + 1);
  const bool smaller = shift.starts_with('-');
  if (smaller || shift.starts_with('+')) shift.remove_prefix(1);
  long by = 0;
  for (const char c : shift) by = by > 1000 ? by : by * 10 + (c - '0');
  point += smaller ? -by : by;
  if (point <= 0) digits.insert(0, std::size_t(std::min(1 - point, long(kMostDigits) + 1)), '0'), point = 1;
  if (point > long(digits.size())) digits.append(std::size_t(std::min(point - long(digits.size()), long(kMostDigits) + 1)), '0');
  if (digits.size() > kMostDigits) return std::string(text);
  std::string whole = digits.substr(0, std::size_t(point)), part = digits.substr(std::size_t(point));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (part.ends_with('0')) part.pop_back();
  return (negative ? "-" : "") + whole + (part.empty() ? "" : "." + part);
}

// Takes the object of a line apart: its own keys, with what stands inside as text.
struct Handler {
  static constexpr std::size_t max_object_size = kMostColumns;
  static constexpr std::size_t max_array_size = 1 << 20;
  static constexpr std::size_t max_key_size = 1 << 16;
  static constexpr std::size_t max_string_size = kLongestLine;

  std::vector<std::pair<std::string, std::string>> values;
  std::string part, number;
  std::size_t depth = 0;                // 1: in the object itself
  std::string nested;                   // of a list or an object within, as JSON
  std::vector<bool> first, in_object;   // of each list or object within
  const char* fault = nullptr;

  void put(std::string text) { values.back().second = std::move(text); }
  // What goes before a value of a list within.
  void separate() {
    if (first.empty() || in_object.back()) return;
    if (!first.back()) nested += ',';
    first.back() = false;
  }
  bool scalar(std::string plain, const std::string& as_json) {
    if (depth == 0) return fault = "is no object", false;
    if (depth == 1) return put(std::move(plain)), true;
    separate();
    nested += as_json;
    return true;
  }
  bool begin(char bracket, bool object) {
    if (depth == 0 && !object) return fault = "is no object", false;
    if (depth >= 1) {
      separate();
      nested += bracket;
      first.push_back(true), in_object.push_back(object);
    }
    ++depth;
    return true;
  }
  bool end(char bracket) {
    --depth;
    if (depth == 0) return true;
    nested += bracket;
    first.pop_back(), in_object.pop_back();
    if (depth == 1) put(std::move(nested)), nested.clear();
    return true;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool stop(bool going, json::error_code& code) {
    if (!going) code = json::error::syntax;
    return going;
  }
  bool on_object_begin(json::error_code& code) { return stop(begin('{', true), code); }
  bool on_object_end(std::size_t, json::error_code&) { return end('}'); }
  bool on_array_begin(json::error_code& code) { return stop(begin('[', false), code); }
  bool on_array_end(std::size_t, json::error_code&) { return end(']'); }
  bool on_key_part(json::string_view text, std::size_t, json::error_code&) { return part.append(text), true; }
  bool on_key(json::string_view text, std::size_t, json::error_code&) {
    part.append(text);
    if (depth == 1) {
      values.emplace_back(std::move(part), "");
    } else {
      if (!first.back()) nested += ',';
      first.back() = false;
      nested += json::serialize(json::string_view(part)) + ":";
    }
    part.clear();
    return true;
  }
  bool on_string_part(json::string_view text, std::size_t, json::error_code&) { return part.append(text), true; }
  bool on_string(json::string_view text, std::size_t, json::error_code& code) {
    part.append(text);
    const std::string whole = std::exchange(part, {});
    return stop(scalar(whole, depth > 1 ? json::serialize(json::string_view(whole)) : ""), code);
  }
  bool on_number_part(json::string_view text, json::error_code&) { return number.append(text), true; }
  bool on_number(json::string_view text, json::error_code& code) {
    number.append(text);
    const std::string plain = plain_number(std::exchange(number, {}));
    return stop(scalar(plain, plain), code);
  }
  bool on_int64(std::int64_t, json::string_view text, json::error_code& code) { return on_number(text, code); }
  bool on_uint64(std::uint64_t, json::string_view text, json::error_code& code) { return on_number(text, code); }
  bool on_double(double, json::string_view text, json::error_code& code) { return on_number(text, code); }
  bool on_bool(bool value, json::error_code& code) {
    const char* text = value ? "true" : "false";
    return stop(scalar(text, text), code);
  }
  bool on_null(json::error_code& code) { return stop(scalar("", "null"), code); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
}  // namespace

struct JsonLinesReader::State {
  explicit State(ByteStream from) : stream(std::move(from)), parser(json::parse_options{}) {}

  Error wrong(const std::string& what) const {
    return {Code::InvalidArgument, "line " + std::to_string(line) + ": " + what};
  }
  std::size_t place_of(const std::string& name) {
    const auto [place, is_new] = places.emplace(name, columns.size());
    if (is_new) columns.push_back(name);
    return place->second;
  }
  Result<std::optional<std::string_view>> next_line();
  Status take(std::string_view text);

  ByteStream stream;
  std::string buffer;
  std::size_t at = 0;
  bool ended = false, lost = false;
  std::uint64_t row = 0, line = 0;
  std::vector<std::string> columns;
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> places;
  std::vector<std::string_view> fields;  // in the values of the handler
  std::vector<std::uint64_t> set_in;     // the line that last gave each column
  json::basic_parser<Handler> parser;
};

// Without its end; nothing at the end of the file.
Result<std::optional<std::string_view>> JsonLinesReader::State::next_line() {
  using Line = std::optional<std::string_view>;
  std::size_t searched = at;
  for (;;) {
    const std::size_t end = buffer.find('\n', searched);
    if (end != std::string::npos || (ended && at < buffer.size())) {
      const std::size_t last = std::min(end, buffer.size());
      std::string_view text(buffer.data() + at, last - at);
      at = std::min(last + 1, buffer.size());
      ++line;
      if (text.ends_with('\r')) text.remove_suffix(1);
      return Line(text);
    }
    if (ended) return Line();
    buffer.erase(0, at);
    at = 0, searched = buffer.size();
    lost = true;  // until there is more
    if (buffer.size() > kLongestLine) {
      ++line;
      return wrong("is longer than 16 MiB; JSON lines have one object a line");
    }
    const auto bytes = stream.next();
    if (!bytes) return bytes.error();
    lost = false;
    ended = bytes->empty();
    buffer += *bytes;
  }
}

Status JsonLinesReader::State::take(std::string_view text) {
  Handler& handler = parser.handler();
  parser.reset();
  handler = Handler();
  json::error_code fault;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), fault);
  if (fault || used != text.size() || !parser.done()) {
    const std::string why = handler.fault ? handler.fault : "is no JSON object: " + (fault ? fault.message() : "there is something after it");
    return wrong(why + ", at byte " + std::to_string(used + 1));
  }
  std::vector<std::size_t> where;
  for (const auto& [name, value] : handler.values) {
    if (name.empty()) return wrong("has a key without a name");
    const auto known = places.find(name);
    if (known == places.end() && columns.size() >= kMostColumns) return wrong("has more keys than the 4,096 that a file may have");
    const std::size_t place = known == places.end() ? place_of(name) : known->second;
    if (place >= set_in.size()) set_in.resize(place + 1, 0);
    if (set_in[place] == line) return wrong("has the key '" + name + "' twice");
    set_in[place] = line;
    where.push_back(place);
  }
  fields.assign(columns.size(), {});
  for (std::size_t i = 0; i < where.size(); ++i) fields[where[i]] = handler.values[i].second;
  return kOk;
}

JsonLinesReader::JsonLinesReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
JsonLinesReader::~JsonLinesReader() = default;
JsonLinesReader::JsonLinesReader(JsonLinesReader&&) noexcept = default;
JsonLinesReader& JsonLinesReader::operator=(JsonLinesReader&&) noexcept = default;

Result<JsonLinesReader> JsonLinesReader::open(ByteStream stream, const std::vector<std::string>& columns) {
  auto state = std::make_unique<State>(std::move(stream));
  for (const std::string& name : columns) state->place_of(name);
  const auto bytes = state->stream.next();
  if (!bytes) return bytes.error();
  state->ended = bytes->empty();
  state->buffer = *bytes;
  if (state->buffer.starts_with("\xEF\xBB\xBF")) state->at = 3;  // a byte order mark
  return JsonLinesReader(std::move(state));
}

Result<std::optional<std::span<const std::string_view>>> JsonLinesReader::next() {
  using Row = std::optional<std::span<const std::string_view>>;
  for (;;) {
    const auto text = state_->next_line();
    if (!text) return text.error();
    if (!*text) return Row();
    if ((*text)->find_first_not_of(" \t") == std::string_view::npos) continue;
    ++state_->row;
    if (auto taken = state_->take(**text); !taken) return taken.error();
    return Row(std::span<const std::string_view>(state_->fields));
  }
}

const std::vector<std::string>& JsonLinesReader::columns() const { return state_->columns; }
std::optional<std::size_t> JsonLinesReader::column(std::string_view name) const {
  const auto found = state_->places.find(name);
  if (found == state_->places.end()) return std::nullopt;
  return found->second;
}
std::uint64_t JsonLinesReader::row() const { return state_->row; }
std::uint64_t JsonLinesReader::line() const { return state_->line; }
bool JsonLinesReader::is_lost() const { return state_->lost; }
const ByteStream& JsonLinesReader::stream() const { return state_->stream; }

}  // namespace entente::exchange
