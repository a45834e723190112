// One input, read: bytes, charset, page or PDF, header, sidecar.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "schema/digest.h"
#include "tools/import/input/charset.h"
#include "tools/import/input/inputs.h"
#include "tools/import/input/worker.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using std::string_view;

constexpr std::size_t kLargestSidecar = 1 << 20;

Result<Metadata> read_sidecar(const fs::path& article) {
  fs::path path = article;
  path.replace_extension(".meta.json");
  std::error_code fault;
  if (article.empty() || !fs::exists(path, fault)) return Metadata{};
  const auto file = File::open(path);
  if (!file) return file.error();
  const auto bytes = file->read(kLargestSidecar);
  if (!bytes) return bytes.error();
  boost::system::error_code broken;
  const auto json = boost::json::parse(*bytes, broken);
  if (broken || !json.is_object())
    return Error{Code::InvalidArgument, path.string() + " is no JSON object of metadata"};
  Metadata meta;
  for (const auto& [key, value] : json.as_object()) {
    std::string* field = field_of(meta, string_view(key.data(), key.size()));
    if (field == nullptr || value.is_null()) continue;
    if (!value.is_string())
      return Error{Code::InvalidArgument, path.string() + ": '" + std::string(key) + "' is no text"};
    *field = std::string(value.as_string());
  }
  return meta;
}

Result<std::string> bytes_of(const Input& input) {
  if (input.file.empty()) return input.bytes;
  const auto file = File::open(input.file, input.links);
  if (!file) return file.error();
  return file->read(kLargestText);
}

Result<Article> read_plain(const Input& input, const ReadOptions& options, const Metadata& meta) {
  auto bytes = bytes_of(input);
  if (!bytes) return bytes.error();
  auto decoded = decode(input.name, std::move(*bytes), options.charset);
  if (!decoded) return decoded.error();
  auto article = make_article(input.name, std::move(decoded->text), meta);
  if (article) article->charset = std::move(decoded->charset);
  return article;
}

// What a worker can be given: the file itself, or the bytes as a file that has no name.
Result<File> file_of(const Input& input) {
  if (!input.file.empty()) return File::open(input.file, input.links);
  return File::of_bytes(input.bytes, input.name);
}

Result<Article> read_page(const Input& input, const ReadOptions& options, const Metadata& meta) {
  const auto file = file_of(input);
  if (!file) return file.error();
  const std::size_t limit = input.format == Format::Pdf ? kLargestPdf : kLargestPage;
  if (file->size() == 0) return Error{Code::InvalidArgument, input.name + " is empty"};
  if (file->size() > limit)
    return Error{Code::LimitReached, input.name + " is " + size_text(file->size()) +
                                         " long; at most " + size_text(limit) + " are read of " +
                                         (input.format == Format::Pdf ? "a PDF" : "a page")};
  auto page = read_in_worker(file->descriptor(), input.format, options.charset, options.program);
  if (!page) return page.error().within(input.name);
  auto article =
      make_article_of_page(input.name, std::move(page->text), join(meta, page->metadata));
  if (!article) return article.error();
  article->marked = std::move(page->zones), article->origins = std::move(page->origins);
  article->format = name_of(input.format), article->charset = std::move(page->charset);
  article->author = std::move(page->author);
  return article;
}
}  // namespace

Result<Article> read_input(const Input& input, const ReadOptions& options) {
  if (input.fault) return *input.fault;
  const auto sidecar = read_sidecar(input.file);
  if (!sidecar) return sidecar.error();
  const Metadata meta = join(join(options.given, *sidecar), input.metadata);
  const bool plain = input.format == Format::Text;
  auto article = plain ? read_plain(input, options, meta) : read_page(input, options, meta);
  if (!article) return article.error();
  Document& document = article->document;
  document.name = !input.called.empty() ? input.called : "input-" + hex(document.digest).substr(0, 12);
  return article;
}

Result<Article> read_article(const fs::path& file, const Metadata& given) {
  std::error_code fault;
  if (fs::is_directory(file, fault))
    return Error{Code::InvalidArgument, file.string() + " is a folder, not an article"};
  Inputs inputs({file.string()});
  const auto input = inputs.next();
  if (!input) return Error{Code::NotFound, "there is no article in " + file.string()};
  ReadOptions options;
  options.given = given;
  return read_input(*input, options);
}

}  // namespace entente
