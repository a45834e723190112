// The same articles give the same bytes: again, in another order, with other threads, as a page.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/program.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

class Determinism : public ProgramTest {
 protected:
  std::vector<std::string> samples() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(ENTENTE_ARTICLES))
      if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    files.resize(8);
    return files;
  }
  // What was read, file by file.
  std::map<std::string, std::string> extract(std::vector<std::string> words, const std::string& out) {
    words.insert(words.begin(), {"extract", "-q", "--out", out});
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 0) << ran.err;
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::directory_iterator(folder / out))
      found[entry.path().filename().string()] = read_file(entry.path());
    return found;
  }
};

TEST_F(Determinism, OfReadingTheSameArticles) {
  auto files = samples();
  write("page.html",
        "<meta property='article:published_time' content='2024-05-03'><article><h1>A step</h1>"
        "<p>On May 2, 2024, China sanctioned Mexico, and the United States welcomed the step.</p>"
        "</article>");
  files.push_back("page.html");
  auto words = files;
  words.insert(words.end(), {"--jobs", "1"});
  const auto once = extract(words, "once");
  ASSERT_EQ(once.size(), 18U);
  EXPECT_EQ(extract(words, "again"), once);
  words.back() = "5";
  EXPECT_EQ(extract(words, "threads"), once);
  std::reverse(files.begin(), files.end());
  EXPECT_EQ(extract(files, "backwards"), once);
}

TEST_F(Determinism, OfTheStoreWhateverTheNumberOfThreads) {
  const auto graph_after = [&](const std::string& jobs) {
    auto words = samples();
    words.insert(words.begin(), {"import", "-q", "--jobs", jobs, "--db", "base-" + jobs});
    EXPECT_EQ(run(words).code, 0);
    return run({"slice", "--db", "base-" + jobs, "--as-of", "2024-01-01"}).out +
           run({"why", "1", "--db", "base-" + jobs}).out;
  };
  const std::string alone = graph_after("1");
  EXPECT_NE(alone.find("CONTROLS"), std::string::npos) << alone;
  EXPECT_EQ(graph_after("4"), alone);
}

}  // namespace
}  // namespace entente
