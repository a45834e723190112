// RpcServer: schema/service.capnp, answered over the socket in the database's directory.
//
// One thread runs the loop of events: it reads, writes and hands each call to a thread of its own
// (workers.h), so that a client that leaves stops what it asked for, and none waits for another's.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "tools/serve/database.h"
#include "tools/serve/router.h"

namespace entente::serve {

struct RpcOptions {
  std::size_t max_connections = 64;
  std::size_t max_calls = 64;                          // worked on at once; more get LimitReached
  std::uint64_t most_bytes = 256ull * 1024 * 1024;     // of one message
  std::chrono::milliseconds first_call{10'000};        // who has called nothing by then is hung up on
  std::chrono::milliseconds reply{60'000};             // for a client to take what it asked for
  std::chrono::milliseconds drain{5'000};              // for what runs when the server stops
};

class RpcServer {
 public:
  // Listens at once; makes the socket and removes it at the end. The caller holds the lock of the writer.
  // `database` and `router` must outlive it; `address` is that of the page, for people.
  static Result<std::unique_ptr<RpcServer>> open(const std::filesystem::path& directory, Database& database,
                                                 const Router& router, std::string address, const RpcOptions& options = {});
  ~RpcServer();  // takes no more calls, lets what runs finish for a while, ends the rest
  RpcServer(const RpcServer&) = delete;

 private:
  struct State;
  explicit RpcServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace entente::serve
