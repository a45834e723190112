// Is this English? The reader knows no other language, and of another it would make nonsense.
#pragma once
#include <string>
#include <string_view>

namespace entente {

// Empty if the text may be English, else a phrase for people: "seems to be in German", "is not in
// the Latin alphabet". Judged by letters and by the commonest words of a dozen languages, over the
// first 64 KiB from `text`. Says nothing against what is too short to tell: lists of names and
// plain sentences pass. Deterministic, O(n).
std::string why_not_english(std::string_view text);

}  // namespace entente
