#include "tools/serve/jobs.h"

#include <algorithm>
#include <utility>

namespace entente::serve {
namespace {
constexpr std::size_t kLongestLine = 1000;
constexpr std::size_t kMostBytes = 256 * 1024 * 1024;  // of texts that wait
constexpr std::size_t kRemembered = 2000;              // jobs, ended ones too
}  // namespace

std::string_view name_of(JobState state) {
  static constexpr std::string_view kNames[] = {"waiting", "reading", "storing", "done", "failed"};
  return kNames[static_cast<std::size_t>(state)];
}

Jobs::Jobs(Work work) : work_(std::move(work)), thread_([this] { run(); }) {}

Jobs::~Jobs() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Result<std::uint64_t> Jobs::add(Upload upload) {
  const std::lock_guard lock(mutex_);
  if (line_.size() >= kLongestLine || waiting_bytes_ + upload.text.size() > kMostBytes)
    return Error{Code::LimitReached, "too much waits to be imported; send more when some of it is done"};
  while (jobs_.size() >= kRemembered && jobs_.begin()->second.told.state >= JobState::Done) jobs_.erase(jobs_.begin());
  waiting_bytes_ += upload.text.size();
  Job& job = jobs_[++last_];
  job.told.id = last_;
  job.told.name = upload.name;
  job.upload = std::move(upload);
  line_.push_back(last_);
  changed_.notify_all();
  return last_;
}

Result<JobReport> Jobs::report(std::uint64_t id) const {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return Error{Code::NotFound, "there is no job " + std::to_string(id) + ", or not any more"};
  const Job& job = found->second;
  JobReport told = job.told;
  const auto place = std::find(line_.begin(), line_.end(), id);
  if (place != line_.end()) told.before = static_cast<std::size_t>(place - line_.begin());
  if (told.state != JobState::Waiting)
    told.spent = std::chrono::duration_cast<std::chrono::milliseconds>(
        (told.state >= JobState::Done ? job.ended : Clock::now()) - job.begun);
  return told;
}

void Jobs::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return ends_ || !line_.empty(); });
    if (ends_) return;
    Job& job = jobs_[line_.front()];  // a map's values stay where they are
    line_.pop_front();
    job.told.state = JobState::Reading;
    job.begun = Clock::now();
    const Upload upload = std::exchange(job.upload, {});
    lock.unlock();
    Response answer;
    try {
      answer = work_(upload, [&] {
        const std::lock_guard again(mutex_);
        job.told.state = JobState::Storing;
      });
    } catch (const std::exception&) {
      answer = problem(500, "the server met a fault of its own", "its log has more");
    }
    lock.lock();
    waiting_bytes_ -= upload.text.size();
    job.ended = Clock::now();
    job.told.state = answer.status < 400 ? JobState::Done : JobState::Failed;
    job.told.answer = std::move(answer);
  }
}

}  // namespace entente::serve
