// RequestReader: requests off a stream, one after the other, with every limit that HTTP needs.
//
// Boost.Beast's parser reads the header and the body; what it lets pass is refused here: two Host
// fields or none, folded lines, addresses that are not a plain path, transfer codings other than
// `chunked`, compressed bodies. A request comes in two steps, so that the rules can refuse it
// before a byte of its body is read.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "tools/serve/message.h"
#include "tools/serve/stream.h"

namespace entente::serve {

struct Limits {
  std::size_t header_bytes = 8 * 1024;
  std::size_t header_fields = 64;
  std::uint64_t body_bytes = 1024 * 1024;            // a route may allow more
  std::chrono::milliseconds idle{60'000};            // between requests of a connection
  std::chrono::milliseconds header{10'000};          // from the first byte to the end of the header
  std::chrono::milliseconds body{10'000};            // of grace, then 1 KiB a second at least
  std::chrono::milliseconds write{30'000};           // for one answer, and 1 KiB a second beyond
};

// Not thread-safe. Borrows the stream.
class RequestReader {
 public:
  RequestReader(Stream& stream, const Limits& limits);
  ~RequestReader();

  struct Closed {};  // the peer went away, or was silent for too long: say nothing
  // Waits for the next header, and gives its bytes until the next call; a Response says what was
  // wrong with it, and the connection must be closed after it.
  std::variant<std::string_view, Response, Closed> header();
  // That header as a request, or a response as above.
  std::variant<Request, Response> request();
  // Instead: goes over it, for whoever knows by its bytes alone what to answer; it has no body.
  void pass_over();
  // The body of that request, at most `limit` bytes. A response as above.
  std::variant<std::string, Response, Closed> body(std::uint64_t limit);

 private:
  class Parser;
  Stream& stream_;
  const Limits limits_;
  std::string buffer_;    // what was read and not yet used
  std::size_t header_ = 0;  // the size of the header at its front
  std::unique_ptr<Parser> parser_;
};

}  // namespace entente::serve
