// Articles as JSON: which fields an article has is said in inputs.h.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/input/inputs.h"

namespace entente {

// The articles of one JSON text (an article, an array of them, or {"articles": [...]}). What is
// wrong comes as inputs with a fault, so that one bad article does not hide its neighbours. `name`
// is what messages call the text; the articles of an array are "name[0]", "name[1]".
std::vector<Input> json_articles(const std::string& name, const std::string& called,
                                 std::string_view json);

}  // namespace entente
