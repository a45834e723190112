#include "storage/document_text.h"

#include <zstd.h>

#include <memory>

#include "schema/codec.h"
#include "schema/digest.h"
#include "storage/key.h"
#include "storage/rows.h"

namespace entente {
namespace {
constexpr int kLevel = 3;
}

std::vector<std::string> compress_text(std::string_view text) {
  // Making one costs more than compressing a short text with it.
  static thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  std::vector<std::string> chunks;
  for (std::size_t at = 0; at < text.size(); at += kTextChunk) {
    const std::string_view part = text.substr(at, kTextChunk);
    std::string chunk(ZSTD_compressBound(part.size()), '\0');
    const std::size_t size =
        ZSTD_compressCCtx(context.get(), chunk.data(), chunk.size(), part.data(), part.size(), kLevel);
    assert(!ZSTD_isError(size));  // the buffer is as large as zstd asked for
    chunk.resize(size);
    chunks.push_back(std::move(chunk));
  }
  return chunks;
}

Status decompress_chunk(std::string_view chunk, std::string& text) {
  const Error damaged{Code::Corruption, "the stored text of a document is damaged"};
  const unsigned long long size = ZSTD_getFrameContentSize(chunk.data(), chunk.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kTextChunk)
    return damaged;
  const std::size_t before = text.size();
  text.resize(before + size);
  const std::size_t got = ZSTD_decompress(text.data() + before, size, chunk.data(), chunk.size());
  if (ZSTD_isError(got) || got != size) return damaged;
  return kOk;
}

Result<std::string> read_text(const Rows& rows, DocumentId id) {
  const std::string which = "document " + std::to_string(id.value);
  const auto bytes = rows.get(ColumnFamily::Documents, key::document(id, key::kHeaderChunk));
  if (!bytes) return bytes.error();
  if (!*bytes) return Error{Code::NotFound, "there is no " + which};
  const auto header = decode_document(**bytes);
  if (!header) return header.error().within(which);
  if (header->document.rows)
    return Error{Code::NotFound, which + " is a table that was loaded: its text is not kept"};
  std::string text;
  Status fault = kOk;
  auto scanned = rows.scan(ColumnFamily::Documents, key::of(id), [&](std::string_view key, std::string_view value) {
    if (key == key::document(id, key::kHeaderChunk)) return true;
    fault = decompress_chunk(value, text);
    return bool(fault);
  });
  if (!scanned) return scanned.error();
  if (!fault) return fault.error().within(which);
  if (sha256(text) != header->document.digest)
    return Error{Code::Corruption, which + ": the stored text is not the one that was imported"};
  return text;
}

}  // namespace entente
