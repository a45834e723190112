// Imports that a client does not wait for, and what is taken back.
#include <latch>
#include <thread>

#include "tests/serve/served.h"

namespace entente::serve {
namespace {

std::string sent(const std::string& target, const std::string& body, const std::string& more = "") {
  return "POST " + target + " HTTP/1.1\r\nHost: localhost:7373\r\n" + kMayWrite + more +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
const std::string kLater = "Prefer: respond-async\r\n";
const std::string kStory = "China: Government CONTROLS fentanyl: Chemical 2019-05-01/..\n";

class JobsTest : public ServedTest {
 protected:
  boost::json::object ended(const std::string& address) {
    for (;;) {
      auto told = ask(address).as_object();
      if (told.at("state") == "done" || told.at("state") == "failed") return told;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
};

TEST_F(JobsTest, AnImportAsAJobEndsWithTheAnswerOfAnImport) {
  const std::string heard = wire(sent("/v1/import?name=one", kStory, kLater));
  EXPECT_EQ(statuses(heard), "202");
  EXPECT_NE(heard.find("Location: /v1/jobs/1\r\n"), std::string::npos);
  const auto told = ended("/v1/jobs/1");
  EXPECT_EQ(told.at("state"), "done");
  EXPECT_EQ(told.at("status"), 201);
  EXPECT_EQ(told.at("name"), "one");
  EXPECT_EQ(told.at("answer").at("new_edges"), 1);
  EXPECT_EQ(told.at("answer").at("edges").at(0).at("type"), "CONTROLS");
  EXPECT_EQ(ask("/v1/slice").at("edges").as_array().size(), 1u);
}

TEST_F(JobsTest, WhatCannotBeReadFailsWithTheProblemAndChangesNothing) {
  wire(sent("/v1/import", "unreadable", kLater));
  const auto told = ended("/v1/jobs/1");
  EXPECT_EQ(told.at("state"), "failed");
  EXPECT_EQ(told.at("status"), 400);
  EXPECT_EQ(told.at("answer").at("detail"), "there is no reading this");
  EXPECT_EQ(database->last_commit().value, 0u);
}

TEST_F(JobsTest, WithoutThePreferenceTheClientWaits) {
  EXPECT_EQ(statuses(wire(sent("/v1/import?name=one", kStory))), "201");
  EXPECT_EQ(status("/v1/jobs/1"), "404");
}

TEST_F(JobsTest, AnUnknownJobIsNotThere) {
  EXPECT_EQ(status("/v1/jobs/7"), "404");
  EXPECT_EQ(status("/v1/jobs/x"), "400");
}

TEST_F(JobsTest, AnImportIsTakenBackByItsCommit) {
  wire(sent("/v1/import?name=one", kStory));
  const std::string verb = R"({"verb": "undo", "words": ["#1"]})";
  const std::string heard = wire("POST /v1/verbs HTTP/1.1\r\nHost: localhost:7373\r\nAuthorization: Bearer secret\r\n"
                                 "Content-Type: application/json\r\nContent-Length: " + std::to_string(verb.size()) + "\r\n\r\n" + verb);
  EXPECT_EQ(statuses(heard), "200") << heard;
  EXPECT_EQ(ask("/v1/slice").at("edges").as_array().size(), 0u);
  EXPECT_EQ(ask("/v1/slice?known_by=%231").at("edges").as_array().size(), 1u);
}

TEST(Jobs, StandInLineAndSayHowManyAreBefore) {
  std::latch go{1}, begun{1};
  Jobs jobs([&](const Upload& upload, const std::function<void()>& storing) {
    if (upload.name == "first") begun.count_down(), go.wait();
    storing();
    return said(upload.name);
  });
  const auto named = [](const char* name) {
    Upload upload;
    upload.name = name;
    return upload;
  };
  ASSERT_TRUE(jobs.add(named("first")));
  begun.wait();
  ASSERT_TRUE(jobs.add(named("second")));
  ASSERT_TRUE(jobs.add(named("third")));
  EXPECT_EQ(jobs.report(1)->state, JobState::Reading);
  EXPECT_EQ(jobs.report(3)->state, JobState::Waiting);
  EXPECT_EQ(jobs.report(3)->before, 1u);
  go.count_down();
  while (jobs.report(3)->state != JobState::Done) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(jobs.report(3)->answer.body, "third");
}

TEST(Jobs, AFaultOfOneIsNotTheEndOfTheNext) {
  Jobs jobs([](const Upload& upload, const std::function<void()>&) -> Response {
    if (upload.name == "bad") throw std::runtime_error("no");
    return said("fine");
  });
  Upload bad, good;
  bad.name = "bad", good.name = "good";
  ASSERT_TRUE(jobs.add(bad));
  ASSERT_TRUE(jobs.add(good));
  while (jobs.report(2)->state != JobState::Done) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(jobs.report(1)->state, JobState::Failed);
  EXPECT_EQ(jobs.report(1)->answer.status, 500);
}

}  // namespace
}  // namespace entente::serve
