// Recording: an extract into a store, as one commit.
#pragma once
#include <string>
#include <string_view>

#include "storage/store.h"

namespace entente {

struct Recorded {
  AssertOutcome asserted;
  CommitId commit;
  std::string copied;  // the document that this is a copy of, by name; empty: of none
  double shared = 0;   // how much of the shorter text is in both
};

// All of it or nothing. The note is `import NAME` if none is given. What WriteTransaction::assert_extract
// and commit say of a failure.
Result<Recorded> record(Store& store, const Extract& extract, std::string_view author, std::string note, Instant now,
                        std::string_view key = {});

}  // namespace entente
