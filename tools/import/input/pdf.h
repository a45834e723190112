// A PDF as text to be read: pdftotext in a child process, then paragraphs out of its boxes.
//
// poppler is GPL and has had many holes, so it is a program that we start, never a library that we
// link; it runs inside the worker's limits (worker.h).
#pragma once
#include <string_view>

#include "schema/result.h"
#include "tools/import/input/page.h"

namespace entente {

inline constexpr int kMostPages = 1000;

// Worker's side. Reads the PDF at a descriptor; its first kMostPages pages, and refuses longer ones.
Result<Page> read_pdf(int descriptor);

// The paragraphs of what `pdftotext -bbox-layout` printed. Words that a line's end cut are made
// whole, blocks that a column or a page cut are joined, running heads and page numbers are marked
// as boilerplate, large type as headlines. Refuses what has no text, as a scan.
Result<Page> read_boxes(std::string_view xml);

}  // namespace entente
