#include "tools/serve/rpc_server.h"

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>
#include <kj/io.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <future>

#include "schema/message_parts.h"
#include "tools/serve/rpc_messages.h"
#include "tools/serve/stream.h"
#include "tools/serve/unix_socket.h"
#include "tools/serve/workers.h"

namespace entente::serve {
namespace rpc = capnp_schema;
using message::as_text;
using message::text;
namespace {
constexpr std::size_t kPiece = 64 * 1024;  // of what is streamed
constexpr std::chrono::milliseconds kBetweenTellings{100};

kj::Duration duration(std::chrono::milliseconds time) { return time.count() * kj::MILLISECONDS; }

// A refusal of the HTTP interface, as the error that it was.
Error error_in(const Response& response) {
  const Code code = response.status == 404   ? Code::NotFound
                    : response.status == 409 ? Code::Conflict
                    : response.status == 422 ? Code::LimitReached
                    : response.status == 400 ? Code::InvalidArgument
                    : response.status == 500 ? Code::Corruption
                                             : Code::Unavailable;
  boost::json::error_code fault;
  const auto body = boost::json::parse(response.bytes(), fault);
  std::string words = "refused with status " + std::to_string(response.status);
  if (!fault && body.is_object()) {
    if (const auto* detail = body.as_object().if_contains("detail"); detail && detail->is_string()) words = detail->as_string().c_str();
    if (const auto* hint = body.as_object().if_contains("hint"); hint && hint->is_string()) words += "; " + std::string(hint->as_string());
  }
  return {code, words};
}

// One call that a thread works on.
struct Job {
  Cancel cancel;  // raised when the call is dropped
};

// What a client gave to be called back on. Touched by the loop alone, and empty once the call is over.
template <typename Client>
struct Callback {
  kj::Maybe<Client> client;
};

// What all connections share.
struct Common {
  Database& database;
  const Router& router;
  const std::string address;
  const RpcOptions options;
  Workers& workers;
  kj::Timer& timer;
  kj::Own<const kj::Executor> loop;

  // Runs `work` on a thread; what it gives comes back to the loop. Dropping the promise asks it to stop.
  template <typename T, typename Dropped>
  kj::Promise<Result<T>> away(std::function<Result<T>(const Job&)> work, Dropped dropped) {
    auto pair = kj::newPromiseAndCrossThreadFulfiller<Result<T>>();
    const auto job = std::make_shared<Job>();
    const auto fulfiller = std::make_shared<kj::Own<kj::CrossThreadPromiseFulfiller<Result<T>>>>(kj::mv(pair.fulfiller));
    const bool started = workers.start([job, fulfiller, work = std::move(work)]() mutable {
      try {
        (*fulfiller)->fulfill(work(*job));
      } catch (const std::bad_alloc&) {
        (*fulfiller)->fulfill(Error{Code::LimitReached, "there is not enough memory for this; nothing was changed"});
      } catch (const std::exception& error) {
        spdlog::error("rpc: {}", error.what());
        (*fulfiller)->fulfill(Error{Code::Unavailable, "the server met a fault of its own; its log has more"});
      }
      work = nullptr;
    });
    if (!started) return Result<T>(Error{Code::LimitReached, "the server works on as many calls as it takes; try again in a moment"});
    auto drop = kj::defer([job, dropped = std::move(dropped)]() mutable {
      job->cancel.ask();
      dropped();
    });
    return pair.promise.attach(kj::mv(drop));
  }
  template <typename T>
  kj::Promise<Result<T>> away(std::function<Result<T>(const Job&)> work) {
    return away<T>(std::move(work), [] {});
  }

  // From a thread that works: the loop calls back, and waits until the client has taken it. False if it is gone.
  template <typename Client, typename Send>
  bool call_back(const std::shared_ptr<Callback<Client>>& callback, Send send) {
    try {
      return loop->executeSync([&]() -> kj::Promise<bool> {
        KJ_IF_MAYBE(client, callback->client) {
          return timer.timeoutAfter(duration(options.reply), send(*client)).then([] { return true; }, [](kj::Exception&&) { return false; });
        }
        return false;
      });
    } catch (const kj::Exception&) {
      return false;  // the server stops
    }
  }
};

// Puts what became of it into the results of a call.
template <typename T, typename Results, typename Put>
void answer(Result<T>& result, Results&& results, Put put) {
  if (result) put(*result, results);
  else write(result.error(), results.initFault());
}

// The same question through the router of the HTTP interface, pinned.
Result<Response> routed(const Common& common, const std::string& question, const When& when, const Job& job) {
  Request request;
  request.method = "GET", request.target = "/v1/" + question;
  if (auto parsed = parse_target(request.target, request); !parsed) return parsed.error();
  const auto found = common.router.find_reading(request);
  if (!found.route) return Error{Code::NotFound, "there is no question '" + question.substr(0, question.find('?')) + "'"};
  for (const auto& [name, value] : {std::pair("as_of", &when.as_of), std::pair("during", &when.during), std::pair("known_by", &when.known_by)}) {
    if (request.has_parameter(name))
      return Error{Code::InvalidArgument, std::string(name) + ": the snapshot has pinned both clocks; ask another for other times"};
    const auto& takes = found.route->parameters;
    if (value->empty() || std::find(takes.begin(), takes.end(), name) == takes.end()) continue;
    request.query.emplace_back(name, *value);
    request.target += std::string(" ") + name + "=" + *value;  // what is kept is kept by it
  }
  auto response = Router::answer(found, request, [&job] { return job.cancel.asked(); });
  if (response.status >= 400) return error_in(response);
  return response;
}

class SnapshotImpl final : public rpc::Snapshot::Server {
 public:
  SnapshotImpl(Common& common, When when) : common_(common), when_(std::move(when)) {}

 private:
  kj::Promise<void> ask(AskContext context) override {
    context.allowCancellation();
    const std::string question = text(context.getParams().getQuestion());
    return common_
        .away<std::string>([&common = common_, when = when_, question](const Job& job) -> Result<std::string> {
          const auto response = routed(common, question, when, job);
          if (!response) return response.error();
          if (response->stream) return Error{Code::InvalidArgument, "'" + question + "' is no question; ask for the file"};
          return std::string(response->bytes());
        })
        .then([context](Result<std::string> result) mutable {
          answer(result, context.getResults(), [](const std::string& text, auto& out) { out.setAnswer(as_text(text)); });
        });
  }

  kj::Promise<void> file(FileContext context) override {
    context.allowCancellation();
    const std::string what = "export/" + text(context.getParams().getWhat());
    const auto sink = std::make_shared<Callback<rpc::Sink::Client>>();
    sink->client = context.getParams().getSink();
    context.releaseParams();
    return common_
        .away<std::uint64_t>(
            [&common = common_, when = when_, what, sink](const Job& job) -> Result<std::uint64_t> {
              const auto response = routed(common, what, when, job);
              if (!response) return response.error();
              std::uint64_t bytes = 0;
              bool there = true;
              const auto put = [&](std::string_view piece) {
                for (; !piece.empty() && there; piece.remove_prefix(std::min(piece.size(), kPiece))) {
                  const std::string_view next = piece.substr(0, kPiece);
                  there = !job.cancel.asked() && common.call_back(sink, [&](rpc::Sink::Client& client) {
                    auto request = client.writeRequest();
                    request.setBytes({reinterpret_cast<const kj::byte*>(next.data()), next.size()});
                    return request.send();
                  });
                  bytes += next.size();
                }
                return there;
              };
              if (response->stream) response->stream(put);
              else put(response->bytes());
              there = there && common.call_back(sink, [](rpc::Sink::Client& client) { return client.doneRequest().send().ignoreResult(); });
              if (!there) return Error{Code::Unavailable, "the client did not take what it asked for"};
              return bytes;
            },
            [sink] { sink->client = nullptr; })
        .then([context](Result<std::uint64_t> result) mutable {
          answer(result, context.getResults(), [](std::uint64_t bytes, auto& out) { out.setBytes(bytes); });
        });
  }

  Common& common_;
  const When when_;  // with the commit's number
};

// One for each connection; all do the same.
class DatabaseImpl final : public rpc::Database::Server {
 public:
  DatabaseImpl(Common& common, std::shared_ptr<bool> called) : common_(common), called_(std::move(called)) {}

 private:
  kj::Promise<void> about(AboutContext context) override {
    *called_ = true;
    auto out = context.getResults().initAbout();
    out.setAddress(as_text(common_.address));
    out.setDatabase(as_text(common_.database.store().database_id()));
    out.setCommit(common_.database.last_commit().value);
    out.setProcess(std::uint32_t(::getpid()));
    out.setVersion(ENTENTE_VERSION);
    return kj::READY_NOW;
  }

  kj::Promise<void> snapshot(SnapshotContext context) override {
    *called_ = true;
    context.allowCancellation();
    const auto in = context.getParams().getWhen();
    const When when{text(in.getAsOf()), text(in.getDuring()), text(in.getKnownBy())};
    return common_
        .away<CommitId>([&database = common_.database, when](const Job&) -> Result<CommitId> {
          const auto session = database.ask(when);
          if (!session) return session.error();
          return session->commit();
        })
        .then([&common = common_, when, context](Result<CommitId> result) mutable {
          answer(result, context.getResults(), [&](CommitId commit, auto& out) {
            out.setCommit(commit.value);
            out.setSnapshot(kj::heap<SnapshotImpl>(common, When{when.as_of, when.during, "#" + std::to_string(commit.value)}));
          });
        });
  }

  kj::Promise<void> perform(PerformContext context) override {
    *called_ = true;
    context.allowCancellation();
    const VerbRequest request = read(context.getParams().getRequest());
    return common_
        .away<VerbOutcome>([&database = common_.database, request](const Job& job) -> Result<VerbOutcome> {
          if (job.cancel.asked()) return Error{Code::LimitReached, "stopped"};
          return database.perform(request);
        })
        .then([context](Result<VerbOutcome> result) mutable {
          answer(result, context.getResults(), [](const VerbOutcome& outcome, auto& out) { write(outcome, out.initOutcome()); });
        });
  }

  kj::Promise<void> record(RecordContext context) override {
    *called_ = true;
    context.allowCancellation();
    const auto in = context.getParams();
    const auto extract = std::make_shared<Extract>(read(in.getExtract()));
    const std::string author = text(in.getBy().getAuthor()), note = text(in.getBy().getNote()), key = text(in.getBy().getKey());
    context.releaseParams();
    return recorded(context, [&database = common_.database, extract, author, note, key](const Job& job) -> Result<Recorded> {
      if (job.cancel.asked()) return Error{Code::LimitReached, "stopped"};
      return database.record(*extract, author.empty() ? "server" : author, note, key);
    });
  }

  kj::Promise<void> import(ImportContext context) override {
    *called_ = true;
    context.allowCancellation();
    const auto upload = std::make_shared<Upload>(read(context.getParams().getArticle(), context.getParams().getBy()));
    context.releaseParams();
    return recorded(context, [&database = common_.database, upload](const Job&) { return database.import(*upload); });
  }

  template <typename Context>
  kj::Promise<void> recorded(Context context, std::function<Result<Recorded>(const Job&)> work) {
    return common_.away<Recorded>(std::move(work)).then([context](Result<Recorded> result) mutable {
      answer(result, context.getResults(), [](const Recorded& done, auto& out) { write(done, out.initRecorded()); });
    });
  }

  kj::Promise<void> load(LoadContext context) override {
    *called_ = true;
    context.allowCancellation();
    const LoadRequest request = read(context.getParams().getTable(), context.getParams().getBy());
    const auto progress = std::make_shared<Callback<rpc::Progress::Client>>();
    if (context.getParams().hasProgress()) progress->client = context.getParams().getProgress();
    const bool tells = context.getParams().hasProgress();
    context.releaseParams();
    return common_
        .away<LoadOutcome>(
            [&common = common_, request, progress, tells](const Job& job) -> Result<LoadOutcome> {
              auto told = Clock::now();
              return common.database.load(request, [&](const LoadProgress& how) {
                if (!tells || job.cancel.asked() || (!how.writing && Clock::now() - told < kBetweenTellings)) return !job.cancel.asked();
                told = Clock::now();
                common.call_back(progress, [&](rpc::Progress::Client& client) {
                  auto call = client.atRequest();
                  write(how, call.initHow());
                  return call.send().ignoreResult();
                });
                return !job.cancel.asked();
              });
            },
            [progress] { progress->client = nullptr; })
        .then([context](Result<LoadOutcome> result) mutable {
          answer(result, context.getResults(), [](const LoadOutcome& outcome, auto& out) {
            write(outcome, out.initOutcome());
            if (!outcome.status) write(outcome.status.error(), out.initFault());
          });
        });
  }

  Common& common_;
  const std::shared_ptr<bool> called_;
};

// One client.
struct Connection {
  Connection(kj::Own<kj::AsyncIoStream>&& taken, Common& common)
      : stream(kj::mv(taken)),
        network(*stream, capnp::rpc::twoparty::Side::SERVER, limits(common.options)),
        system(capnp::makeRpcServer(network, rpc::Database::Client(kj::heap<DatabaseImpl>(common, called)))) {
    system.setFlowLimit(2 * common.options.most_bytes / sizeof(capnp::word));
  }
  static capnp::ReaderOptions limits(const RpcOptions& options) {
    capnp::ReaderOptions limits;
    limits.traversalLimitInWords = options.most_bytes / sizeof(capnp::word);
    return limits;
  }

  const std::shared_ptr<bool> called = std::make_shared<bool>(false);
  kj::Own<kj::AsyncIoStream> stream;
  capnp::TwoPartyVatNetwork network;
  capnp::RpcSystem<capnp::rpc::twoparty::VatId> system;
};

class Acceptor final : private kj::TaskSet::ErrorHandler {
 public:
  Acceptor(Common& common, kj::Own<kj::ConnectionReceiver> listener)
      : common_(common), listener_(kj::mv(listener)), connections_(*this), accepting_(accept_all().eagerlyEvaluate([](kj::Exception&&) {})) {}
  void close() { accepting_ = kj::READY_NOW, listener_ = nullptr; }

 private:
  kj::Promise<void> accept_all() {
    return listener_->accept()
        .then([this](kj::Own<kj::AsyncIoStream>&& stream) -> kj::Promise<void> { return take(kj::mv(stream)), kj::READY_NOW; },
              // Out of descriptors: wait for one to be free instead of spinning.
              [this](kj::Exception&&) { return common_.timer.afterDelay(50 * kj::MILLISECONDS); })
        .then([this] { return accept_all(); });
  }

  void take(kj::Own<kj::AsyncIoStream>&& stream) {
    ucred who{.pid = 0, .uid = ~uid_t{0}, .gid = ~gid_t{0}};
    kj::uint size = sizeof who;
    kj::runCatchingExceptions([&] { stream->getsockopt(SOL_SOCKET, SO_PEERCRED, &who, &size); });
    if (size != sizeof who || (who.uid != ::geteuid() && who.uid != 0) || open_ >= common_.options.max_connections) return;
    ++open_;
    auto connection = kj::heap<Connection>(kj::mv(stream), common_);
    auto silent = common_.timer.afterDelay(duration(common_.options.first_call)).then([called = connection->called]() -> kj::Promise<void> {
      if (*called) return kj::NEVER_DONE;
      return kj::READY_NOW;
    });
    auto over = connection->network.onDisconnect().exclusiveJoin(kj::mv(silent));
    connections_.add(over.attach(kj::mv(connection), kj::defer([this] { --open_; })));
  }
  void taskFailed(kj::Exception&&) override {}  // garbage, or a client that broke off: nobody else's concern

  Common& common_;
  kj::Own<kj::ConnectionReceiver> listener_;
  std::size_t open_ = 0;
  kj::TaskSet connections_;
  kj::Promise<void> accepting_;
};
}  // namespace

struct RpcServer::State {
  State(std::filesystem::path where, Database& served, const Router& routes, std::string shown, const RpcOptions& given)
      : directory(std::move(where)), database(served), router(routes), address(std::move(shown)), options(given), workers(given.max_calls) {}

  const std::filesystem::path directory;
  Database& database;
  const Router& router;
  const std::string address;
  const RpcOptions options;
  Descriptor listening;
  Workers workers;  // after the thread of the loop: what runs may call back
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> stop;
  std::thread thread;

  void run(std::promise<void>& ready) {
    auto io = kj::setupAsyncIo();
    auto end = kj::newPromiseAndCrossThreadFulfiller<void>();
    stop = kj::mv(end.fulfiller);
    Common common{database, router, address, options, workers, io.provider->getTimer(), kj::getCurrentThreadExecutor().addRef()};
    constexpr auto kFlags = kj::LowLevelAsyncIoProvider::ALREADY_CLOEXEC | kj::LowLevelAsyncIoProvider::ALREADY_NONBLOCK;
    auto acceptor = kj::heap<Acceptor>(common, io.lowLevelProvider->wrapListenSocketFd(kj::AutoCloseFd(listening.release()), kFlags));
    ready.set_value();
    end.promise.wait(io.waitScope);
    acceptor->close();
    const auto until = Clock::now() + options.drain;
    const bool busy = workers.busy() > 0;
    while (workers.busy() > 0 && Clock::now() < until) common.timer.afterDelay(10 * kj::MILLISECONDS).wait(io.waitScope);
    if (busy) common.timer.afterDelay(50 * kj::MILLISECONDS).wait(io.waitScope);  // for the last answers to go out
    acceptor = nullptr;  // drops every call; a commit that has begun still ends
    while (workers.busy() > 0) common.timer.afterDelay(5 * kj::MILLISECONDS).wait(io.waitScope);
  }
};

RpcServer::RpcServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

RpcServer::~RpcServer() {
  remove_socket_in(state_->directory);
  state_->stop->fulfill();
  state_->thread.join();
}

Result<std::unique_ptr<RpcServer>> RpcServer::open(const std::filesystem::path& directory, Database& database, const Router& router,
                                                   std::string address, const RpcOptions& options) {
  auto state = std::make_unique<State>(directory, database, router, std::move(address), options);
  auto listening = listen_in(directory);
  if (!listening) return listening.error();
  state->listening = std::move(*listening);
  std::promise<void> ready;
  auto begun = ready.get_future();
  state->thread = std::thread([&state = *state, &ready] { state.run(ready); });
  begun.wait();
  return std::unique_ptr<RpcServer>(new RpcServer(std::move(state)));
}

}  // namespace entente::serve
