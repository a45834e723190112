// The other side: how a command on the same machine speaks to a server that has its database open.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "schema/result.h"
#include "tools/serve/database.h"

namespace entente::serve {

// What a server leaves in the database's folder while it runs: file `server`, mode 0600, three lines:
// its address, the token of writers, its process. Who can read the file may write to the database.
class Notice {
 public:
  static Result<Notice> write(const std::filesystem::path& directory, const std::string& address, const std::string& token);
  Notice(Notice&& other) noexcept;
  Notice& operator=(Notice&&) = delete;
  ~Notice();  // removes the file

 private:
  explicit Notice(std::filesystem::path file) : file_(std::move(file)) {}
  std::filesystem::path file_;
};

// A server that runs. A value.
class RunningServer {
 public:
  // The one that has the database of this folder open; nothing if none answers, whatever the file says.
  static std::optional<RunningServer> of(const std::filesystem::path& directory);

  const std::string& address() const { return address_; }
  // As Database::import there. Errors are the server's own words.
  Result<ImportDone> import(const Upload& upload) const;
  // As Database::perform there.
  Result<VerbOutcome> perform(const VerbRequest& request) const;

 private:
  struct Answer {
    int status = 0;
    std::string body;
  };
  Result<Answer> ask(const std::string& head, std::string_view body) const;

  std::string address_, host_, token_;
  std::uint16_t port_ = 0;
};

}  // namespace entente::serve
