// An article as it arrives: a text with what is known about it.
//
// The stored text of a plain file is its bytes (in UTF-8), header lines included though nothing is
// read from them; that of a page or a PDF is what stands in it to be read (input/page.h).
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "schema/fact.h"
#include "schema/result.h"
#include "tools/import/zones.h"

namespace entente {

// What a user or a file says about an article. Empty is "not said". `published` is EDTF, or a
// moment of ISO 8601, of which the day counts.
struct Metadata {
  std::string title, publisher, published, url;
  friend bool operator==(const Metadata&, const Metadata&) = default;
};

// `a`, and what it leaves out from `b`.
Metadata join(Metadata a, const Metadata& b);

// The field that a header, a sidecar or a JSON article calls `key`: title, publisher (also source
// and site), published (also date), url; nullptr for any other.
std::string* field_of(Metadata& meta, std::string_view key);

// Where a text leads back to. From character `at` of the text on, characters come one after the
// other from `source` on: of a page, characters of its HTML in its own charset, counted from 0; of
// a PDF, all of them from page number `source`, from 1.
struct Origin {
  std::uint64_t at = 0, source = 0;
  friend bool operator==(const Origin&, const Origin&) = default;
};

struct Article {
  Document document;             // text and metadata, no ids
  std::uint64_t body = 0;        // byte of the text where the header ends
  std::vector<ZoneSpan> marked;  // zones that the page told, in order; lines elsewhere go by rules
  std::vector<Origin> origins;     // in order; empty: the text is the file
  std::string format = "text";   // of what it was read from: text, html, pdf
  std::string charset = "UTF-8"; // that this was in
  std::string author;            // who wrote it, if the page says so
};

// Takes a text that is in memory; `name` is what the user calls it. A header in the text (front
// matter between two lines `---`, or a first line `# title | publisher | date`) fills what `given`
// leaves out. Refuses, with one clear error, what is empty, binary, no UTF-8, longer than
// kLargestText (input/file.h), or in another language than English.
Result<Article> make_article(std::string name, std::string text, const Metadata& given = {});

// The same for the text of a page or a PDF, in which nothing is a header.
Result<Article> make_article_of_page(std::string name, std::string text,
                                     const Metadata& given = {});

// Reads one file of any format that holds one article: see input/inputs.h.
Result<Article> read_article(const std::filesystem::path& file, const Metadata& given = {});

}  // namespace entente
