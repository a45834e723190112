// A server on loopback that speaks as much of the chat interface as the second reader needs, and says
// what the test tells it to: also what is not true, not JSON, or never ends.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace entente {

class ModelServer {
 public:
  // Given the body of a request, the bytes of the whole response. Empty: none, the connection is held open.
  using Answer = std::function<std::string(const std::string& body)>;

  explicit ModelServer(Answer answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0) std::abort();
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~ModelServer() {
    stop_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    for (const int held : held_) ::close(held);
  }
  ModelServer(const ModelServer&) = delete;
  ModelServer& operator=(const ModelServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }
  // Head and body of each request so far.
  std::vector<std::string> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

  static std::string response(const std::string& body, const std::string& status = "200 OK") {
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
  }
  // What a model says, in the envelope of the interface.
  static std::string saying(const std::string& content, const std::string& reason = "stop") {
    return response(boost::json::serialize(boost::json::object{
        {"choices", {boost::json::object{{"index", 0},
                                         {"finish_reason", reason},
                                         {"message", {{"role", "assistant"}, {"content", content}}}}}}}));
  }

 private:
  void serve() {
    while (!stop_) {
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      std::string request;
      std::size_t body = std::string::npos, length = 0;
      char piece[65536];
      for (ssize_t got; body == std::string::npos || request.size() < body + length;) {
        if ((got = ::recv(client, piece, sizeof piece, 0)) <= 0) break;
        request.append(piece, std::size_t(got));
        if (body == std::string::npos && request.find("\r\n\r\n") != std::string::npos) {
          body = request.find("\r\n\r\n") + 4;
          const std::size_t field = request.find("Content-Length: ");
          if (field < body) length = std::size_t(std::atol(request.c_str() + field + 16));
        }
      }
      if (body == std::string::npos) {
        ::close(client);
        continue;
      }
      {
        const std::lock_guard lock(mutex_);
        heard_.push_back(request);
      }
      const std::string reply = answer_(request.substr(body));
      if (reply.empty()) {
        held_.push_back(client);
        continue;
      }
      for (std::size_t at = 0; at < reply.size();) {
        const ssize_t put = ::send(client, reply.data() + at, reply.size() - at, MSG_NOSIGNAL);
        if (put <= 0) break;
        at += std::size_t(put);
      }
      ::close(client);
    }
  }

  Answer answer_;
  int listener_ = -1;
  unsigned port_ = 0;
  std::atomic<bool> stop_ = false;
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;
  std::vector<int> held_;
  std::thread thread_;
};

}  // namespace entente
