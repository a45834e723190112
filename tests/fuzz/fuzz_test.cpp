// Every reader of foreign bytes, on valid inputs, on inputs that once were a fault, and on the same
// ten thousand mutations each time. Promises are in the targets; a
// broken one, a sanitizer's report or a minute without an answer ends the test program.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/mutate.h"
#include "tests/fuzz/target.h"

namespace entente::fuzz {
namespace {
namespace fs = std::filesystem;

// In memory that ends with the last byte: a std::string has a zero behind it, which hides a read too far.
void run(const Target& target, const std::string& bytes) {
  ::alarm(60);
  const std::vector<char> exact(bytes.begin(), bytes.end());
  target.run({exact.data(), exact.size()});
}

class Fuzz : public ::testing::TestWithParam<Target> {
 protected:
  void TearDown() override { ::alarm(0); }
};

TEST_P(Fuzz, TakesWhatIsValid) {
  for (const std::string& seed : GetParam().seeds()) run(GetParam(), seed);
}

TEST_P(Fuzz, TakesWhatOnceWasAFault) {
  const fs::path folder = fs::path(ENTENTE_FOUND) / GetParam().name;
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    run(GetParam(), std::string(std::istreambuf_iterator<char>(in), {}));
  }
}

TEST_P(Fuzz, TakesMutations) {
  const int inputs = std::getenv("ENTENTE_LONG") ? 1'000'000 : 10'000;
  std::mt19937 random(1);
  const std::vector<std::string> seeds = GetParam().seeds();
  for (int i = 0; i < inputs; ++i) run(GetParam(), mutated(seeds, random));
}

INSTANTIATE_TEST_SUITE_P(Of, Fuzz, ::testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace entente::fuzz
