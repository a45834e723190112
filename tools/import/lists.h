// Mentions that stand in one list: "4-AP, 1-boc-4-AP and norfentanyl".
#pragma once
#include <vector>

#include "tools/import/cast.h"
#include "tools/import/text.h"

namespace entente {

// Those that stand in one list with this one, in order, this one among them.
std::vector<const Mention*> listed_with(const Sentence& sentence,
                                        const std::vector<Mention>& mentions, const Cast& cast,
                                        const Mention& mention);

}  // namespace entente
