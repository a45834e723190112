// What a text says that its nodes are: "Yamal LNG, a plant in the Arctic", "the bank Tinkoff",
// "Hydro is a producer of aluminium". Later "the plant", "the bank", "the producer" mean them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/names.h"

namespace entente {

// Collected once from the mentions that stand; a value. Cost: one pass over the text.
class Descriptions {
 public:
  explicit Descriptions(const Naming& naming);

  // Of the nodes that were so called before the word the one that was so last, no more than
  // ten sentences ago.
  std::optional<std::size_t> last_called(std::string_view noun, std::uint32_t sentence,
                                         std::int32_t word) const;

 private:
  struct Said {
    std::string noun;  // in its dictionary form
    std::size_t node;
    std::uint32_t sentence;
    std::int32_t word;  // where the noun stands
  };
  void behind(const Naming& naming, const Mention& mention);
  void before(const Naming& naming, const Mention& mention);

  std::vector<Said> said_;
};

}  // namespace entente
