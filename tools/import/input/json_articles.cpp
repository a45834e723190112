#include "tools/import/input/json_articles.h"

#include <boost/json.hpp>

namespace entente {
namespace {
namespace json = boost::json;
using std::string_view;

Input faulty(const std::string& name, std::string message) {
  Input input;
  input.name = name;
  input.fault = Error{Code::InvalidArgument, name + ": " + std::move(message)};
  return input;
}

string_view view(const json::string& text) { return {text.data(), text.size()}; }

Input read_one(const std::string& name, const std::string& called, const json::value& value) {
  if (!value.is_object()) return faulty(name, "an article is a JSON object with a field \"text\"");
  Input input;
  input.name = name, input.called = called;
  bool has_text = false;
  for (const auto& [key_text, field] : value.as_object()) {
    const string_view key(key_text.data(), key_text.size());
    const bool text = key == "text" || key == "body" || key == "content";
    const bool html = key == "html";
    const bool id = key == "id" || key == "name";
    std::string* const meta = field_of(input.metadata, key);
    if ((!text && !html && !id && meta == nullptr) || field.is_null()) continue;
    if (id && field.is_int64()) {
      input.called = std::to_string(field.as_int64());
      continue;
    }
    if (!field.is_string()) return faulty(name, "\"" + std::string(key) + "\" is no text");
    const string_view content = view(field.as_string());
    if (id) {
      input.called = content;
    } else if (text || html) {
      if (has_text) return faulty(name, "it has two texts");
      has_text = true;
      input.bytes = content;
      input.format = html ? Format::Html : Format::Text;
    } else {
      *meta = content;
    }
  }
  if (!has_text) return faulty(name, "it has no field \"text\"");
  return input;
}
}  // namespace

std::vector<Input> json_articles(const std::string& name, const std::string& called,
                                 string_view text) {
  boost::system::error_code fault;
  json::parse_options options;
  options.max_depth = 128;
  json::stream_parser parser({}, options);
  const std::size_t used = parser.write_some(text.data(), text.size(), fault);
  if (!fault && used == text.size()) parser.finish(fault);
  if (fault || used != text.size())
    return {faulty(name, "no JSON: near byte " + std::to_string(used) + ": " +
                             (fault ? fault.message() : "something follows the end"))};
  const json::value value = parser.release();
  const json::value* list = &value;
  if (value.is_object())
    if (const auto* articles = value.as_object().if_contains("articles"); articles != nullptr)
      list = articles;
  if (!list->is_array()) return {read_one(name, called, *list)};
  std::vector<Input> inputs;
  std::size_t number = 0;
  for (const json::value& article : list->as_array()) {
    const std::string at = std::to_string(number++);
    inputs.push_back(read_one(name + "[" + at + "]", called + "-" + at, article));
  }
  if (inputs.empty()) return {faulty(name, "it has no articles")};
  return inputs;
}

}  // namespace entente
