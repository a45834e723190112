// Paragraphs out of the boxes that pdftotext prints.
#include "tools/import/input/pdf.h"

#include <gtest/gtest.h>

#include <sstream>

namespace entente {
namespace {

// Boxes as pdftotext -bbox-layout prints them: a block a paragraph of the argument, lines with
// their words in a row, 10 points high unless told.
class Boxes {
 public:
  Boxes& page() {
    if (pages_++ > 0) xml_ << "</page>\n";
    xml_ << "<page width=\"600.0\" height=\"800.0\">\n";
    return *this;
  }
  Boxes& block(double top, std::vector<std::string> lines, double height = 10) {
    xml_ << "<flow><block xMin=\"50\" yMin=\"" << top << "\">\n";
    for (const std::string& line : lines) {
      xml_ << "<line xMin=\"50\" yMin=\"" << top << "\" xMax=\"" << 50 + 5.0 * double(line.size())
           << "\" yMax=\"" << top + height << "\">\n";
      std::istringstream words(line);
      for (std::string word; words >> word;)
        xml_ << "<word xMin=\"50\" yMin=\"" << top << "\" xMax=\"90\" yMax=\"" << top + height
             << "\">" << word << "</word>\n";
      xml_ << "</line>\n";
      top += height + 2;
    }
    xml_ << "</block></flow>\n";
    return *this;
  }
  Page read() const {
    const auto page = read_boxes(xml_.str());
    EXPECT_TRUE(page) << page.error().message;
    return page ? *page : Page{};
  }

 private:
  std::ostringstream xml_;
  int pages_ = 0;
};

TEST(Pdf, MakesWordsWholeThatALineCut) {
  EXPECT_EQ(Boxes()
                .page()
                .block(100, {"The sup-", "pliers sold long-", "term and pre-", "Columbian goods to"})
                .block(300, {"a long-term buyer of goods."})
                .read()
                .text,
            "The suppliers sold long-term and pre-Columbian goods to a long-term buyer of goods.\n");
}

TEST(Pdf, JoinsAParagraphThatAColumnOrAPageCut) {
  const Page page = Boxes()
                        .page()
                        .block(100, {"Mexico asked China for help, and"})
                        .page()
                        .block(100, {"did not get it in that year.", "Then came others, who"})
                        .block(200, {"Norway said nothing of it at all."})
                        .read();
  EXPECT_EQ(page.text,
            "Mexico asked China for help, and did not get it in that year. Then came others, who"
            "\n\nNorway said nothing of it at all.\n");
  ASSERT_EQ(page.origins.size(), 2U);
  EXPECT_EQ(page.origins[0], (Origin{0, 1}));
  EXPECT_EQ(page.text.substr(page.origins[1].at, 3), "did");
  EXPECT_EQ(page.origins[1].source, 2U);
}

TEST(Pdf, MarksRunningHeadsAndPageNumbers) {
  const Page page = Boxes()
                        .page()
                        .block(20, {"The Reader, page 1"})
                        .block(100, {"Mexico asked China for help, and"})
                        .block(780, {"1"})
                        .page()
                        .block(20, {"The Reader, page 2"})
                        .block(100, {"did not get it in that year."})
                        .read();
  EXPECT_EQ(page.text.find("Mexico asked China for help, and did not get it in that year."),
            page.text.find("Mexico"));
  std::vector<std::string> marked;
  for (const ZoneSpan& span : page.zones) {
    EXPECT_EQ(span.zone, Zone::Boilerplate);
    marked.push_back(page.text.substr(span.begin, span.end - span.begin));
  }
  EXPECT_EQ(marked, (std::vector<std::string>{"The Reader, page 1", "1", "The Reader, page 2"}));
}

TEST(Pdf, TakesLargeTypeForAHeadline) {
  const Page page = Boxes()
                        .page()
                        .block(100, {"Three precursors", "come under control"}, 20)
                        .block(200, {"China put three of them under control in 2024."})
                        .read();
  EXPECT_EQ(page.metadata.title, "Three precursors come under control");
  ASSERT_EQ(page.zones.size(), 1U);
  EXPECT_EQ(page.zones[0].zone, Zone::Headline);
  EXPECT_EQ(page.text.substr(0, 37), "Three precursors come under control\n\n");
}

TEST(Pdf, ReadsLigaturesAndEntitiesAsLetters) {
  EXPECT_EQ(Boxes().page().block(100, {"The \uFB01rm R&amp;D &lt;sold&gt; it."}).read().text,
            "The firm R&D <sold> it.\n");
}

TEST(Pdf, WithoutTextSaysSo) {
  const auto page = read_boxes("<doc><page width=\"600\" height=\"800\"></page></doc>");
  ASSERT_FALSE(page);
  EXPECT_NE(page.error().message.find("no text"), std::string::npos);
}

TEST(Pdf, OfNonsenseNeverBreaksTheReader) {
  const std::string xml = "<page height=\"8\"><block ><line ><word yMax=\"x\">a&amp;</word></line>";
  for (std::size_t cut = 0; cut <= xml.size(); ++cut) (void)read_boxes(xml.substr(0, cut));
  for (const char* odd : {"<word >a</word>", "<line >", "<<<>>>", "<block ><word >b", "<page", ""})
    (void)read_boxes(odd);
}

}  // namespace
}  // namespace entente
