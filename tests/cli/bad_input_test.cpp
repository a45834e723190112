// A stranger's files: each that cannot be read costs one line and itself, never the batch.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include <sstream>

#include "tests/support/pdf_file.h"
#include "tests/support/program.h"
#include "tests/support/sample_articles.h"

namespace entente {
namespace {

class BadInput : public ProgramTest {
 protected:
  // Imports the files between two good articles: these are in, each file is refused in one line.
  void expect_refused(const std::vector<std::pair<std::string, std::string>>& files) {
    write("a.txt", kScheduling), write("z.txt", kSupply);
    std::vector<std::string> words = {"import", "-q", "a.txt"};
    for (const auto& [file, why] : files) words.push_back(file);
    words.push_back("z.txt");
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 4) << ran.err;
    EXPECT_EQ(ran.out, "2 articles imported, " + std::to_string(files.size()) + " refused\n") << ran.err;
    std::istringstream lines(ran.err);
    for (const auto& [file, why] : files) {
      std::string line;
      std::getline(lines, line);
      EXPECT_NE(line.find(file), std::string::npos) << file << "\n" << line;
      EXPECT_NE(line.find(why), std::string::npos) << file << "\n" << line;
    }
    std::string rest;
    EXPECT_FALSE(std::getline(lines, rest)) << rest;
    EXPECT_EQ(run({"check"}).code, 0);
    EXPECT_NE(run({"stats"}).out.find("2 documents"), std::string::npos);
  }
};

std::string packed(const std::string& bytes) {
  uLongf size = ::compressBound(bytes.size());
  std::string out(size, '\0');
  ::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
              reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
  out.resize(size);
  return out;
}

TEST_F(BadInput, OfBytesThatAreNoText) {
  write("empty.txt", "");
  write("binary.txt", std::string_view("\x7f\x45LF\0\1\2", 7));
  write("nul.txt", std::string("China met Mexico.") + std::string(5000, ' ') + std::string(1, '\0'));
  write("broken.txt", "China met Mexico \xff\xfe in Geneva.");
  write("mixed.txt", "The caf\xC3\xA9 and the caf\xE9.");
  expect_refused({{"empty.txt", "is empty"},
                  {"binary.txt", "binary"},
                  {"nul.txt", "zero"},
                  {"broken.txt", "no UTF-8"},
                  {"mixed.txt", "mixes charsets"}});
}

TEST_F(BadInput, OfAnotherLanguageOrWithoutMeasure) {
  write("german.txt",
        "Der Minister sagte, dass die Gespr\u00E4che \u00FCber den Vertrag mit der Regierung nicht zu "
        "einem Ergebnis gef\u00FChrt haben und dass sie nach der Wahl wieder aufgenommen werden.");
  std::string text;
  while (text.size() < 10'000'000) text += "The minister said that rain fell on the hills. ";
  write("long.txt", text);
  expect_refused({{"german.txt", "German"},
                  {"long.txt", "at most 4.0 MiB"}});
}

TEST_F(BadInput, ThatIsNoFile) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::filesystem::create_directory(folder / "loop");
  std::filesystem::create_directory_symlink("..", folder / "loop" / "up");
  expect_refused({{"pipe", "is a pipe"},
                  {"loop", "without articles"}});
}

TEST_F(BadInput, OfHtmlThatIsABomb) {
  std::string nested = "<p>China sanctioned Norway in May 2024.";
  for (int i = 0; i < 1'000'000; ++i) nested += "<div>";
  write("nested.html", nested);
  write("huge.html", "<p>China sanctioned Norway." + std::string(17 << 20, ' '));
  write("textless.html", "<html><script>China()</script></html>");
  write("nul.html", std::string("<p>China met \0 Mexico.", 22));
  expect_refused({{"nested.html", "1000 deep"},
                  {"huge.html", "at most 16.0 MiB"},
                  {"textless.html", "no text"},
                  {"nul.html", "zero"}});
}

TEST_F(BadInput, OfPdfThatIsABomb) {
  write("cut.pdf", "%PDF-1.7\nthat is all");
  write("scan.pdf", pdf_file("", ""));
  // Two million words in 200 KB: the same six hundred lines on each of 1000 pages, packed twice.
  std::string words = "BT /F1 10 Tf 10 700 Td\n";
  for (int i = 0; i < 600; ++i) words += "(China met Mexico) Tj 0 -1 Td\n";
  write("bomb.pdf", pdf_file(packed(packed(words)), "/FlateDecode /FlateDecode", 1000));
  expect_refused({{"cut.pdf", "no PDF"},
                  {"scan.pdf", "no text"},
                  {"bomb.pdf", "than one document may"}});
}

TEST_F(BadInput, OfAScriptIsNoText) {
  write("page.html",
        "<html><head><meta property='article:published_time' content='2024-05-03'></head><body>"
        "<script>document.write('China sanctioned Norway on May 1, 2024.')</script>"
        "<p onclick=\"alert('x')\">On May 2, 2024, China sanctioned Mexico, and "
        "<img src=x onerror=alert(1)>the officials of <a href='javascript:alert(2)'>Mexico</a> "
        "wept.</p><iframe srcdoc='<p>Japan sanctioned Norway.</p>'></iframe></body></html>");
  ASSERT_EQ(run({"import", "-q", "page.html"}).code, 0);
  const Ran shown = run({"slice", "--json"});
  EXPECT_NE(shown.out.find("SANCTION"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("2024-05-02"), std::string::npos) << shown.out;
  for (const char* absent : {"Norway", "Japan", "alert", "javascript", "onerror"})
    EXPECT_EQ(shown.out.find(absent), std::string::npos) << absent << "\n" << shown.out;
}

TEST_F(BadInput, OfAGoodPdfIsNotBad) {
  const std::string words =
      "BT /F1 11 Tf 72 700 Td 14 TL (On May 2, 2024, China sanctioned two sup-) Tj T* "
      "(pliers, and Mexico welcomed the step.) Tj ET";
  write("good.pdf", pdf_file(packed(words), "/FlateDecode"));
  const Ran ran = run({"import", "good.pdf", "--published", "2024-05-03"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "1 article imported\n") << ran.err;
}

}  // namespace
}  // namespace entente
