#include "tools/serve/rpc_client.h"

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>
#include <kj/io.h>

#include "schema/message_parts.h"
#include "tools/serve/rpc_messages.h"
#include "tools/serve/unix_socket.h"

namespace entente::serve {
namespace rpc = capnp_schema;
using message::as_text;
using message::text;
namespace {
constexpr auto kGreeting = 10 * kj::SECONDS;

capnp::ReaderOptions limits() {
  capnp::ReaderOptions limits;
  limits.traversalLimitInWords = 256ull * 1024 * 1024 / sizeof(capnp::word);
  return limits;
}

Error gone(const kj::Exception& exception) {
  if (exception.getType() == kj::Exception::Type::DISCONNECTED)
    return {Code::Unavailable, "the server went away before it answered; 'entente log' tells whether it was done"};
  if (exception.getType() == kj::Exception::Type::UNIMPLEMENTED)
    return {Code::Incompatible, "the server that has this database open is of another version of this program; start it anew"};
  return {Code::Unavailable, std::string("the server did not do it: ") + exception.getDescription().cStr()};
}

// Runs `call`, whose faults of the connection become an error.
template <typename T, typename Call>
Result<T> answered(Call call) {
  try {
    return call();
  } catch (const kj::Exception& exception) {
    return gone(exception);
  }
}

class ProgressImpl final : public rpc::Progress::Server {
 public:
  ProgressImpl(const TellProgress& tell, kj::Own<kj::PromiseFulfiller<void>> stop) : tell_(tell), stop_(kj::mv(stop)) {}

 private:
  kj::Promise<void> at(AtContext context) override {
    if (!tell_(read(context.getParams().getHow()))) stop_->fulfill();
    return kj::READY_NOW;
  }
  const TellProgress& tell_;
  kj::Own<kj::PromiseFulfiller<void>> stop_;
};

class SinkImpl final : public rpc::Sink::Server {
 public:
  explicit SinkImpl(const std::function<bool(std::string_view)>& take) : take_(take) {}

 private:
  kj::Promise<void> write(WriteContext context) override {
    const auto bytes = context.getParams().getBytes();
    if (!take_({reinterpret_cast<const char*>(bytes.begin()), bytes.size()}))
      kj::throwFatalException(KJ_EXCEPTION(FAILED, "enough"));
    return kj::READY_NOW;
  }
  kj::Promise<void> done(DoneContext) override { return kj::READY_NOW; }
  const std::function<bool(std::string_view)>& take_;
};
}  // namespace

struct RunningServer::State {
  explicit State(Descriptor connected)
      : io(kj::setupAsyncIo()),
        stream(io.lowLevelProvider->wrapSocketFd(kj::AutoCloseFd(connected.release()), kj::LowLevelAsyncIoProvider::ALREADY_CLOEXEC)),
        network(*stream, capnp::rpc::twoparty::Side::CLIENT, limits()),
        system(capnp::makeRpcClient(network)),
        database(bootstrap()) {}

  rpc::Database::Client bootstrap() {
    capnp::MallocMessageBuilder message(8);
    auto vat = message.initRoot<capnp::rpc::twoparty::VatId>();
    vat.setSide(capnp::rpc::twoparty::Side::SERVER);
    return system.bootstrap(vat).castAs<rpc::Database>();
  }

  kj::AsyncIoContext io;
  kj::Own<kj::AsyncIoStream> stream;
  capnp::TwoPartyVatNetwork network;
  capnp::RpcSystem<capnp::rpc::twoparty::VatId> system;
  rpc::Database::Client database;
  std::string address;
  CommitId commit;
};

struct RunningServer::Pinned::State {
  RunningServer::State& server;
  rpc::Snapshot::Client snapshot;
  CommitId commit;
};

RunningServer::RunningServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunningServer::~RunningServer() = default;
RunningServer::RunningServer(RunningServer&&) noexcept = default;
RunningServer& RunningServer::operator=(RunningServer&&) noexcept = default;
const std::string& RunningServer::address() const { return state_->address; }
CommitId RunningServer::commit() const { return state_->commit; }

Result<std::optional<RunningServer>> RunningServer::of(const std::filesystem::path& directory) {
  auto connected = connect_in(directory);
  if (!connected) return connected.error();
  if (!*connected) return std::optional<RunningServer>();
  try {
    auto state = std::make_unique<State>(std::move(**connected));
    auto about = state->io.provider->getTimer().timeoutAfter(kGreeting, state->database.aboutRequest().send()).wait(state->io.waitScope);
    state->address = text(about.getAbout().getAddress());
    state->commit = CommitId{about.getAbout().getCommit()};
    return std::optional(RunningServer(std::move(state)));
  } catch (const kj::Exception& exception) {
    // One that ends at this moment is none.
    if (exception.getType() == kj::Exception::Type::DISCONNECTED) return std::optional<RunningServer>();
    return Error{Code::Unavailable, "a server has the database " + directory.string() + " open and does not answer; stop it, or wait until it is done"};
  }
}

Result<VerbOutcome> RunningServer::perform(const VerbRequest& request) {
  return answered<VerbOutcome>([&]() -> Result<VerbOutcome> {
    auto call = state_->database.performRequest();
    write(request, call.initRequest());
    const auto heard = call.send().wait(state_->io.waitScope);
    if (heard.hasFault()) return read(heard.getFault());
    return read(heard.getOutcome());
  });
}

Result<Recorded> RunningServer::record(const Extract& extract, std::string_view author, std::string_view note, std::string_view key) {
  return answered<Recorded>([&]() -> Result<Recorded> {
    auto call = state_->database.recordRequest();
    write(extract, call.initExtract());
    auto by = call.initBy();
    by.setAuthor(as_text(std::string(author)));
    by.setNote(as_text(std::string(note)));
    by.setKey(as_text(std::string(key)));
    const auto heard = call.send().wait(state_->io.waitScope);
    if (heard.hasFault()) return read(heard.getFault());
    return read(heard.getRecorded());
  });
}

Result<Recorded> RunningServer::import(const Upload& upload) {
  return answered<Recorded>([&]() -> Result<Recorded> {
    auto call = state_->database.importRequest();
    write(upload, call.initArticle(), call.initBy());
    const auto heard = call.send().wait(state_->io.waitScope);
    if (heard.hasFault()) return read(heard.getFault());
    return read(heard.getRecorded());
  });
}

LoadOutcome RunningServer::load(const LoadRequest& request, const TellProgress& tell) {
  auto done = answered<LoadOutcome>([&]() -> Result<LoadOutcome> {
    auto stop = kj::newPromiseAndFulfiller<void>();
    auto call = state_->database.loadRequest();
    write(request, call.initTable(), call.initBy());
    call.setProgress(kj::heap<ProgressImpl>(tell, kj::mv(stop.fulfiller)));
    auto ended = call.send().then([](auto&& heard) {
      LoadOutcome outcome = read(heard.getOutcome());
      if (heard.hasFault()) outcome.status = read(heard.getFault());
      return outcome;
    });
    return ended.exclusiveJoin(stop.promise.then([&] {
      LoadOutcome outcome;
      outcome.status = Error{Code::LimitReached, request.file + ": stopped; nothing was loaded"};
      return outcome;
    })).wait(state_->io.waitScope);
  });
  if (done) return std::move(*done);
  LoadOutcome outcome;
  outcome.status = done.error();
  return outcome;
}

Result<RunningServer::Pinned> RunningServer::snapshot(const When& when) {
  return answered<Pinned>([&]() -> Result<Pinned> {
    auto call = state_->database.snapshotRequest();
    auto asked = call.initWhen();
    asked.setAsOf(as_text(when.as_of));
    asked.setDuring(as_text(when.during));
    asked.setKnownBy(as_text(when.known_by));
    auto heard = call.send().wait(state_->io.waitScope);
    if (heard.hasFault()) return read(heard.getFault());
    return Pinned(std::make_unique<Pinned::State>(Pinned::State{*state_, heard.getSnapshot(), CommitId{heard.getCommit()}}));
  });
}

RunningServer::Pinned::Pinned(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunningServer::Pinned::~Pinned() = default;
RunningServer::Pinned::Pinned(Pinned&&) noexcept = default;
CommitId RunningServer::Pinned::commit() const { return state_->commit; }

Result<std::string> RunningServer::Pinned::ask(std::string_view question) const {
  return answered<std::string>([&]() -> Result<std::string> {
    auto call = state_->snapshot.askRequest();
    call.setQuestion(as_text(std::string(question)));
    const auto heard = call.send().wait(state_->server.io.waitScope);
    if (heard.hasFault()) return read(heard.getFault());
    return text(heard.getAnswer());
  });
}

Result<std::uint64_t> RunningServer::Pinned::file(std::string_view what, const std::function<bool(std::string_view)>& take) const {
  return answered<std::uint64_t>([&]() -> Result<std::uint64_t> {
    auto call = state_->snapshot.fileRequest();
    call.setWhat(as_text(std::string(what)));
    call.setSink(kj::heap<SinkImpl>(take));
    const auto heard = call.send().wait(state_->server.io.waitScope);
    if (heard.hasFault()) return read(heard.getFault());
    return heard.getBytes();
  });
}

}  // namespace entente::serve
