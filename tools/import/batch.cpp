#include "tools/import/batch.h"

#include <algorithm>
#include <new>
#include <utility>

namespace entente {
namespace {
constexpr std::size_t kAhead = 4;  // articles a thread
}

Batch::Batch(const Reader& reader, Inputs& inputs, ReadOptions options, unsigned threads, const SecondReader* second)
    : reader_(reader), inputs_(inputs), options_(std::move(options)), second_(second) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  if (threads == 1) return;
  threads_.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Batch::~Batch() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

BatchItem Batch::read(const Input& input) const {
  try {
    const auto article = read_input(input, options_);
    if (!article) return {input.name, article.error(), {}};
    Extract extract = reader_.read(*article);
    if (second_ == nullptr) return {input.name, std::move(extract), {}};
    const auto opinion = second_->read(reader_.text(*article), extract);
    if (!opinion) return {input.name, opinion.error().within(input.name), {}};
    return {input.name, std::move(extract), *opinion};
  } catch (const std::bad_alloc&) {
    return {input.name,
            Error{Code::LimitReached, input.name + " takes more memory than there is"}, {}};
  }
}

void Batch::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    const std::size_t most = kAhead * threads_.capacity();
    changed_.wait(lock, [&] { return stop_ || ended_ || begun_ - taken_ < most; });
    if (stop_ || ended_) return;
    const auto input = inputs_.next();
    if (!input) {
      ended_ = true;
      changed_.notify_all();
      return;
    }
    const std::size_t number = begun_++;
    lock.unlock();
    BatchItem item = read(*input);
    lock.lock();
    done_.emplace(number, std::move(item));
    changed_.notify_all();
  }
}

std::optional<BatchItem> Batch::next() {
  if (threads_.empty()) {
    const auto input = inputs_.next();
    if (!input) return std::nullopt;
    return read(*input);
  }
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return done_.contains(taken_) || (ended_ && taken_ == begun_); });
  const auto found = done_.find(taken_);
  if (found == done_.end()) return std::nullopt;
  BatchItem item = std::move(found->second);
  done_.erase(found);
  ++taken_;
  lock.unlock();
  changed_.notify_all();
  return item;
}

}  // namespace entente
