// `check --quick`: the files, the chain and the counters, without recounting the indexes.
#pragma once
#include "storage/check.h"

namespace entente {

// Every data file has the checksum that it was written with, the log is an unbroken chain up to the
// head, and the head agrees with HIGHWATER and with itself. Reads every file once, about a second a
// gigabyte. Damage is in the report, of which only `commits` is counted.
Result<CheckReport> check_quickly(const Store& store);

}  // namespace entente
