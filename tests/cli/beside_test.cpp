// Commands beside a running server: they do what they do without one, say the same and end with the same
// code, whether the server speaks TLS or not; and what becomes of them when it is killed, hangs or lies.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <thread>

#include "tests/support/program.h"
#include "tests/support/sample_articles.h"
#include "tests/support/tls_identity.h"

namespace entente {
namespace {
namespace json = boost::json;
namespace fs = std::filesystem;

class Beside : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("a.txt", kScheduling);
    write("b.txt", kSupply);
    write("bad.txt", "\xff\xfe\xfd");
    write("t.csv", "a,b,when\nAna,Bo,2024\nBo,Cy,2024-02\nCy,,2024\n");
    write("lame.csv", "a,b\n");
    ASSERT_EQ(run({"import", "-q", "a.txt"}).code, 0);
  }
  void TearDown() override {
    if (server > 0) ::kill(server, SIGKILL), wait_for_server();
    ProgramTest::TearDown();
  }
  int wait_for_server() {
    int status = 0;
    ::waitpid(std::exchange(server, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  void serve(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"serve", "--port", "0", "-q"});
    server = start(more);
    for (int i = 0; i < 3000 && read_file(folder / "out").find("stop ") == std::string::npos; ++i) ::usleep(10'000);
    said = read_file(folder / "out");
    fs::rename(folder / "out", folder / "said");
    ASSERT_NE(said.find("stop "), std::string::npos) << read_file(folder / "err");
  }
  int stop() { return ::kill(server, SIGTERM), wait_for_server(); }
  fs::path socket() const { return folder / ".entente" / "socket"; }

  // What one may do, in an order in which each has something to do; wrong words among it.
  std::vector<Ran> everything() {
    const std::vector<std::vector<std::string>> commands = {
        {"import", "a.txt", "b.txt", "--publisher", "The Reader"},
        {"import", "bad.txt", "b.txt"},
        {"import", "missing.txt"},
        {"import", "b.txt", "--dry-run"},
        {"correct", "1", "--mode", "alleged", "--note", "no"},
        {"correct", "1", "--mode", "vague"},
        {"correct", "99999", "--mode", "alleged"},
        {"correct-node", "China", "--alias", "PRC", "--set", "iso=CN"},
        {"change", "1", "--at", "2025-01-01", "--document", "a", "--quote", "nowhere"},
        {"merge", "norfentanyl", "China", "--dry-run"},
        {"retract", "document", "#1", "--author", "Ana", "--key", "once"},
        {"retract", "document", "#1", "--author", "Ana", "--key", "once"},
        {"retract", "document", "nowhere"},
        {"undo", "5"},
        {"undo", "500"},
        {"undo", "5", "--json"},
        {"load", "t.csv", "--map", "head=a,tail=b,from=when", "--type", "CONSULT", "--label", "Person"},
        {"load", "t.csv", "--map", "head=a,tail=b,from=when", "--type", "CONSULT", "--label", "Person"},
        {"load", "t.csv", "--map", "head=a,tail=b", "--type", "CONSULT", "--label", "Person", "--json", "--dry-run"},
        {"load", "t.csv", "--map", "head=a,tail=nothing", "--type", "CONSULT", "--label", "Person"},
        {"load", "t.csv", "--map", "head=a,tail=b", "--type", "NOTHING", "--label", "Person"},
        {"load", "lame.csv", "--map", "head=a,tail=b", "--type", "CONSULT", "--label", "Person"},
        {"load", "none.csv", "--map", "head=a,tail=b", "--type", "CONSULT", "--label", "Person"},
        {"merge", "Ana", "Bo"},
        {"unmerge", "Bo"},
        {"review", "--reject", "12=13"},
        {"review", "--accept", "1=99999"},
        {"review", "--reject", "3"},
        {"purge", "document", "b"},
        {"purge", "document", "b", "--dry-run"},
        {"purge", "document", "b", "--yes"},
        {"purge", "node", "Ana", "--yes", "--json"},
        {"purge", "edge", "1", "--yes"},
    };
    std::vector<Ran> all;
    for (const auto& command : commands) all.push_back(run(command));
    return all;
  }
  pid_t server = -1;
  std::string said;
};

TEST_F(Beside, EveryVerbDoesAndSaysWhatItDoesWithoutAServer) {
  fs::copy(folder / ".entente", folder / "kept", fs::copy_options::recursive);
  serve();
  const std::vector<Ran> beside = everything();
  EXPECT_EQ(stop(), 0);
  const json::value through = json::parse(run({"slice", "--json"}).out);
  EXPECT_EQ(run({"check"}).code, 0);
  fs::remove_all(folder / ".entente");
  fs::rename(folder / "kept", folder / ".entente");
  const std::vector<Ran> alone = everything();
  const json::value direct = json::parse(run({"slice", "--json"}).out);
  ASSERT_EQ(beside.size(), alone.size());
  for (std::size_t i = 0; i < alone.size(); ++i) {
    EXPECT_EQ(beside[i].code, alone[i].code) << i << ": " << beside[i].err << alone[i].err;
    EXPECT_EQ(beside[i].out, alone[i].out) << i;
    EXPECT_EQ(beside[i].err, alone[i].err) << i;
  }
  EXPECT_EQ(through.at("edges"), direct.at("edges"));
  EXPECT_EQ(through.at("nodes"), direct.at("nodes"));
}

TEST_F(Beside, AServerThatSpeaksTlsIsFoundAllTheSame) {
  write_identity(folder / "cert.pem", folder / "key.pem");
  serve({"--tls-cert", "cert.pem", "--tls-key", "key.pem"});
  ASSERT_NE(said.find("https://localhost:"), std::string::npos) << said;
  EXPECT_EQ(run({"import", "b.txt"}).out, "1 article imported\n");
  EXPECT_EQ(run({"undo", "2"}).code, 0);
  EXPECT_EQ(run({"load", "t.csv", "--map", "head=a,tail=b", "--type", "CONSULT", "--label", "Person"}).code, 4);
  EXPECT_EQ(run({"purge", "document", "a", "--yes"}).code, 0);
  EXPECT_NE(run({"serve", "--port", "0"}).err.find("served already, at https://localhost:"), std::string::npos);
}

TEST_F(Beside, ClaimsAreReviewedAndArticlesReadWithOtherTables) {
  serve();
  const Ran reviewed = run_with("a\nR\n", {"import", "--review", "b.txt"});
  EXPECT_EQ(reviewed.code, 0) << reviewed.err;
  EXPECT_NE(reviewed.out.find("1 claim accepted"), std::string::npos) << reviewed.out;
  EXPECT_EQ(run({"import", "a.txt", "--lexicon", "nowhere"}).code, 4);
}

TEST_F(Beside, WhatWasPurgedIsInNoFileAndInNoAnswer) {
  write("secret.txt", "---\ntitle: Zyxwvutski\npublished: 2024-10-02\n---\n\nChina controls norfentanyl, says Zyxwvutski.\n");
  serve();
  ASSERT_EQ(run({"import", "-q", "secret.txt"}).code, 0);
  ASSERT_EQ(run({"search", "--text", "Zyxwvutski"}).code, 0);
  ASSERT_EQ(run({"purge", "document", "secret", "--yes"}).code, 0);
  for (const auto& entry : fs::recursive_directory_iterator(folder / ".entente"))
    if (entry.is_regular_file() && entry.path().filename() != "LOG" && entry.path().extension() != ".log") {
      EXPECT_EQ(read_file(entry.path()).find("Zyxwvutski"), std::string::npos) << entry.path();
    }
  EXPECT_EQ(run({"search", "--text", "Zyxwvutski"}).code, 1);
}

TEST_F(Beside, OnlyThisUserMaySpeakToIt) {
  serve();
  struct stat file{};
  ASSERT_EQ(::stat(socket().c_str(), &file), 0);
  EXPECT_TRUE(S_ISSOCK(file.st_mode));
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  EXPECT_EQ(stop(), 0);
  EXPECT_FALSE(fs::exists(socket()));
}

TEST_F(Beside, ASecondServerSaysThatThereIsOne) {
  serve();
  const Ran second = run({"serve", "--port", "0"});
  EXPECT_EQ(second.code, 3);
  EXPECT_NE(second.err.find("this database is served already, at http://localhost:"), std::string::npos) << second.err;
}

TEST_F(Beside, TheSocketOfAKilledServerIsNotInTheWay) {
  serve();
  ::kill(server, SIGKILL);
  wait_for_server();
  ASSERT_TRUE(fs::exists(socket()));
  EXPECT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  serve();
  EXPECT_EQ(run({"undo", "2"}).code, 0);
}

TEST_F(Beside, WhateverElseLiesAtThatNameIsNotInTheWay) {
  std::ofstream(socket()) << "not a socket";
  EXPECT_EQ(run({"undo", "1", "--dry-run"}).code, 0);
  serve();
  EXPECT_EQ(run({"undo", "1", "--dry-run"}).code, 0);
}

TEST_F(Beside, APathLongerThanTheAddressOfASocketIsReached) {
  const std::string deep = std::string(100, 'd') + "/" + std::string(100, 'e');
  fs::create_directories(folder / deep);
  fs::rename(folder / ".entente", folder / deep / "db");
  const std::string path = (folder / deep / "db").string();
  server = start({"--db", path, "serve", "--port", "0", "-q"});
  for (int i = 0; i < 3000 && read_file(folder / "out").find("stop ") == std::string::npos; ++i) ::usleep(10'000);
  fs::rename(folder / "out", folder / "said");
  const Ran imported = run({"--db", path, "import", "b.txt"});
  EXPECT_EQ(imported.code, 0) << imported.err;
  EXPECT_EQ(run({"--db", path, "serve", "--port", "0"}).code, 3);
  EXPECT_EQ(stop(), 0);
  EXPECT_FALSE(fs::exists(folder / deep / "db" / "socket"));
}

// Bytes that are no message, halves of messages, and messages with lengths that lie.
TEST_F(Beside, GarbageOnTheSocketHurtsNobody) {
  serve();
  std::uint64_t random = 88172645463325252ull;
  const auto next = [&] { return random ^= random << 13, random ^= random >> 7, random ^= random << 17; };
  for (int round = 0; round < 200; ++round) {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::snprintf(address.sun_path, sizeof address.sun_path, "%s", socket().c_str());
    ASSERT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0) << round;
    std::string bytes(next() % 300, '\0');
    for (char& c : bytes) c = static_cast<char>(next());
    if (round % 4 == 1) bytes.insert(0, std::string("\0\0\0\0\4\0\0\0", 8));            // one segment of four words
    if (round % 4 == 2) bytes.insert(0, std::string("\0\0\0\0\xff\xff\xff\x7f", 8));    // one of sixteen gigabytes
    if (round % 4 == 3) bytes.insert(0, std::string("\xff\xff\xff\xff", 4));            // as many as there can be
    ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (round % 2 == 0) ::shutdown(descriptor, SHUT_WR);
    ::close(descriptor);
  }
  EXPECT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  EXPECT_EQ(stop(), 0);
}

// A client that is killed while the server loads for it: nothing stays, and the next may write.
TEST_F(Beside, AClientThatIsGoneInTheMiddleLeavesNoTrace) {
  {
    std::ofstream table(folder / "many.csv");
    table << "a,b\n";
    for (int i = 0; i < 400'000; ++i) table << "Person " << i << ",Person " << i + 1 << "\n";
  }
  serve();
  const pid_t loading = start({"load", "many.csv", "--map", "head=a,tail=b", "--type", "CONSULT", "--label", "Person"});
  ::usleep(400'000);
  ::kill(loading, SIGKILL);
  int status = 0;
  ::waitpid(loading, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it was done before it could be killed";
  EXPECT_EQ(run({"import", "-q", "b.txt"}).code, 0);
  const json::value log = json::parse(run({"log", "--json"}).out);
  EXPECT_EQ(log.at("commits").as_array().size(), 2u) << log;
  EXPECT_EQ(stop(), 0);
  EXPECT_EQ(run({"check"}).code, 0);
}

// Somebody listens there and never answers.
TEST_F(Beside, AServerThatHangsIsToldOf) {
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::snprintf(address.sun_path, sizeof address.sun_path, "%s", socket().c_str());
  ASSERT_EQ(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::listen(descriptor, 8), 0);
  const Ran ran = run({"undo", "1"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE(ran.err.find("does not answer; stop it, or wait until it is done"), std::string::npos) << ran.err;
  ::close(descriptor);
}

}  // namespace
}  // namespace entente
