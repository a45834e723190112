// Many articles read by several threads, and given in the order in which they were named.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tools/import/input/inputs.h"
#include "tools/import/reader.h"
#include "tools/import/second/second_reader.h"

namespace entente {

struct BatchItem {
  std::string name;  // of the input, for messages
  Result<Extract> extract;
  std::optional<SecondOpinion> opinion;  // if a second reader was asked
};

// Reads ahead: at most four articles a thread wait to be taken. What comes out, and in which order,
// does not depend on the number of threads. The reader and the inputs must outlive it, and nobody
// else may use the inputs meanwhile. `next` is for one thread; the destructor waits for the articles
// that are being read.
class Batch {
 public:
  // `threads` 0: as many as the machine runs at once. 1: reads when asked, in the caller's thread.
  // `second`, if not null, reads each article too, and must outlive the batch.
  Batch(const Reader& reader, Inputs& inputs, ReadOptions options, unsigned threads,
        const SecondReader* second = nullptr);
  ~Batch();
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  std::optional<BatchItem> next();  // nothing after the last

 private:
  BatchItem read(const Input& input) const;
  void work();

  const Reader& reader_;
  Inputs& inputs_;
  const ReadOptions options_;
  const SecondReader* const second_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, BatchItem> done_;  // by number, waiting to be taken
  std::size_t begun_ = 0, taken_ = 0;
  bool ended_ = false, stop_ = false;  // no input is left; nobody wants more
  std::vector<std::thread> threads_;
};

}  // namespace entente
