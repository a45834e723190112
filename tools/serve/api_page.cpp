#include "schema/digest.h"
#include "tools/serve/api.h"
#include "tools/serve/compress.h"
#include "tools/serve/page.h"

namespace entente::serve {
namespace {

Response file_of(const PageFile& file, const std::string& tag, const Call& call) {
  Response response;
  const std::string_view accepted = call.request.field("accept-encoding");
  const Coding coding = !file.brotli.empty() && accepts(accepted, Coding::Brotli) ? Coding::Brotli
                        : !file.gzip.empty() && accepts(accepted, Coding::Gzip)   ? Coding::Gzip
                                                                                  : Coding::Plain;
  const std::string mine = "\"" + tag + std::string(name_of(coding)) + "\"";
  response.set("ETag", mine);
  response.set("Cache-Control", "no-cache");
  response.set("Vary", "Accept-Encoding");
  response.still_true = [] { return true; };
  if (call.request.field("if-none-match") == mine) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", std::string(file.type));
  if (coding != Coding::Plain) response.set("Content-Encoding", std::string(name_of(coding)));
  response.body = coding == Coding::Brotli ? file.brotli : coding == Coding::Gzip ? file.gzip : file.body;
  return response;
}
}  // namespace

void add_page(Router& router) {
  for (const PageFile& file : page_files())
    router.add({"GET", file.path, Access::Page,
                [&file, tag = hex(sha256(file.body)).substr(0, 24)](const Call& call) { return file_of(file, tag, call); },
                "A file of the web page."});
}

}  // namespace entente::serve
