// A client on a real socket.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace entente::serve {

class Client {
 public:
  explicit Client(std::uint16_t port) : port_(port), descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(descriptor_); }
  Client(const Client&) = delete;

  void say(std::string_view bytes) { [[maybe_unused]] auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  void ask(const std::string& target) {
    say("GET " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\n\r\n");
  }
  // What comes until `end` has come, or the server closes.
  std::string hear(std::string_view end) {
    std::string heard;
    char piece[4096];
    while (heard.find(end) == std::string::npos) {
      const ssize_t got = ::recv(descriptor_, piece, sizeof piece, 0);
      if (got <= 0) return heard + "<closed>";
      heard.append(piece, static_cast<std::size_t>(got));
    }
    return heard;
  }

  // One answer that has a length: its header, and what came after it.
  struct Heard {
    int status = 0;
    std::string header, body;
  };
  Heard exchange(const std::string& request) {
    say(request);
    const std::string heard = hear("\r\n\r\n");
    const std::size_t end = heard.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    Heard answer{std::atoi(heard.c_str() + 9), heard.substr(0, end + 2), heard.substr(end + 4)};
    const std::size_t length = answer.header.find("Content-Length: ");
    const std::size_t size = length == std::string::npos ? 0 : std::strtoull(answer.header.c_str() + length + 16, nullptr, 10);
    char piece[65536];
    while (answer.body.size() < size) {
      const ssize_t got = ::recv(descriptor_, piece, sizeof piece, 0);
      if (got <= 0) return {};
      answer.body.append(piece, static_cast<std::size_t>(got));
    }
    return answer;
  }
  Heard get(const std::string& target) { return exchange("GET " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\n\r\n"); }
  Heard post(const std::string& target, const std::string& body, const std::string& token) {
    return exchange("POST " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\nAuthorization: Bearer " + token +
                    "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }

  int descriptor() const { return descriptor_; }

  bool connected;

 private:
  const std::uint16_t port_;
  const int descriptor_;
};

}  // namespace entente::serve
