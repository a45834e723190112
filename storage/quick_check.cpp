#include "storage/quick_check.h"

#include <rocksdb/db.h>

#include "storage/log.h"
#include "storage/options.h"
#include "storage/rows.h"

namespace entente {

Result<CheckReport> check_quickly(const Store& store) {
  const std::shared_ptr<StoreState> state = StoreFiles::state_of(store);
  CheckReport report;
  const rocksdb::Status files = state->db->VerifyFileChecksums(read_options(nullptr));
  if (!files.ok()) {
    const Error error = error_of(files, "verify the files of " + state->directory.string());
    if (error.code != Code::Corruption) return error;
    report.faults.push_back(error.message);
  }
  const Rows rows(*state);
  const auto head = rows.head();
  if (!head) {
    report.faults.push_back(head.error().message);
    return report;
  }
  const Status walked = walk_log(rows, *head, [&](const LogEntry&) { ++report.commits; });
  if (!walked) {
    if (walked.error().code != Code::Corruption) return walked.error();
    report.faults.push_back(walked.error().message);
  } else if (report.commits != head->commit.value) {
    report.faults.push_back("the store says it has " + std::to_string(head->commit.value) + " commits; the log has " +
                            std::to_string(report.commits));
  }
  if (head->commit < state->opened_at.commit)
    report.faults.push_back("commit " + std::to_string(state->opened_at.commit.value) + " was acknowledged and is missing");
  return report;
}

}  // namespace entente
