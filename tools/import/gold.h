// An extract as the evaluation reads it: two files of JSON lines (see the ontology's gold format).
#pragma once
#include <filesystem>
#include <string>

#include "schema/claim.h"
#include "schema/result.h"

namespace entente {

// One line for each (head, type, tail, date); an undated one gives way to a dated one.
std::string gold_relations(const Extract& extract);
// One line for each node, with every word that the document uses for it.
std::string gold_entities(const Extract& extract);

// Writes NAME.jsonl and NAME.entities.jsonl into the folder, NAME being the document's.
Status write_gold(const Extract& extract, const std::filesystem::path& folder);

}  // namespace entente
