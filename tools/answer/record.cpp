#include "tools/answer/record.h"

#include "storage/copies.h"

namespace entente {
namespace {

// Whether the store found the article to be a copy of another.
Status note_copy(const Store& store, Recorded& recorded) {
  const auto read = store.begin_read();
  const auto document = read.document(recorded.asserted.document);
  if (!document) return document.error();
  const auto node = *document ? read.node((*document)->node) : Result<std::optional<Node>>(std::nullopt);
  if (!node) return node.error();
  const DocumentId copied = *node ? copied_by(**node) : DocumentId{};
  if (!copied) return kOk;
  const auto original = read.document(copied);
  if (!original) return original.error();
  recorded.copied = *original ? (*original)->name : "document " + std::to_string(copied.value);
  if (const auto share = (*node)->properties.find(std::string(kCopyShare)); share != (*node)->properties.end())
    if (const double* number = std::get_if<double>(&share->second)) recorded.shared = *number;
  return kOk;
}
}  // namespace

Result<Recorded> record(Store& store, const Extract& extract, std::string_view author, std::string note, Instant now,
                        std::string_view key) {
  auto write = store.begin_write();
  if (!write) return write.error();
  Recorded recorded;
  const auto asserted = write->assert_extract(extract);
  if (!asserted) return asserted.error();
  recorded.asserted = *asserted;
  if (note.empty()) note = "import " + extract.document.name;
  const auto commit = write->commit(author, note, now, key);
  if (!commit) return commit.error();
  recorded.commit = commit->id;
  if (auto noted = note_copy(store, recorded); !noted) return noted.error();
  return recorded;
}

}  // namespace entente
