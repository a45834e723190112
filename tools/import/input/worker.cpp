#include "tools/import/input/worker.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <vector>

#include "tools/import/input/child.h"
#include "tools/import/input/html.h"
#include "tools/import/input/pdf.h"
#include "tools/import/input/sandbox.h"

namespace entente {
namespace {
using std::string_view;

constexpr std::chrono::seconds kPatience{30};
constexpr std::size_t kLargestAnswer = std::size_t{64} << 20;  // text, places and zones

Error out_of_patience(string_view what) {
  return {Code::LimitReached, "it takes more " + std::string(what) + " than one document may"};
}

// Whether this program's `main` calls run_page_worker: else starting it again would do who knows what.
std::atomic<bool>& may_start_again() {
  static std::atomic<bool> may = false;
  return may;
}

std::vector<std::string> small_environment() {
  std::vector<std::string> environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"})
    if (const char* value = std::getenv(name))
      environment.push_back(std::string(name) + "=" + value);
  return environment;
}

Error died_of(int status) {
  if (!WIFSIGNALED(status))
    return {Code::Corruption, "it made its reader give up (exit code " +
                                  std::to_string(WEXITSTATUS(status)) + ")"};
  const int signal = WTERMSIG(status);
  if (signal == SIGXCPU || signal == SIGKILL) return out_of_patience("time");
  return {Code::Corruption, "it made its reader crash (signal " + std::to_string(signal) +
                                "); nothing else was harmed"};
}

std::string name_of_code(const Error& error) {
  return error.code == Code::LimitReached ? "L" : error.code == Code::Unavailable ? "U" : "I";
}

// The answer of a worker: 'P' and a page, or a letter of the code and the line of an error.
Result<Page> understand(const std::string& answer) {
  const string_view rest = string_view(answer).substr(1);
  switch (answer[0]) {
    case 'P':
      return decode_page(rest);
    case 'L':
      return Error{Code::LimitReached, std::string(rest.substr(0, 500))};
    case 'U':
      return Error{Code::Unavailable, std::string(rest.substr(0, 500))};
    case 'I':
      return Error{Code::InvalidArgument, std::string(rest.substr(0, 500))};
    default:
      return Error{Code::Corruption, "the answer of the worker is broken"};
  }
}

void answer(string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::write(STDOUT_FILENO, text.data(), text.size());
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) ::_exit(3);
    text.remove_prefix(std::size_t(sent));
  }
}

Result<Page> work(string_view format, string_view charset) {
  if (format == "pdf") {
    confine(Confinement::RunTool);
    return read_pdf(STDIN_FILENO);
  }
  auto bytes = read_to_end(STDIN_FILENO, kLargestPage, "the page");
  if (!bytes) return bytes.error();
  confine(Confinement::ReadNothing);
  return read_html(std::move(*bytes), charset);
}
}  // namespace

Result<Page> read_in_worker(int descriptor, Format format, string_view charset,
                            const std::filesystem::path& program) {
  if (program.empty() && !may_start_again())
    return Error{Code::Unavailable, "this program does not read " + std::string(name_of(format)) +
                                        "; it has no worker for it"};
  if (::lseek(descriptor, 0, SEEK_SET) < 0)
    return Error{Code::Unavailable, std::string("cannot read it from its beginning: ") + std::strerror(errno)};
  auto child = Child::start({.program = program.empty() ? "/proc/self/exe" : program.string(),
                             .arguments = {"entente", std::string(kWorkerArgument), std::string(name_of(format)), std::string(charset)},
                             .input = descriptor,
                             .apart = true,
                             .environment = small_environment()});
  if (!child) return child.error().within("the worker");
  const auto answer = child->hear(kLargestAnswer, kPatience);
  const int status = child->end(!answer);
  if (!answer) return answer.error();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || answer->empty()) return died_of(status);
  return understand(*answer);
}

std::optional<int> run_page_worker(int argc, char** argv) {
  may_start_again() = true;
  if (argc < 4 || argv[1] != kWorkerArgument) return std::nullopt;
  try {
    const auto page = work(argv[2], argv[3]);
    answer(page ? "P" + encode_page(*page) : name_of_code(page.error()) + page.error().message);
  } catch (const std::bad_alloc&) {
    answer("Lit takes more memory than one document may");
  } catch (const std::exception&) {
    ::_exit(4);
  }
  ::_exit(0);  // nothing here needs an orderly end, and the tree may be deep
}

}  // namespace entente
