// From trained weights to the model file: pruning, rounding to bytes, writing.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "schema/result.h"
#include "tools/import/syntax/model.h"
#include "tools/import/train/perceptron.h"

namespace entente::train {

// The rows without their smallest weights, so few that they pack into `bytes`.
std::vector<Row> prune(const std::vector<Row>& rows, std::size_t bytes);

// Bytes of a weight section, see model.h. The largest weight becomes 127 squared.
std::string pack_weights(const std::vector<Row>& rows);

struct ClusteredWord {
  std::uint32_t hash;  // high half of the hash of the lower-case word
  syntax::Cluster cluster;
};
std::string pack_clusters(std::vector<ClusteredWord> words);  // the first of two equal hashes wins

// The file for the three sections. Written aside and renamed, so a reader sees all or nothing.
std::string pack_model(const std::vector<std::string>& sections);
Status write_model(const std::filesystem::path& path, const std::string& bytes);

}  // namespace entente::train
