#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tools/import/lexicon.h"
#include "tools/import/table.h"
#include "tools/import/text.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

class TableFile : public testing::Test {
 protected:
  TableFile()
      : folder_(fs::temp_directory_path() / ("entente-table-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~TableFile() override { fs::remove_all(folder_); }
  fs::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  fs::path folder_;
};

TEST_F(TableFile, FindsItsColumnsByName) {
  const auto table = Table::read(
      write("t.tsv", "# a comment\nname\tkind\naspirin\tdrug\n\nopium\t\n"), {"kind", "name"});
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows().size(), 2u);
  EXPECT_EQ(table->rows()[0][0], "drug");
  EXPECT_EQ(table->rows()[1][1], "opium");
  EXPECT_EQ(table->rows()[1].line, 5u);
}

TEST_F(TableFile, SaysWhichLineIsWrong) {
  const auto table = Table::read(write("u.tsv", "name\tkind\na\tb\nc\n"), {"name", "kind"});
  ASSERT_FALSE(table);
  EXPECT_NE(table.error().message.find("u.tsv:3"), std::string::npos) << table.error().message;
}

TEST_F(TableFile, NamesTheColumnThatIsMissing) {
  const auto table = Table::read(write("v.tsv", "name\na\n"), {"name", "kind"});
  ASSERT_FALSE(table);
  EXPECT_NE(table.error().message.find("'kind'"), std::string::npos);
}

const Lexicon& lexicon() {
  static const Result<Lexicon> kLexicon = Lexicon::load(ENTENTE_DATA_DIR "/lexicon");
  if (!kLexicon) throw std::runtime_error(kLexicon.error().message);
  return *kLexicon;
}

// The name that the words begin with, as "canonical (words)".
std::string found(std::string_view words) {
  std::vector<std::string> lower;
  const auto texts = name_words(words);
  for (std::string word : texts) {
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    lower.push_back(word);
  }
  std::vector<WordForm> forms;
  for (std::size_t i = 0; i < texts.size(); ++i) forms.push_back({texts[i], lower[i]});
  const auto match = lexicon().longest(forms, 0);
  if (match.length == 0) return "";
  return lexicon().entry(match.hits->front().entry).name + " (" + std::to_string(match.length) +
         ")";
}

TEST(Lexicon, TakesTheLongestName) {
  EXPECT_EQ(found("United States of America today"), "United States (4)");
  EXPECT_EQ(found("fentanyl precursors were"), "fentanyl precursors (2)");
}

TEST(Lexicon, MindsCapitals) {
  EXPECT_EQ(found("US officials"), "United States (1)");
  EXPECT_EQ(found("us all"), "");
  EXPECT_EQ(found("drug enforcement agency"), "");
  EXPECT_EQ(found("Drug Enforcement Agency"), "Drug Enforcement Administration (3)");
  EXPECT_EQ(found("Fentanyl kills"), "fentanyl (1)");
  EXPECT_EQ(found("Sinaloa cartel"), "Sinaloa Cartel (2)");
}
}  // namespace
}  // namespace entente
