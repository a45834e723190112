// Who holds which office: edges from persons to the bodies that their titles and roles name.
#pragma once
#include <optional>
#include <string>

#include "tools/import/cast.h"
#include "tools/import/claims.h"
#include "tools/import/lexicon.h"
#include "tools/import/text.h"
#include "tools/import/vocabulary.h"

namespace entente {

// Borrows all it is made of. What it looks up of the article as a whole is looked up when it is made.
class Offices {
 public:
  Offices(const Article& article, const Text& text, Cast& cast, const Lexicon& lexicon,
          const Vocabulary& vocabulary, Claims& claims);

  // "President Biden", "Senator X", "Secretary of State Y": the office that the title means.
  void title_before(std::uint32_t s, const Mention& mention);
  // "Todd Robinson, assistant secretary of state": a role whose words name the office.
  void role_after(std::uint32_t s, const Mention& mention);
  // "Finance Minister X", "Executive Director Y" of whom no state or body is told: of the state
  // that the article speaks from, or of the body spoken of right before.
  void in_context(std::uint32_t s);

 private:
  bool of_another_state(std::uint32_t s, std::int32_t title) const;
  std::optional<std::uint32_t> known_body(const std::string& of) const;
  void office(std::uint32_t s, std::size_t person, const Role& role, bool ended);
  const Role* title_of(const Sentence& sentence, const Mention& person) const;
  std::optional<std::size_t> find_publisher(const std::string& publisher) const;
  std::optional<std::size_t> body_before(std::uint32_t s, std::int32_t word) const;

  const Text& text_;
  Cast& cast_;
  const Lexicon& lexicon_;
  const Vocabulary& vocabulary_;
  Claims& claims_;
  const std::optional<std::size_t> publisher_;
  const std::optional<std::string> home_;  // the state that the article speaks from
};

}  // namespace entente
