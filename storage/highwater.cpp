#include "storage/highwater.h"

#include <rocksdb/file_checksum.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "schema/digest.h"
#include "storage/directory.h"
#include "storage/key.h"
#include "storage/prepared_log.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using rocksdb::IOStatus;

constexpr std::string_view kMagic = "ENTHIGH1";
constexpr std::size_t kMostLogs = 40;  // that a slot has room for; there are hardly ever more than 5
constexpr std::string_view kListTitle = "entente files";

std::uint32_t crc32c(std::string_view bytes) {
  const auto generator = rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator({});
  generator->Update(bytes.data(), bytes.size());
  generator->Finalize();
  const std::string sum = generator->GetChecksum();
  return key::Parts(sum).u32();
}

// The number in `000012.log` or `MANIFEST-000005`.
std::optional<std::uint64_t> number_in(std::string_view name, std::string_view before, std::string_view after) {
  if (!name.starts_with(before) || !name.ends_with(after) || name.size() <= before.size() + after.size())
    return std::nullopt;
  name = name.substr(before.size(), name.size() - before.size() - after.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return number;
}
std::optional<std::uint64_t> log_number(const std::string& path) {
  return number_in(fs::path(path).filename().string(), "", ".log");
}
std::optional<std::uint64_t> manifest_number(const std::string& path) {
  return number_in(fs::path(path).filename().string(), "MANIFEST-", "");
}
std::string log_name(std::uint64_t number) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits + ".log";
}

// As a person would name it: rocks/000012.log.
std::string shown(std::string_view name) { return std::string(kDataFolder) + "/" + std::string(name); }

Error damaged(const fs::path& directory, const std::string& what) {
  return {Code::Corruption,
          directory.string() + ": " + what + "; restore a backup, or 'entente salvage' what can be read"};
}
Error failed(const IOStatus& status, const std::string& path) {
  return {Code::Unavailable, "cannot read or write " + path + ": " + status.ToString()};
}

std::optional<std::uint64_t> size_of(rocksdb::FileSystem& files, const std::string& path) {
  std::uint64_t bytes = 0;
  if (!files.GetFileSize(path, {}, &bytes, nullptr).ok()) return std::nullopt;
  return bytes;
}

Status inspect_closed(rocksdb::FileSystem& files, const fs::path& directory, const HighwaterMark& mark) {
  const auto list = read_list(files, directory, mark.list_checksum);
  if (!list) return list.error();
  const fs::path folder = directory / kDataFolder;
  std::set<std::string> names;
  for (const ListedFile& file : *list) {
    names.insert(file.name);
    const std::string path = (folder / file.name).string();
    const auto bytes = size_of(files, path);
    if (!bytes) return damaged(directory, "the file " + shown(file.name) + " is missing");
    if (*bytes != file.bytes)
      return damaged(directory, "the file " + shown(file.name) + " has " + std::to_string(*bytes) +
                                    " bytes; when the database was closed it had " + std::to_string(file.bytes));
    if (file.name.ends_with(".sst")) continue;
    const auto sum = checksum_of(files, path);
    if (!sum) return sum.error();
    if (*sum != file.checksum) return damaged(directory, "the file " + shown(file.name) + " was changed");
  }
  std::vector<std::string> children;
  const IOStatus status = files.GetChildren(folder.string(), {}, &children, nullptr);
  if (!status.ok()) return failed(status, folder.string());
  for (const std::string& name : children)
    if (log_number(name) && !names.contains(name))
      return damaged(directory, "the file " + shown(name) + " does not belong to this database");
  return kOk;
}

Status inspect_running(rocksdb::FileSystem& files, const fs::path& directory, const HighwaterMark& mark) {
  const fs::path folder = directory / kDataFolder;
  std::string current;
  if (!ReadFileToString(&files, (folder / "CURRENT").string(), &current).ok())
    return damaged(directory, "the file " + shown("CURRENT") + " is missing or cannot be read");
  if (!current.empty() && current.back() == '\n') current.pop_back();
  const auto number = manifest_number(current);
  if (!number) return damaged(directory, "the file " + shown("CURRENT") + " names no MANIFEST");
  if (*number < mark.manifest) return damaged(directory, "the file " + shown("CURRENT") + " is an old one");
  const auto bytes = size_of(files, (folder / current).string());
  if (!bytes) return damaged(directory, "the file " + shown(current) + " is missing");
  if (*number == mark.manifest && *bytes < mark.manifest_bytes)
    return damaged(directory, "the file " + shown(current) + " is cut or an old one: it has " + std::to_string(*bytes) +
                                  " bytes and had " + std::to_string(mark.manifest_bytes));
  for (const std::uint64_t log : mark.logs)
    if (!size_of(files, (folder / log_name(log)).string()))
      return damaged(directory, "the file " + shown(log_name(log)) + " is missing");
  return kOk;
}
}  // namespace

// ---- the slots

std::string encode(const HighwaterMark& mark) {
  std::string slot(kMagic);
  key::put_u64(slot, mark.sequence);
  slot += mark.database;
  key::put_u64(slot, mark.commit.value);
  slot += mark.hash;
  slot += char(mark.closed);
  key::put_u32(slot, mark.list_checksum);
  key::put_u64(slot, mark.manifest);
  key::put_u64(slot, mark.manifest_bytes);
  const std::size_t logs = std::min(mark.logs.size(), kMostLogs);
  key::put_u16(slot, std::uint16_t(logs));
  auto log = mark.logs.begin();
  for (std::size_t i = 0; i < logs; ++i) key::put_u64(slot, *log++);
  slot.resize(kHighwaterSlot - 4, '\0');
  key::put_u32(slot, crc32c(slot));
  return slot;
}

std::optional<HighwaterMark> decode_highwater(std::string_view slot) {
  constexpr std::size_t kDatabase = 32;
  if (slot.size() != kHighwaterSlot || !slot.starts_with(kMagic)) return std::nullopt;
  if (key::Parts(slot.substr(kHighwaterSlot - 4)).u32() != crc32c(slot.substr(0, kHighwaterSlot - 4)))
    return std::nullopt;
  HighwaterMark mark;
  std::size_t at = kMagic.size();
  const auto next = [&](std::size_t bytes) { return slot.substr(std::exchange(at, at + bytes), bytes); };
  mark.sequence = key::Parts(next(8)).u64();
  mark.database = next(kDatabase);
  mark.commit = CommitId{key::Parts(next(8)).u64()};
  mark.hash = next(kDigestSize);
  mark.closed = next(1)[0] != 0;
  mark.list_checksum = key::Parts(next(4)).u32();
  mark.manifest = key::Parts(next(8)).u64();
  mark.manifest_bytes = key::Parts(next(8)).u64();
  const std::size_t logs = key::Parts(next(2)).u16();
  if (logs > kMostLogs) return std::nullopt;
  for (std::size_t i = 0; i < logs; ++i) mark.logs.insert(key::Parts(next(8)).u64());
  return mark;
}

Result<HighwaterMark> read_highwater(rocksdb::FileSystem& files, const fs::path& directory) {
  const std::string path = (directory / kHighwaterFile).string();
  std::string bytes;
  const IOStatus status = ReadFileToString(&files, path, &bytes);
  if (status.IsNotFound() || status.IsPathNotFound())
    return damaged(directory, "the file " + std::string(kHighwaterFile) + " is missing");
  if (!status.ok()) return failed(status, path);
  std::optional<HighwaterMark> newest;
  for (std::size_t at = 0; at + kHighwaterSlot <= bytes.size() && at < 2 * kHighwaterSlot; at += kHighwaterSlot) {
    const auto mark = decode_highwater(std::string_view(bytes).substr(at, kHighwaterSlot));
    if (mark && (!newest || mark->sequence > newest->sequence)) newest = mark;
  }
  if (!newest) return damaged(directory, "the file " + std::string(kHighwaterFile) + " is damaged");
  return *newest;
}

Status inspect_files(rocksdb::FileSystem& files, const fs::path& directory, const HighwaterMark& mark) {
  return mark.closed ? inspect_closed(files, directory, mark) : inspect_running(files, directory, mark);
}

// ---- the list

Result<std::uint32_t> checksum_of(rocksdb::FileSystem& files, const std::string& path) {
  std::unique_ptr<rocksdb::FSSequentialFile> file;
  if (const IOStatus status = files.NewSequentialFile(path, {}, &file, nullptr); !status.ok())
    return failed(status, path);
  const auto generator = rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator({});
  std::string buffer(1 << 18, '\0');
  for (;;) {
    rocksdb::Slice part;
    if (const IOStatus status = file->Read(buffer.size(), {}, &part, buffer.data(), nullptr); !status.ok())
      return failed(status, path);
    if (part.empty()) break;
    generator->Update(part.data(), part.size());
  }
  generator->Finalize();
  const std::string sum = generator->GetChecksum();
  return key::Parts(sum).u32();
}

Result<std::vector<ListedFile>> read_list(rocksdb::FileSystem& files, const fs::path& directory, std::uint32_t checksum) {
  std::string text;
  const std::string path = (directory / kListFile).string(), name(kListFile);
  const IOStatus status = ReadFileToString(&files, path, &text);
  if (status.IsNotFound() || status.IsPathNotFound()) return damaged(directory, "the file " + name + " is missing");
  if (!status.ok()) return failed(status, path);
  if (crc32c(text) != checksum)
    return damaged(directory, "the file " + name + " is not the list that the last process left");
  std::vector<ListedFile> list;
  std::istringstream in(text);
  std::string line;
  std::getline(in, line);
  for (ListedFile file; in >> file.name >> file.bytes >> std::hex >> file.checksum >> std::dec;) list.push_back(file);
  return list;
}

// ---- the writer's side

Result<std::unique_ptr<Highwater>> Highwater::start(std::shared_ptr<rocksdb::FileSystem> files,
                                                    const fs::path& directory, HighwaterMark last) {
  const std::string path = (directory / kHighwaterFile).string();
  const bool fresh = !files->FileExists(path, {}, nullptr).ok();
  if (fresh) {
    const std::string empty(2 * kHighwaterSlot, '\0');
    if (const IOStatus status = WriteStringToFile(files.get(), empty, path, true); !status.ok())
      return failed(status, path);
    std::unique_ptr<rocksdb::FSDirectory> folder;
    IOStatus status = files->NewDirectory(directory.string(), {}, &folder, nullptr);
    if (status.ok()) status = folder->Fsync({}, nullptr);
    if (!status.ok()) return failed(status, directory.string());
  }
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  if (const IOStatus status = files->NewRandomRWFile(path, {}, &file, nullptr); !status.ok())
    return failed(status, path);
  last.closed = false;
  std::unique_ptr<Highwater> made(new Highwater(std::move(files), directory, std::move(file), std::move(last)));
  const std::lock_guard lock(made->mutex_);
  if (const IOStatus status = made->write(true); !status.ok()) return failed(status, path);
  return made;
}

IOStatus Highwater::write(bool sync) {
  ++mark_.sequence;
  const IOStatus status = file_->Write(mark_.sequence % 2 * kHighwaterSlot, encode(mark_), {}, nullptr);
  if (!status.ok() || !sync) return status;
  return file_->Sync({}, nullptr);
}

void Highwater::acknowledge(CommitId commit, std::string_view hash) {
  const std::lock_guard lock(mutex_);
  if (commit < mark_.commit) return;
  mark_.commit = commit;
  mark_.hash = hash;
  mark_.logs.merge(std::exchange(new_logs_, {}));
  note();
}

void Highwater::log_synced(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  new_logs_.insert(number);
}

void Highwater::manifest_synced(std::uint64_t number, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  if (number != mark_.manifest) {
    next_manifest_ = number, next_manifest_bytes_ = bytes;
    return;
  }
  mark_.manifest_bytes = bytes;
  note();
}

// Not written yet: the directory is synced next.
void Highwater::current_switched() {
  const std::lock_guard lock(mutex_);
  if (next_manifest_ == 0) return;
  mark_.manifest = next_manifest_, mark_.manifest_bytes = next_manifest_bytes_;
}

IOStatus Highwater::before_log_deleted(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  new_logs_.erase(number);
  if (mark_.logs.erase(number) == 0) return IOStatus::OK();
  const IOStatus status = write(true);
  if (!status.ok()) mark_.logs.insert(number);  // the file still says that it must be there
  return status;
}

void Highwater::before_deleted() {
  const std::lock_guard lock(mutex_);
  note();
}

// Without sync. A reader beside us that misses a file sees by the sequence that it should look again.
void Highwater::note() {
  if (const IOStatus status = write(false); !status.ok())
    spdlog::warn("storage: the high-water mark was not written error=\"{}\"", status.ToString());
}

Status Highwater::close(const std::vector<std::pair<std::string, std::string>>& checksums) {
  const std::map<std::string, std::string> known(checksums.begin(), checksums.end());
  const fs::path folder = directory_ / kDataFolder;
  std::vector<std::string> names;
  if (const IOStatus status = files_->GetChildren(folder.string(), {}, &names, nullptr); !status.ok())
    return failed(status, folder.string());
  std::sort(names.begin(), names.end());
  std::ostringstream text;
  text << kListTitle << "\n";
  std::set<std::uint64_t> logs;
  for (const std::string& name : names) {
    const auto sum = known.find(name);
    const bool data = name.ends_with(".sst");
    if (data ? sum == known.end()
             : name != "CURRENT" && name != "IDENTITY" && !log_number(name) && !manifest_number(name))
      continue;
    if (const auto log = log_number(name)) logs.insert(*log);
    const std::string path = (folder / name).string();
    const auto bytes = size_of(*files_, path);
    if (!bytes) return Error{Code::Unavailable, "cannot read " + path};
    std::uint32_t checksum = 0;
    if (data && sum->second.size() == 4) {
      checksum = key::Parts(sum->second).u32();
    } else {
      const auto counted = checksum_of(*files_, path);
      if (!counted) return counted.error();
      checksum = *counted;
    }
    text << name << " " << *bytes << " " << std::hex << checksum << std::dec << "\n";
  }
  const std::string list = text.str(), path = (directory_ / kListFile).string(), fresh = path + ".new";
  IOStatus status = WriteStringToFile(files_.get(), list, fresh, true);
  if (status.ok()) status = files_->RenameFile(fresh, path, {}, nullptr);
  std::unique_ptr<rocksdb::FSDirectory> home;
  if (status.ok()) status = files_->NewDirectory(directory_.string(), {}, &home, nullptr);
  if (status.ok()) status = home->Fsync({}, nullptr);
  if (!status.ok()) return failed(status, path);
  const std::lock_guard lock(mutex_);
  mark_.closed = true;
  mark_.list_checksum = crc32c(list);
  mark_.logs = std::move(logs);
  if (status = write(true); !status.ok()) return failed(status, path);
  return kOk;
}

// ---- what RocksDB sees

// Tells of each sync of a file.
class WatchedFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  using Tell = std::function<void(std::uint64_t bytes)>;
  WatchedFile(std::unique_ptr<rocksdb::FSWritableFile> file, Tell tell)
      : FSWritableFileOwnerWrapper(std::move(file)), tell_(std::move(tell)) {}

  IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
    return told(target()->Sync(options, debug));
  }
  IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
    return told(target()->Fsync(options, debug));
  }

 private:
  IOStatus told(IOStatus status) {
    if (status.ok()) tell_(target()->GetFileSize({}, nullptr));
    return status;
  }
  Tell tell_;
};

class WatchedFiles : public rocksdb::FileSystemWrapper {
 public:
  WatchedFiles(const std::shared_ptr<rocksdb::FileSystem>& files, Highwater& highwater)
      : FileSystemWrapper(files), highwater_(highwater) {}
  const char* Name() const override { return "EntenteWatchedFiles"; }

  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* result, rocksdb::IODebugContext* debug) override {
    const auto log = log_number(path);
    const IOStatus status = log ? make_prepared_log(*target(), path, options, result, debug)
                                : target()->NewWritableFile(path, options, result, debug);
    if (!status.ok()) return status;
    WatchedFile::Tell tell;
    if (log) {
      tell = [this, number = *log](std::uint64_t) { highwater_.log_synced(number); };
    } else if (const auto manifest = manifest_number(path)) {
      tell = [this, number = *manifest](std::uint64_t bytes) { highwater_.manifest_synced(number, bytes); };
    }
    if (tell) *result = std::make_unique<WatchedFile>(std::move(*result), std::move(tell));
    return status;
  }

  IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                      rocksdb::IODebugContext* debug) override {
    if (const auto log = log_number(path)) {
      if (const IOStatus status = highwater_.before_log_deleted(*log); !status.ok()) return status;
    } else {
      highwater_.before_deleted();
    }
    return target()->DeleteFile(path, options, debug);
  }

  IOStatus RenameFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                      rocksdb::IODebugContext* debug) override {
    const bool current = fs::path(to).filename() == "CURRENT";
    if (current) {
      // RocksDB syncs the new MANIFEST but not its name before CURRENT leads to it: by the letter of
      // POSIX a power cut could keep the one name and lose the other.
      std::unique_ptr<rocksdb::FSDirectory> folder;
      IOStatus synced = target()->NewDirectory(fs::path(to).parent_path().string(), {}, &folder, nullptr);
      if (synced.ok()) synced = folder->Fsync({}, nullptr);
      if (!synced.ok()) return synced;
    }
    const IOStatus status = target()->RenameFile(from, to, options, debug);
    if (status.ok() && current) highwater_.current_switched();
    return status;
  }

 private:
  Highwater& highwater_;
};

std::shared_ptr<rocksdb::FileSystem> Highwater::watched() { return std::make_shared<WatchedFiles>(files_, *this); }

}  // namespace entente
