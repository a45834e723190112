#include "tests/bench/http_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "tests/bench/child.h"

namespace entente::bench {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void respond(int descriptor, const std::string& answer) {
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  std::string heard;
  char piece[8192];
  for (ssize_t got; (got = ::recv(descriptor, piece, sizeof piece, 0)) > 0;) {
    heard.append(piece, std::size_t(got));
    if (!heard.ends_with("\r\n\r\n")) continue;
    heard.clear();
    for (std::size_t sent = 0; sent < answer.size();) {
      const ssize_t more = ::send(descriptor, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
      if (more <= 0) return;
      sent += std::size_t(more);
    }
  }
}

// `1.23ms`, `456.00us`, `1.02s` in milliseconds.
double milliseconds(const std::string& text) {
  char* unit = nullptr;
  const double number = std::strtod(text.c_str(), &unit);
  const std::string of = unit;
  return of.starts_with("us") ? number / 1000 : of.starts_with("ms") ? number : of.starts_with("m") ? number * 60'000 : number * 1000;
}

// What stands after `word` in wrk's report; empty if the word does not.
std::string after(const std::string& report, const std::string& word) {
  const std::size_t at = report.find(word);
  if (at == std::string::npos) return "";
  const std::size_t begin = report.find_first_not_of(' ', at + word.size());
  return report.substr(begin, report.find('\n', begin) - begin);
}
}  // namespace

int connected(std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    std::perror("bench: connect"), std::exit(1);
  return descriptor;
}

std::string request_of(std::uint16_t port, const std::string& target, const std::string& fields) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) + "\r\n" + fields + "\r\n";
}

std::string exchange_of(int descriptor, const std::string& request) {
  ::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL);
  std::string heard;
  char piece[65536];
  for (;;) {
    const std::size_t end = heard.find("\r\n\r\n");
    const std::size_t length = heard.find("Content-Length: ");
    if (end != std::string::npos && length < end &&
        heard.size() >= end + 4 + std::size_t(std::atoll(heard.c_str() + length + 16)))
      return heard;
    const ssize_t got = ::recv(descriptor, piece, sizeof piece, 0);
    if (got <= 0) std::fprintf(stderr, "bench: the server closed: %s\n", heard.substr(0, 400).c_str()), std::exit(1);
    heard.append(piece, std::size_t(got));
  }
}

int listening_socket(std::uint16_t& port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(descriptor, 512) != 0)
    std::perror("bench: listen"), std::exit(1);
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return descriptor;
}

void respond_barely(int listening, const std::string& answer) {
  for (;;) {
    const int descriptor = ::accept(listening, nullptr, nullptr);
    if (descriptor < 0) continue;
    std::thread([descriptor, &answer] {
      respond(descriptor, answer);
      ::close(descriptor);
    }).detach();
  }
}

Load asked_by_wrk(const std::string& address, const Asking& asking) {
  std::vector<std::string> command = {"wrk", "-t1", "-c" + std::to_string(asking.connections), "--latency",
                                      "-d" + std::to_string(asking.seconds) + "s"};
  if (asking.compressed) command.insert(command.end(), {"-H", "Accept-Encoding: gzip"});
  if (!asking.targets.empty()) {
    const auto list = asking.directory / "targets.txt", script = asking.directory / "targets.lua";
    std::ofstream targets(list);
    for (const std::string& target : asking.targets) targets << target << "\n";
    std::ofstream(script) << "local targets, at = {}, 0\n"
                             "for line in io.lines('" << list.string() << "') do targets[#targets + 1] = line end\n"
                             "request = function() at = at % #targets + 1; return wrk.format('GET', targets[at]) end\n";
    command.insert(command.end(), {"-s", script.string()});
  }
  command.push_back(address);
  const std::string report = Child(command).read_all();
  Load load;
  load.requests_a_second = std::atof(after(report, "Requests/sec:").c_str());
  load.p50_ms = milliseconds(after(report, " 50%")), load.p99_ms = milliseconds(after(report, " 99%"));
  load.faults = std::uint64_t(std::atoll(after(report, "Non-2xx or 3xx responses:").c_str()));
  if (report.find("Socket errors") != std::string::npos) ++load.faults;
  if (load.requests_a_second == 0) {
    std::fprintf(stderr, "bench: wrk said nothing of use (tools/setup --bench installs it): %s\n", report.c_str());
    std::exit(1);
  }
  if (load.faults) std::fprintf(stderr, "bench: %llu faults: %s\n", static_cast<unsigned long long>(load.faults), report.c_str());
  return load;
}

}  // namespace entente::bench
