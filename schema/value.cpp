#include "schema/value.h"

#include <charconv>

namespace entente {
namespace {
struct Writer {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
  }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const Bound& value) const { return value.edtf(); }
  std::string operator()(const std::vector<std::string>& values) const {
    std::string joined;
    for (const std::string& value : values) joined += (joined.empty() ? "" : ", ") + value;
    return joined;
  }
};
}  // namespace

std::string text_of(const Value& value) { return std::visit(Writer{}, value); }

}  // namespace entente
