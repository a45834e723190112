#include "tools/import/syntax/abbreviations.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace entente::syntax {
namespace {

// Each list is one string of words between spaces, so that a look-up needs no table.
constexpr std::string_view kTitles =
    " mr mrs ms mx dr prof gen maj col lt capt cmdr cpl sgt pvt adm vadm brig rev fr hon sen sens"
    " rep reps gov govs pres amb insp supt atty st ste mme mlle messrs msgr ven vs v esp cf e.g i.e"
    " dept-gen lt-gen maj-gen drs profs gens ald asst dep min ";
constexpr std::string_view kCounted =
    " no nos art arts sec secs para paras fig figs p pp vol vols ch chap eq eqs ex jan feb mar apr"
    " jun jul aug sep sept oct nov dec c ca approx res reg resp est tel ext ";
constexpr std::string_view kOther =
    " inc ltd co cos corp plc llc bros assn assoc dept depts univ inst intl natl govt ave blvd rd"
    " hwy bldg jr sr esq ph.d m.d b.a m.a ll.b ll.m d.phil etc al ed eds trans orig a.m p.m am pm"
    " b.c a.d mt ft mi km kg oz lb lbs hrs min mins approx incl excl misc max avg temp est tues wed"
    " thu thurs fri sat sun mon cent ser rev calif conn fla mass mich minn okla ore penn tenn tex"
    " va wash wis ariz ark colo ga ill ind kan ky md mo neb nev n.h n.j n.m n.y n.c n.d s.c s.d w.va ";

// The ones that keep their stop in small letters; "min", "sat", "wash", "no" are words then.
constexpr std::string_view kSmallToo =
    " vs v esp cf e.g i.e nos arts secs para paras fig figs p pp vol vols ch chap eq eqs jan feb apr"
    " aug sept oct nov c ca approx resp est tel ext inc ltd co corp dept etc al ed eds a.m p.m b.c"
    " incl misc max avg mins hrs lbs ";

bool listed(std::string_view list, std::string_view word) {
  std::string wanted(1, ' ');
  wanted += word;
  wanted += ' ';
  return list.find(wanted) != list.npos;
}

bool letters_with_stops(std::string_view word) {
  if (word.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < word.size(); i += 2)
    if (!std::isalpha(static_cast<unsigned char>(word[i])) || word[i + 1] != '.') return false;
  return !word.empty();
}

}  // namespace

Abbreviation abbreviation(std::string_view word) {
  if (word.size() < 2 || word.back() != '.') return Abbreviation::None;
  std::string lower(word.substr(0, word.size() - 1));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool capital = std::isupper(static_cast<unsigned char>(word[0]));
  if (capital || listed(kSmallToo, lower)) {
    if (lower.size() > 1 && listed(kTitles, lower)) return Abbreviation::Title;
    if (listed(kCounted, lower)) return Abbreviation::Counted;
    if (listed(kOther, lower)) return Abbreviation::Other;
  }
  return letters_with_stops(word) ? Abbreviation::Letters : Abbreviation::None;
}

}  // namespace entente::syntax
