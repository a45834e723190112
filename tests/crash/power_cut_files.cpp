#include "tests/crash/power_cut_files.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <vector>

namespace entente {
namespace {
namespace fs = std::filesystem;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

// The disk: what of it would be lost if the power went now.
class Disk {
 public:
  Disk(int cut, unsigned seed, int* operations) : cut_(cut), random_(seed), operations_(operations) {}

  // Every operation that changes something runs here, one at a time; the cut comes before it.
  template <typename Operation>
  IOStatus run(Operation operation) {
    const std::lock_guard lock(mutex_);
    if (++*operations_ == cut_) {
      spoil();
      ::_exit(kPowerGone);
    }
    return operation();
  }

  // ---- all below are called inside run()
  void made(const std::string& path) {
    synced_[path] = 0;
    names_.push_back({Name::Made, path, "", ""});
  }
  void synced(const std::string& path, std::uint64_t bytes) { synced_[path] = bytes; }
  void wrote(const std::string& path, std::uint64_t offset, std::string before) {
    writes_.push_back({path, offset, std::move(before)});
  }
  // All of the file, its size too.
  void synced_writes(const std::string& path) {
    std::erase_if(writes_, [&](const Write& write) { return write.path == path; });
    if (const auto size = synced_.find(path); size != synced_.end()) size->second = fs::file_size(path);
  }
  // Keeps a copy of what is at `path`, so that its name may come back.
  std::string keep(const std::string& path) {
    if (!fs::exists(path)) return "";
    const fs::path kept = fs::path(path).parent_path().parent_path() / ("kept-" + std::to_string(++kept_));
    fs::copy_file(path, kept);
    return kept.string();
  }
  // Another name of the same bytes.
  void linked(const std::string& from, const std::string& to) {
    if (const auto size = synced_.find(from); size != synced_.end()) synced_[to] = size->second;
    names_.push_back({Name::Made, to, "", ""});
  }
  void renamed(const std::string& from, const std::string& to, std::string kept) {
    if (fs::is_directory(to)) move_all(from + "/", to + "/");
    names_.push_back({Name::Renamed, to, from, std::move(kept)});
    if (const auto size = synced_.find(from); size != synced_.end()) {
      synced_[to] = size->second;
      synced_.erase(from);
    }
  }
  void removed(const std::string& path, std::string kept) {
    names_.push_back({Name::Removed, path, "", std::move(kept)});
    synced_.erase(path);
  }
  void synced_folder(const std::string& folder) {
    std::erase_if(names_, [&](const Name& name) {
      if (fs::path(name.path).parent_path() != fs::path(folder).lexically_normal() &&
          fs::path(name.path).parent_path().string() + "/" != folder)
        return false;
      if (!name.kept.empty()) fs::remove(name.kept);
      return true;
    });
  }

 private:
  struct Name {
    enum Kind { Made, Renamed, Removed } kind;
    std::string path, from, kept;
  };
  struct Write {
    std::string path;
    std::uint64_t offset;
    std::string before;
  };

  bool tossed() { return random_() % 2 == 0; }

  // What is known of files in a folder that has another name now.
  void move_all(const std::string& from, const std::string& to) {
    const auto moved = [&](const std::string& path) {
      return path.starts_with(from) ? to + path.substr(from.size()) : path;
    };
    for (Name& name : names_) name.path = moved(name.path), name.from = moved(name.from);
    for (Write& write : writes_) write.path = moved(write.path);
    std::map<std::string, std::uint64_t> synced;
    for (const auto& [path, bytes] : synced_) synced[moved(path)] = bytes;
    synced_ = std::move(synced);
  }

  void spoil() {
    std::error_code ignored;
    for (auto write = writes_.rbegin(); write != writes_.rend(); ++write) {
      if (tossed()) continue;
      const bool torn = tossed();  // each sector for itself
      std::fstream file(write->path, std::ios::in | std::ios::out | std::ios::binary);
      for (std::size_t at = 0; at < write->before.size();) {
        const std::size_t bytes = std::min<std::size_t>(512 - (write->offset + at) % 512, write->before.size() - at);
        file.seekp(std::streamoff(write->offset + at));
        if (!torn || tossed()) file << write->before.substr(at, bytes);
        at += bytes;
      }
    }
    for (const auto& [path, synced] : synced_) {
      const std::uint64_t size = fs::file_size(path, ignored);
      if (ignored || size <= synced) continue;
      std::uint64_t left = synced;
      switch (random_() % 4) {
        case 0: break;                                       // all of it is lost
        case 1: left = size; break;                          // none
        case 2: left += random_() % (size - synced + 1); break;  // the end
        default: left = std::max(synced, (synced + random_() % (size - synced + 1)) / 512 * 512);
      }
      fs::resize_file(path, left, ignored);
    }
    for (auto name = names_.rbegin(); name != names_.rend(); ++name) {
      if (tossed()) continue;
      if (name->kind == Name::Made) fs::remove(name->path, ignored);
      if (name->kind == Name::Renamed) fs::rename(name->path, name->from, ignored);
      if (name->kind != Name::Made && !name->kept.empty()) fs::rename(name->kept, name->path, ignored);
    }
  }

  const int cut_;
  std::mutex mutex_;
  std::mt19937 random_;
  int* operations_;
  int kept_ = 0;
  std::map<std::string, std::uint64_t> synced_;  // bytes, of the files that were made
  std::vector<Write> writes_;
  std::vector<Name> names_;
};

class AppendedFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  AppendedFile(std::unique_ptr<FSWritableFile> file, std::string path, Disk& disk)
      : FSWritableFileOwnerWrapper(std::move(file)), path_(std::move(path)), disk_(disk) {}
  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] { return target()->Append(data, options, debug); });
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo& info,
                  IODebugContext* debug) override {
    return disk_.run([&] { return target()->Append(data, options, info, debug); });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] { return noted(target()->Sync(options, debug)); });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] { return noted(target()->Fsync(options, debug)); });
  }
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] { return target()->Close(options, debug); });
  }
  // Room set aside in advance changes no byte, and in memory it costs more than all the rest.
  void PrepareWrite(std::size_t, std::size_t, const IOOptions&, IODebugContext*) override {}
  IOStatus Allocate(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  IOStatus noted(IOStatus status) {
    if (status.ok()) disk_.synced(path_, fs::file_size(path_));
    return status;
  }
  const std::string path_;
  Disk& disk_;
};

class ChangedFile : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  ChangedFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string path, Disk& disk)
      : FSRandomRWFileOwnerWrapper(std::move(file)), path_(std::move(path)), disk_(disk) {}
  IOStatus Write(std::uint64_t offset, const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] {
      std::string scratch(data.size(), '\0');
      Slice before;
      IOStatus status = target()->Read(offset, data.size(), options, &before, scratch.data(), debug);
      if (status.ok()) status = target()->Write(offset, data, options, debug);
      if (status.ok()) disk_.wrote(path_, offset, before.ToString());
      return status;
    });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] { return noted(target()->Sync(options, debug)); });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] { return noted(target()->Fsync(options, debug)); });
  }

 private:
  IOStatus noted(IOStatus status) {
    if (status.ok()) disk_.synced_writes(path_);
    return status;
  }
  const std::string path_;
  Disk& disk_;
};

class Folder : public rocksdb::FSDirectoryWrapper {
 public:
  Folder(std::unique_ptr<rocksdb::FSDirectory> folder, std::string path, Disk& disk)
      : FSDirectoryWrapper(std::move(folder)), path_(std::move(path)), disk_(disk) {}
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] { return noted(FSDirectoryWrapper::Fsync(options, debug)); });
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& how) override {
    return disk_.run([&] { return noted(FSDirectoryWrapper::FsyncWithDirOptions(options, debug, how)); });
  }

 private:
  IOStatus noted(IOStatus status) {
    if (status.ok()) disk_.synced_folder(path_);
    return status;
  }
  const std::string path_;
  Disk& disk_;
};

class PowerCutFiles : public rocksdb::FileSystemWrapper {
 public:
  PowerCutFiles(int cut, unsigned seed, int* operations)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(cut, seed, operations) {}
  const char* Name() const override { return "PowerCutFiles"; }

  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<FSWritableFile>* result, IODebugContext* debug) override {
    return disk_.run([&] {
      const bool fresh = !fs::exists(path);
      IOStatus status = target()->NewWritableFile(path, options, result, debug);
      if (!status.ok()) return status;
      if (fresh) disk_.made(path);
      *result = std::make_unique<AppendedFile>(std::move(*result), path, disk_);
      return status;
    });
  }
  IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                              std::unique_ptr<FSWritableFile>* result, IODebugContext* debug) override {
    return disk_.run([&] {
      const bool fresh = !fs::exists(path);
      IOStatus status = target()->ReopenWritableFile(path, options, result, debug);
      if (!status.ok()) return status;
      if (fresh) disk_.made(path);
      *result = std::make_unique<AppendedFile>(std::move(*result), path, disk_);
      return status;
    });
  }
  IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* result, IODebugContext* debug) override {
    IOStatus status = target()->NewRandomRWFile(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<ChangedFile>(std::move(*result), path, disk_);
    return status;
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* result, IODebugContext* debug) override {
    IOStatus status = target()->NewDirectory(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<Folder>(std::move(*result), path, disk_);
    return status;
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* debug) override {
    return disk_.run([&] {
      std::string kept = disk_.keep(to);
      IOStatus status = target()->RenameFile(from, to, options, debug);
      if (status.ok()) disk_.renamed(from, to, std::move(kept));
      return status;
    });
  }
  IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions& options,
                    IODebugContext* debug) override {
    return disk_.run([&] {
      IOStatus status = target()->LinkFile(from, to, options, debug);
      if (status.ok()) disk_.linked(from, to);
      return status;
    });
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions& options, IODebugContext* debug) override {
    return disk_.run([&] {
      std::string kept = disk_.keep(path);
      IOStatus status = target()->DeleteFile(path, options, debug);
      if (status.ok()) disk_.removed(path, std::move(kept));
      return status;
    });
  }

 private:
  Disk disk_;
};
}  // namespace

std::shared_ptr<rocksdb::FileSystem> power_cut_files(int cut, unsigned seed, int* operations) {
  return std::make_shared<PowerCutFiles>(cut, seed, operations);
}

}  // namespace entente
