// One target as a program of libFuzzer. Its seeds: `fuzz_NAME --seeds FOLDER` writes them.
#include <cstdint>
#include <cstring>
#include <fstream>

#include "tests/fuzz/target.h"

namespace {
const entente::fuzz::Target& target() {
  static const entente::fuzz::Target* const kTarget = entente::fuzz::find_target(ENTENTE_TARGET);
  return *kTarget;
}
}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (*argc != 3 || std::strcmp((*argv)[1], "--seeds") != 0) {
    target().run(target().seeds().front());  // tables and models are loaded before the clock runs
    return 0;
  }
  int number = 0;
  for (const std::string& seed : target().seeds())
    std::ofstream(std::string((*argv)[2]) + "/seed" + std::to_string(++number), std::ios::binary) << seed;
  std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  target().run({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
