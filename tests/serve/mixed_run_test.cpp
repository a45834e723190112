// Eight readers and a writer at once, for some seconds: no error, no closed connection, no answer
// that goes back in time, and the same bytes for the same commit however often it is asked.
// ENTENTE_SECONDS=3600 makes it an hour; ENTENTE_LONG=1 does so too.
#include <map>
#include <thread>

#include "tests/serve/client_socket.h"
#include "tests/serve/served.h"

namespace entente::serve {
namespace {

std::chrono::seconds run_time() {
  if (const char* seconds = std::getenv("ENTENTE_SECONDS")) return std::chrono::seconds(std::max(1, std::atoi(seconds)));
  return std::chrono::seconds(std::getenv("ENTENTE_LONG") ? 3600 : 4);
}

// A small world whose actors are named over and over, so that later articles support, add and join.
std::string article(unsigned number) {
  static const char* const kTypes[] = {"ACCUSE", "CONSULT", "SANCTION", "SUPPORT"};
  std::string text;
  for (unsigned i = 0; i < 4; ++i) {
    const unsigned head = (number * 7 + i * 3) % 40, tail = (number * 11 + i * 5 + 1) % 40;
    text += "Actor" + std::to_string(head) + ": Government " + kTypes[(number + i) % 4] + " Actor" +
            std::to_string(tail == head ? 41 : tail) + ": Government 20" + std::to_string(10 + number % 15) + "-0" +
            std::to_string(1 + i) + "\n";
  }
  // Of no two articles the same, or the later would be there already.
  return text + "Actor0: Government CONSULT Actor1: Government 0.1" + std::to_string(number) + "\n";
}

std::string joined_faults(const std::vector<std::string>& faults) {
  std::string all;
  for (const std::string& fault : faults) all += fault + "\n";
  return all;
}

struct Findings {
  std::mutex mutex;
  std::vector<std::string> faults;
  std::map<std::string, std::string> pinned;  // target: body
  std::map<std::string, double> slowest;  // seconds, by the path of the address
  std::atomic<std::uint64_t> answers{0}, commits{0};
  void fault(std::string text) {
    const std::lock_guard lock(mutex);
    if (faults.size() < 20) faults.push_back(std::move(text));
  }
  void took(const std::string& target, std::chrono::duration<double> time) {
    const std::lock_guard lock(mutex);
    // `/v1/entities/Actor7?...` counts as `/v1/entities`.
    double& most = slowest[target.substr(0, target.find_first_of("/?", 4))];
    most = std::max(most, time.count());
  }
  std::string times() {
    const std::lock_guard lock(mutex);
    std::string all;
    char text[100];
    for (const auto& [target, seconds] : slowest) {
      std::snprintf(text, sizeof text, "%s%s %.2f s", all.empty() ? "" : ", ", target.c_str(), seconds);
      all += text;
    }
    return all;
  }
  // The first who asks says what the answer is for ever.
  void same(const std::string& target, const std::string& body) {
    const std::lock_guard lock(mutex);
    if (pinned.size() < 5000) pinned.emplace(target, body);
    if (const auto first = pinned.find(target); first != pinned.end() && first->second != body)
      if (faults.size() < 20) faults.push_back(target + " changed from " + first->second.substr(0, 200) + " to " + body.substr(0, 200));
  }
};

void read(std::uint16_t port, unsigned reader, const std::atomic<bool>& over, Findings& found) {
  Client client(port);
  std::uint64_t last = 0;
  for (unsigned turn = reader; !over; ++turn) {
    const std::string one = "Actor" + std::to_string(turn % 40), other = "Actor" + std::to_string(turn * 3 % 40);
    const std::string targets[] = {"/v1/slice?limit=50", "/v1/paths?from=Actor0&to=" + other, "/v1/rank?by=pagerank",
                                   "/v1/entities/" + one, "/v1/timeline?name=" + one, "/v1/search?q=Act", "/v1/commits?limit=5",
                                   "/v1/export/gexf?limit=50", "/v1/diff?from=2012&to=2020", "/v1/about"};
    std::string target = targets[turn % std::size(targets)];
    const bool pin = turn % 3 == 0 && last > 1;
    const std::uint64_t commit = pin ? 1 + turn % last : 0;
    if (pin) target += (target.find('?') == std::string::npos ? "?known_by=%23" : "&known_by=%23") + std::to_string(commit);
    const auto start = std::chrono::steady_clock::now();
    const auto heard = client.get(target);
    found.took(target, std::chrono::steady_clock::now() - start);
    ++found.answers;
    // A name may not have been known yet then, or not yet at all; everything else is an answer.
    if (heard.status == 404 && target.find("Actor") != std::string::npos) continue;
    if (heard.status != 200) {
      found.fault(target + ": " + std::to_string(heard.status) + " " + heard.body.substr(0, 300));
      if (heard.status == 0) return;  // the connection is gone
      continue;
    }
    if (pin) found.same(target, heard.body);
    if (pin || target.find("/v1/export") == 0) continue;
    boost::system::error_code fault;
    const auto answer = boost::json::parse(heard.body, fault);
    if (fault) { found.fault(target + " is no JSON"); continue; }
    const auto known = static_cast<std::uint64_t>(answer.at("known_by").at("commit").as_int64());
    if (known < last) found.fault(target + " is of commit " + std::to_string(known) + " after " + std::to_string(last));
    last = known;
  }
}

void write(std::uint16_t port, const std::atomic<bool>& over, Findings& found) {
  Client client(port);
  for (unsigned number = 0; !over; ++number) {
    const auto heard = client.post("/v1/import?name=a" + std::to_string(number), article(number), kRules.token);
    if (heard.status == 201) ++found.commits;
    else found.fault("import " + std::to_string(number) + ": " + std::to_string(heard.status) + " " + heard.body.substr(0, 300));
    if (heard.status == 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // of commits that are synced one by one
  }
}

TEST_F(ServedTest, EightReadersAndAWriterDisturbNoneOfThem) {
  import("first", article(1'000'000));  // a number that the writer does not come to
  auto listener = Listener::open(0);
  ASSERT_TRUE(listener) << listener.error().message;
  const std::uint16_t port = listener->port();
  Router open_router(Rules{{"localhost:" + std::to_string(port)}, kRules.token});
  add_all(open_router, *database, *jobs, counts);
  Findings found;
  {
    Server server(std::move(*listener), open_router, {}, counts);
    std::atomic<bool> over{false};
    std::vector<std::thread> threads;
    for (unsigned reader = 0; reader < 8; ++reader) threads.emplace_back([&, reader] { read(port, reader, over, found); });
    threads.emplace_back([&] { write(port, over, found); });
    const auto end = std::chrono::steady_clock::now() + run_time();
    // A long run says every minute how far it is.
    for (auto next = std::chrono::steady_clock::now() + std::chrono::minutes(1); next < end; next += std::chrono::minutes(1)) {
      std::this_thread::sleep_until(next);
      std::printf("  %llu answers, %llu commits, slowest: %s\n", static_cast<unsigned long long>(found.answers),
                  static_cast<unsigned long long>(found.commits), found.times().c_str());
      std::fflush(stdout);
    }
    std::this_thread::sleep_until(end);
    over = true;
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(joined_faults(found.faults), "");
  EXPECT_EQ(database->last_commit().value, found.commits + 1);
  EXPECT_GT(found.answers, 0u);
  EXPECT_EQ(counts.failed, 0u);
  std::printf("  %llu answers, %llu commits, slowest: %s\n", static_cast<unsigned long long>(found.answers),
              static_cast<unsigned long long>(found.commits), found.times().c_str());
}

}  // namespace
}  // namespace entente::serve
