// The other side of rpc_server.h: how a command on the same machine speaks to the server that has its
// database open. Without a header of Cap'n Proto.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schema/claim.h"
#include "schema/result.h"
#include "tools/answer/load.h"
#include "tools/answer/record.h"
#include "tools/answer/verbs.h"
#include "tools/serve/database.h"

namespace entente::serve {

// A connection to a server that runs. A resource of one thread, which may have one at a time. Every call
// waits for its answer; its errors are the server's own, or Unavailable if the server went away.
class RunningServer {
 public:
  // The one that has the database of this folder open; nothing if none has. Unavailable if one is there
  // that does not answer within ten seconds, or is of another user.
  static Result<std::optional<RunningServer>> of(const std::filesystem::path& directory);
  ~RunningServer();
  RunningServer(RunningServer&&) noexcept;
  RunningServer& operator=(RunningServer&&) noexcept;

  const std::string& address() const;  // of its page
  CommitId commit() const;             // the last, when it was found

  Result<VerbOutcome> perform(const VerbRequest& request);
  Result<Recorded> record(const Extract& extract, std::string_view author, std::string_view note, std::string_view key = {});
  Result<Recorded> import(const Upload& upload);
  LoadOutcome load(const LoadRequest& request, const TellProgress& tell);  // `tell` may be asked to stop it: the connection is over then

  // A pinned pair of times.
  class Pinned {
   public:
    ~Pinned();
    Pinned(Pinned&&) noexcept;
    CommitId commit() const;
    // What stands after /v1/ in the address of the HTTP interface; the answer is its JSON.
    Result<std::string> ask(std::string_view question) const;
    // A file in pieces: `gexf`, `image`, `graphml?around=China`. False from `take` stops it.
    Result<std::uint64_t> file(std::string_view what, const std::function<bool(std::string_view piece)>& take) const;

   private:
    friend class RunningServer;
    struct State;
    explicit Pinned(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };
  Result<Pinned> snapshot(const When& when);  // must not outlive this

 private:
  struct State;
  explicit RunningServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace entente::serve
