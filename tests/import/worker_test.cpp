// Whatever becomes of a worker, its document is refused in one line, and soon.
#include "tools/import/input/worker.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tools/import/input/sandbox.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

// A worker that is a shell script, and what is said of the document.
std::string refusal(const std::string& script) {
  std::string pattern = (fs::temp_directory_path() / "entente-worker-XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data());
  std::ofstream(folder / "worker") << "#!/bin/sh\n" << script << "\n";
  ::chmod((folder / "worker").c_str(), 0700);
  const auto file = File::of_bytes("<p>Rain fell.", "it");
  const auto page = read_in_worker(file->descriptor(), Format::Html, "", folder / "worker");
  fs::remove_all(folder);
  return page ? "accepted" : page.error().message;
}

TEST(Worker, ThatCrashesCostsItsDocument) {
  EXPECT_EQ(refusal("kill -SEGV $$"), "it made its reader crash (signal 11); nothing else was harmed");
  EXPECT_EQ(refusal("exit 7"), "it made its reader give up (exit code 7)");
  EXPECT_EQ(refusal("kill -XCPU $$"), "it takes more time than one document may");
}

TEST(Worker, ThatAnswersNonsenseIsNotBelieved) {
  EXPECT_EQ(refusal("echo PEntPage1 and then nothing"), "the answer of the worker is broken");
  EXPECT_EQ(refusal("echo hello"), "the answer of the worker is broken");
  EXPECT_EQ(refusal("exit 0"), "it made its reader give up (exit code 0)");
}

TEST(Worker, ThatFloodsIsStopped) {
  EXPECT_EQ(refusal("exec yes"), "it takes more text than one document may");
}

TEST(Worker, GetsTheFileAndNothingElse) {
  // Its descriptors are input, output, /dev/null and what the shell opens to list them.
  EXPECT_EQ(refusal("test \"$(cat)\" = '<p>Rain fell.' && printf Igood || printf Ibad"), "good");
  EXPECT_EQ(refusal("test -z \"$HOME$USER$LD_LIBRARY_PATH\" && printf Igood || printf Ibad"), "good");
  const int secret = ::open("/etc/hostname", O_RDONLY);  // not closed at exec
  const int high = ::fcntl(secret, F_DUPFD, 50);
  EXPECT_EQ(refusal("test -e /proc/self/fd/" + std::to_string(high) + " && printf Ibad || printf Igood"),
            "good");
  ::close(secret), ::close(high);
}

// What a confined process can still do, as bits: 1 opens a file, 2 a socket, 4 writes a file, 8 starts
// a program, 16 has no limit on its processor time.
int powers(Confinement confinement) {
  const fs::path file = fs::temp_directory_path() / ("entente-confined-" + std::to_string(::getpid()));
  const pid_t child = ::fork();
  if (child == 0) {
    confine(confinement);
    int bits = 0;
    if (::open("/proc/self/status", O_RDONLY) >= 0) bits |= 1;
    if (::socket(AF_INET, SOCK_STREAM, 0) >= 0) bits |= 2;
    if (::open(file.c_str(), O_WRONLY | O_CREAT, 0600) >= 0) bits |= 4;
    rlimit limit = {};
    if (::getrlimit(RLIMIT_CPU, &limit) != 0 || limit.rlim_max > 20) bits |= 16;
    char* const words[] = {const_cast<char*>("true"), nullptr};
    if (bits == 0) ::execv("/bin/true", words);  // ends with 0 if it can
    ::_exit(bits | 32);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  fs::remove(file);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
  return code == 0 ? 8 : code & ~32;
}

bool kernel_has_landlock() { return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, 1) > 0; }

TEST(Worker, IsConfined) {
  EXPECT_EQ(powers(Confinement::ReadNothing), 0);
  if (!kernel_has_landlock()) GTEST_SKIP() << "this kernel has no Landlock";
  // One that runs a tool may start a system program, and that is all.
  EXPECT_EQ(powers(Confinement::RunTool), 8);
}

}  // namespace
}  // namespace entente
