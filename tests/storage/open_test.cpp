#include <gtest/gtest.h>
#include <sys/wait.h>

#include <fstream>

#include "tests/support/store_fixture.h"

namespace entente {
namespace {
namespace fs = std::filesystem;
using StoreOpening = StoreTest;

Error refusal(const fs::path& path, Access access) {
  const auto opened = Store::open(path, access);
  EXPECT_FALSE(opened);
  return opened ? Error{Code::InvalidArgument, "it opened"} : opened.error();
}

void write_file(const fs::path& path, std::string_view text) { std::ofstream(path) << text; }

TEST_F(StoreOpening, TellsWhatIsWrongWithAPlace) {
  const fs::path& here = temporary.path();
  EXPECT_EQ(refusal(here / "nowhere", Access::Read).code, Code::NotFound);
  EXPECT_EQ(refusal(here / "nowhere", Access::Write).code, Code::NotFound);

  write_file(here / "file", "x");
  EXPECT_NE(refusal(here / "file", Access::Read).message.find("is a file"), std::string::npos);
  fs::create_directory(here / "other");
  write_file(here / "other" / "letter.txt", "dear");
  EXPECT_NE(refusal(here / "other", Access::Create).message.find("is not an Entente database"),
            std::string::npos);
  EXPECT_EQ(std::distance(fs::directory_iterator(here / "other"), fs::directory_iterator()), 1);
}

TEST_F(StoreOpening, RefusesANewerFormatAndChangesNothing) {
  store.reset();
  write_file(directory() / "ENTENTE", "entente database\nformat 9\nid x\nmore to come\n");
  const Error error = refusal(directory(), Access::Write);
  EXPECT_EQ(error.code, Code::Incompatible);
  EXPECT_NE(error.message.find("its format is 9, this program reads up to 2"), std::string::npos);
}

TEST_F(StoreOpening, RefusesAMarkOfAnotherDatabase) {
  store.reset();
  write_file(directory() / "ENTENTE",
             "entente database\nformat 2\nid 00000000000000000000000000000000\nstate ready\n");
  EXPECT_EQ(refusal(directory(), Access::Read).code, Code::Corruption);
  write_file(directory() / "ENTENTE", "rubbish");
  EXPECT_EQ(refusal(directory(), Access::Read).code, Code::Corruption);
}

TEST_F(StoreOpening, CallsAMissingFileByItsName) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  store.reset();
  fs::remove(directory() / "rocks" / "CURRENT");
  const Error error = refusal(directory(), Access::Create);
  EXPECT_EQ(error.code, Code::Corruption);
  EXPECT_NE(error.message.find("CURRENT"), std::string::npos);
}

TEST_F(StoreOpening, LetsOneProcessWriteAndOthersRead) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  const Error error = refusal(directory(), Access::Write);
  EXPECT_EQ(error.code, Code::Unavailable);
  EXPECT_NE(error.message.find("process " + std::to_string(::getpid())), std::string::npos);
  const auto reader = Store::open(directory(), Access::Read);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ((*reader)->begin_read().last_commit(), CommitId{1});
  EXPECT_EQ((*reader)->begin_write().error().code, Code::Unavailable);
}

TEST_F(StoreOpening, AReaderChangesNoFile) {
  import("a", "Ana: Person OWNS Acme: Company 2001/..");
  store.reset();
  const auto listing = [&] {
    std::string all;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(directory())) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
      all += path.string();
      if (fs::is_regular_file(path)) all += " " + std::to_string(fs::file_size(path));
      all += "\n";
    }
    return all;
  };
  const std::string before = listing();
  {
    const auto reader = Store::open(directory(), Access::Read);
    ASSERT_TRUE(reader);
    EXPECT_FALSE((*reader)->begin_read().find_name("Ana")->empty());
  }
  EXPECT_EQ(listing(), before);
}

TEST_F(StoreOpening, MakesADatabaseWhereACreationWasKilledBeforeItHadAName) {
  const fs::path place = temporary.path() / "begun";
  fs::create_directory(place);
  write_file(place / "ENTENTE.new", "entente data");
  EXPECT_TRUE(Store::open(place, Access::Create));
}

TEST_F(StoreOpening, FinishesACreationThatWasCutShort) {
  store.reset();
  std::ifstream file(directory() / "ENTENTE");
  std::string mark((std::istreambuf_iterator<char>(file)), {});
  mark.replace(mark.find("ready"), 5, "creating");
  write_file(directory() / "ENTENTE", mark);
  fs::remove(directory() / "rocks" / "CURRENT");
  EXPECT_EQ(refusal(directory(), Access::Read).code, Code::NotFound);
  reopen();
  EXPECT_EQ(import("a", "Ana: Person OWNS Acme: Company 2001/..").id, CommitId{1});
}

}  // namespace
}  // namespace entente
