// A database in a folder of its own with the whole interface on it, asked without a socket.
#pragma once
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "storage/check.h"
#include "tests/serve/scripted.h"
#include "tests/support/extract_text.h"
#include "tests/support/temporary_directory.h"
#include "tools/serve/api.h"
#include "tools/serve/database.h"

namespace entente::serve {

// Reads what extract_of() reads; a text with the word `unreadable` in it is refused.
inline Result<Extract> read_drawn(const Upload& upload) {
  if (upload.text.find("unreadable") != std::string::npos) return Error{Code::InvalidArgument, "there is no reading this"};
  return extract_of(upload.name, upload.text);
}

inline void add_all(Router& router, Database& database, Jobs& jobs, const Counts& counts) {
  add_questions(router, database);
  add_facts(router, database);
  add_files(router, database);
  add_imports(router, database, jobs);
  add_verbs(router, database);
  add_changes(router, database);
  add_service(router, database, counts);
}

class ServedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = Store::open(temporary.path() / "db", entente::Access::Create);
    ASSERT_TRUE(store) << store.error().message;
    database.emplace(std::move(*store), "news", read_drawn);
    router.emplace(kRules);
    jobs.emplace([this](const Upload& upload, const std::function<void()>& storing) { return imported(upload, *database, storing); });
    add_all(*router, *database, *jobs, counts);
  }
  void TearDown() override {
    jobs.reset();
    const auto report = check(database->store());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->clean());
  }

  void import(const std::string& name, const std::string& lines) {
    Upload upload;
    upload.name = name, upload.text = lines;
    const auto done = database->import(upload);
    ASSERT_TRUE(done) << done.error().message;
  }

  // Header and body as they go over the wire.
  std::string wire(const std::string& request) {
    ScriptedStream stream({request});
    serve_connection(stream, *router, {}, gate, recent, counts, stopping);
    return stream.heard;
  }
  static std::string body_text(const std::string& heard) {
    const std::size_t end = heard.find("\r\n\r\n");
    return end == std::string::npos ? "" : heard.substr(end + 4);
  }
  static boost::json::value body_of(const std::string& heard) {
    boost::system::error_code fault;
    auto value = boost::json::parse(body_text(heard), fault);
    EXPECT_FALSE(fault) << heard;
    return value;
  }
  boost::json::value ask(const std::string& target) { return body_of(wire(get(target))); }
  std::string status(const std::string& target) { return statuses(wire(get(target))); }

  TemporaryDirectory temporary;
  std::optional<Database> database;
  std::optional<Jobs> jobs;
  std::optional<Router> router;
  Gate gate{4, 16};
  RecentAnswers recent{1024 * 1024};
  Counts counts;
  std::atomic<bool> stopping{false};
};

}  // namespace entente::serve
