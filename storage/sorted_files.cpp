#include "storage/sorted_files.h"

#include <map>

#include "storage/options.h"

namespace entente {
namespace {
constexpr std::uint64_t kFileSize = 64 << 20;
constexpr std::uint64_t kLookEvery = 1024;  // rows between two looks at the size of the file
}  // namespace

SortedFiles::SortedFiles(const StoreState& store, std::filesystem::path folder, ColumnFamily family,
                         std::string name)
    : store_(store), folder_(std::move(folder)), family_(family), name_(std::move(name)) {}

Status SortedFiles::put(std::string_view key, std::string_view value) {
  if (writer_ && ++since_look_ >= kLookEvery) {
    since_look_ = 0;
    if (writer_->FileSize() >= kFileSize)
      if (auto closed = close(); !closed) return closed;
  }
  if (!writer_) {
    path_ = (folder_ / (std::string(name_of(family_)) + "-" + name_ + "-" +
                        std::to_string(files_.size()) + ".sst"))
                .string();
    writer_ = std::make_unique<rocksdb::SstFileWriter>(
        rocksdb::EnvOptions(), rocksdb::Options(db_options_for_writing(store_.env.get()), options_of(family_)),
        store_.handle(family_), false);
    if (const auto opened = writer_->Open(path_); !opened.ok()) return error_of(opened, "write " + path_);
  }
  const auto put = writer_->Put({key.data(), key.size()}, {value.data(), value.size()});
  if (!put.ok()) return error_of(put, "write " + path_);
  return kOk;
}

Status SortedFiles::close() {
  rocksdb::ExternalSstFileInfo info;
  const auto finished = writer_->Finish(&info);
  writer_.reset();
  if (!finished.ok()) return error_of(finished, "write " + path_);
  files_.push_back({family_, path_, info.file_checksum, info.file_checksum_func_name});
  return kOk;
}

Result<std::vector<SortedFile>> SortedFiles::finish() {
  if (writer_)
    if (auto closed = close(); !closed) return closed.error();
  return std::move(files_);
}

Status ingest(const StoreState& store, const std::vector<SortedFile>& files) {
  // With nothing in the memtables no later flush can lie between the sequence numbers of older rows
  // and of the files (RocksDB 7.8 orders level 0 by them; mended in 7.10).
  const auto flushed = store.db->Flush(rocksdb::FlushOptions(), store.handles);
  if (!flushed.ok()) return error_of(flushed, "flush before a load");

  std::map<ColumnFamily, rocksdb::IngestExternalFileArg> by_family;
  for (const SortedFile& file : files) {
    auto& arg = by_family[file.family];
    arg.column_family = store.handle(file.family);
    arg.external_files.push_back(file.path);
    arg.files_checksums.push_back(file.checksum);
    arg.files_checksum_func_names.push_back(file.checksum_function);
    arg.options.move_files = true;
    arg.options.write_global_seqno = false;    // the file stays what its checksum says
    arg.options.verify_file_checksum = false;  // we made them a moment ago
  }
  std::vector<rocksdb::IngestExternalFileArg> args;
  for (auto& [family, arg] : by_family) args.push_back(std::move(arg));
  const auto ingested = store.db->IngestExternalFiles(args);
  if (!ingested.ok()) return error_of(ingested, "take in the loaded files");
  return kOk;
}

}  // namespace entente
