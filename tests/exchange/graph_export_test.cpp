// What every exported file must say, whatever reads it.
#include "tools/exchange/graph_export.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/support/export_sample.h"
#include "tools/exchange/xml_text.h"

namespace entente::exchange {
namespace {

std::string written(std::string_view format, const ExportGraph& graph = export_sample()) {
  std::ostringstream out;
  (*export_format_named(format))->write(graph, out);
  return out.str();
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Export, GivesTheSameBytesForTheSameGraph) {
  for (const ExportFormat& format : export_formats())
    EXPECT_EQ(written(format.name), written(format.name)) << format.name;
}

TEST(Export, SaysAsOfWhenAndKnownByWhichCommit) {
  const std::string line =
      "Entente 0123456789abcdef0123456789abcdef, as of 2024-09-02, known by commit 12 (2024-09-03T10:00:00Z)";
  EXPECT_EQ(provenance(export_sample()), line);
  for (const char* format : {"gexf", "gexf-1.2", "graphml", "node-link", "graphology"})
    EXPECT_TRUE(has(written(format), line)) << format;
  EXPECT_TRUE(has(written("edges-csv"), ",12\r\n"));
}

TEST(Export, OfAMonthHasItsFirstAndLastDayAndItsPrecision) {
  EXPECT_TRUE(has(written("gexf"), "start=\"2023-11-01\" end=\"2023-11-30\""));
  EXPECT_TRUE(has(written("gexf"), "<attvalue for=\"3\" value=\"2023-11\"/>"));
  EXPECT_TRUE(has(written("gexf"), "<attvalue for=\"5\" value=\"month\"/>"));
  EXPECT_TRUE(has(written("edges-csv"), "\"2023-11\",2023-11-01,2023-11-30,\"2023-11\",\"2023-11\",month"));
}

TEST(Export, OfAnOpenOrUnknownEndInventsNoDate) {
  const std::string gexf = written("gexf");
  EXPECT_TRUE(has(gexf, "kind=\"CONTROLS\" start=\"2024-09-01\">"));
  EXPECT_TRUE(has(gexf, "kind=\"MET\">"));
  EXPECT_TRUE(has(gexf, "kind=\"ACCUSE\" end=\"2020-12-31\">"));
  EXPECT_TRUE(has(written("node-link"), "\"valid\":\"2024-09-01/..\",\"valid_from\":\"2024-09-01\",\"valid_to\":null"));
}

TEST(Export, OfAWeekIsAPairOfDays) {
  const Interval week = *Interval::parse("2024-W32");
  EXPECT_EQ(valid_from(week), "2024-08-05");
  EXPECT_EQ(valid_to(week), "2024-08-11");
  EXPECT_EQ(precision_of(week), "week");
}

TEST(Export, ToXmlLetsNoNameOutOfItsQuotes) {
  EXPECT_EQ(xml_text("a<b>&\"'\n\t\r"), "a&lt;b&gt;&amp;&quot;&#39;&#10;&#9;&#13;");
  EXPECT_EQ(xml_text(std::string("\0\x07\x1b[", 4)), "\uFFFD\uFFFD\uFFFD[");
  EXPECT_EQ(xml_text("\xff\xc3\xa9\xed\xa0\x80"), "\uFFFD\u00e9\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(xml_text("\uFFFE\uFFFD\uFFFF"), "\uFFFD\uFFFD\uFFFD");
  for (const char* format : {"gexf", "gexf-1.2", "graphml"}) EXPECT_FALSE(has(written(format), "<script")) << format;
}

TEST(Export, ToCsvLetsNoCellBeAFormula) {
  EXPECT_TRUE(has(written("nodes-csv"), "3,\"'=SUM(A1:A9) & \"\"Sons\"\" <script>alert(1)</script>\",\"Company\",\r\n"));
}

TEST(Export, FormatIsFoundByNameOrByEnding) {
  EXPECT_EQ(export_format_of_file("a.gexf")->name, "gexf");
  EXPECT_EQ(export_format_of_file("a.json")->name, "node-link");
  EXPECT_EQ(export_format_of_file("a.graphology.json")->name, "graphology");
  EXPECT_EQ(export_format_of_file("a.edges.csv")->name, "edges-csv");
  EXPECT_EQ(export_format_of_file("gexf"), nullptr);
  EXPECT_EQ(export_format_of_file("a.csv"), nullptr);
  EXPECT_NE(export_format_named("xlsx").error().message.find("graphml"), std::string::npos);
}

TEST(Export, OfNothingIsStillAWholeFile) {
  const ExportGraph nothing{.database = "0", .known_by = {}, .known_by_at = "", .as_of = "", .filter = "", .nodes = {}, .edges = {}};
  EXPECT_TRUE(written("gexf", nothing).ends_with("</gexf>\n"));
  EXPECT_TRUE(written("graphml", nothing).ends_with("</graphml>\n"));
  EXPECT_TRUE(written("node-link", nothing).ends_with("]}\n"));
  EXPECT_TRUE(written("nodes-csv", nothing).ends_with("string[]\r\n"));
}

}  // namespace
}  // namespace entente::exchange
