// Commits of many threads: batches are made while others are written, and stand on them.
#include <rocksdb/file_system.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {
using CommitQueueTest = VerbsTest;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

constexpr int kThreads = 8;

// A log whose syncs take long, and all fail once `left` of them were made.
class FailingLog : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  FailingLog(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::atomic<int>& left)
      : FSRandomRWFileOwnerWrapper(std::move(file)), left_(left) {}
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (left_-- <= 0) return IOStatus::IOError("no more");
    return target()->Sync(options, debug);
  }

 private:
  std::atomic<int>& left_;
};

class FailingFiles : public rocksdb::FileSystemWrapper {
 public:
  explicit FailingFiles(std::atomic<int>& left) : FileSystemWrapper(rocksdb::FileSystem::Default()), left_(left) {}
  const char* Name() const override { return "FailingFiles"; }
  IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* result, IODebugContext* debug) override {
    const IOStatus status = target()->NewRandomRWFile(path, options, result, debug);
    if (status.ok() && path.ends_with(".log")) *result = std::make_unique<FailingLog>(std::move(*result), left_);
    return status;
  }

 private:
  std::atomic<int>& left_;
};

std::string owns(int thread, int i) {
  return "P" + std::to_string(thread) + "x" + std::to_string(i) + ": Person OWNS Acme: Company 2001/..";
}

TEST_F(CommitQueueTest, WhatStandsOnABatchThatFailedIsNotCommitted) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  store.reset();
  for (const int syncs : {0, 1, 7, 20}) {
    std::atomic<int> left = 1'000'000;
    auto opened = Store::open(directory(), Access::Write, std::make_shared<FailingFiles>(left));
    ASSERT_TRUE(opened) << opened.error().message;
    const std::uint64_t before = (*opened)->begin_read().last_commit().value;
    left = syncs;
    std::mutex mutex;
    std::set<std::uint64_t> committed, unknown;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread)
      threads.emplace_back([&, thread] {
        for (int i = 0;; ++i) {
          auto write = (*opened)->begin_write();
          if (!write) return;  // it stopped writing
          const std::string name = std::to_string(syncs) + "-" + std::to_string(thread) + "-" + std::to_string(i);
          ASSERT_TRUE(write->assert_extract(extract_of(name, owns(thread, syncs * 1000 + i))));
          const auto made = write->commit("thread", name, Instant{});
          const std::lock_guard lock(mutex);
          if (made) {
            committed.insert(made->id.value);
            continue;
          }
          const std::string& message = made.error().message;
          if (message.starts_with("outcome unknown: commit ")) unknown.insert(std::stoull(message.substr(24)));
          else if (message.starts_with("not committed: ")) ++refused;
          else if (made.error().code != Code::Conflict) ADD_FAILURE() << message;  // Acme came to be used: no conflict
        }
      });
    for (std::thread& thread : threads) thread.join();
    opened->reset();
    EXPECT_FALSE(unknown.empty());
    // What was acknowledged follows what was there without a gap, and what is unknown follows that.
    std::uint64_t next = before;
    for (const std::uint64_t id : committed) EXPECT_EQ(id, ++next);
    for (const std::uint64_t id : unknown) EXPECT_EQ(id, ++next);
    reopen(Access::Write);
    const std::uint64_t last = store->begin_read().last_commit().value;
    EXPECT_GE(last, before + committed.size());
    EXPECT_LE(last, before + committed.size() + unknown.size());
    const auto report = check(*store);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->clean()) << joined(report->faults);
    store.reset();
  }
}

TEST_F(CommitQueueTest, AKeyIsUsedOnceHoweverManyThreadsCommit) {
  constexpr int kKeys = 40;
  std::mutex mutex;
  std::map<int, std::set<std::uint64_t>> made_with;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kKeys; ++i) {
        for (bool again = true; again;) {
          auto write = store->begin_write();
          ASSERT_TRUE(write);
          // Every other of the threads tries the same, the rest writes without keys beside it.
          const bool keyed = thread % 2 == 0;
          const int who = keyed ? 0 : thread;
          ASSERT_TRUE(write->assert_extract(extract_of("k" + std::to_string(who) + "-" + std::to_string(i), owns(who, i))));
          const auto made = write->commit("thread", "", Instant{}, keyed ? "key " + std::to_string(i) : "");
          again = !made && made.error().code == Code::Conflict;
          if (!again && !made) ADD_FAILURE() << made.error().message;
          const std::lock_guard lock(mutex);
          if (made && keyed) made_with[i].insert(made->id.value);
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made_with.size(), std::size_t(kKeys));
  for (const auto& [key, commits] : made_with) EXPECT_EQ(commits.size(), 1u) << "key " << key;
}

}  // namespace
}  // namespace entente
