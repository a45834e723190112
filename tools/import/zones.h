// Zones of a page: what is told, and what only stands around it. Marked, never cut away.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"

namespace entente {

enum class Zone : std::uint8_t {
  Body,        // sentences of the article
  Headline,    // a title or a heading: names, but no grammar to lean on
  Byline,      // who wrote it
  Boilerplate,  // "Write to ...", "You may also like": nothing is read
  Caption,     // of a picture
  AuthorNote,  // about the author, at the end
  Dateline     // "GENEVA, May 3 (Agency) -": where and when a report was written
};

// A piece of a text of which the page itself tells the zone. Bytes, half-open.
struct ZoneSpan {
  std::uint64_t begin = 0, end = 0;
  Zone zone = Zone::Body;
  friend bool operator==(const ZoneSpan&, const ZoneSpan&) = default;
};

// The phrases by which lines are told apart: data/lexicon/zones.tsv. A value.
class ZoneRules {
 public:
  static Result<ZoneRules> load(const std::filesystem::path& folder);
  // Of one line (paragraph) of a text; `first` if nothing but the header stood before it.
  Zone zone_of(std::string_view line, bool first) const;

 private:
  struct Rule {
    std::string phrase;  // lower case
    Zone zone = Zone::Body;
    bool at_start = false, whole = false;
  };
  std::vector<Rule> rules_;
};

}  // namespace entente
