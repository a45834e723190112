// The files of the web page, inside the program. Built from tools/web where tools/setup has fetched
// its packages; a program without them serves the interface and says how to get the page.
#pragma once
#include <span>
#include <string_view>

namespace entente::serve {

struct PageFile {
  std::string_view path, type;
  std::string_view body, gzip, brotli;  // the last two empty if there is no such form
};
std::span<const PageFile> page_files();

}  // namespace entente::serve
