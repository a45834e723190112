// What a server is compared with, and who asks it: a bare responder, and wrk.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace entente::bench {

// A connected socket of 127.0.0.1. Ends the bench if nobody listens.
int connected(std::uint16_t port);
// One request, and the answer to its last byte, header and all. The answer must have a length.
std::string exchange_of(int descriptor, const std::string& request);
std::string request_of(std::uint16_t port, const std::string& target, const std::string& fields = "");

// Says the same bytes to every request for ever: a thread a connection, nothing parsed, nothing
// logged. The most that a server of this shape can do. Never returns.
[[noreturn]] void respond_barely(int listening, const std::string& answer);
int listening_socket(std::uint16_t& port);

struct Load {
  double requests_a_second = 0, p50_ms = 0, p99_ms = 0;
  std::uint64_t faults = 0;  // answers that were not 2xx or 3xx, and socket errors
};
struct Asking {
  unsigned connections = 8, seconds = 5;
  bool compressed = false;               // Accept-Encoding: gzip, as a browser has it
  std::vector<std::string> targets = {}; // asked in turn; empty: the one of the address
  std::filesystem::path directory = {};  // for the list of targets
};
// wrk on one thread. Ends the bench if wrk is not installed.
Load asked_by_wrk(const std::string& address, const Asking& asking);

}  // namespace entente::bench
