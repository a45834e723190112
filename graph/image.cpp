#include "graph/image.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "graph/flatten.h"
#include "graph/mapped_file.h"
#include "graph/slice.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

Error failed(const char* what, const fs::path& file) {
  return {Code::Unavailable, std::string(what) + " " + file.string() + ": " + std::strerror(errno)};
}

long seal_of(std::uint64_t checksum) { return static_cast<long>(checksum % 1'000'000'000); }

void seal(int file, std::uint64_t checksum) {
  timespec times[2];
  ::clock_gettime(CLOCK_REALTIME, &times[1]);
  times[0] = {.tv_sec = 0, .tv_nsec = UTIME_OMIT};
  times[1].tv_nsec = seal_of(checksum);
  ::futimens(file, times);  // where that cannot be, it is only read to the end more often
}

bool write_all(int file, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), std::min<std::size_t>(bytes.size(), 1u << 30));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

ImageInfo info_of(const ImageHead& head, const Columns& columns, std::uint64_t bytes) {
  return {.source = {.database = head.database, .commit_hash = head.commit_hash, .filter = head.filter},
          .as_of = head.as_of,
          .digest = question_digest(head),
          .checksum = head.checksum,
          .bytes = bytes,
          .nodes = columns.nodes(),
          .edges = columns.edges()};
}

// The columns by their names; what this program does not know is left alone.
std::string take_columns(const ImageHead& head, Columns& columns) {
  std::string wrong;
  Columns::each(columns, [&]<typename T>(std::string_view name, std::span<const T>& column) {
    const auto at = std::ranges::find(head.columns, name, &ImageColumn::name);
    if (at == head.columns.end()) {
      wrong = "the column '" + std::string(name) + "' is missing";
    } else if (at->width != sizeof(T)) {
      wrong = "the column '" + std::string(name) + "' has entries of another width";
    } else {
      column = {reinterpret_cast<const T*>(at->bytes.data()), at->bytes.size() / sizeof(T)};
    }
  });
  return wrong.empty() ? std::string(columns.wrong_lengths()) : wrong;
}
constexpr const char* kAside = ".new-";  // and the number of the process that writes it

// What a process was writing when it was killed.
void remove_leftovers(const fs::path& file) {
  std::error_code ignored;
  const std::string begin = file.filename().string() + kAside;
  for (fs::directory_iterator at(file.has_parent_path() ? file.parent_path() : ".", ignored), end; at != end; at.increment(ignored)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(begin)) continue;
    const int process = std::atoi(name.c_str() + begin.size());
    if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) fs::remove(at->path(), ignored);
  }
}
}  // namespace

Result<ImageInfo> write_image(const Snapshot& given, const ImageSource& source, const fs::path& file) {
  const auto flat = given.is_layered() ? flattened(given) : nullptr;
  const Snapshot& snapshot = flat ? *flat : given;
  ImageHead head{.database = source.database,
                 .commit_hash = source.commit_hash,
                 .as_of = snapshot.as_of(),
                 .filter = source.filter,
                 .ontology = snapshot.ontology().bytes(),
                 .columns = {}};
  Columns::each(snapshot.columns(), [&]<typename T>(std::string_view name, std::span<const T> column) {
    head.columns.push_back({.name = std::string(name),
                            .width = static_cast<std::uint8_t>(sizeof(T)),
                            .bytes = std::as_bytes(column)});
  });
  remove_leftovers(file);
  const fs::path aside = file.string() + kAside + std::to_string(::getpid());
  std::uint64_t bytes = 0;
  const Status written = [&]() -> Status {
    const FileHandle out(::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!out) return failed("cannot write", aside);
    const Status whole = write_image_message(head, [&](std::span<const std::byte> part) {
      bytes += part.size();
      return write_all(out.number(), part);
    });
    if (!whole) return whole.error().code == Code::Unavailable ? failed("cannot write", aside) : whole.error();
    if (::fdatasync(out.number()) != 0) return failed("cannot write", aside);
    seal(out.number(), head.checksum);
    if (::rename(aside.c_str(), file.c_str()) != 0) return failed("cannot write", file);
    return kOk;
  }();
  if (!written) {
    ::unlink(aside.c_str());
    return written.error();
  }
  ImageInfo info = info_of(head, snapshot.columns(), bytes);
  info.sealed = true;
  return info;
}

Result<OpenImage> open_image(const fs::path& path, bool every_byte) {
  FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file)
    return errno == ENOENT ? Error{Code::NotFound, "there is no image " + path.string()}
                           : failed("cannot read", path);
  struct stat state {};
  if (::fstat(file.number(), &state) != 0) return failed("cannot read", path);
  const auto damaged = [&](std::string_view what) {
    return Error{Code::Corruption, path.string() + ": " + std::string(what)};
  };
  if (!S_ISREG(state.st_mode) || state.st_size <= 0) return damaged("image: cut short or no image at all");
  const auto size = static_cast<std::size_t>(state.st_size);
  const auto mapping = MappedFile::of(std::move(file), size);
  if (!mapping) return failed("cannot map", path);

  const auto head = read_image_message(mapping->bytes());
  if (!head) return Error{head.error().code, path.string() + ": " + head.error().message};
  Columns columns;
  if (const std::string wrong = take_columns(*head, columns); !wrong.empty())
    return damaged("image: " + wrong);
  columns.file = mapping;
  const auto ontology = Ontology::from_bytes(head->ontology);
  if (!ontology) return damaged("image: its ontology is damaged");

  const bool sealed = state.st_mtim.tv_nsec == seal_of(head->checksum);
  if (!sealed || every_byte) {
    for (const ImageColumn& column : head->columns)
      if (checksum_of(column.bytes) != column.checksum)
        return damaged("image: the column '" + column.name + "' is damaged");
    if (const std::string_view wrong = columns.wrong_entries(*ontology); !wrong.empty())
      return damaged("image: " + std::string(wrong));
    if (!sealed) {
      const FileHandle again(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
      if (again) seal(again.number(), head->checksum);
    }
  }
  ImageInfo info = info_of(*head, columns, size);
  info.sealed = sealed;
  return OpenImage{std::move(info),
                   std::make_shared<Snapshot>(std::move(columns), *ontology, head->as_of)};
}

std::shared_ptr<const Snapshot> extracted(const Slice& slice, const AsOf& as_of) {
  const Snapshot& from = slice.snapshot();
  SnapshotBuilder builder(from.ontology(), as_of);
  each_node(slice, [&](NodeIndex node) {
    Node one;
    one.id = from.id(node);
    one.label = from.label(node);
    const auto more = from.more_labels(node);
    one.more_labels.assign(more.begin(), more.end());
    one.name = from.name(node);
    builder.add(one);
  });
  each_edge(slice, [&](EdgeIndex edge) {
    Edge one;
    one.id = from.id(edge);
    one.head = from.id(from.head(edge));
    one.type = from.type(edge);
    one.tail = from.id(from.tail(edge));
    one.valid = from.valid(edge);
    one.mode = from.mode(edge);
    one.negated = from.negated(edge);
    one.confidence = from.confidence(edge);
    builder.add(one);
  });
  return *builder.finish();  // its parts fit together: they come from a snapshot
}

}  // namespace entente
