#include "tools/serve/page.h"

namespace entente::serve {

std::span<const PageFile> page_files() {
  static constexpr PageFile kFiles[] = {
      {"/", "text/plain; charset=utf-8",
       "This program was built without its web page: run tools/setup, then build again.\n"
       "The interface is here: /v1/openapi.json describes it.\n",
       "", ""},
  };
  return kFiles;
}

}  // namespace entente::serve
