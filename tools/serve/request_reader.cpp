#include "tools/serve/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

namespace entente::serve {
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// What the header as a whole must not be; 0 if all is well.
int fault_of_header(std::string_view header, std::size_t most_fields, std::string& why) {
  std::size_t fields = 0;
  for (std::size_t at = header.find("\r\n"); at + 4 < header.size(); at = header.find("\r\n", at + 2)) {
    const char first = header[at + 2];
    if (first == ' ' || first == '\t') return why = "a header field goes on in a second line", 400;
    if (++fields > most_fields) return why = "the header has too many fields", 431;
  }
  return 0;
}

Response refused(int status, std::string_view why) { return problem(status, why); }
}  // namespace

class RequestReader::Parser : public http::request_parser<http::string_body> {};

RequestReader::RequestReader(Stream& stream, const Limits& limits) : stream_(stream), limits_(limits) {}
RequestReader::~RequestReader() = default;

std::variant<std::string_view, Response, RequestReader::Closed> RequestReader::header() {
  std::size_t end;
  Deadline deadline = Clock::now() + (buffer_.empty() ? limits_.idle : limits_.header);
  std::size_t searched = 0;
  while ((end = buffer_.find("\r\n\r\n", searched)) == std::string::npos) {
    if (buffer_.size() > limits_.header_bytes) return refused(431, "the header is larger than this server reads");
    searched = buffer_.size() < 3 ? 0 : buffer_.size() - 3;
    const bool first = buffer_.empty();
    char piece[8192];
    const auto got = stream_.read_some(piece, sizeof piece, deadline);
    if (!got) {
      if (first || got.error().code != Code::LimitReached) return Closed{};
      return refused(408, "the header did not arrive in time");
    }
    if (*got == 0) return Closed{};
    buffer_.append(piece, *got);
    if (first) deadline = Clock::now() + limits_.header;
  }
  end += 4;
  if (end > limits_.header_bytes) return refused(431, "the header is larger than this server reads");
  header_ = end;
  return std::string_view(buffer_).substr(0, end);
}

void RequestReader::pass_over() { buffer_.erase(0, std::exchange(header_, 0)); }

std::variant<Request, Response> RequestReader::request() {
  const std::size_t end = header_;
  std::string why;
  if (const int fault = fault_of_header(std::string_view(buffer_).substr(0, end), limits_.header_fields, why))
    return refused(fault, why);

  parser_ = std::make_unique<Parser>();
  parser_->header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
  parser_->body_limit(boost::none);  // body() has its own
  beast::error_code error;
  std::size_t used = 0;
  while (!error && used < end && !parser_->is_header_done())
    used += parser_->put(boost::asio::const_buffer(buffer_.data() + used, end - used), error);
  if (error || !parser_->is_header_done()) return refused(400, "the header is not HTTP/1.1");
  pass_over();

  Request request;
  const auto& message = parser_->get();
  if (message.version() != 11) return refused(505, "this server speaks HTTP/1.1");
  const auto text = [](beast::string_view view) { return std::string_view(view.data(), view.size()); };
  request.method = text(message.method_string());
  request.keep_alive = parser_->keep_alive();
  for (const auto& field : message)
    request.fields.emplace_back(lower(text(field.name_string())), std::string(text(field.value())));
  // Host is judged by the rules, before all else; one field must be there to be judged.
  if (!only(request.fields, "host")) return refused(421, "a request has exactly one Host field");
  if (const auto bad = parse_target(text(message.target()), request); !bad) return refused(400, bad.error().message);
  const auto coded = [&](std::string_view name) {
    return std::any_of(request.fields.begin(), request.fields.end(), [&](const auto& f) { return f.first == name; });
  };
  if (coded("transfer-encoding") && lower(request.field("transfer-encoding")) != "chunked")
    return refused(501, "the only transfer coding here is chunked");
  if (coded("content-encoding")) return refused(415, "bodies are read uncompressed");
  if (coded("upgrade")) request.keep_alive = false;  // there is nothing to upgrade to
  request.expects_continue = lower(request.field("expect")) == "100-continue";
  return request;
}

std::variant<std::string, Response, RequestReader::Closed> RequestReader::body(std::uint64_t limit) {
  if (const auto length = parser_->content_length(); length && *length > limit)
    return refused(413, "the body is larger than the " + std::to_string(limit) + " bytes that this address takes");
  parser_->body_limit(limit);
  parser_->eager(true);
  const auto begun = Clock::now();
  std::uint64_t received = 0;
  std::string piece;
  beast::error_code error;
  if (parser_->is_done()) return std::string();
  if (lower(std::string_view(parser_->get()["Expect"].data(), parser_->get()["Expect"].size())) == "100-continue") {
    const auto sent = stream_.write_all("HTTP/1.1 100 Continue\r\n\r\n", begun + limits_.write);
    if (!sent) return Closed{};
  }
  while (!parser_->is_done()) {
    if (!buffer_.empty()) {
      const std::size_t used = parser_->put(boost::asio::const_buffer(buffer_.data(), buffer_.size()), error);
      buffer_.erase(0, used);
      if (error == http::error::body_limit)
        return refused(413, "the body is larger than the " + std::to_string(limit) + " bytes that this address takes");
      if (error && error != http::error::need_more) return refused(400, "the body is not framed as HTTP/1.1 has it");
      if (parser_->is_done()) break;
    }
    piece.resize(65536);  // not on the stack, which every waiting connection would have touched
    const Deadline deadline = begun + limits_.body + std::chrono::milliseconds(received * 1000 / 1024);
    const auto got = stream_.read_some(piece.data(), piece.size(), deadline);
    if (!got) {
      if (got.error().code == Code::LimitReached) return refused(408, "the body did not arrive in time");
      return Closed{};
    }
    if (*got == 0) return refused(400, "the body was cut short");
    received += *got;
    buffer_.append(piece.data(), *got);
    if (buffer_.size() > limit + 65536 * 2)  // a chunk header that never ends
      return refused(400, "the body is not framed as HTTP/1.1 has it");
  }
  return std::move(parser_->get().body());
}

}  // namespace entente::serve
