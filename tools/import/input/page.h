// A page or a PDF as text to be read, with the way back to where each character stood.
//
// This is what a worker process hands to the program: plain values, and bytes that are checked when
// they are taken apart, for the worker has met a stranger's file.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "tools/import/article.h"

namespace entente {

struct Page {
  std::string text;  // UTF-8, a paragraph a line, an empty line between two; no control characters
  std::vector<ZoneSpan> zones;  // ascending, not overlapping
  std::vector<Origin> origins;    // ascending
  std::string charset;          // that the bytes were in; empty for a PDF
  Metadata metadata;            // what the page says of itself
  std::string author;

  friend bool operator==(const Page&, const Page&) = default;
};

// Builds the text of a page line by line, and notes where it came from.
class PageText {
 public:
  // What a Origin's source counts: characters of the page, or pages of a document.
  enum class Counts : bool { Characters, Pages };
  PageText(Page& page, Counts counts) : page_(page), counts_(counts) {}

  // The following characters came from `source` on, one after the other.
  void from(std::uint64_t source);
  void add(std::string_view utf8);  // no line ends in it; control characters become blanks
  void blank();                     // one, unless the line just began or ends in one
  void begin_line(Zone zone);       // ends the line before it, if it has anything
  void finish();
  std::size_t bytes() const { return page_.text.size(); }

 private:
  void end_line();
  Page& page_;
  Counts counts_;
  std::uint64_t characters_ = 0;
  std::uint64_t source_ = 0;  // of the next character
  std::size_t line_ = 0;      // byte where it began
  Zone zone_ = Zone::Body;
  bool pending_blank_ = false;
};

// The two ends of the message between worker and program. `decode` believes nothing: lengths,
// order, UTF-8 and limits are checked, and a message that is not whole is Corruption.
std::string encode_page(const Page& page);
Result<Page> decode_page(std::string_view message);

}  // namespace entente
