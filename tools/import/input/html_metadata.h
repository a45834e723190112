// What a page says of itself: meta elements, JSON-LD, <time>, <link>, <title>.
#pragma once
#include <gumbo.h>

#include <string>
#include <string_view>

#include "tools/import/article.h"

namespace entente {

struct PageMetadata {
  Metadata metadata;
  std::string author;
};

// In this order of trust for each field: Open Graph and `article:` properties, JSON-LD of an
// article, named meta elements (Dublin Core, citation, Parsely, Sailthru), microdata, then <time>,
// <title> and the first <h1>. What is no date is not said.
PageMetadata read_page_metadata(const GumboNode* root);

// The day of a date as pages write it: ISO 8601 ("2024-03-05T09:00:00+01:00", "20240305") or with
// the month's name ("March 5, 2024", "5 Mar 2024"), as EDTF; empty if it is none.
std::string page_date(std::string_view text);

}  // namespace entente
