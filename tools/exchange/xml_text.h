// Text as XML holds it: nothing in a name or a quote can end an attribute or break a parser.
#pragma once
#include <string>
#include <string_view>

namespace entente::exchange {

// Escapes & < > " ' and line breaks (which an attribute would lose); what XML 1.0 forbids outright
// (most control characters, U+FFFE, U+FFFF, broken UTF-8) becomes U+FFFD. Valid in text and in
// attributes.
std::string xml_text(std::string_view utf8);

}  // namespace entente::exchange
