// How like two names are: the rank of a search that forgives.
#pragma once
#include <string_view>

namespace entente {

// How well `name` answers a question for `asked`; both folded by fold_name(). In [0, 1]; 1 if and
// only if they are equal; not symmetric, for what is asked may be a part. The best of
//   whole    1 - edits / length of the longer (edits: edit_distance)
//   joined   0.99 of the same without spaces: "xi jinping" is "xi jin ping"
//   begun    0.8 + 0.2 * length of asked / length of name, if the name begins so
//   words    0.99 * found * (0.7 + 0.3 * covered): each word asked, in order, takes the word of the
//            name, not yet taken, that is most like it (the first of equals): 1 - edits / length of
//            the longer, less than 0.6 is nothing; 0.7 if one is the initial of the other; the last
//            word asked may be begun as above. `found` is the mean of that by letters, `covered` the
//            share of the name's letters that was taken.
// Names are compared by their first 256 bytes. O(|asked| |name|).
double likeness(std::string_view asked, std::string_view name);

// Below this two names are not alike.
inline constexpr double kLeastLikeness = 0.6;

}  // namespace entente
