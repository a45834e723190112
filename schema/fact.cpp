#include "schema/fact.h"

#include <array>
#include <cstdio>

namespace entente {
namespace {
constexpr std::array<std::string_view, kModes> kModeNames = {"actual", "planned", "requested",
                                                             "alleged"};
}

std::string_view name_of(Verb verb) {
  static constexpr std::array<std::string_view, kVerbs> kNames = {
      "assert", "retract", "correct", "change", "merge", "unmerge", "undo", "purge", "several"};
  return kNames[static_cast<std::size_t>(verb)];
}

std::string_view name_of(Mode mode) { return kModeNames[static_cast<std::size_t>(mode)]; }

Result<Mode> parse_mode(std::string_view name) {
  for (std::size_t i = 0; i < kModeNames.size(); ++i)
    if (kModeNames[i] == name) return Mode(i);
  return Error{Code::InvalidArgument, "no mode is called '" + std::string(name) +
                                          "'; the modes are actual, planned, requested, alleged"};
}

std::string text_of(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - day);
  char text[40];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d", int(time.hours().count()),
                int(time.minutes().count()), int(time.seconds().count()));
  std::string written = edtf_of(day) + text;
  if (const auto rest = time.subseconds().count(); rest != 0) {
    std::snprintf(text, sizeof text, ".%06d", int(rest));
    written += text;
  }
  return written + "Z";
}

}  // namespace entente
