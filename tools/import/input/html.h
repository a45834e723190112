// A page of HTML as text: its body by the density of prose, its metadata, the zones that it tells.
//
// Runs in a worker process, for gumbo is C that nobody maintains (input/worker.h). What a browser
// does not show (scripts, styles, templates, hidden elements) is no text; what stands around the
// article (menus, comments, related links) is left out unless it stands inside it, where it is
// marked as boilerplate.
#pragma once
#include <string>
#include <string_view>

#include "schema/result.h"
#include "tools/import/input/page.h"

namespace entente {

// `charset` is what the transport or the user says, and goes before what the page declares; empty:
// it declares one, or it is UTF-8, or it is found out. Refuses tags nested more than 1,000 deep,
// which cost gumbo quadratic time, and a page without prose.
Result<Page> read_html(std::string bytes, std::string_view charset = {});

// The charset that the first KiB declares in a <meta>; empty if none.
std::string declared_charset(std::string_view html);

}  // namespace entente
