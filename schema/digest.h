// SHA-256 of bytes, and bytes as hexadecimal.
#pragma once
#include <string>
#include <string_view>

namespace entente {

inline constexpr std::size_t kDigestSize = 32;
std::string sha256(std::string_view bytes);  // 32 bytes
std::string hex(std::string_view bytes);     // lower case, two digits a byte

}  // namespace entente
