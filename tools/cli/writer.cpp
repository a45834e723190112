#include "tools/cli/writer.h"

#include <thread>

#include "graph/image_cache.h"
#include "tools/answer/image_maker.h"
#include "tools/cli/authorship.h"

namespace entente {
namespace {
constexpr int kTries = 40;
constexpr std::chrono::milliseconds kBetweenTries{50};
}  // namespace

Result<Writer> Writer::open(const std::filesystem::path& directory, Access access) {
  Writer writer;
  for (int left = kTries;; --left) {
    auto server = serve::RunningServer::of(directory);
    if (!server) return server.error();
    if (*server) {
      writer.server_ = std::move(*server);
      return writer;
    }
    std::error_code ignored;
    const bool fresh = !std::filesystem::exists(directory / "ENTENTE", ignored);
    auto store = Store::open(directory, access);
    if (store) {
      writer.store_ = std::move(*store), writer.made_it_ = fresh;
      return writer;
    }
    // Of a server that starts or stops at this moment the lock is there and the socket is not.
    const bool in_use = store.error().message.find("is being written by process") != std::string::npos;
    if (in_use && left > 0) {
      std::this_thread::sleep_for(kBetweenTries);
      continue;
    }
    Error error = store.error();
    if (error.code == Code::NotFound) error.code = Code::Unavailable;  // a database, not an answer, that is not there
    return error;
  }
}

Result<VerbOutcome> Writer::perform(const VerbRequest& request) {
  return server_ ? server_->perform(request) : entente::perform(store_, request, wall_clock());
}

Result<Recorded> Writer::record(const Extract& extract, std::string_view author, const std::string& note) {
  return server_ ? server_->record(extract, author, note) : entente::record(*store_, extract, author, note, wall_clock());
}

LoadOutcome Writer::load(const LoadRequest& request, const TellProgress& tell) {
  if (!server_) return load_table(*store_, request, wall_clock(), tell);
  LoadRequest asked = request;  // the server stands in another folder
  std::error_code ignored;
  asked.path = std::filesystem::absolute(request.path).string();
  if (!request.relations.empty()) asked.relations = std::filesystem::absolute(request.relations).string();
  if (std::filesystem::is_regular_file(asked.path, ignored)) return server_->load(asked, tell);
  LoadOutcome outcome;
  outcome.status = Error{Code::InvalidArgument, request.file + " is no file that the server of this database could read; save it as one"};
  outcome.fault_of_file = true;
  return outcome;
}

void Writer::make_image(const std::function<void()>& slowly) {
  if (server_) return;
  const auto totals = store_->begin_read().totals();
  if (totals && totals->edges >= kLargeGraph) return make_image_aside();
  slowly();
  const auto made = load_cached(store_->begin_read(), store_->directory(), store_->database_id(), kLatest);
  static_cast<void>(made);
}

void Writer::make_image_aside() {
  if (server_) return;
  const std::filesystem::path directory = store_->directory();
  store_.reset();
  (void)start_image_maker("/proc/self/exe", directory);
}

}  // namespace entente
