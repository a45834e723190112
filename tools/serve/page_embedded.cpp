#include "tools/serve/page.h"

// Made by page_files.S from the files that tools/web/build.mjs wrote: where each begins and ends.
#define ENTENTE_FILE(name) extern "C" const char name##_begin[], name##_end[];
ENTENTE_FILE(index_html)
ENTENTE_FILE(index_html_gz)
ENTENTE_FILE(index_html_br)
ENTENTE_FILE(app_js)
ENTENTE_FILE(app_js_gz)
ENTENTE_FILE(app_js_br)
ENTENTE_FILE(app_css)
ENTENTE_FILE(app_css_gz)
ENTENTE_FILE(app_css_br)
ENTENTE_FILE(icon_svg)
ENTENTE_FILE(icon_svg_gz)
ENTENTE_FILE(icon_svg_br)
#undef ENTENTE_FILE

namespace entente::serve {
namespace {
std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }
}  // namespace

std::span<const PageFile> page_files() {
#define ENTENTE_FORMS(name) \
  between(name##_begin, name##_end), between(name##_gz_begin, name##_gz_end), between(name##_br_begin, name##_br_end)
  static const PageFile files[] = {
      {"/", "text/html; charset=utf-8", ENTENTE_FORMS(index_html)},
      {"/app.js", "text/javascript; charset=utf-8", ENTENTE_FORMS(app_js)},
      {"/app.css", "text/css; charset=utf-8", ENTENTE_FORMS(app_css)},
      {"/icon.svg", "image/svg+xml", ENTENTE_FORMS(icon_svg)},
  };
#undef ENTENTE_FORMS
  return files;
}

}  // namespace entente::serve
