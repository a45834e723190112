#include "tests/crash/workload.h"

#include <cmath>
#include <cstdio>
#include <random>

#include "schema/digest.h"
#include "storage/bulk.h"
#include "storage/check.h"
#include "tests/support/extract_text.h"

// Every cycle opens databases in new processes. AddressSanitizer finds as much without long stacks of
// each allocation and without filling it, and a cycle takes a fifth less time.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {  // NOLINT: the name is the sanitizer's
  return "malloc_context_size=3:max_malloc_fill_size=0:quarantine_size_mb=8";
}

namespace entente {
namespace {

// Of each eight commits of a workload with verbs.
constexpr int kRound = 8, kDocuments = 5;
constexpr Deed kDeeds[kRound] = {Deed::Import, Deed::Import,  Deed::Import, Deed::Load,
                                 Deed::Import, Deed::Retract, Deed::Merge,  Deed::Purge};
enum Place { kPurged = 0, kSurvivor = 1, kRetracted = 2, kGone = 4 };  // what becomes of the n-th

int place(int k) { return (k - 1) % kRound; }

std::string actor(int k) { return "Ana" + std::to_string(k); }

std::string lines_of(int k) {
  return actor(k) + ": Person OWNS Acme" + std::to_string(k % 7) + ": Company 2001/..\n" + "Bo: Person ACCUSE " +
         actor(k) + ": Person 2024-08-06\n" + "Bo: Person SUPPORT Cy: Person 2024-08\n";
}

std::string table_name(int k) { return "table" + std::to_string(k); }

Result<Commit> load(Store& store, const Workload& workload, int k, bool* committing) {
  Document table;
  table.name = table_name(k);
  auto load = BulkLoad::begin(store, table, {.threads = 1});
  if (!load) return load.error();
  BulkRow row;
  row.head_label = row.tail_label = *store.ontology().find_label("Person");
  row.type = *store.ontology().find_type("ACCUSE");
  row.valid = *Interval::parse("2018-03");
  for (int i = 1; i <= workload.rows; ++i) {
    const std::string head = actor(k) + " of row " + std::to_string(i), tail = i == 1 ? actor(k) : "Bo";
    row.row = std::uint64_t(i), row.head = head, row.tail = tail;
    if (auto added = load->add(row); !added) return added.error();
  }
  if (committing) *committing = true;
  const auto loaded = load->commit({sha256(table.name), std::uint64_t(workload.rows), 1}, "child", "", Instant{});
  if (!loaded) return loaded.error();
  return loaded->commit;
}

Status act(WriteTransaction& write, const Store& store, const Workload& workload, int k) {
  const auto node = [&](int of) -> Result<NodeId> {
    const auto found = store.begin_read().find_name(actor(of));
    if (!found) return found.error();
    if (found->size() != 1) return Error{Code::Corruption, actor(of) + " is not one node"};
    return found->front().node;
  };
  switch (workload.deed(k)) {
    case Deed::Load: break;
    case Deed::Import: {
      const auto asserted = write.assert_extract(workload.document(k));
      if (!asserted) return asserted.error();
      return kOk;
    }
    case Deed::Retract: return write.retract_document(workload.document_id(k - place(k) + kRetracted));
    case Deed::Purge: return write.purge_document(workload.document_id(k - place(k) + kPurged));
    case Deed::Merge: {
      const auto survivor = node(k - place(k) + kSurvivor), gone = node(k - place(k) + kGone);
      if (!survivor) return survivor.error();
      if (!gone) return gone.error();
      return write.merge(*survivor, *gone);
    }
  }
  return Error{Code::InvalidArgument, "no such deed"};
}

// What is wrong with what commit k brought, given that `last` was the last.
std::optional<std::string> fault_of_document(const ReadTransaction& read, const Workload& workload, int k, int last) {
  const std::string which = "document " + std::to_string(k);
  const auto since = [&](Deed deed) {  // was it done to this document?
    for (int later = k + 1; later <= last && place(later) > place(k); ++later)
      if (workload.deed(later) == deed) return true;
    return false;
  };
  const bool verbs = workload.verbs;
  const bool purged = verbs && place(k) == kPurged && since(Deed::Purge);
  const bool retracted = verbs && place(k) == kRetracted && since(Deed::Retract);
  const DocumentId id = workload.document_id(k);
  const auto document = read.document(id);
  if (!document) return which + ": " + document.error().message;
  if (bool(*document) == purged) return which + (purged ? " is still there after its purge" : " is missing");
  const auto found = read.find_name(actor(k));
  if (!found) return which + ": " + found.error().message;
  if (found->size() != (purged || retracted ? 0u : 1u)) return which + ": its names are not what they should be";
  if (purged) return std::nullopt;
  if ((*document)->retracted != retracted) return which + " is not retracted as it should be";
  if (!retracted) {
    const auto around = read.neighbours(found->front().node);
    if (!around) return which + ": " + around.error().message;
    if (around->size() < (workload.deed(k) == Deed::Load ? 1u : 2u)) return which + ": its edges are missing";
  }
  if (workload.deed(k) == Deed::Load) {
    const auto citing = read.edges_citing(id);
    if (!citing) return which + ": " + citing.error().message;
    if (int(citing->size()) != workload.rows) return which + ": rows of the table are missing";
    return std::nullopt;
  }
  const auto text = read.text(id);
  if (!text || *text != workload.text(k)) return which + " is not what was written";
  return std::nullopt;
}
}  // namespace

int fail(int code, const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return code;
}

std::string_view name_of(Deed deed) {
  switch (deed) {
    case Deed::Import: return "import";
    case Deed::Load: return "load";
    case Deed::Retract: return "retract";
    case Deed::Merge: return "merge";
    case Deed::Purge: return "purge";
  }
  return "?";
}

Deed Workload::deed(int k) const { return verbs ? kDeeds[place(k)] : Deed::Import; }

DocumentId Workload::document_id(int k) const {
  return DocumentId{std::uint64_t(verbs ? (k - 1) / kRound * kDocuments + place(k) + 1 : k)};
}

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

Result<Commit> make_commit(Store& store, const Workload& workload, int k, bool* committing) {
  if (workload.deed(k) == Deed::Load) return load(store, workload, k, committing);
  auto write = store.begin_write();
  if (!write) return write.error();
  if (const auto acted = act(*write, store, workload, k); !acted) return acted.error();
  if (committing) *committing = true;
  return write->commit("child", "", Instant{});
}

int import_all(Store& store, const Workload& workload, int first, int count, const Tell& tell) {
  for (int k = first; count == 0 || k < first + count; ++k) {
    const auto made = make_commit(store, workload, k);
    if (!made) return fail(12, std::string(name_of(workload.deed(k))) + ": " + made.error().message);
    if (made->id.value != std::uint64_t(k)) return fail(13, "commit " + std::to_string(k) + " has another number");
    tell(k);
  }
  return 0;
}

std::optional<std::string> fault_of(const Store& store, const Workload& workload, int last) {
  const auto report = check(store);
  if (!report) return report.error().message;
  if (!report->clean()) return report->faults.front();
  const ReadTransaction read = store.begin_read();
  for (int k = 1; k <= last; ++k)
    if (workload.brings_document(k))
      if (auto fault = fault_of_document(read, workload, k, last)) return fault;
  return std::nullopt;
}

int verify(const std::filesystem::path& directory, const Workload& workload, int promised, const Tell& tell) {
  const auto store = Store::open(directory, Access::Create);
  if (!store) return fail(20, store.error().message);
  const int last = int((*store)->begin_read().last_commit().value);
  if (last < promised)
    return fail(23, "commit " + std::to_string(promised) + " was promised, the last is " + std::to_string(last));
  if (last > promised + 1) return fail(24, "more commits than were begun");
  if (const auto fault = fault_of(**store, workload, last)) return fail(22, *fault);
  tell(last);
  return 0;
}

}  // namespace entente
