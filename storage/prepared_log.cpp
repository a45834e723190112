#include "storage/prepared_log.h"

#include <algorithm>

namespace entente {
namespace {
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

constexpr std::uint64_t kLeastAhead = 64 << 10, kMostAhead = 1 << 20;

class PreparedLog : public rocksdb::FSWritableFile {
 public:
  explicit PreparedLog(std::unique_ptr<rocksdb::FSRandomRWFile> file) : file_(std::move(file)) {}

  using FSWritableFile::Append;
  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    if (end_ + data.size() > room_) make_room(end_ + data.size(), options, debug);
    const IOStatus status = file_->Write(end_, data, options, debug);
    if (status.ok()) end_ += data.size();
    return status;
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override { return file_->Sync(options, debug); }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return file_->Fsync(options, debug); }
  bool IsSyncThreadSafe() const override { return true; }
  std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override { return end_; }

  IOStatus Close(const IOOptions& options, IODebugContext* debug) override { return file_->Close(options, debug); }

 private:
  // Fails silently: the records are written all the same, or that says what is wrong.
  void make_room(std::uint64_t needed, const IOOptions& options, IODebugContext* debug) {
    const std::uint64_t wanted = needed + std::clamp(end_, kLeastAhead, kMostAhead);
    const std::string zeros(wanted - room_, '\0');
    room_ = file_->Write(room_, zeros, options, debug).ok() ? wanted : std::max(room_, needed);
  }

  std::unique_ptr<rocksdb::FSRandomRWFile> file_;
  std::uint64_t end_ = 0;   // of the records
  std::uint64_t room_ = 0;  // of the file, as far as it is ours
};
}  // namespace

IOStatus make_prepared_log(rocksdb::FileSystem& files, const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* result, IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSWritableFile> empty;
  IOStatus status = files.NewWritableFile(path, options, &empty, debug);
  if (status.ok()) status = empty->Close(options.io_options, debug);
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  if (status.ok()) status = files.NewRandomRWFile(path, options, &file, debug);
  if (status.ok()) *result = std::make_unique<PreparedLog>(std::move(file));
  return status;
}

}  // namespace entente
