// Classes of similar words, from word vectors: spherical k-means.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "schema/result.h"

namespace entente::train {

struct WordVectors {
  std::vector<std::string> words;  // most frequent first
  std::vector<float> values;       // `dimensions` a word, of unit length
  std::size_t dimensions = 0;
};

// Lines of "word v1 v2 ... vn", most frequent word first; at most `limit` of them.
Result<WordVectors> read_vectors(const std::filesystem::path& path, std::size_t limit);

// The class of each word, 0 .. classes - 1. Starts from words spread over the frequencies, goes
// over them `rounds` times. The same result on every run.
std::vector<int> cluster(const WordVectors& vectors, int classes, int rounds);

}  // namespace entente::train
