// The model file of the tagger and the parser: memory-mapped, checked, read in place.
//
// Layout, little-endian, every section at a multiple of eight bytes:
//   0   8  magic "EntSyntx"
//   8   4  format version (kModelVersion)
//   12  4  number of sections (kSections)
//   16  8  size of the file
//   24  8  vocabulary_version() of the tags and relations it was trained for
//   32  8  checksum of every other byte of the file
//   40  .. for each section: offset (8), bytes (8)
// A weight section: u32 log2 of the number of buckets, u32 bytes of rows, u32 start of each bucket
// and of the end, rows. The high bits of a feature's key choose the bucket. A row: u16 low bits of
// the key, u8 n, n pairs (u8 class, i8 root); the weight is the square of the root with the root's
// sign, fine for small weights and still wide enough for large ones. The cluster section: u32
// words, u32 zero, sorted u32 hashes of lower-case words, then for each a u16 fine and a u16 coarse
// cluster.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "schema/result.h"

namespace entente {

namespace syntax {

inline constexpr std::string_view kModelMagic = "EntSyntx";
// Goes up with the layout above and with the features of the tagger or the parser.
inline constexpr std::uint32_t kModelVersion = 2;
inline constexpr std::size_t kMaxClasses = 128;
enum class Section : std::uint32_t { TagWeights, ParseWeights, Clusters };
inline constexpr std::uint32_t kSections = 3;
inline constexpr std::size_t kHeaderBytes = 40 + 16 * kSections;
inline constexpr std::size_t kChecksumAt = 32;

// Of the whole file, taking the eight bytes at kChecksumAt as zero. Finds damage, not malice.
std::uint64_t model_checksum(std::span<const std::byte> file);

// Feature key -> weights of classes. A view into the model's bytes.
class WeightTable {
 public:
  static Result<WeightTable> make(std::span<const std::byte> section);

  // Adds the weights of every key to `scores`; unknown keys add nothing. The hot loop of it all.
  void score(std::span<const std::uint64_t> keys, std::int32_t (&scores)[kMaxClasses]) const;

 private:
  const std::uint32_t* starts_ = nullptr;
  const std::uint8_t* rows_ = nullptr;
  int shift_ = 64;
};

struct Cluster {
  std::uint16_t fine = 0, coarse = 0;  // 0: unknown word
};

class ClusterTable {
 public:
  static Result<ClusterTable> make(std::span<const std::byte> section);
  Cluster find(std::uint64_t lower_hash) const;

 private:
  std::span<const std::uint32_t> hashes_;
  const Cluster* clusters_ = nullptr;
};

}  // namespace syntax

// Owns the mapping. Movable, not copied; any number of threads may read it at once. Taggers and
// parsers borrow it and must not outlive it.
class Model {
 public:
  // NotFound when there is no such file, Corruption when it is damaged or no model at all,
  // Incompatible when it was made for another version. Takes a few milliseconds at most.
  static Result<Model> load(const std::filesystem::path& path);

  Model(Model&& other) noexcept;
  Model& operator=(Model&& other) noexcept;
  ~Model();

  const syntax::WeightTable& tag_weights() const { return tag_weights_; }
  const syntax::WeightTable& parse_weights() const { return parse_weights_; }
  const syntax::ClusterTable& clusters() const { return clusters_; }

 private:
  explicit Model(std::span<const std::byte> mapping) : mapping_(mapping) {}
  std::span<const std::byte> mapping_;
  syntax::WeightTable tag_weights_, parse_weights_;
  syntax::ClusterTable clusters_;
};

}  // namespace entente
