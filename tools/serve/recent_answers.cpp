#include "tools/serve/recent_answers.h"

#include <utility>

namespace entente::serve {

std::shared_ptr<const RecentAnswers::Answer> RecentAnswers::find(std::string_view header) {
  const std::lock_guard lock(mutex_);
  const auto found = at_.find(header);
  if (found == at_.end()) return nullptr;
  if (!found->second->answer->still_true()) return forget(found->second), nullptr;
  answers_.splice(answers_.begin(), answers_, found->second);
  return found->second->answer;
}

void RecentAnswers::keep(std::string_view header, Answer answer) {
  Kept kept{std::string(header), std::make_shared<const Answer>(std::move(answer))};
  if (kept.bytes() > most_bytes_ / 8) return;  // one that would push out all others
  const std::lock_guard lock(mutex_);
  if (const auto old = at_.find(header); old != at_.end()) forget(old->second);
  bytes_ += kept.bytes();
  answers_.push_front(std::move(kept));
  at_.emplace(answers_.front().header, answers_.begin());
  while (bytes_ > most_bytes_) forget(std::prev(answers_.end()));
}

void RecentAnswers::clear() {
  const std::lock_guard lock(mutex_);
  at_.clear(), answers_.clear(), bytes_ = 0;
}

void RecentAnswers::forget(std::list<Kept>::iterator kept) {
  bytes_ -= kept->bytes();
  at_.erase(kept->header);
  answers_.erase(kept);
}

}  // namespace entente::serve
