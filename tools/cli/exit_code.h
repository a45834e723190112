// How a command ends, as a number for scripts. Listed by `entente help exit-codes`.
#pragma once
#include "schema/result.h"

namespace entente {

enum class ExitCode : int {
  Found = 0,        // an answer, or the work is done
  NothingFound = 1, // no answer: an unknown name, no path, an empty listing
  Usage = 2,        // the command line makes no sense: a wrong date, type or option
  Database = 3,     // the database is missing, locked, damaged or of a newer format
  Input = 4,        // an input could not be read; others of the batch may be in
  Limit = 5,        // a limit on time, memory or size was reached
  Interrupted = 130,
};

constexpr ExitCode exit_code_of(Code code) {
  switch (code) {
    case Code::NotFound:
      return ExitCode::NothingFound;
    case Code::InvalidArgument:
      return ExitCode::Usage;
    case Code::Corruption:
    case Code::Conflict:
    case Code::Unavailable:
    case Code::Incompatible:
      return ExitCode::Database;
    case Code::LimitReached:
      return ExitCode::Limit;
  }
  return ExitCode::Usage;
}

}  // namespace entente
