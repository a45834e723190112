// Pages and PDFs are taken apart in a process of their own, so that what a hostile file breaks is
// that process and one document is refused.
//
// The process is this program again, started with a hidden first argument by posix_spawn (never
// fork: a database may be open, with threads). It gets the file as standard input and nothing else,
// gives up what it does not need (sandbox.h), and answers on standard output with one message.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "schema/result.h"
#include "tools/import/input/inputs.h"
#include "tools/import/input/page.h"

namespace entente {

inline constexpr std::string_view kWorkerArgument = "--entente-page-worker";

// Parent's side: starts a worker on a descriptor that can be rewound, and waits for it, 30 s at
// most. `program` empty: this one, whose main must call run_page_worker. A worker that crashes, answers nonsense or takes too much gives
// one line that says so. Safe from many threads.
Result<Page> read_in_worker(int descriptor, Format format, std::string_view charset,
                            const std::filesystem::path& program = {});

// Worker's side: what `main` does when the first argument is kWorkerArgument; never returns to it.
// Nothing if it is not.
std::optional<int> run_page_worker(int argc, char** argv);

}  // namespace entente
