#include "tools/import/article.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace entente {
namespace {
namespace fs = std::filesystem;

class ArticleFile : public testing::Test {
 protected:
  ArticleFile()
      : folder_(fs::temp_directory_path() / ("entente-article-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~ArticleFile() override { fs::remove_all(folder_); }
  fs::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  fs::path folder_;
};

TEST_F(ArticleFile, KeepsItsBytesAndMarksTheHeader) {
  const std::string text = "---\ntitle: A tale\npublished: 2024-05-06\n---\n\nRain fell.\n";
  const auto article = read_article(write("a.txt", text));
  ASSERT_TRUE(article) << article.error().message;
  EXPECT_EQ(article->document.text, text);
  EXPECT_EQ(article->document.name, "a");
  EXPECT_EQ(article->document.title, "A tale");
  EXPECT_EQ(article->document.published.edtf(), "2024-05-06");
  EXPECT_EQ(text.substr(article->body), "\nRain fell.\n");
}

TEST_F(ArticleFile, ReadsAHeaderOfOneLine) {
  const auto article = read_article(write("b.txt", "# A tale | The Paper | 2023-11\nRain fell.\n"));
  ASSERT_TRUE(article);
  EXPECT_EQ(article->document.publisher, "The Paper");
  EXPECT_EQ(article->document.published.edtf(), "2023-11");
}

TEST_F(ArticleFile, PrefersFlagsToTheSidecarAndTheSidecarToTheHeader) {
  const auto file = write("c.txt", "# header title | header paper | 2020\nRain fell.\n");
  write("c.meta.json",
        R"({"title": "sidecar title", "published": "2021-02-03T10:00:00Z", "url": null})");
  const auto article = read_article(file, {"flag title", "", "", ""});
  ASSERT_TRUE(article) << article.error().message;
  EXPECT_EQ(article->document.title, "flag title");
  EXPECT_EQ(article->document.published.edtf(), "2021-02-03");
  EXPECT_EQ(article->document.publisher, "header paper");
}

TEST_F(ArticleFile, RefusesWhatIsNoText) {
  const auto refusal = [](const fs::path& file) {
    const auto article = read_article(file);
    return article ? std::string("accepted") : article.error().message;
  };
  EXPECT_NE(refusal(write("d.txt", std::string("\x7f"
                                               "ELF\0\1\2",
                                               7)))
                .find("binary"),
            std::string::npos);
  EXPECT_NE(refusal(write("e.txt", "%PDF-1.7 and so on")).find("no worker"), std::string::npos);
  EXPECT_NE(refusal(write("f.txt", "caf\xe9 noir")).find("UTF-8"), std::string::npos);
  EXPECT_NE(refusal(write("g.txt", " \n ")).find("empty"), std::string::npos);
  EXPECT_NE(refusal(folder_).find("folder"), std::string::npos);
  EXPECT_NE(refusal(folder_ / "none.txt").find("cannot open"), std::string::npos);
  EXPECT_NE(refusal(write("h.txt", "# t | p | last Tuesday\nRain.\n")).find("date"),
            std::string::npos);
}

TEST_F(ArticleFile, RefusesASidecarThatIsNoObject) {
  write("i.meta.json", "[1, 2");
  EXPECT_FALSE(read_article(write("i.txt", "Rain fell.")));
}
}  // namespace
}  // namespace entente
