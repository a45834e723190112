#include "tools/import/language.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>
#include <unordered_map>

namespace entente {
namespace {
using std::string_view;

struct Language {
  string_view name, words;
};

// The commonest words of each. One that English also writes ("a", "in", "die", "on") stands in no
// other list, so a word speaks for one side only.
constexpr Language kLanguages[] = {
    {"English",
     "the of and to in a is that for it as was with be by on not he his but at are this have from "
     "or had an they which you were their been has will would who its said after about more than"},
    {"German",
     "der und das nicht ist den von zu mit sich auf ein eine dem des im für auch als wird nach bei "
     "aus dass wurde werden über einen einer sind haben sie es wie"},
    {"French",
     "le la les et des du une dans que qui est pour pas sur au par ce il elle avec sont plus cette "
     "ont aux ses mais nous été leur être selon"},
    {"Spanish",
     "el los las y del que una por con para su se al lo como más fue este esta pero sus entre "
     "sobre también según desde ha han años"},
    {"Portuguese",
     "os um uma não para com do da dos das em ao que por mais foi pelo pela são também está ele "
     "ela seu sua segundo já"},
    {"Italian",
     "il che di della del gli una per con non sono alla dei nel anche più delle si questo dal "
     "stato come ha ma secondo degli è"},
    {"Dutch",
     "het een van en dat niet zijn op met voor aan er ook maar bij naar uit wordt heeft deze werd "
     "door over nog volgens hebben zich"},
    {"Swedish", "och att det som är för inte med har av till en ett om men var från vid kan enligt ska"},
    {"Danish or Norwegian",
     "og at det som er ikke med har av til en et om men var fra ved kan af for blev ifølge skal "
     "på"},
    {"Polish",
     "nie się na jest że do dla jak od po za przez oraz który został był tego ich jego także"},
    {"Turkish", "bir ve bu için ile olarak da daha çok gibi olan kadar sonra ancak dedi göre"},
    {"Indonesian or Malay",
     "yang dan di dari untuk dengan ini itu tidak pada dalam akan oleh ke juga telah kepada bahwa"},
    {"Vietnamese", "và của là có được cho không trong một các người đã với những này để khi"},
    {"Romanian", "și în de la cu pe care este din pentru nu sunt mai fost sau acest după prin"},
};
constexpr std::size_t kCount = std::size(kLanguages);
using Counts = std::array<std::uint32_t, kCount>;

// The languages that have a word, as bits.
const std::unordered_map<std::string, std::uint32_t>& word_table() {
  static const auto table = [] {
    std::unordered_map<std::string, std::uint32_t> made;
    for (std::size_t i = 0; i < kCount; ++i) {
      std::istringstream words{std::string(kLanguages[i].words)};
      for (std::string word; words >> word;) made[word] |= 1U << i;
    }
    return made;
  }();
  return table;
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Lead bytes of UTF-8 up to U+024F, and those of Vietnamese (U+1E00 on), write Latin letters.
enum class Script { None, Latin, Other };
Script script_of(string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return is_ascii_letter(text[at]) ? Script::Latin : Script::None;
  if (lead < 0xC3) return Script::None;  // continuation bytes, and signs such as the soft hyphen
  if (lead <= 0xC9) return Script::Latin;
  if (lead == 0xE1 && at + 1 < text.size())
    return static_cast<unsigned char>(text[at + 1]) >= 0xB8 ? Script::Latin : Script::Other;
  if (lead == 0xE2 || lead >= 0xEF) return Script::None;  // punctuation, symbols, emoji
  return Script::Other;
}
}  // namespace

std::string why_not_english(string_view text) {
  text = text.substr(0, 64 * 1024);
  std::size_t latin = 0, other = 0, words = 0;
  Counts counts{};
  std::string word;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : ' ';
    if (at < text.size()) {
      const Script script = script_of(text, at);
      latin += script == Script::Latin, other += script == Script::Other;
    }
    if (is_ascii_letter(c) || (c & 0x80) != 0) {
      word += c >= 'A' && c <= 'Z' ? char(c + 32) : c;
      continue;
    }
    if (word.empty()) continue;
    ++words;
    if (const auto found = word_table().find(word); found != word_table().end())
      for (std::size_t i = 0; i < kCount; ++i) counts[i] += (found->second >> i) & 1U;
    word.clear();
  }
  if (other > 20 && other > latin) return "is not in the Latin alphabet; only English is read";

  const auto best = std::max_element(counts.begin() + 1, counts.end());
  const std::uint32_t english = counts[0], rival = *best;
  if (rival >= 8 && rival > 2 * english)
    return "seems to be in " + std::string(kLanguages[std::size_t(best - counts.begin())].name) +
           "; only English is read";
  // Running English has a common word in three; a table or a list of names has fewer, and is short.
  if (words >= 150 && english * 25 < words) return "does not seem to be English; only English is read";
  return {};
}

}  // namespace entente
