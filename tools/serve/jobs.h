// Jobs: uploads in a line, read and stored one after the other, while their clients do something else.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "schema/result.h"
#include "tools/serve/database.h"
#include "tools/serve/message.h"

namespace entente::serve {

enum class JobState : std::uint8_t { Waiting, Reading, Storing, Done, Failed };
std::string_view name_of(JobState state);  // "waiting", ...

struct JobReport {
  std::uint64_t id = 0;
  std::string name;
  JobState state = JobState::Waiting;
  std::size_t before = 0;  // how many stand in line before it
  std::chrono::milliseconds spent{0};  // since its turn began, until it ended
  Response answer;  // when done or failed: what the request would have been answered with
};

// Safe from any thread. What waits when it goes is dropped, what runs is finished.
class Jobs {
 public:
  // Does the work of one upload, and says when it goes from reading to storing.
  using Work = std::function<Response(const Upload& upload, const std::function<void()>& storing)>;
  explicit Jobs(Work work);
  ~Jobs();
  Jobs(const Jobs&) = delete;

  // LimitReached if the line is too long or what waits too large.
  Result<std::uint64_t> add(Upload upload);
  // NotFound for one that was never, or ended so long ago that it is forgotten.
  Result<JobReport> report(std::uint64_t id) const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Job {
    Upload upload;
    JobReport told;
    Clock::time_point begun, ended;
  };
  void run();

  const Work work_;
  mutable std::mutex mutex_;  // of all that follows
  std::condition_variable changed_;
  std::map<std::uint64_t, Job> jobs_;
  std::deque<std::uint64_t> line_;
  std::size_t waiting_bytes_ = 0;
  std::uint64_t last_ = 0;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace entente::serve
