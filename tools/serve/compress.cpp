#include "tools/serve/compress.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <new>

namespace entente::serve {
namespace {

std::string gzip(std::string_view body) {
  z_stream stream{};
  if (deflateInit2(&stream, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  std::string out(deflateBound(&stream, body.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::bad_alloc();
  return out;
}

std::string zstd(std::string_view body) {
  std::string out(ZSTD_compressBound(body.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), body.data(), body.size(), 3);
  if (ZSTD_isError(size)) throw std::bad_alloc();
  out.resize(size);
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// q=0, q=0.0, q=0.000: not wanted.
bool is_zero(std::string_view parameters) {
  const std::size_t q = parameters.find("q=");
  if (q == std::string_view::npos) return false;
  for (const char c : trimmed(parameters.substr(q + 2)))
    if (c != '0' && c != '.') return false;
  return true;
}
}  // namespace

std::string_view name_of(Coding coding) {
  switch (coding) {
    case Coding::Plain: return "";
    case Coding::Gzip: return "gzip";
    case Coding::Zstd: return "zstd";
    case Coding::Brotli: return "br";
  }
  return "";
}

bool accepts(std::string_view header, Coding coding) {
  while (!header.empty()) {
    const std::string_view item = header.substr(0, header.find(','));
    header.remove_prefix(std::min(header.size(), item.size() + 1));
    const std::size_t semicolon = item.find(';');
    if (trimmed(item.substr(0, semicolon)) != name_of(coding)) continue;
    return semicolon == std::string_view::npos || !is_zero(item.substr(semicolon + 1));
  }
  return false;
}

Coding preferred_coding(std::string_view header) {
  if (accepts(header, Coding::Zstd)) return Coding::Zstd;
  if (accepts(header, Coding::Gzip)) return Coding::Gzip;
  return Coding::Plain;
}

std::string compressed(std::string_view body, Coding coding) {
  switch (coding) {
    case Coding::Gzip: return gzip(body);
    case Coding::Zstd: return zstd(body);
    default: return std::string(body);
  }
}

}  // namespace entente::serve
