// MappedFile: a file's bytes as they lie; and bytes that begin as some of them and are changed here alone.
#pragma once
#include <cstddef>
#include <memory>
#include <span>

namespace entente {

// Closes itself. -1: none.
class FileHandle {
 public:
  explicit FileHandle(int number) : number_(number) {}
  FileHandle(FileHandle&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  FileHandle& operator=(FileHandle&&) = delete;
  ~FileHandle();
  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

// For reading. Whoever shortens the file meanwhile makes a read beyond its end a signal.
class MappedFile {
 public:
  static std::shared_ptr<const MappedFile> of(FileHandle file, std::size_t size);  // null: see errno
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();
  std::span<const std::byte> bytes() const { return {bytes_, size_}; }

 private:
  friend class ChangeableBytes;
  MappedFile(FileHandle file, const std::byte* bytes, std::size_t size);
  FileHandle file_;
  const std::byte* bytes_;
  std::size_t size_;
};

// A copy of some bytes, with room behind them. Of a mapped file's it is made page by page, when one is
// written to; the file never changes. Others are copied now. Throws std::bad_alloc.
class ChangeableBytes {
 public:
  ChangeableBytes(std::span<const std::byte> from, std::size_t room, const MappedFile* file);
  ChangeableBytes(ChangeableBytes&& other) noexcept;
  ChangeableBytes& operator=(ChangeableBytes&&) = delete;
  ~ChangeableBytes();
  std::byte* data() const { return data_; }  // `from`, then zeros or anything

 private:
  std::byte* mapped_ = nullptr;
  std::size_t length_ = 0;
  std::byte* data_ = nullptr;
};

}  // namespace entente
