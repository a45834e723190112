// An article as it arrives: a file of UTF-8 text with what is known about it.
//
// The stored text is the file's bytes as received, so that offsets mean the same to everybody;
// header lines belong to it, but nothing is read from them.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "schema/fact.h"
#include "schema/result.h"

namespace entente {

// What a user or a file says about an article. Empty is "not said". `published` is EDTF.
struct Metadata {
  std::string title, publisher, published, url;
};

struct Article {
  Document document;       // text and metadata, no ids
  std::uint64_t body = 0;  // byte of the text where the header ends
};

// Reads a file. Its metadata comes, in this order of precedence, from `given` (the user's flags),
// from the sidecar `NAME.meta.json` beside NAME.txt, and from a header in the text: front matter
// between two lines `---`, or a first line `# title | publisher | date`.
// Refuses, with one clear error, what is missing, a folder, empty, binary, or no UTF-8.
Result<Article> read_article(const std::filesystem::path& file, const Metadata& given = {});

// The same for a text that is already in memory; `name` is what the user calls it.
Result<Article> make_article(std::string name, std::string text, const Metadata& given = {});

}  // namespace entente
