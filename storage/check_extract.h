// Whether what a reader of articles hands in may be stored at all: looked at before anything is
// touched, so that a bad extract changes nothing.
#pragma once
#include <string>

#include "schema/claim.h"
#include "schema/ontology.h"
#include "schema/result.h"

namespace entente {

inline constexpr std::size_t kLongestName = 1024;  // bytes; longer ones are no names

// InvalidArgument with a sentence if a quote is not the text at its offsets, a type does not allow
// its ends, a confidence is outside (0, 1], a name is none, or anything is not UTF-8.
Status check_extract(const Extract& extract, const Ontology& ontology);

// Whether that may be the name of a node.
Status check_name(const std::string& name);

}  // namespace entente
