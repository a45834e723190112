#include "tools/serve/server.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "tools/serve/compress.h"

namespace entente::serve {
namespace {

std::string header_of(const Response& response, bool close) {
  std::string head;
  head.reserve(1024);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason_of(response.status)).append("\r\n");
  for (const auto& [name, value] : response.fields) head.append(name).append(": ").append(value).append("\r\n");
  head += security_fields();
  if (response.stream) head += "Transfer-Encoding: chunked\r\n";
  else if (response.status != 204 && response.status != 304)
    head.append("Content-Length: ").append(std::to_string(response.bytes().size())).append("\r\n");
  if (close) head += "Connection: close\r\n";
  return head += "\r\n";
}

Deadline write_deadline(const Limits& limits, std::size_t size) {
  return Clock::now() + limits.write + std::chrono::milliseconds(size * 1000 / 1024);
}

// Sends in pieces of chunks until the producer is done or the client gone.
bool send_stream(Stream& stream, const Response& response, const Limits& limits) {
  bool there = true;
  response.stream([&](std::string_view piece) {
    if (piece.empty()) return there = there && !stream.client_left();
    char size[32];
    const int digits = std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    std::string chunk(size, static_cast<std::size_t>(digits));
    chunk.append(piece).append("\r\n");
    there = there && bool(stream.write_all(chunk, write_deadline(limits, chunk.size())));
    return there;
  });
  return there && bool(stream.write_all("0\r\n\r\n", Clock::now() + limits.write));
}

bool send(Stream& stream, std::string_view head, std::string_view body, const Limits& limits, Counts& counts) {
  counts.bytes_out += head.size() + body.size();
  return bool(stream.write_all(head, body, write_deadline(limits, head.size() + body.size())));
}

bool send(Stream& stream, const Response& response, const Limits& limits, bool head_only, bool close, Counts& counts) {
  const bool streams = bool(response.stream);
  if (!send(stream, header_of(response, close), head_only || streams ? "" : response.bytes(), limits, counts)) return false;
  return streams && !head_only ? send_stream(stream, response, limits) : true;
}

// The bytes to keep of an answer that was sent; none if there were none.
std::shared_ptr<const std::string> shared_body(Response& response) {
  if (response.shared_body) return response.shared_body;
  return response.body.empty() ? nullptr : std::make_shared<const std::string>(std::move(response.body));
}

class Entered {
 public:
  explicit Entered(Gate& gate) : gate_(gate), in_(gate.enter()) {}
  ~Entered() { if (in_) gate_.leave(); }
  Entered(const Entered&) = delete;
  explicit operator bool() const { return in_; }

 private:
  Gate& gate_;
  bool in_;
};
}  // namespace

bool Gate::enter() {
  std::unique_lock lock(mutex_);
  if (free_ == 0) {
    if (places_ == 0) return false;
    --places_;
    freed_.wait(lock, [&] { return free_ > 0; });
    ++places_;
  }
  --free_;
  return true;
}

void Gate::leave() {
  const std::lock_guard lock(mutex_);
  ++free_;
  freed_.notify_one();
}

void serve_connection(Stream& stream, const Router& router, const Limits& limits, Gate& gate, RecentAnswers& recent,
                      Counts& counts, const std::atomic<bool>& stopping) {
  RequestReader reader(stream, limits);
  const auto refuse = [&](const Response& refusal) {
    ++counts.refused;
    send(stream, refusal, limits, false, true, counts);
  };
  while (!stopping) {
    const auto header = reader.header();
    if (std::holds_alternative<RequestReader::Closed>(header)) return;
    ++counts.requests;
    if (const auto* refusal = std::get_if<Response>(&header)) return refuse(*refusal);
    if (const auto known = recent.find(std::get<std::string_view>(header))) {
      reader.pass_over();
      if (!send(stream, known->head, known->body ? *known->body : std::string_view(), limits, counts)) return;
      continue;
    }
    const std::string asked(std::get<std::string_view>(header));
    auto read = reader.request();
    if (const auto* refusal = std::get_if<Response>(&read)) return refuse(*refusal);
    Request& request = std::get<Request>(read);
    const bool head_only = request.method == "HEAD";
    Router::Found found = router.find(request);
    // A refusal leaves the body unread, so the connection cannot be used again if there is one.
    const bool has_body = !request.field("content-length").empty() || !request.field("transfer-encoding").empty();
    if (found.refusal) {
      ++counts.refused;
      const bool close = has_body || !request.keep_alive;
      if (!send(stream, *found.refusal, limits, head_only, close, counts) || close) return;
      continue;
    }
    auto body = reader.body(found.route->body_bytes);
    if (std::holds_alternative<RequestReader::Closed>(body)) return;
    if (const auto* refusal = std::get_if<Response>(&body)) return refuse(*refusal);
    request.body = std::move(std::get<std::string>(body));
    Response response;
    {
      const Entered in(gate);
      if (in) {
        response = Router::answer(found, request, [&stream] { return stream.client_left(); });
      } else {
        response = problem(503, "too many questions wait for an answer", "ask again in a second");
        response.set("Retry-After", "1");
      }
    }
    if (response.status >= 500) ++counts.failed;
    const bool close = !request.keep_alive || stopping || bool(response.stream);
    if (!send(stream, response, limits, head_only, close, counts) || close) return;
    if (response.still_true && !has_body && response.status < 400)
      recent.keep(asked, {header_of(response, false), head_only ? nullptr : shared_body(response), std::move(response.still_true)});
  }
}

Result<Listener> Listener::open(std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (descriptor < 0 || ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(descriptor, 512) != 0 || ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    const std::string why = std::generic_category().message(errno);
    if (descriptor >= 0) ::close(descriptor);
    return Error{Code::Unavailable, "cannot listen on port " + std::to_string(port) + ": " + why +
                                        "; choose another with --port, or 0 for any"};
  }
  return Listener(descriptor, ntohs(address.sin_port));
}

Listener::Listener(Listener&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), port_(other.port_) {}
Listener::~Listener() { close(); }
void Listener::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

Server::Server(Listener listener, const Router& router, const ServerOptions& options, Counts& counts)
    : router_(router),
      options_(options),
      counts_(counts),
      listener_(std::move(listener)),
      gate_(options.max_running, options.max_waiting),
      recent_(options.recent_bytes) {
  if (::pipe(wake_) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  acceptor_ = std::thread([this] { accept_all(); });
}

Server::~Server() {
  stop();
  ::close(wake_[0]);
  ::close(wake_[1]);
}

void Server::accept_all() {
  while (!stopping_) {
    pollfd wanted[2] = {{listener_.descriptor(), POLLIN, 0}, {wake_[0], POLLIN, 0}};
    if (::poll(wanted, 2, -1) < 0 && errno != EINTR) return;
    if (stopping_) return;
    const int descriptor = ::accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (descriptor < 0) {
      // Out of descriptors: wait for one to be free instead of spinning.
      if (errno == EMFILE || errno == ENFILE) std::this_thread::sleep_for(std::chrono::milliseconds(50));
      continue;
    }
    ++counts_.connections;
    if (counts_.open >= options_.max_connections) {
      if (options_.tls) {  // a handshake would keep the others waiting
        ::close(descriptor);
        continue;
      }
      SocketStream stream(descriptor);
      send(stream, problem(503, "this server has as many connections as it takes"), {.write = std::chrono::milliseconds(100)},
           false, true, counts_);
      continue;
    }
    run(descriptor);
  }
}

std::unique_ptr<Stream> Server::stream_of(int descriptor) const {
  if (options_.tls) return std::make_unique<TlsStream>(descriptor, *options_.tls);
  return std::make_unique<SocketStream>(descriptor);
}

void Server::run(int descriptor) {
  struct Job {
    Server* server;
    std::unique_ptr<Stream> stream;
  };
  auto job = std::make_unique<Job>(Job{this, stream_of(descriptor)});
  {
    const std::lock_guard lock(mutex_);
    streams_.insert(job->stream.get());
    ++counts_.open;
  }
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 1024 * 1024);  // address space; what is not touched costs nothing
  pthread_t thread;
  const auto serve = [](void* argument) -> void* {
    std::unique_ptr<Job> mine(static_cast<Job*>(argument));
    Server& server = *mine->server;
    try {
      serve_connection(*mine->stream, server.router_, server.options_.limits, server.gate_, server.recent_,
                       server.counts_, server.stopping_);
    } catch (const std::exception&) {
      ++server.counts_.failed;  // out of memory between two requests: this connection ends, the others go on
    }
    // The lock is held to the end: stop() may let the server go as soon as the last one has left.
    const std::lock_guard lock(server.mutex_);
    server.streams_.erase(mine->stream.get());
    mine->stream.reset();
    --server.counts_.open;
    server.ended_.notify_all();
    return nullptr;
  };
  Job* const given = job.release();
  if (::pthread_create(&thread, &attributes, serve, given) != 0) {
    job.reset(given);
    const std::lock_guard lock(mutex_);
    streams_.erase(job->stream.get());
    --counts_.open;
  }
  pthread_attr_destroy(&attributes);
}

void Server::stop() {
  if (stopping_.exchange(true)) return;
  [[maybe_unused]] const auto woken = ::write(wake_[1], "x", 1);
  if (acceptor_.joinable()) acceptor_.join();
  listener_.close();
  std::unique_lock lock(mutex_);
  // Those that wait for a request have nothing to lose; those that answer get their time.
  const Deadline until = Clock::now() + options_.drain;
  for (Stream* stream : streams_) stream->stop_reading();
  ended_.wait_until(lock, until, [&] { return streams_.empty(); });
  for (Stream* stream : streams_) stream->hang_up();
  ended_.wait(lock, [&] { return streams_.empty(); });
}

}  // namespace entente::serve
