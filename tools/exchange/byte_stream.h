// A file as a stream of bytes, unpacked if it is packed, with the SHA-256 of what came out.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace entente::exchange {

// Reads `.gz` and `.zst` (told by their first bytes, not by their name) and everything else as it
// is. A resource. One thread at a time.
class ByteStream {
 public:
  // NotFound or Unavailable if the file cannot be read.
  static Result<ByteStream> open(const std::filesystem::path& file);
  ~ByteStream();
  ByteStream(ByteStream&&) noexcept;
  ByteStream& operator=(ByteStream&&) noexcept;

  // The next bytes, at most a mebibyte; empty at the end. They stay until the next call. Corruption
  // if a packed file is damaged or cut short.
  Result<std::string_view> next();

  // What next() will give, which stays as long.
  Result<std::string_view> peek();

  std::uint64_t bytes() const;        // given out so far
  std::uint64_t file_bytes() const;   // of the file read so far: progress
  std::uint64_t file_size() const;    // of the file
  std::string digest() const;         // SHA-256 of all that was given out

 private:
  struct State;
  explicit ByteStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace entente::exchange
