// A client from memory: what it sends, piece by piece, and what it heard.
#pragma once
#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "tools/serve/server.h"

namespace entente::serve {

class ScriptedStream : public Stream {
 public:
  enum class Then { HangUp, StaySilent };
  explicit ScriptedStream(std::vector<std::string> pieces, Then then = Then::HangUp)
      : pieces_(std::move(pieces)), then_(then) {}

  Result<std::size_t> read_some(char* to, std::size_t size, Deadline) override {
    if (at_ == pieces_.size()) {
      if (then_ == Then::HangUp) return std::size_t{0};
      return Error{Code::LimitReached, "silent"};  // as if the deadline had passed
    }
    std::string& piece = pieces_[at_];
    const std::size_t count = std::min(size, piece.size());
    std::copy_n(piece.begin(), count, to);
    piece.erase(0, count);
    if (piece.empty()) ++at_;
    read += count;
    return count;
  }
  Status write_all(std::string_view first, std::string_view second, Deadline) override {
    heard.append(first).append(second);
    return kOk;
  }
  using Stream::write_all;
  bool client_left() override { return false; }
  void stop_reading() override {}
  void hang_up() override {}

  std::string heard;
  std::size_t read = 0;

 private:
  std::vector<std::string> pieces_;
  std::size_t at_ = 0;
  const Then then_;
};

inline const Rules kRules{{"localhost:7373", "127.0.0.1:7373"}, "secret"};

inline Response said(std::string text, int status = 200) {
  Response response;
  response.status = status;
  response.body = std::move(text);
  return response;
}

// A router with a page, something to read, something to write.
inline Router small_router() {
  Router router(kRules);
  router.add({"GET", "/", Access::Page, [](const Call&) { return said("page"); }, "The page."});
  router.add({"GET", "/v1/echo/{word}", Access::Read,
              [](const Call& call) {
                Response response;
                response.body = std::string(call.captured[0]) + "|" + std::string(call.request.parameter("q"));
                return response;
              },
              "Says it again."});
  router.add({"POST", "/v1/write", Access::Write,
              [](const Call& call) { return said(call.request.body, 201); },
              "Takes a text.", {"text/plain"}, 1000});
  router.add({"GET", "/v1/broken", Access::Read,
              [](const Call&) -> Response { throw std::runtime_error("secret path /home/x"); }, "Throws."});
  return router;
}

// Everything that a server says to these bytes.
inline std::string heard_from(std::vector<std::string> pieces,
                              ScriptedStream::Then then = ScriptedStream::Then::HangUp) {
  ScriptedStream stream(std::move(pieces), then);
  const Router router = small_router();
  Gate gate(1, 1);
  RecentAnswers recent(1024 * 1024);
  Counts counts;
  const std::atomic<bool> stopping{false};
  serve_connection(stream, router, {}, gate, recent, counts, stopping);
  return stream.heard;
}

// The status of each answer in order: `200 404`.
inline std::string statuses(const std::string& heard) {
  std::string all;
  for (std::size_t at = heard.find("HTTP/1.1 "); at != std::string::npos; at = heard.find("HTTP/1.1 ", at + 1))
    if (std::isdigit(static_cast<unsigned char>(heard[at + 9])))  // not the words of a problem
      all += (all.empty() ? "" : " ") + heard.substr(at + 9, 3);
  return all;
}

inline std::string get(const std::string& target, const std::string& fields = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost:7373\r\n" + fields + "\r\n";
}
inline std::string post(const std::string& body, const std::string& fields) {
  return "POST /v1/write HTTP/1.1\r\nHost: localhost:7373\r\n" + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
inline const std::string kMayWrite = "Authorization: Bearer secret\r\nContent-Type: text/plain\r\n";

}  // namespace entente::serve
