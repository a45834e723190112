// entente: who did what to whom, when, and who says so.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <exception>
#include <iostream>

#include "tools/cli/output.h"
#include "tools/cli/parser.h"
#include "tools/import/input/worker.h"

int main(int argc, char** argv) {
  using namespace entente;
  if (const auto code = run_page_worker(argc, argv)) return *code;
  std::signal(SIGPIPE, SIG_DFL);  // `entente slice | head` ends quietly
  spdlog::set_default_logger(spdlog::stderr_logger_mt("entente"));  // its own would write among the answers
  spdlog::set_pattern("%n: %l: %v");
  try {
    const Parsed parsed = parse_command_line(argc, argv);
    const ExitCode code = parsed.command ? parsed.command() : parsed.code;
    std::cout.flush();
    return static_cast<int>(code);
  } catch (const std::bad_alloc&) {
    std::cerr << "entente: out of memory; nothing was changed\n";
    return static_cast<int>(ExitCode::Limit);
  } catch (const std::exception& error) {
    std::cerr << "entente: internal error: " << printable(error.what()) << "\n";
    return static_cast<int>(ExitCode::Limit);
  }
}
