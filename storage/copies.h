// Copies of one text: which document speaks for which, so that syndication adds no confidence.
//
// A text that is a copy of another (schema/shingles.h) when it is stored says so in the node that
// stands for it: property `copy_of`, the number of the other, which is itself no copy, and `copy_share`,
// how much of the smaller of the two is in both. Neither changes as long as the document is there.
#pragma once
#include <functional>
#include <string_view>

#include "schema/fact.h"

namespace entente {

inline constexpr std::string_view kCopyOf = "copy_of", kCopyShare = "copy_share";

// The document that the node's document is a copy of; 0 if it is none.
DocumentId copied_by(const Node& document_node);

// The document that speaks for one: that which it is a copy of, else itself. Of a document that
// cannot be read itself, which `check` tells.
using OriginOf = std::function<DocumentId(DocumentId)>;

class Rows;
struct WriteState;
OriginOf origins_in(const Rows& rows);             // must outlive it; remembers what it read
OriginOf origins_in(const WriteState& state);      // the same, with what the transaction adds

}  // namespace entente
