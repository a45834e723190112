#include "tools/import/syntax/model.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "tools/import/syntax/hash.h"
#include "tools/import/syntax/tagset.h"

namespace entente {

static_assert(std::endian::native == std::endian::little, "models are read in place");

namespace syntax {
namespace {

template <typename T>
T read(std::span<const std::byte> bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

Error damaged(std::string what) { return {Code::Corruption, std::move(what)}; }

}  // namespace

std::uint64_t model_checksum(std::span<const std::byte> file) {
  // Four lanes keep the multiplier busy: 8 MB take about a millisecond.
  std::array<std::uint64_t, 4> lanes = {1, 2, 3, 4};
  std::size_t at = 0;
  const auto word = [&](std::size_t i) {
    return i == kChecksumAt ? 0 : read<std::uint64_t>(file, i);
  };
  for (; at + 32 <= file.size(); at += 32)
    for (std::size_t lane = 0; lane < 4; ++lane)
      lanes[lane] = mix(lanes[lane], word(at + 8 * lane));
  std::uint64_t sum = file.size();
  for (; at < file.size(); ++at)
    if (at < kChecksumAt || at >= kChecksumAt + 8)
      sum = mix(sum, static_cast<std::uint64_t>(file[at]));
  for (const std::uint64_t lane : lanes) sum = mix(sum, lane);
  return finish(sum);
}

Result<WeightTable> WeightTable::make(std::span<const std::byte> section) {
  if (section.size() < 12) return damaged("a weight table is too short");
  const auto bits = read<std::uint32_t>(section, 0);
  const auto row_bytes = read<std::uint32_t>(section, 4);
  if (bits < 1 || bits > 24) return damaged("a weight table has an absurd number of buckets");
  const std::size_t buckets = std::size_t{1} << bits;
  if (section.size() < 8 + 4 * (buckets + 1) + row_bytes) return damaged("a weight table is cut");

  WeightTable table;
  table.starts_ = reinterpret_cast<const std::uint32_t*>(section.data() + 8);
  table.rows_ = reinterpret_cast<const std::uint8_t*>(table.starts_ + buckets + 1);
  table.shift_ = 64 - static_cast<int>(bits);
  bool ordered = table.starts_[buckets] == row_bytes;
  for (std::size_t i = 0; i < buckets; ++i) ordered &= table.starts_[i] <= table.starts_[i + 1];
  if (!ordered) return damaged("the buckets of a weight table are out of order");
  return table;
}

void WeightTable::score(std::span<const std::uint64_t> keys,
                        std::int32_t (&scores)[kMaxClasses]) const {
  // Ask the memory for everything first and look later: the misses then overlap.
  for (const std::uint64_t key : keys) __builtin_prefetch(starts_ + (key >> shift_));
  for (const std::uint64_t key : keys) __builtin_prefetch(rows_ + starts_[key >> shift_]);
  for (const std::uint64_t key : keys) {
    const std::uint8_t* row = rows_ + starts_[key >> shift_];
    const std::uint8_t* const end = rows_ + starts_[(key >> shift_) + 1];
    const auto wanted = static_cast<std::uint16_t>(key);
    while (end - row >= 3) {
      std::uint16_t low;
      std::memcpy(&low, row, 2);
      const std::uint8_t* const next = row + 3 + 2 * row[2];
      if (next > end) break;  // only in a forged file: the checksum holds, the rows do not
      if (low == wanted) {
        for (const std::uint8_t* pair = row + 3; pair < next; pair += 2) {
          const std::int32_t root = static_cast<std::int8_t>(pair[1]);
          scores[pair[0] % kMaxClasses] += root * (root < 0 ? -root : root);
        }
        break;
      }
      row = next;
    }
  }
}

Result<ClusterTable> ClusterTable::make(std::span<const std::byte> section) {
  if (section.size() < 8) return damaged("the cluster table is too short");
  const std::size_t words = read<std::uint32_t>(section, 0);
  if (section.size() < 8 + 8 * words) return damaged("the cluster table is cut");
  ClusterTable table;
  table.hashes_ = {reinterpret_cast<const std::uint32_t*>(section.data() + 8), words};
  table.clusters_ = reinterpret_cast<const Cluster*>(section.data() + 8 + 4 * words);
  return table;
}

Cluster ClusterTable::find(std::uint64_t lower_hash) const {
  const auto wanted = static_cast<std::uint32_t>(lower_hash >> 32);
  const auto at = std::lower_bound(hashes_.begin(), hashes_.end(), wanted);
  if (at == hashes_.end() || *at != wanted) return {};
  return clusters_[at - hashes_.begin()];
}

}  // namespace syntax

namespace {

using syntax::Section;

// Everything about the header that can be wrong, in the order a reader would ask.
Status check_header(std::span<const std::byte> file) {
  using namespace syntax;
  if (file.size() < kHeaderBytes ||
      std::memcmp(file.data(), kModelMagic.data(), kModelMagic.size()) != 0)
    return Error{Code::Corruption, "this is not a syntax model"};
  const auto version = read<std::uint32_t>(file, 8);
  if (version != kModelVersion)
    return Error{Code::Incompatible, "format version " + std::to_string(version) + ", expected " +
                                         std::to_string(kModelVersion)};
  if (read<std::uint32_t>(file, 12) != kSections || read<std::uint64_t>(file, 16) != file.size())
    return Error{Code::Corruption, "the file is cut or has grown"};
  if (read<std::uint64_t>(file, kChecksumAt) != model_checksum(file))
    return Error{Code::Corruption, "the checksum does not match"};
  if (read<std::uint64_t>(file, 24) != vocabulary_version())
    return Error{Code::Incompatible, "made for other tags or relations; train it again"};
  for (std::size_t i = 0; i < kSections; ++i) {
    const auto offset = read<std::uint64_t>(file, 40 + 16 * i);
    const auto bytes = read<std::uint64_t>(file, 48 + 16 * i);
    if (offset % 8 != 0 || offset > file.size() || bytes > file.size() - offset)
      return Error{Code::Corruption, "a section lies outside the file"};
  }
  return kOk;
}

std::span<const std::byte> section(std::span<const std::byte> file, Section which) {
  const std::size_t at = 40 + 16 * static_cast<std::size_t>(which);
  return file.subspan(syntax::read<std::uint64_t>(file, at),
                      syntax::read<std::uint64_t>(file, at + 8));
}

Result<std::span<const std::byte>> map_file(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const Code code = errno == ENOENT ? Code::NotFound : Code::Unavailable;
    return Error{code, std::string("cannot open the model: ") + std::strerror(errno)};
  }
  struct stat info = {};
  void* memory = MAP_FAILED;
  const bool sized = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
  const auto size = static_cast<std::size_t>(sized ? info.st_size : 0);
  if (sized) memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  ::close(fd);
  if (!sized) return Error{Code::Corruption, "the model is empty or no regular file"};
  if (memory == MAP_FAILED)
    return Error{Code::Unavailable, std::string("cannot map the model: ") + std::strerror(errno)};
  return std::span{static_cast<const std::byte*>(memory), size};
}

}  // namespace

Result<Model> Model::load(const std::filesystem::path& path) {
  const auto mapped = map_file(path);
  if (!mapped) return mapped.error().within(path.string());
  Model model(*mapped);
  if (const auto ok = check_header(model.mapping_); !ok) return ok.error().within(path.string());

  const auto tags = syntax::WeightTable::make(section(model.mapping_, Section::TagWeights));
  if (!tags) return tags.error().within(path.string());
  const auto arcs = syntax::WeightTable::make(section(model.mapping_, Section::ParseWeights));
  if (!arcs) return arcs.error().within(path.string());
  const auto clusters = syntax::ClusterTable::make(section(model.mapping_, Section::Clusters));
  if (!clusters) return clusters.error().within(path.string());
  model.tag_weights_ = *tags;
  model.parse_weights_ = *arcs;
  model.clusters_ = *clusters;
  return model;
}

Model::Model(Model&& other) noexcept
    : mapping_(std::exchange(other.mapping_, {})),
      tag_weights_(other.tag_weights_),
      parse_weights_(other.parse_weights_),
      clusters_(other.clusters_) {}

Model& Model::operator=(Model&& other) noexcept {
  std::swap(mapping_, other.mapping_);
  tag_weights_ = other.tag_weights_;
  parse_weights_ = other.parse_weights_;
  clusters_ = other.clusters_;
  return *this;
}

Model::~Model() {
  if (!mapping_.empty())
    ::munmap(const_cast<std::byte*>(mapping_.data()), mapping_.size());  // mmap gave it as void*
}

}  // namespace entente
