#include "tools/answer/image_file.h"

namespace entente {
namespace {

Result<std::shared_ptr<const Snapshot>> part_for(Session& session, Where where, const std::string& filter) {
  if (filter.empty() && !session.as_of().valid) return session.snapshot();
  if (filter.empty()) where.negated = where.mentions = true;  // only the days were asked for
  const auto slice = session.slice(where);
  if (!slice) return slice.error();
  return extracted(*slice, session.as_of());
}
}  // namespace

Result<ImageInfo> write_image_of(Session& session, const Where& where, const std::filesystem::path& file) {
  const std::string filter = filter_text(where);
  const auto snapshot = part_for(session, where, filter);
  if (!snapshot) return snapshot.error();
  const auto commit = session.read().commit(session.commit());
  if (!commit) return commit.error();
  const std::string hash = *commit ? (*commit)->hash : "";  // none before the first
  return write_image(**snapshot, {.database = session.database_id(), .commit_hash = hash, .filter = filter}, file);
}

}  // namespace entente
