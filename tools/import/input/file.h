// Bytes from outside: a file that the user or a folder names, or standard input.
//
// Only regular files are read, and only up to a limit: a pipe, a device, a socket or a folder is
// refused before a byte is read, so none of them can make the program wait.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace entente {

// How much is taken at most, in bytes. What is larger is refused with one line.
inline constexpr std::size_t kLargestText = std::size_t{4} << 20;   // text of one article
inline constexpr std::size_t kLargestPage = std::size_t{16} << 20;  // an HTML page, markup and all
inline constexpr std::size_t kLargestPdf = std::size_t{64} << 20;
inline constexpr std::size_t kLargestJson = std::size_t{64} << 20;  // a file that is read whole

enum class Links : bool { Follow, Refuse };

// "10.0 MB", "812 bytes": for people.
std::string size_text(std::size_t bytes);

// An open file, closed with the object. Movable, not copied.
class File {
 public:
  // Never waits. `Links` says what to do if the last part of the path is a symbolic link.
  static Result<File> open(const std::filesystem::path& path, Links links = Links::Follow);

  // Bytes in memory as a file without a name, for what wants a descriptor.
  static Result<File> of_bytes(std::string_view bytes, std::string name);

  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  int descriptor() const { return descriptor_; }
  std::size_t size() const { return size_; }  // when it was opened

  // The first bytes, at most `count`; the next read starts at the beginning again.
  Result<std::string> head(std::size_t count) const;
  // Everything; refused if that is more than `limit`, also when the file grows meanwhile.
  Result<std::string> read(std::size_t limit) const;

 private:
  File(int descriptor, std::size_t size, std::string name)
      : descriptor_(descriptor), size_(size), name_(std::move(name)) {}
  int descriptor_ = -1;
  std::size_t size_ = 0;
  std::string name_;
};

// Everything from a descriptor (a pipe or standard input) up to its end or to `limit`.
Result<std::string> read_to_end(int descriptor, std::size_t limit, const std::string& name);

}  // namespace entente
