// What a user names on the command line, as articles one after the other.
//
// A name is a file, a folder or `-` for standard input. A folder is read recursively in the order
// of the bytes of its names; symbolic links in it are not followed, and what is neither text (.txt,
// .text, .md), page (.html, .htm, .xhtml), .pdf nor JSON (.json, .jsonl, .ndjson) is left out and
// counted, as are names that begin with a dot and the sidecars *.meta.json.
//
// A JSON file holds one article, an array of articles, or an object whose "articles" is one; JSON
// lines hold one article a line. Fields of an article, all text: "text" (also "body", "content") or
// "html"; "title"; "publisher" (also "source", "site"); "published" (also "date"): EDTF or ISO
// 8601; "url"; "id" (also "name"): what the document is called. Others are passed over.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "tools/import/article.h"
#include "tools/import/input/file.h"

namespace entente {

enum class Format : std::uint8_t { Text, Html, Pdf, Json, JsonLines };
std::string_view name_of(Format format);  // "text", "html", "pdf", "json", "jsonl"

// One article that is still to be read. A value.
struct Input {
  std::string name;            // for messages: "news/a.txt", "feed.jsonl:17", "standard input"
  std::string called;          // what the document is to be called: "a"; empty: by its digest
  std::filesystem::path file;  // empty: `bytes` has it
  std::string bytes;
  Links links = Links::Follow;
  Format format = Format::Text;
  Metadata metadata;           // what is said beside the text
  std::optional<Error> fault;  // it is no article, and this is why
};

// How to read, and what the user says of every article.
struct ReadOptions {
  Metadata given;
  std::string charset;            // of inputs that declare none; empty: UTF-8 or found out
  std::filesystem::path program;  // that runs the workers for pages; empty: this one
};

// Reads one. Any number of threads may read different inputs at once. HTML and PDF are taken apart
// in a process of their own (input/worker.h); what that costs or breaks stays there. Every error is
// one line that begins with the input's name.
Result<Article> read_input(const Input& input, const ReadOptions& options = {});

// The articles that some names on a command line stand for, in order. Not thread-safe. Lists folders
// when it comes to them, and holds one file of JSON at a time; JSON lines are read one by one.
class Inputs {
 public:
  explicit Inputs(std::vector<std::string> names);
  ~Inputs();
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;

  // The next article, or why something named is none; nothing after the last.
  std::optional<Input> next();

  std::size_t other_files() const { return other_files_; }  // left out of folders, by their kind
  std::size_t links() const { return links_; }              // in folders, not followed

 private:
  struct Lines;
  void open(const std::string& name);
  void open_folder(const std::filesystem::path& folder);
  void open_file(const std::filesystem::path& file, Links links);
  void open_standard_input();
  void next_line();

  std::deque<std::string> names_;
  std::deque<std::filesystem::path> files_;  // of the folder that is being read
  std::deque<Input> ready_;
  std::unique_ptr<Lines> lines_;
  std::size_t other_files_ = 0, links_ = 0;
};

}  // namespace entente
