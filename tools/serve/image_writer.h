// ImageWriter: the image beside a database, written while questions are answered.
#pragma once
#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "graph/image_cache.h"

namespace entente::serve {

// One image at a time: who comes while one is written leaves it at that, and the next question after it
// sees whether another is due. Any thread. Destroying it waits until what is written is there.
class ImageWriter {
 public:
  ImageWriter() = default;
  ImageWriter(const ImageWriter&) = delete;
  ImageWriter& operator=(const ImageWriter&) = delete;
  ~ImageWriter() { wait(); }

  void write(const CachedSnapshot& loaded, const std::filesystem::path& directory, const std::string& database_id);
  void wait();  // until nothing is written; before a purge, which removes what there is

 private:
  std::mutex mutex_;  // of thread_
  std::thread thread_;
  std::atomic<bool> writes_ = false;
};

}  // namespace entente::serve
