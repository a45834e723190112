#include "schema/digest.h"

#include <openssl/evp.h>

#include <cstdlib>

namespace entente {

std::string sha256(std::string_view bytes) {
  std::string digest(kDigestSize, '\0');
  // Looked up once: the lookup takes as long as the digest of a short text.
  static EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  const int done = EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
                              kAlgorithm, nullptr);
  if (done != 1) std::abort();  // no memory; a digest that is not one must not be stored
  return digest;
}

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace entente
