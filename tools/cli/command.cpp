#include "tools/cli/command.h"

#include "schema/value.h"

namespace entente {
namespace {
// What an option holds, a text for each of its values; nothing for a flag that is off.
std::vector<std::string> texts_of(const Target& target) {
  struct Texts {
    std::vector<std::string> operator()(const std::string* text) const {
      return text->empty() ? std::vector<std::string>() : std::vector<std::string>{*text};
    }
    std::vector<std::string> operator()(const std::vector<std::string>* list) const { return *list; }
    std::vector<std::string> operator()(const std::size_t* number) const { return {std::to_string(*number)}; }
    std::vector<std::string> operator()(const std::uint32_t* number) const { return {std::to_string(*number)}; }
    std::vector<std::string> operator()(const double* number) const { return {text_of(Value(*number))}; }
    std::vector<std::string> operator()(const bool* flag) const {
      return *flag ? std::vector<std::string>{""} : std::vector<std::string>();
    }
  };
  return std::visit(Texts{}, target);
}

std::string long_name(const std::string& names) {
  const std::size_t comma = names.rfind(',');
  return comma == std::string::npos ? names : names.substr(comma + 1);
}
}  // namespace

Command& Command::word(std::string name, Target into, std::string meaning, std::string value) {
  options_.push_back({std::move(name), into, std::move(meaning), std::move(value), {}, true});
  return *this;
}

Command& Command::optional_word(std::string name, Target into, std::string meaning, std::string value) {
  options_.push_back({std::move(name), into, std::move(meaning), std::move(value), {}, false});
  return *this;
}

Command& Command::option(std::string names, Target into, std::string meaning, std::string value,
                         Range range) {
  options_.push_back({std::move(names), into, std::move(meaning), std::move(value), range, false});
  return *this;
}

Command& Command::required(std::string names, Target into, std::string meaning, std::string value) {
  options_.push_back({std::move(names), into, std::move(meaning), std::move(value), {}, true});
  return *this;
}

Command& Command::list(std::string names, std::vector<std::string>& into, std::string meaning,
                       std::string value) {
  options_.push_back({std::move(names), &into, std::move(meaning), std::move(value), {}, false, true});
  return *this;
}

Command& Command::flag(std::string names, bool& into, std::string meaning) {
  options_.push_back({std::move(names), &into, std::move(meaning), {}, {}, false});
  return *this;
}

Command& Command::clocks() { return clocks_ = true, *this; }
Command& Command::filters() { return filters_ = true, *this; }
Command& Command::hidden() { return hidden_ = true, *this; }
Command& Command::example(std::string line) { return examples_.push_back(std::move(line)), *this; }
Command& Command::answers(std::string json) { return answer_ = std::move(json), *this; }
Command& Command::runs(Run run) { return run_ = std::move(run), *this; }

std::vector<std::string> Command::words() const {
  std::vector<std::string> words = {name_};
  for (const Option& option : options_)
    for (const std::string& text : texts_of(option.into)) {
      if (!option.is_word()) words.push_back(long_name(option.names));
      if (!std::holds_alternative<bool*>(option.into)) words.push_back(text);
    }
  return words;
}

}  // namespace entente
