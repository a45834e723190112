// Texts of documents as stored: zstd frames of at most a mebibyte of text each.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"
#include "schema/result.h"

namespace entente {

inline constexpr std::size_t kTextChunk = 1 << 20;  // bytes of text in one chunk

std::vector<std::string> compress_text(std::string_view text);
// Appends the text of one chunk. Corruption if the bytes are damaged or hold more than a chunk may.
Status decompress_chunk(std::string_view chunk, std::string& text);

// The text of a document as it was imported. Corruption if its digest is another.
class Rows;
Result<std::string> read_text(const Rows& rows, DocumentId id);

}  // namespace entente
