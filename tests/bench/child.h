// A program beside the bench: started, listened to, stopped.
#pragma once
#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace entente::bench {

// Ends with the bench. Stopped by SIGTERM and waited for.
class Child {
 public:
  explicit Child(const std::vector<std::string>& command);  // its standard output is ours to read
  explicit Child(const std::function<void()>& work);        // a fork of the bench; ends after `work`
  ~Child();
  Child(const Child&) = delete;

  std::string read_until(const std::string& word);  // and the rest of that line
  std::string read_all();                           // to its end
  std::size_t resident_kib() const;                 // VmRSS now

 private:
  pid_t process_ = -1;
  int out_ = -1;
};

}  // namespace entente::bench
