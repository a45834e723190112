#include "tests/bench/stored_rows.h"

#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>

#include <atomic>
#include <functional>
#include <thread>

#include "storage/options.h"
#include "storage/rows.h"

namespace entente::bench {
namespace {
namespace fs = std::filesystem;

void must_be(const rocksdb::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "storage_bench: raw RocksDB: %s\n", status.ToString().c_str());
  std::exit(1);
}

std::uint64_t number_at(std::string_view bytes, std::size_t from) {
  std::uint64_t number = 0;
  for (std::size_t i = from; i < from + 8; ++i) number = number << 8 | (i < bytes.size() ? std::uint8_t(bytes[i]) : 0);
  return number;
}

// Does every task on two threads.
void together(const std::vector<std::function<void()>>& tasks) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i; (i = next++) < tasks.size();) tasks[i]();
  };
  std::thread other(work);
  work();
  other.join();
}
}  // namespace

StoredRows::StoredRows(const Store& store) {
  const Rows rows(*StoreFiles::state_of(store));
  for (std::size_t i = 0; i < kColumnFamilies; ++i) {
    Family& family = families_[i];
    must(rows.scan(ColumnFamily(i), "", [&](std::string_view key, std::string_view value) {
      family.rows.push_back({number_at(key, 0), number_at(key, 8), family.bytes.size(), std::uint32_t(key.size()),
                             std::uint32_t(value.size())});
      family.bytes += key;
      family.bytes += value;
      return true;
    }));
  }
  // The keys of these end with the number of the edge or node that they came with.
  for (const ColumnFamily which : {ColumnFamily::Adjacency, ColumnFamily::Timeline, ColumnFamily::Names}) {
    Family& family = families_[std::size_t(which)];
    const auto arrival = [&](const Row& row) { return number_at(family.key(row), row.key_size - 8); };
    std::vector<std::pair<std::uint64_t, Row>> order;
    for (const Row& row : family.rows) order.emplace_back(arrival(row), row);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < order.size(); ++i) family.rows[i] = order[i].second;
  }
}

void StoredRows::sort(Family& family, std::size_t from, std::size_t to) {
  std::sort(family.rows.begin() + std::ptrdiff_t(from), family.rows.begin() + std::ptrdiff_t(to),
            [&](const Row& a, const Row& b) {
              if (a.first != b.first) return a.first < b.first;
              if (a.second != b.second) return a.second < b.second;
              return family.key(a) < family.key(b);
            });
}

StoredRows::Costs StoredRows::load_raw(const fs::path& directory) {
  fs::create_directories(directory / "files");
  Costs costs;
  // The largest family is cut in two, so that both threads have work.
  struct Part {
    std::size_t family, from, to;
  };
  std::vector<Part> parts;
  for (std::size_t i = 0; i < kColumnFamilies; ++i) {
    auto& rows = families_[i].rows;
    const std::size_t middle = ColumnFamily(i) == ColumnFamily::Adjacency ? rows.size() / 2 : 0;
    if (middle) parts.push_back({i, 0, middle});
    if (middle < rows.size()) parts.push_back({i, middle, rows.size()});
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.to - a.from > b.to - b.from; });

  costs.sorting = cost_of([&] {
    Family& adjacency = families_[std::size_t(ColumnFamily::Adjacency)];
    std::nth_element(adjacency.rows.begin(), adjacency.rows.begin() + std::ptrdiff_t(adjacency.rows.size() / 2),
                     adjacency.rows.end(), [&](const Row& a, const Row& b) {
                       return std::tuple(a.first, a.second, adjacency.key(a)) <
                              std::tuple(b.first, b.second, adjacency.key(b));
                     });
    std::vector<std::function<void()>> tasks;
    for (const Part& part : parts) tasks.push_back([this, part] { sort(families_[part.family], part.from, part.to); });
    together(tasks);
  });

  std::vector<std::vector<std::string>> files(parts.size());
  costs.files = cost_of([&] {
    std::vector<std::function<void()>> tasks;
    for (std::size_t number = 0; number < parts.size(); ++number)
      tasks.push_back([&, number] {
        const Part part = parts[number];
        const Family& family = families_[part.family];
        const rocksdb::Options options(db_options_for_writing(nullptr), options_of(ColumnFamily(part.family)));
        std::unique_ptr<rocksdb::SstFileWriter> writer;
        for (std::size_t i = part.from; i < part.to; ++i) {
          if (!writer || (i % 1024 == 0 && writer->FileSize() > (64u << 20))) {
            if (writer) must_be(writer->Finish());
            writer = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options);
            files[number].push_back(
                (directory / "files" / (std::to_string(number) + "-" + std::to_string(files[number].size()))).string());
            must_be(writer->Open(files[number].back()));
          }
          const Row& row = family.rows[i];
          const auto key = family.key(row), value = family.value(row);
          must_be(writer->Put({key.data(), key.size()}, {value.data(), value.size()}));
        }
        if (writer) must_be(writer->Finish());
      });
    together(tasks);
  });

  costs.ingestion = cost_of([&] {
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors = {{"default", {}}};
    for (std::size_t i = 0; i < kColumnFamilies; ++i)
      descriptors.emplace_back(std::string(kColumnFamilyNames[i]), options_of(ColumnFamily(i)));
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    must_be(rocksdb::DB::Open(db_options_for_writing(nullptr), (directory / "db").string(), descriptors, &handles, &db));
    std::vector<rocksdb::IngestExternalFileArg> args(kColumnFamilies);
    for (std::size_t number = 0; number < parts.size(); ++number) {
      auto& arg = args[parts[number].family];
      arg.column_family = handles[parts[number].family + 1];
      arg.options.move_files = true;
      arg.external_files.insert(arg.external_files.end(), files[number].begin(), files[number].end());
    }
    std::erase_if(args, [](const auto& arg) { return arg.external_files.empty(); });
    must_be(db->IngestExternalFiles(args));
    for (auto* handle : handles) must_be(db->DestroyColumnFamilyHandle(handle));
    delete db;
  });
  return costs;
}

}  // namespace entente::bench
