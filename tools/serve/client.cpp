#include "tools/serve/client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <charconv>
#include <fstream>

#include "tools/serve/stream.h"

namespace entente::serve {
namespace fs = std::filesystem;
namespace json = boost::json;
namespace {
constexpr std::chrono::minutes kPatience{10};  // a long article takes its time

std::string encoded(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~') out += c;
    else out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
  }
  return out;
}

// Nothing if nobody listens there.
std::unique_ptr<SocketStream> connected(std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return nullptr;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor);
    return nullptr;
  }
  return std::make_unique<SocketStream>(descriptor);
}

// What a refusal says, as the error that it was there.
Error refusal_in(int status, const json::object& answer, Code code) {
  const json::value *detail = answer.if_contains("detail"), *hint = answer.if_contains("hint");
  std::string message = detail && detail->is_string() ? std::string(detail->as_string())
                                                      : "the server refused it with status " + std::to_string(status);
  if (hint && hint->is_string()) message += "; " + std::string(hint->as_string());
  return {code, message};
}

Error strange() { return {Code::Unavailable, "the server gave an answer that is none of ours; stop it and try again"}; }

std::uint32_t count_of(const json::object& answer, const char* name) {
  const json::value* value = answer.if_contains(name);
  return value && value->is_int64() ? static_cast<std::uint32_t>(value->as_int64()) : 0;
}
}  // namespace

Result<Notice> Notice::write(const fs::path& directory, const std::string& address, const std::string& token) {
  const fs::path file = directory / "server";
  std::error_code ignored;
  fs::remove(file, ignored);  // of a server that was killed: we have the lock of the writer now
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  const std::string text = address + "\n" + token + "\n" + std::to_string(::getpid()) + "\n";
  const bool written = descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (descriptor >= 0) ::close(descriptor);
  if (!written) return Error{Code::Unavailable, "cannot write " + file.string() + "; may you write in the database's folder?"};
  return Notice(file);
}

Notice::Notice(Notice&& other) noexcept : file_(std::exchange(other.file_, {})) {}

Notice::~Notice() {
  std::error_code ignored;
  if (!file_.empty()) fs::remove(file_, ignored);
}

std::optional<RunningServer> RunningServer::of(const fs::path& directory) {
  std::ifstream file(directory / "server");
  RunningServer server;
  if (!std::getline(file, server.address_) || !std::getline(file, server.token_)) return std::nullopt;
  constexpr std::string_view kScheme = "http://";
  if (!server.address_.starts_with(kScheme) || !server.address_.ends_with('/')) return std::nullopt;
  server.host_ = server.address_.substr(kScheme.size(), server.address_.size() - kScheme.size() - 1);
  const std::size_t colon = server.host_.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  const char* end = server.host_.data() + server.host_.size();
  if (std::from_chars(server.host_.data() + colon + 1, end, server.port_).ptr != end) return std::nullopt;
  const auto health = server.ask("GET /healthz", "");
  if (!health || health->status != 200) return std::nullopt;
  return server;
}

Result<RunningServer::Answer> RunningServer::ask(const std::string& head, std::string_view body) const {
  const auto stream = connected(port_);
  if (!stream) return Error{Code::Unavailable, "no server answers at " + address_};
  const Deadline deadline = Clock::now() + kPatience;
  const std::size_t line = std::min(head.find('\n'), head.size());
  std::string bytes = head.substr(0, line) + " HTTP/1.1\r\nHost: " + host_ + "\r\nConnection: close\r\n";
  if (line < head.size()) bytes += head.substr(line + 1);
  if (!body.empty()) bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  bytes += "\r\n";
  if (const auto sent = stream->write_all(bytes, deadline); !sent) return sent.error();
  // A server that refuses may close before it has read all: what it says counts, not the broken pipe.
  const auto sent = stream->write_all(body, deadline);
  std::string heard;
  for (;;) {
    char piece[65536];
    const auto got = stream->read_some(piece, sizeof piece, deadline);
    if (!got && heard.empty()) return sent ? got.error() : sent.error();
    if (!got || *got == 0) break;
    heard.append(piece, *got);
  }
  const std::size_t end = heard.find("\r\n\r\n");
  Answer answer;
  if (end == std::string::npos || !heard.starts_with("HTTP/1.1 ")) return strange();
  if (std::from_chars(heard.data() + 9, heard.data() + 12, answer.status).ec != std::errc()) return strange();
  answer.body = heard.substr(end + 4);
  return answer;
}

Result<ImportDone> RunningServer::import(const Upload& upload) const {
  std::string target = "/v1/import?name=" + encoded(upload.name);
  const std::pair<const char*, const std::string*> said[] = {
      {"title", &upload.title}, {"publisher", &upload.publisher}, {"published", &upload.published},
      {"url", &upload.url},     {"author", &upload.author},       {"note", &upload.note}};
  for (const auto& [name, value] : said)
    if (!value->empty()) target += "&" + std::string(name) + "=" + encoded(*value);
  const auto answer = ask("POST " + target + "\nAuthorization: Bearer " + token_ + "\r\nContent-Type: " + upload.type + "\r\n",
                          upload.text);
  if (!answer) return answer.error();
  json::error_code fault;
  const json::value parsed = json::parse(answer->body, fault);
  if (fault || !parsed.is_object()) return strange();
  const json::object& object = parsed.as_object();
  if (answer->status != 200 && answer->status != 201) {
    const bool input = answer->status == 400 || answer->status == 413 || answer->status == 415;
    return refusal_in(answer->status, object, input ? Code::InvalidArgument : Code::Unavailable);
  }
  ImportDone done;
  const json::value* there = object.if_contains("already_there");
  done.outcome.already_there = there && there->is_bool() && there->as_bool();
  done.outcome.document = {count_of(object, "document")};
  done.outcome.new_edges = count_of(object, "new_edges");
  done.outcome.supported_edges = count_of(object, "supported_edges");
  done.outcome.new_nodes = count_of(object, "new_nodes");
  done.outcome.matched_nodes = count_of(object, "matched_nodes");
  done.commit = {count_of(object, "commit")};
  return done;
}

Result<VerbOutcome> RunningServer::perform(const VerbRequest& request) const {
  const auto answer = ask("POST /v1/verbs\nAuthorization: Bearer " + token_ + "\r\nContent-Type: application/json\r\n",
                          json::serialize(to_json(request)));
  if (!answer) return answer.error();
  json::error_code fault;
  const json::value parsed = json::parse(answer->body, fault);
  if (fault || !parsed.is_object()) return strange();
  if (answer->status == 200) return verb_outcome_of(parsed.as_object());
  const Code code = answer->status == 404   ? Code::NotFound
                    : answer->status == 400 ? Code::InvalidArgument
                    : answer->status == 409 ? Code::Conflict
                    : answer->status == 422 ? Code::LimitReached
                                            : Code::Unavailable;
  return refusal_in(answer->status, parsed.as_object(), code);
}

}  // namespace entente::serve
