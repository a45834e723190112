// RecentAnswers: whole answers by the bytes of the header that asked for them, ready to send.
//
// Who asks again in the same words, and before anything changed, is answered without reading the
// words: the rules judge by the header alone, so the same header has passed them already. What a
// page polls and what many look at costs a look-up and a write.
#pragma once
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace entente::serve {

// Safe from any thread. Forgets what was used least recently beyond `most_bytes`.
class RecentAnswers {
 public:
  struct Answer {
    std::string head;                         // status line and fields
    std::shared_ptr<const std::string> body;  // may be none
    std::function<bool()> still_true;
  };
  explicit RecentAnswers(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // Nothing if there is none, or it is true no more.
  std::shared_ptr<const Answer> find(std::string_view header);
  void keep(std::string_view header, Answer answer);
  void clear();

 private:
  struct Kept {
    std::string header;
    std::shared_ptr<const Answer> answer;
    std::size_t bytes() const { return header.size() + answer->head.size() + (answer->body ? answer->body->size() : 0); }
  };
  void forget(std::list<Kept>::iterator kept);

  const std::size_t most_bytes_;
  std::mutex mutex_;                                                    // of all that follows
  std::list<Kept> answers_;                                             // newest use first
  std::unordered_map<std::string_view, std::list<Kept>::iterator> at_;  // the keys are in the list
  std::size_t bytes_ = 0;
};

}  // namespace entente::serve
