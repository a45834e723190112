#include "tools/import/second/endpoint.h"

#include <arpa/inet.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <vector>

#include "tools/import/input/child.h"

namespace entente {
namespace {
using std::string_view;

struct Address {
  bool secure = false;
  std::string host;  // as written, without brackets
  unsigned port = 0;
};

Result<Address> address_of(const std::string& url) {
  const Error wrong{Code::InvalidArgument, "'" + url + "' is no address of an endpoint; write http://127.0.0.1:8080/v1"};
  Address address;
  string_view rest = url;
  const string_view plain = "http://", secure = "https://";
  address.secure = rest.starts_with(secure);
  if (!address.secure && !rest.starts_with(plain)) return wrong;
  rest.remove_prefix((address.secure ? secure : plain).size());
  if (std::any_of(url.begin(), url.end(), [](char c) { return c <= ' ' || c == 127 || c == '\\'; })) return wrong;
  string_view authority = rest.substr(0, rest.find('/'));
  if (authority.find_first_of("@?#") != string_view::npos) return wrong;
  address.port = address.secure ? 443 : 80;
  const bool brackets = authority.starts_with('[');
  const std::size_t colon = brackets ? authority.find("]:") : authority.rfind(':');
  if (colon != string_view::npos) {
    const string_view port = authority.substr(colon + (brackets ? 2 : 1));
    const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (fault != std::errc() || end != port.data() + port.size() || address.port == 0 || address.port > 65535) return wrong;
    authority = authority.substr(0, colon + (brackets ? 1 : 0));
  }
  if (brackets && !authority.ends_with(']')) return wrong;
  if (brackets) authority = authority.substr(1, authority.size() - 2);
  address.host = std::string(authority);
  if (address.host.empty()) return wrong;
  return address;
}

// By its number, or by the one name that means this machine. What is neither would be looked up.
bool is_here(const std::string& host) {
  in_addr number{};
  return host == "localhost" || host == "::1" || (host.starts_with("127.") && ::inet_pton(AF_INET, host.c_str(), &number) == 1);
}

// A file in memory that a child can read from its beginning.
class Held {
 public:
  explicit Held(string_view bytes) : descriptor_(::memfd_create("question", MFD_CLOEXEC)) {
    for (std::size_t at = 0; good() && at < bytes.size();) {
      const ssize_t put = ::write(descriptor_, bytes.data() + at, bytes.size() - at);
      if (put < 0 && errno == EINTR) continue;
      if (put <= 0) {
        close();
        return;
      }
      at += std::size_t(put);
    }
    if (good()) ::lseek(descriptor_, 0, SEEK_SET);
  }
  ~Held() { close(); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  bool good() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

 private:
  void close() {
    if (good()) ::close(descriptor_);
    descriptor_ = -1;
  }
  int descriptor_;
};

std::string why(int code) {
  switch (code) {
    case 6: return "its host is not known";
    case 7: return "nobody answers there";
    case 28: return "it did not answer in time";
    case 35: case 51: case 53: case 54: case 58: case 59: case 60: case 77: return "no trusted TLS connection could be made";
    case 18: case 52: case 56: return "it broke the connection off";
    default: return "curl gave up with code " + std::to_string(code);
  }
}
}  // namespace

Result<Endpoint> Endpoint::open(EndpointOptions options) {
  const auto address = address_of(options.url);
  if (!address) return address.error();
  const bool here = is_here(address->host);
  if (!here && !options.allow_remote)
    return Error{Code::InvalidArgument, address->host + " is another machine, to which the articles would be sent; if that "
                                                        "is meant, say --allow-remote"};
  if (!here && !address->secure && !options.key.empty())
    return Error{Code::InvalidArgument, "the key would go to " + address->host + " in the clear; use https"};
  if (options.key.find_first_of("\r\n") != std::string::npos)
    return Error{Code::InvalidArgument, "the key is of more than one line"};
  while (options.url.ends_with('/')) options.url.pop_back();
  Endpoint endpoint(std::move(options));
  if (address->host == "localhost") endpoint.pin_ = "localhost:" + std::to_string(address->port) + ":127.0.0.1,[::1]";
  return endpoint;
}

Result<std::string> Endpoint::ask(string_view json) const {
  const auto failed = [&](const std::string& what) { return Error{Code::Unavailable, "the endpoint " + options_.url + ": " + what}; };
  std::string headers = "Content-Type: application/json\nAccept: application/json\nExpect:\n";
  if (!options_.key.empty()) headers += "Authorization: Bearer " + options_.key + "\n";
  const Held question(json), header(headers);  // the key is in no argument, which others could see
  if (!question.good() || !header.good()) return failed("there is no memory to ask it");
  ChildCall call{.program = "curl", .input = question.descriptor(), .third = header.descriptor()};
  call.arguments = {"curl", "--disable", "--silent", "--globoff", "--proto", "=http,https", "--noproxy", "*",
                    "--connect-timeout", "10", "--max-time", std::to_string(options_.patience.count()), "--header", "@/dev/fd/3",
                    "--data-binary", "@-", "--write-out", "\n%{http_code}"};
  if (!pin_.empty()) call.arguments.insert(call.arguments.end(), {"--resolve", pin_});
  call.arguments.insert(call.arguments.end(), {"--url", options_.url + "/chat/completions"});
  auto curl = Child::start(call);
  if (!curl) return Error{Code::Unavailable, "an endpoint is asked by curl, which is not there: install curl"};
  auto reply = curl->hear(kLargestReply);
  const int status = curl->end(!reply);
  if (!reply) return failed("it answers with more than " + std::to_string(kLargestReply >> 20) + " MiB");
  if (!WIFEXITED(status)) return failed("curl was killed");
  if (WEXITSTATUS(status) != 0) return failed(why(WEXITSTATUS(status)));
  const std::size_t end = reply->rfind('\n');
  if (end == std::string::npos) return failed("it gave no answer");
  const std::string code = reply->substr(end + 1);
  reply->resize(end);
  if (code != "200") return failed("it answers with status " + code);
  return std::move(*reply);
}

}  // namespace entente
