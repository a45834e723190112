// Where the crash tests work, and how a failure is run again.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

namespace entente {

// Memory if there is plenty, for syncing to it costs nothing: what is tested is the order of
// operations and what is left of them. One group of kills runs on the disk all the same.
inline std::filesystem::path fast_folder() {
  const std::filesystem::path memory = "/dev/shm";
  std::error_code error;
  const auto space = std::filesystem::space(memory, error);
  const bool plenty = !error && space.available > (std::uintmax_t{2} << 30);
  return plenty && std::getenv("TMPDIR") == nullptr ? memory : std::filesystem::temp_directory_path();
}

// A folder in there that goes away with this.
class WorkFolder {
 public:
  explicit WorkFolder(const std::filesystem::path& where) {
    std::string pattern = (where / "entente-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// ENTENTE_SEED, or a new one each time.
inline unsigned seed_of_run() {
  if (const char* fixed = std::getenv("ENTENTE_SEED")) return unsigned(std::strtoul(fixed, nullptr, 10));
  return std::random_device{}();
}

inline std::string replay(const char* test, unsigned seed, int count) {
  return "again with: ENTENTE_SEED=" + std::to_string(seed) + " ENTENTE_CYCLES=" + std::to_string(count) +
         " crash_tests --gtest_filter=" + test;
}

}  // namespace entente
