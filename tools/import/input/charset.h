// From the bytes of a file to UTF-8: by mark, by declaration, by a guess that says so.
#pragma once
#include <string>
#include <string_view>

#include "schema/result.h"

namespace entente {

struct Decoded {
  std::string text;     // well-formed UTF-8 without a byte order mark at the start
  std::string charset;  // what the bytes were in: "UTF-8", "windows-1252"
  bool guessed = false;
};

// In this order: a byte order mark (UTF-8, UTF-16); well-formed UTF-8; the charset that `declared`
// names (ICU's names and aliases; "ISO-8859-1" means windows-1252, as in browsers); windows-1252, if
// ICU finds it and every byte may be that. A declared charset that its bytes contradict is refused, and so is a text
// in which well-formed UTF-8 and other bytes are mixed: it was damaged, and no reading is right.
// A zero byte in the decoded text is refused: that is no text. Errors name `name` and the byte.
Result<Decoded> decode(const std::string& name, std::string bytes, std::string_view declared = {});

}  // namespace entente
