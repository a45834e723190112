#include "graph/mapped_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>
#include <utility>

namespace entente {

FileHandle::~FileHandle() {
  if (number_ >= 0) ::close(number_);
}

std::shared_ptr<const MappedFile> MappedFile::of(FileHandle file, std::size_t size) {
  void* const at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.number(), 0);
  if (at == MAP_FAILED) return nullptr;
  return std::shared_ptr<const MappedFile>(new MappedFile(std::move(file), static_cast<const std::byte*>(at), size));
}

MappedFile::MappedFile(FileHandle file, const std::byte* bytes, std::size_t size)
    : file_(std::move(file)), bytes_(bytes), size_(size) {}

MappedFile::~MappedFile() { ::munmap(const_cast<std::byte*>(bytes_), size_); }

ChangeableBytes::ChangeableBytes(std::span<const std::byte> from, std::size_t room, const MappedFile* file) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto whole_pages = [&](std::size_t bytes) { return (bytes + page - 1) / page * page; };
  const bool in_file = file != nullptr && !from.empty() && from.data() >= file->bytes_ &&
                       from.data() + from.size() <= file->bytes_ + file->size_;
  const std::size_t begin = in_file ? static_cast<std::size_t>(from.data() - file->bytes_) : 0;
  const std::size_t before = begin % page;
  length_ = whole_pages(before + from.size() + room + 1);
  void* const at = ::mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) throw std::bad_alloc();
  mapped_ = static_cast<std::byte*>(at);
  data_ = mapped_ + before;
  if (!in_file) {
    if (!from.empty()) std::memcpy(data_, from.data(), from.size());
    return;
  }
  void* const over = ::mmap(mapped_, whole_pages(before + from.size()), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE,
                            file->file_.number(), static_cast<off_t>(begin - before));
  if (over == MAP_FAILED) {
    ::munmap(mapped_, length_);
    throw std::bad_alloc();
  }
}

ChangeableBytes::ChangeableBytes(ChangeableBytes&& other) noexcept
    : mapped_(std::exchange(other.mapped_, nullptr)), length_(other.length_), data_(other.data_) {}

ChangeableBytes::~ChangeableBytes() {
  if (mapped_ != nullptr) ::munmap(mapped_, length_);
}

}  // namespace entente
