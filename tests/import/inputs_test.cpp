// What the names on a command line stand for: files, folders, JSON of articles.
#include "tools/import/input/inputs.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace entente {
namespace {
namespace fs = std::filesystem;

class InputFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "entente-inputs-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder); }
  std::string write(const std::string& name, std::string_view bytes) const {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return (folder / name).string();
  }
  // Every article's name within the folder, or "! " and why it is none.
  std::vector<std::string> list(const std::string& name) {
    std::vector<std::string> found;
    Inputs inputs({name});
    while (const auto input = inputs.next()) {
      const auto read = input->fault ? Result<Article>(*input->fault) : read_input(*input);
      found.push_back(read ? fs::path(input->name).lexically_relative(folder).string() : "! " + read.error().message);
    }
    other_files = inputs.other_files(), links = inputs.links();
    return found;
  }
  fs::path folder;
  std::size_t other_files = 0, links = 0;
};
using Names = std::vector<std::string>;

TEST_F(InputFiles, OfAFolderComeInTheOrderOfTheirNames) {
  for (const char* name : {"b.txt", "a/z.txt", "a/deep/er/x.md", "B.txt", "a.txt"})
    write(name, "Rain fell.");
  write("a.meta.json", R"({"title": "sidecar"})");
  write("picture.png", "\x89PNG"), write("style.css", "p {}");
  write(".hidden.txt", "Rain fell."), write(".git/x.txt", "Rain fell.");
  EXPECT_EQ(list(folder.string()), (Names{"B.txt", "a.txt", "a/deep/er/x.md", "a/z.txt", "b.txt"}));
  EXPECT_EQ(other_files, 2U);
}

TEST_F(InputFiles, InAFolderAreNotReachedThroughLinks) {
  write("in/a.txt", "Rain fell."), write("out/secret.txt", "Rain fell.");
  fs::create_directory_symlink("..", folder / "in/loop");
  fs::create_symlink("../out/secret.txt", folder / "in/b.txt");
  EXPECT_EQ(list((folder / "in").string()), (Names{"in/a.txt"}));
  EXPECT_EQ(links, 2U);
  // But a link that the user names is what the user means.
  EXPECT_EQ(list((folder / "in/b.txt").string()), (Names{"in/b.txt"}));
}

TEST_F(InputFiles, ThatAreNoFilesAreRefusedWithoutWaiting) {
  const std::string pipe = (folder / "in/pipe.txt").string();
  write("in/a.txt", "Rain fell.");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(list((folder / "in").string()),
            (Names{"in/a.txt", "! " + pipe + " is a pipe; its text can be given on standard input, as '-'"}));
  EXPECT_EQ(list("/dev/null"), (Names{"! /dev/null is a device"}));
  EXPECT_EQ(list("/dev/zero"), (Names{"! /dev/zero is a device"}));
  EXPECT_EQ(list((folder / "none.txt").string()),
            (Names{"! cannot open " + (folder / "none.txt").string() + ": No such file or directory"}));
  fs::create_directory(folder / "empty");
  EXPECT_EQ(list((folder / "empty").string()),
            (Names{"! " + (folder / "empty").string() + " is a folder without articles"}));
}

TEST_F(InputFiles, OfOtherKindsAreNamedByTheirKind) {
  const std::pair<std::string_view, std::string_view> kinds[] = {
      {"PK\x03\x04 and so on", "ZIP"}, {"\x1f\x8b packed", "gzip"}, {"{\\rtf1 Rain", "rich text"}};
  for (const auto& [bytes, kind] : kinds) {
    const auto found = list(write("a.txt", bytes));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].find(kind), std::string::npos) << found[0];
  }
}

TEST_F(InputFiles, OfJsonGiveTheirFields) {
  Inputs inputs({write("one.json", R"({"id": "n1", "text": "Rain fell.\n\nIt stopped.", "title": "A tale",
    "source": "The Paper", "date": "2024-05-06T10:00:00Z", "url": "https://x.example/", "tags": [1, 2]})")});
  const auto article = read_input(*inputs.next());
  ASSERT_TRUE(article) << article.error().message;
  const Document& document = article->document;
  EXPECT_EQ(document.name, "n1");
  EXPECT_EQ(document.text, "Rain fell.\n\nIt stopped.");
  EXPECT_EQ(document.title, "A tale");
  EXPECT_EQ(document.publisher, "The Paper");
  EXPECT_EQ(document.published.edtf(), "2024-05-06");
  EXPECT_EQ(document.url, "https://x.example/");
  EXPECT_FALSE(inputs.next());
}

TEST_F(InputFiles, OfJsonMayHoldMany) {
  EXPECT_EQ(list(write("a.json", R"([{"text": "Rain fell."}, {"text": "It stopped."}])")).size(), 2U);
  EXPECT_EQ(list(write("b.json", R"({"articles": [{"body": "Rain fell."}]})")).size(), 1U);
  const auto lines = list(write("c.jsonl", "{\"text\": \"Rain fell.\"}\n\nnot json\n{\"text\": \"It stopped.\"}"));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "c.jsonl:1");
  EXPECT_NE(lines[1].find("c.jsonl:3: no JSON"), std::string::npos) << lines[1];
  EXPECT_EQ(lines[2], "c.jsonl:4");
}

TEST_F(InputFiles, OfJsonThatAreNoArticlesAreRefusedOneByOne) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"title": "no text"})", "no field \"text\""},
      {R"({"text": 7})", "\"text\" is no text"},
      {R"({"text": "Rain.", "body": "Snow."})", "two texts"},
      {R"({"text": "Rain fell.", "date": "soon"})", "publication date"},
      {R"([])", "no articles"},
      {R"([1])", "JSON object"},
      {R"({"text": "Rain)", "no JSON"},
      {R"({"text": "a\u0000b"})", "zero"},
      {R"({"text": "  "})", "empty"},
  };
  for (const auto& [json, why] : cases) {
    const auto found = list(write("a.json", json));
    ASSERT_EQ(found.size(), 1U) << json;
    EXPECT_NE(found[0].find(why), std::string::npos) << json << "\n" << found[0];
  }
  std::string deep(200'000, '[');
  EXPECT_NE(list(write("a.json", deep))[0].find("no JSON"), std::string::npos);
}

TEST_F(InputFiles, ThatAreTooLongAreRefused) {
  std::string text;
  while (text.size() < 10'000'000) text += "The minister said that rain fell on the hills. ";
  const auto found = list(write("long.txt", text));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].find("is 9.5 MiB long; at most 4.0 MiB"), std::string::npos) << found[0];
}

}  // namespace
}  // namespace entente
