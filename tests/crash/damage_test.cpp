// Damaged copies of a directory: bits flipped, ends cut, blocks zeroed, files deleted, swapped,
// doubled, or put back to an earlier day. Five fixed questions get the known answers, or an error:
// never a wrong answer, never a signal, never a wait without end.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>

#include "schema/codec.h"
#include "schema/digest.h"
#include "tests/crash/folder.h"
#include "tests/crash/workload.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

// The answers, by commit: what was right then. An error ends it.
Result<std::string> answers(const fs::path& directory) {
  const auto store = Store::open(directory, Access::Read);
  if (!store) return store.error();
  const ReadTransaction read = (*store)->begin_read();
  std::string all;
  std::optional<Error> fault;
  const auto note = [&](const Status& status) {
    if (!status && !fault) fault = status.error();
  };
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;
  std::vector<DocumentId> documents;
  // 1. Who is there, and who was after commit 3.
  note(read.scan_nodes(kLatest, [&](const Node& node) { return nodes.push_back(node.id), all += encode(node), true; }));
  note(read.scan_nodes(CommitId{3}, [&](const Node& node) { return all += encode(node), true; }));
  // 2. What held, now and as believed then.
  note(read.scan_edges(kLatest, [&](const Edge& edge) { return edges.push_back(edge.id), all += encode(edge), true; }));
  note(read.scan_edges(CommitId{3}, [&](const Edge& edge) { return all += encode(edge), true; }));
  // 3. Every name, and who stands beside it.
  for (const NodeId id : nodes) {
    const auto node = read.node(id);
    if (!node) return node.error();
    const auto found = read.find_name((*node)->name);
    if (!found) return found.error();
    for (const NameMatch& match : *found) all += match.name + "=" + std::to_string(match.node.value) + ";";
    const auto around = read.neighbours(id);
    if (!around) return around.error();
    for (const Neighbour& one : *around) all += std::to_string(one.edge.value) + one.valid.edtf() + ",";
  }
  // 4. Every text, and what cites it.
  note(read.scan_documents([&](const Document& document) { return documents.push_back(document.id), true; }));
  for (const DocumentId id : documents) {
    const auto document = read.document(id);
    if (!document) return document.error();
    if (!*document) return Error{Code::Corruption, "a document that was listed is missing"};
    if ((*document)->rows == 0) {
      const auto text = read.text(id);
      if (!text) return text.error();
      all += sha256(*text);
    }
    const auto citing = read.edges_citing(id);
    if (!citing) return citing.error();
    for (const EdgeId edge : *citing) all += std::to_string(edge.value) + ".";
  }
  // 5. How it came about.
  for (const EdgeId id : edges) {
    const auto versions = read.history(id);
    if (!versions) return versions.error();
    for (const auto& version : *versions) all += std::to_string(version.until.value) + encode(version.edge);
  }
  note(read.scan_log([&](const LogEntry& entry) { return all += entry.commit.hash, true; }));
  const auto totals = read.totals();
  if (!totals) return totals.error();
  if (fault) return *fault;
  return std::to_string(read.last_commit().value) + " " + hex(sha256(all));
}

enum Outcome { kSame = 0, kRefused = 1, kWrong = 2 };

int ask(const fs::path& directory, const std::string& right) {
  ::alarm(300);  // a hang is a signal, a busy machine is none
  const auto got = answers(directory);
  if (!got) return kRefused;
  if (*got == right) return kSame;
  std::fprintf(stderr, "answered %s instead of %s\n", got->c_str(), right.c_str());
  return kWrong;
}

// ---- the damage

std::vector<fs::path> files_of(const fs::path& directory) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name == "LOCK" || name == "writer.lock" || name == "LOG") continue;
    all.push_back(entry.path());
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string damage(const fs::path& directory, const fs::path& past, std::mt19937& random) {
  const std::vector<fs::path> files = files_of(directory);
  const fs::path file = files[random() % files.size()];
  const std::uint64_t size = fs::file_size(file);
  const auto write_at = [&](std::uint64_t at, std::string bytes) {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(std::streamoff(at));
    bytes.resize(std::min<std::uint64_t>(bytes.size(), size - at));
    out << bytes;
  };
  const std::string which = " " + fs::relative(file, directory).string();
  switch (random() % 8) {
    case 0: {
      if (size == 0) return "nothing";
      const std::uint64_t at = random() % size;
      std::ifstream in(file, std::ios::binary);
      in.seekg(std::streamoff(at));
      const char changed = char(in.get() ^ (1 << random() % 8));
      write_at(at, std::string(1, changed));
      return "flip" + which + " at " + std::to_string(at);
    }
    case 1:
      fs::resize_file(file, size ? random() % size : 0);
      return "cut" + which;
    case 2: {
      const std::uint64_t at = size ? random() % size : 0;
      write_at(at, std::string(512, '\0'));
      return "zero" + which + " at " + std::to_string(at);
    }
    case 3: {
      const std::uint64_t at = size ? random() % size : 0;
      std::string noise(64, '\0');
      for (char& c : noise) c = char(random());
      write_at(at, noise);
      return "noise" + which + " at " + std::to_string(at);
    }
    case 4:
      fs::remove(file);
      return "delete" + which;
    case 5: {
      const fs::path other = files[random() % files.size()];
      if (other == file) return "nothing";
      fs::rename(file, directory / "between");
      fs::rename(other, file);
      fs::rename(directory / "between", other);
      return "swap" + which + " and " + fs::relative(other, directory).string();
    }
    case 6: {  // one file of an earlier day, over the new one or where there is none now
      const std::vector<fs::path> old = files_of(past);
      const fs::path back = fs::relative(old[random() % old.size()], past);
      fs::copy_file(past / back, directory / back, fs::copy_options::overwrite_existing);
      return "restore " + back.string();
    }
    default: {
      const fs::path copy = file.parent_path() / ("0" + std::to_string(900 + random() % 99) + file.extension().string());
      fs::copy_file(file, copy, fs::copy_options::overwrite_existing);
      return "double" + which + " as " + copy.filename().string();
    }
  }
}

// A database of several lives, so that it has data files, a log and a past; closed or killed.
void make(const fs::path& directory, const fs::path& past, bool closed) {
  const Workload workload{.seed = 5, .largest = 4 << 10, .verbs = true, .rows = 20};
  for (int life = 0; life < 4; ++life) {
    Child writer([&](const Tell& tell) {
      auto store = Store::open(directory, Access::Create);
      if (!store) return 3;
      const int wrong = import_all(**store, workload, 1 + life * 5, 5, tell);
      if (life == 3 && !closed) ::_exit(wrong);  // without closing
      return wrong;
    });
    ASSERT_EQ(writer.wait(), 0);
    if (life == 2) fs::copy(directory, past, fs::copy_options::recursive);
  }
}

// Two databases with a past, one closed and one killed, and the right answers of each.
class Damage : public ::testing::Test {
 protected:
  struct Whole {
    const char* name;
    fs::path directory, past;
    std::string right;
  };
  void make_both() {
    for (const bool closed : {true, false}) {
      Whole whole{closed ? "closed" : "killed", {}, {}, {}};
      whole.directory = temporary_.path() / whole.name, whole.past = whole.directory.string() + "-past";
      make(whole.directory, whole.past, closed);
      const fs::path answer = temporary_.path() / "answer";
      Child asking([&](const Tell&) {
        const auto got = answers(whole.directory);
        std::ofstream(answer) << (got ? *got : got.error().message);
        return got ? 0 : 1;
      });
      const int how = asking.wait();
      std::ifstream in(answer);
      std::getline(in, whole.right);
      ASSERT_EQ(how, 0) << whole.right;
      whole_.push_back(whole);
    }
  }
  // What becomes of a copy that `act` damages; it tells what it did.
  template <typename Act>
  int outcome_of(const Whole& whole, Act act) {
    const fs::path copy = temporary_.path() / "copy";
    fs::remove_all(copy);
    fs::copy(whole.directory, copy, fs::copy_options::recursive);
    const std::string what = act(copy);
    Child asking([&](const Tell&) { return ask(copy, whole.right); });
    const int how = asking.wait();
    ++counts_[what.substr(0, what.find(' '))][how];
    EXPECT_TRUE(how == kSame || how == kRefused) << whole.name << ", " << what << ": ended with " << how;
    return how;
  }
  void print(int done, int wanted) const {
    std::printf("%s damaged copies\n", done_of(done, wanted).c_str());
    for (const auto& [kind, outcomes] : counts_) {
      std::printf("%-8s", kind.c_str());
      for (const auto& [how, many] : outcomes)
        std::printf("  %s %d", how == kSame ? "same" : how == kRefused ? "refused" : "WRONG", many);
      std::printf("\n");
    }
  }

  const WorkFolder temporary_{fast_folder()};
  std::vector<Whole> whole_;
  std::map<std::string, std::map<int, int>> counts_;  // kind of damage -> outcome -> how many
};

TEST_F(Damage, GivesTheKnownAnswersOrAnErrorNeverAWrongOne) {
  ASSERT_NO_FATAL_FAILURE(make_both());
  const unsigned seed = seed_of_run();
  const int copies = how_often(500, 10'000);
  SCOPED_TRACE(replay("Damage.GivesTheKnownAnswersOrAnErrorNeverAWrongOne", seed, copies));
  std::mt19937 random(seed);
  int done = 0;
  for (; done < copies && !time_is_up(); ++done) {
    SCOPED_TRACE("copy " + std::to_string(done));
    const Whole& whole = whole_[std::size_t(done % 2)];
    outcome_of(whole, [&](const fs::path& copy) { return damage(copy, whole.past, random); });
  }
  print(done, copies);
}

// RocksDB 7.8 believes the end of a table before it has compared its checksum.
TEST_F(Damage, AtAnyByteOfTheEndOfATableIsRefusedOrHarmless) {
  ASSERT_NO_FATAL_FAILURE(make_both());
  constexpr std::uint64_t kEnd = 1400;  // bytes that hold properties, metaindex and footer
  std::vector<std::pair<fs::path, std::uint64_t>> places;
  const Whole& whole = whole_.front();
  for (const fs::path& file : files_of(whole.directory))
    if (file.extension() == ".sst")
      for (std::uint64_t size = fs::file_size(file), at = size - std::min(size, kEnd); at < size; ++at)
        places.emplace_back(fs::relative(file, whole.directory), at);
  ASSERT_GT(places.size(), kEnd);
  const int wanted = std::min(how_often(100, int(places.size())), int(places.size()));
  int done = 0;
  for (; done < wanted && !time_is_up(); ++done) {
    const fs::path& file = places[std::size_t(done) * places.size() / std::size_t(wanted)].first;
    const std::uint64_t where = places[std::size_t(done) * places.size() / std::size_t(wanted)].second;
    outcome_of(whole, [&](const fs::path& copy) {
      std::fstream bytes(copy / file, std::ios::in | std::ios::out | std::ios::binary);
      bytes.seekg(std::streamoff(where));
      const char changed = char(bytes.get() ^ (1 << done % 8));
      bytes.seekp(std::streamoff(where));
      bytes.put(changed);
      return "end of " + file.string() + " at " + std::to_string(where);
    });
  }
  print(done, wanted);
}

}  // namespace
}  // namespace entente
