#include "storage/table_tail.h"

#include <rocksdb/table.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace rocksdb {
// The library's own, which no header of it declares: the checksum of a block and its type.
std::uint32_t ComputeBuiltinChecksum(ChecksumType type, const char* data, std::size_t size);
}  // namespace rocksdb

namespace entente {
namespace {
using rocksdb::IOStatus;

constexpr std::uint64_t kMagic = 0x88e241b785f4cff7;
constexpr std::uint32_t kTableVersion = 5;                        // BlockBasedTableOptions::format_version
constexpr std::size_t kHandles = 40;                              // of two blocks, padded with zeros
constexpr std::size_t kFooter = 1 + kHandles + 4 + 8;             // checksum type, handles, version, magic
constexpr std::size_t kTrailer = 1 + 4;                           // of a block: compression type, checksum
constexpr std::size_t kUsualTail = 4 << 10;                       // read at once
constexpr std::uint64_t kMostBytes = 16 << 20;                    // of a block that describes the table
constexpr std::string_view kProperties = "rocksdb.properties";

// Reads numbers as RocksDB writes them. After the end all are absent.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : bytes_(bytes) {}
  std::optional<std::uint64_t> varint() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      number |= std::uint64_t(byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
    return std::nullopt;
  }
  std::optional<std::string_view> take(std::uint64_t size) {
    if (size > bytes_.size()) return std::nullopt;
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

struct Block {
  std::uint64_t offset = 0, size = 0;  // without its trailer
};
std::optional<Block> read_block_place(Numbers& numbers) {
  const auto offset = numbers.varint(), size = numbers.varint();
  if (!offset || !size) return std::nullopt;
  return Block{*offset, *size};
}

struct Footer {
  rocksdb::ChecksumType checksum = rocksdb::kNoChecksum;
  Block metaindex, index;
};

// Nothing if any byte is not as it is written.
std::optional<Footer> read_footer(std::string_view bytes) {
  if (little_endian(bytes.substr(kFooter - 8)) != kMagic) return std::nullopt;
  if (little_endian(bytes.substr(1 + kHandles, 4)) != kTableVersion) return std::nullopt;
  Footer footer;
  footer.checksum = static_cast<rocksdb::ChecksumType>(bytes.front());
  if (footer.checksum < rocksdb::kCRC32c || footer.checksum > rocksdb::kXXH3) return std::nullopt;
  Numbers numbers(bytes.substr(1, kHandles));
  const auto metaindex = read_block_place(numbers), index = read_block_place(numbers);
  if (!metaindex || !index) return std::nullopt;
  if (numbers.rest().find_first_not_of('\0') != std::string_view::npos) return std::nullopt;
  footer.metaindex = *metaindex, footer.index = *index;
  return footer;
}

// The rows of a block without its restart points, of which the last four bytes give the number.
std::optional<Block> find_in_metaindex(std::string_view block, std::string_view wanted) {
  if (block.size() < 4) return std::nullopt;
  const std::uint64_t restarts = little_endian(block.substr(block.size() - 4));
  if (restarts > (block.size() - 4) / 4) return std::nullopt;
  Numbers rows(block.substr(0, block.size() - 4 - 4 * restarts));
  std::string key;
  while (!rows.rest().empty()) {
    const auto shared = rows.varint(), fresh = rows.varint(), size = rows.varint();
    if (!shared || !fresh || !size || *shared > key.size()) return std::nullopt;
    const auto suffix = rows.take(*fresh), value = rows.take(*size);
    if (!suffix || !value) return std::nullopt;
    key.resize(*shared);
    key += *suffix;
    Numbers place(*value);
    if (key == wanted) return read_block_place(place);
  }
  return std::nullopt;
}

// A file whose last bytes were read already.
class Tail {
 public:
  Tail(rocksdb::FSRandomAccessFile& file, std::uint64_t bytes) : file_(file), bytes_(bytes) {}

  IOStatus read_end() { return read(bytes_ - std::min<std::uint64_t>(bytes_, kUsualTail), bytes_, end_); }
  std::string_view last(std::size_t size) const { return std::string_view(end_).substr(end_.size() - size); }

  // The block there, once its checksum is right. What it was called goes into the error.
  IOStatus read_block(const Block& block, rocksdb::ChecksumType checksum, const char* called, std::string& into) const {
    const std::uint64_t most = bytes_ - kFooter;
    if (block.size > kMostBytes || block.offset > most || block.size + kTrailer > most - block.offset)
      return IOStatus::Corruption(std::string(called) + " lies outside the file");
    const std::uint64_t end_begins = bytes_ - end_.size();
    if (block.offset >= end_begins) {
      into = end_.substr(block.offset - end_begins, block.size + kTrailer);
    } else if (const IOStatus status = read(block.offset, block.offset + block.size + kTrailer, into); !status.ok()) {
      return status;
    }
    const std::uint32_t stored = std::uint32_t(little_endian(std::string_view(into).substr(block.size + 1)));
    const bool plain = into[block.size] == char(rocksdb::kNoCompression);
    if (!plain || rocksdb::ComputeBuiltinChecksum(checksum, into.data(), block.size + 1) != stored)
      return IOStatus::Corruption(std::string(called) + " is not what its checksum says");
    into.resize(block.size);
    return IOStatus::OK();
  }

 private:
  IOStatus read(std::uint64_t from, std::uint64_t to, std::string& into) const {
    std::string room(to - from, '\0');
    rocksdb::Slice got;
    if (const IOStatus status = file_.Read(from, room.size(), {}, &got, room.data(), nullptr); !status.ok()) return status;
    if (got.size() != room.size()) return IOStatus::Corruption("the file is shorter than it was");
    into.assign(got.data(), got.size());
    return IOStatus::OK();
  }

  rocksdb::FSRandomAccessFile& file_;
  std::uint64_t bytes_;
  std::string end_;
};

class VerifiedTables : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;
  const char* Name() const override { return "EntenteVerifiedTables"; }

  IOStatus NewRandomAccessFile(const std::string& path, const rocksdb::FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                               rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSRandomAccessFile> file;
    IOStatus status = target()->NewRandomAccessFile(path, options, &file, debug);
    if (status.ok() && path.ends_with(".sst")) {
      std::uint64_t bytes = 0;
      status = target()->GetFileSize(path, {}, &bytes, debug);
      if (status.ok()) status = verify_table_tail(*file, bytes);
      if (status.IsCorruption())
        status = IOStatus::Corruption("the file " + std::filesystem::path(path).filename().string() +
                                      " is damaged: " + status.getState());
    }
    if (status.ok()) *result = std::move(file);
    return status;
  }
};
}  // namespace

IOStatus verify_table_tail(rocksdb::FSRandomAccessFile& file, std::uint64_t bytes) {
  if (bytes < kFooter) return IOStatus::Corruption("it is too short for a table");
  Tail tail(file, bytes);
  if (const IOStatus status = tail.read_end(); !status.ok()) return status;
  const auto footer = read_footer(tail.last(kFooter));
  if (!footer) return IOStatus::Corruption("its last bytes are not those of a table");
  std::string block;
  if (const IOStatus status = tail.read_block(footer->metaindex, footer->checksum, "its metaindex", block); !status.ok())
    return status;
  const auto properties = find_in_metaindex(block, kProperties);
  if (!properties) return IOStatus::Corruption("its metaindex leads to no properties");
  return tail.read_block(*properties, footer->checksum, "its block of properties", block);
}

std::shared_ptr<rocksdb::FileSystem> with_verified_tables(std::shared_ptr<rocksdb::FileSystem> files) {
  return std::make_shared<VerifiedTables>(std::move(files));
}

}  // namespace entente
