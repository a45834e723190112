// The bytes of a PDF made of content streams.
#pragma once
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace entente {

// Page i has the i-th stream, those beyond the last the last one. `filters` says how they were packed.
inline std::string pdf_file(const std::vector<std::string>& streams, const std::string& filters, std::size_t pages) {
  const std::size_t first_page = 4 + streams.size();
  std::string kids;
  for (std::size_t i = 0; i < pages; ++i) kids += std::to_string(first_page + i) + " 0 R ";
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>",
                                      "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages) + " >>",
                                      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  for (const std::string& stream : streams)
    objects.push_back("<< /Length " + std::to_string(stream.size()) + " /Filter [" + filters + "] >>\nstream\n" + stream +
                      "\nendstream");
  for (std::size_t i = 0; i < pages; ++i)
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents " +
                      std::to_string(4 + std::min(i, streams.size() - 1)) + " 0 R /Resources << /Font << /F1 3 0 R >> >> >>");
  std::string offsets, out = "%PDF-1.4\n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char line[32];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", out.size());
    offsets += line;
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string count = std::to_string(objects.size() + 1);
  return out + "xref\n0 " + count + "\n0000000000 65535 f \n" + offsets + "trailer << /Size " + count +
         " /Root 1 0 R >>\nstartxref\n" + std::to_string(out.size()) + "\n%%EOF\n";
}
inline std::string pdf_file(const std::string& stream, const std::string& filters, std::size_t pages = 1) {
  return pdf_file(std::vector<std::string>{stream}, filters, pages);
}
// A page a text, each in one line of type.
inline std::string pdf_file(const std::vector<std::string>& texts) {
  std::vector<std::string> streams;
  for (const std::string& text : texts) streams.push_back("BT /F1 8 Tf 40 700 Td (" + text + ") Tj ET");
  return pdf_file(streams, "", texts.size());
}

}  // namespace entente
