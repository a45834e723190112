#include "tests/crash/workload.h"

#include <cmath>
#include <cstdio>
#include <random>

#include "storage/check.h"
#include "tests/support/extract_text.h"

namespace entente {
namespace {
int fail(int code, const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return code;
}

std::string lines_of(int k) {
  const std::string n = std::to_string(k);
  return "Ana" + n + ": Person OWNS Acme" + std::to_string(k % 7) + ": Company 2001/..\n" +
         "Bo: Person ACCUSE Ana" + n + ": Person 2024-08-06\n" + "Bo: Person SUPPORT Cy: Person 2024-08\n";
}
}  // namespace

std::string Workload::text(int k) const {
  std::mt19937 random(seed + unsigned(k) * 2654435761u);
  const double size = std::exp(std::uniform_real_distribution<>(0, std::log(double(largest)))(random));
  std::string filling(std::size_t(size), ' ');
  for (char& c : filling) c = char('a' + random() % 26);
  return lines_of(k) + filling;
}

Extract Workload::document(int k) const {
  Extract extract = extract_of("doc" + std::to_string(k), lines_of(k));
  extract.document.text = text(k);
  return extract;
}

int import_all(Store& store, const Workload& workload, int first, int count, const Tell& tell) {
  for (int k = first; count == 0 || k < first + count; ++k) {
    auto write = store.begin_write();
    if (!write) return fail(10, write.error().message);
    if (const auto asserted = write->assert_extract(workload.document(k)); !asserted)
      return fail(11, asserted.error().message);
    if (const auto commit = write->commit("child", "", Instant{}); !commit) return fail(12, commit.error().message);
    tell(k);
  }
  return 0;
}

int verify(const std::filesystem::path& directory, const Workload& workload, int promised, const Tell& tell) {
  const auto store = Store::open(directory, Access::Create);
  if (!store) return fail(20, store.error().message);
  const auto report = check(**store);
  if (!report) return fail(21, report.error().message);
  if (!report->clean()) return fail(22, report->faults.front());
  const ReadTransaction read = (*store)->begin_read();
  const int last = int(read.last_commit().value);
  if (last < promised) return fail(23, "commit " + std::to_string(promised) + " was promised, the last is " + std::to_string(last));
  if (last > promised + 1) return fail(24, "more commits than were begun");
  for (int k = 1; k <= last; ++k) {
    const auto text = read.text(DocumentId{std::uint64_t(k)});
    if (!text || *text != workload.text(k)) return fail(25, "document " + std::to_string(k) + " is not what was written");
    const auto found = read.find_name("Ana" + std::to_string(k));
    if (!found || found->size() != 1) return fail(26, "the names of document " + std::to_string(k) + " are missing");
    const auto around = read.neighbours(found->front().node);
    if (!around || around->size() < 2) return fail(27, "the edges of document " + std::to_string(k) + " are missing");
  }
  tell(last);
  return 0;
}

}  // namespace entente
