#include "tests/fuzz/mutate.h"

#include <algorithm>

namespace entente::fuzz {
namespace {

void change(std::string& bytes, const std::vector<std::string>& seeds, std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  const std::size_t at = below(bytes.size() + 1), length = std::min(bytes.size() - at, 1 + below(16));
  switch (random() % 8) {
    case 0:
      if (at < bytes.size()) bytes[at] = char(bytes[at] ^ (1 << random() % 8));
      return;
    case 1:
      if (at < bytes.size()) bytes[at] = char(random());
      return;
    case 2: bytes.erase(at, length); return;
    case 3: bytes.insert(at, bytes.substr(at, length)); return;
    case 4: {
      const std::string& other = seeds[below(seeds.size())];
      const std::size_t from = below(other.size() + 1);
      bytes.insert(at, other.substr(from, 1 + below(32)));
      return;
    }
    case 5: bytes.resize(at); return;
    case 6: {
      static constexpr std::string_view kLimits[] = {{"\xff\xff\xff\xff\xff\xff\xff\xff", 8}, {"\0\0\0\0\0\0\0\0", 8}, {"\x7f\xff\xff\xff", 4}, {"\x80\0\0\0", 4}};
      const std::string_view limit = kLimits[random() % 4];
      bytes.replace(at, std::min(limit.size(), bytes.size() - at), limit);
      return;
    }
    default: bytes.insert(at, 1 + below(64), char(random() % 4 ? 'a' : random()));
  }
}
}  // namespace

std::string mutated(const std::vector<std::string>& seeds, std::mt19937& random) {
  std::string bytes = seeds[random() % seeds.size()];
  for (unsigned changes = 1 + random() % 4; changes > 0; --changes) change(bytes, seeds, random);
  return bytes;
}

}  // namespace entente::fuzz
