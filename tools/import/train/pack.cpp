#include "tools/import/train/pack.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <span>

#include "tools/import/syntax/tagset.h"

namespace entente::train {
namespace {

template <typename T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// About one row a bucket.
int bucket_bits(std::size_t rows) {
  return std::max(1, static_cast<int>(std::bit_width(std::max<std::size_t>(rows, 2) * 3 / 4)));
}

std::vector<Row> above(const std::vector<Row>& rows, double threshold) {
  std::vector<Row> out;
  for (const Row& row : rows) {
    Row kept{row.key, {}};
    for (const Pair& pair : row.pairs)
      if (std::abs(pair.weight) >= threshold) kept.pairs.push_back(pair);
    if (!kept.pairs.empty()) out.push_back(std::move(kept));
  }
  return out;
}

std::size_t packed_bytes(const std::vector<Row>& rows, double threshold) {
  std::size_t bytes = 0, kept_rows = 0;
  for (const Row& row : rows) {
    std::size_t pairs = 0;
    for (const Pair& pair : row.pairs) pairs += std::abs(pair.weight) >= threshold;
    if (pairs == 0) continue;
    bytes += 3 + 2 * pairs;
    ++kept_rows;
  }
  return bytes + 12 + (std::size_t{4} << bucket_bits(kept_rows));
}

double largest(const std::vector<Row>& rows) {
  double size = 0;
  for (const Row& row : rows)
    for (const Pair& pair : row.pairs) size = std::max(size, std::abs(pair.weight));
  return size > 0 ? size : 1;
}

// A weight as the signed root that model.h speaks of.
long rooted(double weight, double full) {
  const long root = std::lround(std::sqrt(std::abs(weight) / full) * 127);
  return weight < 0 ? -root : root;
}

}  // namespace

std::vector<Row> prune(const std::vector<Row>& rows, std::size_t bytes) {
  double low = 0, high = 1e6;
  if (packed_bytes(rows, low) <= bytes) return rows;
  for (int step = 0; step < 60; ++step) {
    const double middle = low + (high - low) / 2;
    (packed_bytes(rows, middle) <= bytes ? high : low) = middle;
  }
  return above(rows, high);
}

std::string pack_weights(const std::vector<Row>& rows) {
  const int bits = bucket_bits(rows.size());
  const double full = largest(rows);
  std::vector<std::uint32_t> starts((std::size_t{1} << bits) + 1);
  std::string blob;
  std::size_t bucket = 0;
  for (const Row& row : rows) {  // sorted by key, so bucket after bucket
    while (bucket <= row.key >> (64 - bits))
      starts[bucket++] = static_cast<std::uint32_t>(blob.size());
    std::string pairs;
    for (const Pair& pair : row.pairs) {
      const long rounded = rooted(pair.weight, full);
      if (rounded == 0) continue;
      pairs += static_cast<char>(pair.label);
      pairs += static_cast<char>(rounded);
    }
    if (pairs.empty()) continue;
    put(blob, static_cast<std::uint16_t>(row.key));
    blob += static_cast<char>(pairs.size() / 2);
    blob += pairs;
  }
  while (bucket < starts.size()) starts[bucket++] = static_cast<std::uint32_t>(blob.size());

  std::string out;
  put(out, static_cast<std::uint32_t>(bits));
  put(out, static_cast<std::uint32_t>(blob.size()));
  out.append(reinterpret_cast<const char*>(starts.data()), starts.size() * sizeof starts[0]);
  return out + blob;
}

std::string pack_clusters(std::vector<ClusteredWord> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.hash < b.hash; });
  words.erase(std::unique(words.begin(), words.end(),
                          [](const auto& a, const auto& b) { return a.hash == b.hash; }),
              words.end());
  std::string out;
  put(out, static_cast<std::uint32_t>(words.size()));
  put(out, std::uint32_t{0});
  for (const auto& word : words) put(out, word.hash);
  for (const auto& word : words) put(out, word.cluster);
  return out;
}

std::string pack_model(const std::vector<std::string>& sections) {
  using namespace syntax;
  std::string table, body;
  for (const std::string& section : sections) {
    put(table, static_cast<std::uint64_t>(kHeaderBytes + body.size()));
    put(table, static_cast<std::uint64_t>(section.size()));
    body += section;
    body.resize((body.size() + 7) / 8 * 8);
  }
  std::string file(kModelMagic);
  put(file, kModelVersion);
  put(file, static_cast<std::uint32_t>(sections.size()));
  put(file, static_cast<std::uint64_t>(kHeaderBytes + body.size()));
  put(file, vocabulary_version());
  put(file, std::uint64_t{0});
  file += table + body;
  const std::uint64_t sum = model_checksum(std::as_bytes(std::span(file)));
  std::memcpy(file.data() + kChecksumAt, &sum, sizeof sum);
  return file;
}

Status write_model(const std::filesystem::path& path, const std::string& bytes) {
  auto aside = path;
  aside += ".new";
  std::ofstream out(aside, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return Error{Code::Unavailable, "cannot write " + aside.string()};
  std::error_code failed;
  std::filesystem::rename(aside, path, failed);
  if (failed) return Error{Code::Unavailable, "cannot replace " + path.string()};
  return kOk;
}

}  // namespace entente::train
