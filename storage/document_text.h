// Texts of documents as stored: zstd frames of at most a mebibyte of text each.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"

namespace entente {

inline constexpr std::size_t kTextChunk = 1 << 20;  // bytes of text in one chunk

std::vector<std::string> compress_text(std::string_view text);
// Appends the text of one chunk. Corruption if the bytes are damaged or hold more than a chunk may.
Status decompress_chunk(std::string_view chunk, std::string& text);

}  // namespace entente
