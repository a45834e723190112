// When something happened: which of a sentence's times is said of a word.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tools/import/dates.h"
#include "tools/import/text.h"

namespace entente {

// Looks at one sentence; borrows it.
class Timing {
 public:
  Timing(const Sentence& sentence, std::vector<TimeMention> times)
      : sentence_(sentence), dates_(std::move(times)) {}

  // The time hung on the word, handed down from what governs it, or near it; nullptr if none is.
  const TimeMention* of(std::int32_t word) const;
  std::string phrase(const TimeMention& time) const;  // as the text has it
  Bound last_date(Bound before) const { return dates_.empty() ? before : dates_.back().from; }

 private:
  const TimeMention* time_of(std::int32_t i) const;
  const TimeMention* time_near(std::int32_t i) const;
  const TimeMention* time_at(std::int32_t word, std::int32_t trigger) const;
  bool main_clause(std::int32_t word) const;
  bool has_subject(std::int32_t verb) const;
  std::int32_t head_of(const TimeMention& time) const;

  const Sentence& sentence_;
  std::vector<TimeMention> dates_;
};

}  // namespace entente
