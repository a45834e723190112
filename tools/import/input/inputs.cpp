#include "tools/import/input/inputs.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "tools/import/input/json_articles.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using std::string_view;

constexpr std::size_t kLongestLine = std::size_t{20} << 20;  // of JSON, escapes and all
constexpr int kDeepestFolder = 64;
constexpr const char* kStandardInput = "standard input";

std::string lower(string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return low;
}

constexpr std::pair<string_view, Format> kEndings[] = {
    {".txt", Format::Text},  {".text", Format::Text}, {".md", Format::Text},
    {".html", Format::Html}, {".htm", Format::Html},  {".xhtml", Format::Html},
    {".pdf", Format::Pdf},   {".json", Format::Json}, {".jsonl", Format::JsonLines},
    {".ndjson", Format::JsonLines}};

std::optional<Format> format_by_name(const fs::path& file) {
  const std::string ending = lower(file.extension().string());
  for (const auto& [known, format] : kEndings)
    if (ending == known) return format;
  return std::nullopt;
}

bool is_sidecar(const fs::path& file) { return file.string().ends_with(".meta.json"); }

string_view without_blanks(string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == string_view::npos ? string_view{} : text.substr(first);
}

// By the bytes themselves; nothing if they do not tell.
std::optional<Format> format_by_bytes(string_view head) {
  if (head.substr(0, 1024).find("%PDF-") != string_view::npos && head.starts_with('%'))
    return Format::Pdf;
  const std::string low = lower(without_blanks(head).substr(0, 512));
  for (const string_view mark : {"<!doctype html", "<html", "<head", "<body", "<!--"})
    if (low.starts_with(mark)) return Format::Html;
  if (low.starts_with("<?xml") && low.find("<html") != std::string::npos) return Format::Html;
  return std::nullopt;
}

struct Foreign {
  string_view magic, what;
};
constexpr std::array<Foreign, 8> kForeign = {{{"PK\x03\x04", "a ZIP archive or office document"},
                                              {"\x1f\x8b", "packed (gzip)"},
                                              {"\x28\xb5\x2f\xfd", "packed (zstd)"},
                                              {"BZh", "packed (bzip2)"},
                                              {"\xfd" "7zXZ", "packed (xz)"},
                                              {"Rar!", "a RAR archive"},
                                              {"\xd0\xcf\x11\xe0", "an old office document"},
                                              {"{\\rtf", "a rich text document"}}};

std::optional<Error> foreign(const std::string& name, string_view head) {
  for (const Foreign& kind : kForeign)
    if (head.starts_with(kind.magic))
      return Error{Code::InvalidArgument, name + " is " + std::string(kind.what) +
                                              "; only text, HTML, PDF and JSON are read"};
  return std::nullopt;
}

Input faulty(std::string name, Error error) {
  Input input;
  input.name = std::move(name);
  input.fault = std::move(error);
  return input;
}
}  // namespace

string_view name_of(Format format) {
  constexpr std::array<string_view, 5> kNames = {"text", "html", "pdf", "json", "jsonl"};
  return kNames[std::size_t(format)];
}

// JSON lines, read as they are asked for.
struct Inputs::Lines {
  std::string name, called;
  int descriptor = -1;
  std::optional<File> file;  // whose descriptor it is; none: it is standard input
  std::string buffer;        // read, and not yet given
  std::size_t number = 0;    // of the last line, from 1
  bool ended = false;

  // The next line without its end; nothing after the last.
  Result<std::optional<std::string>> next() {
    std::size_t searched = 0;
    while (true) {
      const auto end = buffer.find('\n', searched);
      searched = buffer.size();
      if (end != std::string::npos || (ended && !buffer.empty())) {
        std::string line = buffer.substr(0, end);
        buffer.erase(0, end == std::string::npos ? end : end + 1);
        ++number;
        return std::optional(std::move(line));
      }
      if (ended) return std::optional<std::string>();
      if (buffer.size() > kLongestLine)
        return Error{Code::LimitReached, name + ":" + std::to_string(number + 1) +
                                             ": the line is longer than " +
                                             size_text(kLongestLine) + "; the rest is not read"};
      char piece[64 * 1024];
      const ssize_t got = ::read(descriptor, piece, sizeof piece);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0)
        return Error{Code::Unavailable, "cannot read " + name + ": " + std::strerror(errno)};
      ended = got == 0;
      buffer.append(piece, std::size_t(got));
    }
  }
};

Inputs::Inputs(std::vector<std::string> names)
    : names_(std::make_move_iterator(names.begin()), std::make_move_iterator(names.end())) {}
Inputs::~Inputs() = default;

std::optional<Input> Inputs::next() {
  while (true) {
    if (!ready_.empty()) {
      Input input = std::move(ready_.front());
      ready_.pop_front();
      return input;
    }
    if (lines_) {
      next_line();
    } else if (!files_.empty()) {
      const fs::path file = std::move(files_.front());
      files_.pop_front();
      open_file(file, Links::Refuse);
    } else if (!names_.empty()) {
      const std::string name = std::move(names_.front());
      names_.pop_front();
      open(name);
    } else {
      return std::nullopt;
    }
  }
}

void Inputs::open(const std::string& name) {
  if (name == "-") return open_standard_input();
  std::error_code fault;
  if (fs::is_directory(name, fault)) return open_folder(name);
  open_file(name, Links::Follow);
}

void Inputs::open_folder(const fs::path& folder) {
  std::error_code fault;
  fs::recursive_directory_iterator at(folder, fault);
  std::vector<fs::path> found;
  for (; !fault && at != fs::recursive_directory_iterator(); at.increment(fault)) {
    const fs::path& path = at->path();
    std::error_code ignored;
    const auto status = at->symlink_status(ignored);
    if (path.filename().string().starts_with(".")) {
      if (fs::is_directory(status)) at.disable_recursion_pending();
    } else if (fs::is_symlink(status)) {
      ++links_;
    } else if (fs::is_directory(status)) {
      if (at.depth() < kDeepestFolder) continue;
      at.disable_recursion_pending();
      ready_.push_back(faulty(path.string(), {Code::LimitReached,
                                              path.string() + " lies too deep: more than " +
                                                  std::to_string(kDeepestFolder) + " folders"}));
    } else if (is_sidecar(path)) {
      continue;
    } else if (format_by_name(path)) {
      found.push_back(path);  // what is no regular file will be refused by its name
    } else {
      ++other_files_;
    }
  }
  const std::string name = folder.string();
  if (fault)
    ready_.push_back(faulty(
        name, {Code::Unavailable, "cannot list the folder " + name + ": " + fault.message()}));
  else if (found.empty() && ready_.empty())
    ready_.push_back(faulty(name, {Code::InvalidArgument, name + " is a folder without articles"}));
  std::sort(found.begin(), found.end(),
            [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
  files_.assign(found.begin(), found.end());
}

void Inputs::open_file(const fs::path& path, Links links) {
  const std::string name = path.string();
  auto file = File::open(path, links);
  if (!file) return ready_.push_back(faulty(name, file.error()));
  const auto head = file->head(4096);
  if (!head) return ready_.push_back(faulty(name, head.error()));
  if (auto error = foreign(name, *head)) return ready_.push_back(faulty(name, *error));

  Input input;
  input.name = name, input.called = path.stem().string();
  input.file = path, input.links = links;
  const auto told = format_by_bytes(*head);
  input.format = told ? *told : format_by_name(path).value_or(Format::Text);
  if (input.format == Format::JsonLines) {
    lines_ = std::make_unique<Lines>();
    lines_->name = name, lines_->called = input.called;
    lines_->descriptor = file->descriptor(), lines_->file = std::move(*file);
  } else if (input.format == Format::Json) {
    const auto bytes = file->read(kLargestJson);
    if (!bytes) return ready_.push_back(faulty(name, bytes.error()));
    for (Input& article : json_articles(name, input.called, *bytes))
      ready_.push_back(std::move(article));
  } else {
    ready_.push_back(std::move(input));
  }
}

// Nothing but the bytes tells what it is. JSON lines are taken for one JSON text first.
void Inputs::open_standard_input() {
  auto bytes = read_to_end(STDIN_FILENO, kLargestJson, kStandardInput);
  if (!bytes) return ready_.push_back(faulty(kStandardInput, bytes.error()));
  if (auto error = foreign(kStandardInput, *bytes))
    return ready_.push_back(faulty(kStandardInput, *error));
  const string_view start = without_blanks(*bytes);
  if (start.starts_with("{\"") || start.starts_with("[{") || start.starts_with("{\n")) {
    auto whole = json_articles(kStandardInput, "", *bytes);
    const bool lines = whole.size() == 1 && whole[0].fault && start.find('\n') != string_view::npos;
    if (!lines) {
      for (Input& article : whole) ready_.push_back(std::move(article));
      return;
    }
    lines_ = std::make_unique<Lines>();
    lines_->name = kStandardInput, lines_->buffer = std::move(*bytes), lines_->ended = true;
    return;
  }
  Input input;
  input.name = kStandardInput;
  input.format = format_by_bytes(*bytes).value_or(Format::Text);
  input.bytes = std::move(*bytes);
  ready_.push_back(std::move(input));
}

void Inputs::next_line() {
  auto line = lines_->next();
  if (!line) {
    ready_.push_back(faulty(lines_->name, line.error()));
    return lines_.reset();
  }
  if (!*line) return lines_.reset();
  if (without_blanks(**line).empty()) return;
  const std::string number = std::to_string(lines_->number);
  const std::string called = lines_->called.empty() ? "" : lines_->called + "-" + number;
  for (Input& article : json_articles(lines_->name + ":" + number, called, **line))
    ready_.push_back(std::move(article));
}

}  // namespace entente
