// Compressed bodies: zstd or gzip, as the client prefers.
#pragma once
#include <string>
#include <string_view>

namespace entente::serve {

enum class Coding : std::uint8_t { Plain, Gzip, Zstd, Brotli };
std::string_view name_of(Coding coding);  // "", "gzip", "zstd", "br"

// The best that an Accept-Encoding allows among zstd and gzip; codings refused with q=0 are not
// taken. RFC 9110, 12.5.3.
Coding preferred_coding(std::string_view accept_encoding);
bool accepts(std::string_view accept_encoding, Coding coding);

// Plain gives the text itself.
std::string compressed(std::string_view body, Coding coding);

}  // namespace entente::serve
