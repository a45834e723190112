// Who changes the database: the server that has it open, else this process. A command does not notice
// which; both answer with the same outcome and the same errors.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "tools/answer/load.h"
#include "tools/answer/record.h"
#include "tools/answer/verbs.h"
#include "tools/serve/rpc_client.h"

namespace entente {

// A resource, of one thread.
class Writer {
 public:
  // As Store::open, but that a running server is asked first. A database that is missing is Unavailable,
  // unless it is to be made.
  static Result<Writer> open(const std::filesystem::path& directory, Access access);

  bool made_it() const { return made_it_; }  // the database, just now

  Result<VerbOutcome> perform(const VerbRequest& request);
  Result<Recorded> record(const Extract& extract, std::string_view author, const std::string& note);
  LoadOutcome load(const LoadRequest& request, const TellProgress& tell);
  // Of the graph as it is now, so that the first question need not wait for it: of a large one in a process
  // of its own, of another here, after calling `slowly`. If that cannot be, the first question makes it; a
  // server makes its own. To be called last: it may close the database.
  void make_image(const std::function<void()>& slowly);
  void make_image_aside();  // in a process of its own, however large

 private:
  Writer() = default;
  std::optional<serve::RunningServer> server_;
  std::shared_ptr<Store> store_;  // if there is no server
  bool made_it_ = false;
};

}  // namespace entente
