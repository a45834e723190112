// Result<T>: a value, or a sentence for a person that says why there is none.
//
// What can fail for reasons outside the code (bytes, disk, query text, the network) returns a
// Result; mere absence is std::optional; a bug is an assert. Pass an error on in a plain line:
//   if (!edge) return edge.error();
#pragma once
#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace entente {

enum class Code {
  NotFound,         // what was named is not there
  InvalidArgument,  // what was asked makes no sense; nothing was tried
  Corruption,       // stored bytes are damaged, missing or swapped
  Conflict,         // somebody else changed the same thing first; nothing was kept
  Unavailable,      // the thing exists but cannot be used now: locked, no space, no permission
  Incompatible,     // made by a newer version of Entente
  LimitReached,     // a bound on time, memory or size was hit
};

struct Error {
  Code code;
  std::string message;  // for a person: what was tried, on what, what was found, what to do

  // The same error with what the caller was doing put before it: "import a.txt: ...".
  Error within(std::string_view what) const {
    return {code, std::string(what) + ": " + message};
  }
};

template <typename T>
class [[nodiscard]] Result {  // a T, or why there is none; test it before you look inside
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return assert(*this), *std::get_if<0>(&state_); }
  T* operator->() { return &**this; }
  const T& operator*() const { return assert(*this), *std::get_if<0>(&state_); }
  const T* operator->() const { return &**this; }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<std::monostate>;  // for what yields nothing; success is `return kOk;`
inline constexpr std::monostate kOk;

}  // namespace entente
