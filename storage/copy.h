// Inside storage: the rows of one store written into another that nobody has yet.
#pragma once
#include "storage/backup.h"
#include "storage/rows.h"

namespace entente {

// Every row as it is. The copy is flushed, and stands at the same commit.
Status copy_rows(const Rows& rows, StoreState& copy, CopyReport& report);

// The rows that the store had after commit `at`: versions, history, documents, log and keys of that
// time as they are, index entries and counters made anew. Ids that were given out since are not given
// out again. InvalidArgument if there is no such commit, or if a later purge erased some of that time.
// O(size of the source); memory for a bit of each document.
Status copy_rows_as_of(const Rows& rows, CommitId at, StoreState& copy, CopyReport& report);

}  // namespace entente
