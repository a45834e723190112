// Documents in a write transaction: storing one, finding one by its text, taking one back.
#pragma once
#include "schema/claim.h"
#include "schema/words.h"
#include "storage/transaction_state.h"

namespace entente {

// The document that has that text and is not retracted.
Result<std::optional<DocumentId>> document_with(WriteState& state, const std::string& digest);

// Stores it, with the node that stands for it in the graph. `words` and `shingles` are those of its text.
const Document& add_document(WriteState& state, const Document& given, std::string digest,
                             const std::vector<TextWord>& words, std::vector<std::uint64_t> shingles);

// Takes back every statement that cites it, and the document with them.
Status retract_document(WriteState& state, DocumentId id);

// InvalidArgument unless these are characters of that document, which must not be retracted.
Status check_evidence(WriteState& state, const Evidence& evidence);

}  // namespace entente
