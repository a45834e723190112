#include "tools/serve/image_writer.h"

#include <spdlog/spdlog.h>

#include <exception>

namespace entente::serve {

void ImageWriter::write(const CachedSnapshot& loaded, const std::filesystem::path& directory, const std::string& database_id) {
  const std::lock_guard lock(mutex_);
  if (writes_) return;
  if (thread_.joinable()) thread_.join();
  writes_ = true;
  thread_ = std::thread([this, loaded, directory, database_id] {
    try {
      write_cached(loaded, directory, database_id);
    } catch (const std::exception& fault) {  // of memory: the image that there is goes on to serve
      spdlog::warn("the image was not written: {}", fault.what());
    }
    writes_ = false;
  });
}

void ImageWriter::wait() {
  const std::lock_guard lock(mutex_);
  if (thread_.joinable()) thread_.join();
}

}  // namespace entente::serve
