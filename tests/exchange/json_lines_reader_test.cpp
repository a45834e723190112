// JSON lines as rows: keys are columns, numbers are as they are written.
#include "tools/exchange/json_lines_reader.h"

#include <gtest/gtest.h>

#include "tests/support/table_file.h"

namespace entente::exchange {
namespace {

// Every row as `column=value` of what is not empty; faults as `! WHY`.
std::string rows_of(std::string_view bytes, const std::vector<std::string>& columns = {}) {
  const TableFile file(bytes);
  auto reader = JsonLinesReader::open(std::move(*ByteStream::open(file.path())), columns);
  if (!reader) return reader.error().message;
  std::string all;
  for (;;) {
    const auto row = reader->next();
    if (!row) {
      all += "! " + row.error().message + "\n";
      if (reader->is_lost()) return all;
      continue;
    }
    if (!*row) return all;
    for (std::size_t i = 0; i < (*row)->size(); ++i)
      if (!(**row)[i].empty()) all += reader->columns()[i] + "=" + std::string((**row)[i]) + ";";
    all += "\n";
  }
}

TEST(JsonLines, AreRowsWhoseKeysAreColumnsThatMayComeLater) {
  EXPECT_EQ(rows_of("{\"a\":\"x\",\"b\":\"y\"}\r\n\n{\"c\":\"z\",\"a\":\"w\"}"), "a=x;b=y;\na=w;c=z;\n");
  EXPECT_EQ(rows_of("\xEF\xBB\xBF{\"a\":\"x\"}\n", {"q"}), "a=x;\n");
  EXPECT_EQ(rows_of(""), "");
}

TEST(JsonLines, GiveNumbersAsTheyAreWrittenAndNeverWithAnExponent) {
  const std::pair<const char*, const char*> numbers[] = {
      {"0.5", "0.5"}, {"0.50", "0.50"}, {"12345678901234567890123", "12345678901234567890123"}, {"-0", "-0"},
      {"5E-1", "0.5"}, {"5e-1", "0.5"}, {"-2.50E1", "-25"}, {"1e3", "1000"}, {"1.25e+2", "125"}, {"1.5E-3", "0.0015"},
      {"0e9", "0"}, {"1e100", "1e100"}, {"1e-100", "1e-100"}};
  for (const auto& [written, read] : numbers)
    EXPECT_EQ(rows_of(std::string("{\"n\":") + written + "}"), std::string("n=") + read + ";\n");
}

TEST(JsonLines, GiveTruthAsWordsNullAsNothingAndWhatIsNestedAsJson) {
  EXPECT_EQ(rows_of("{\"a\":true,\"b\":false,\"c\":null,\"d\":[],\"e\":{\"f\":[1,\"\\u00e9\\n\",{\"g\":false}],\"h\":{}}}"),
            "a=true;b=false;d=[];e={\"f\":[1,\"\u00e9\\n\",{\"g\":false}],\"h\":{}};\n");
}

TEST(JsonLines, NameTheLineOfAFaultAndGoOn) {
  EXPECT_EQ(rows_of("{\"a\":1,\"a\":2}\n{\"a\":3}\n"), "! line 1: has the key 'a' twice\na=3;\n");
  EXPECT_EQ(rows_of("\n[1]\n{\"a\":3}\n"), "! line 2: is no object, at byte 1\na=3;\n");
  EXPECT_EQ(rows_of("{\"\":1}\n"), "! line 1: has a key without a name\n");
  for (const char* broken : {"{\"a\":1", "{\"a\":1} x", "{\"a\":\"\xff\"}", "{'a':1}", "{\"a\":nan}", "{\"a\":1E999999999999}", "7"}) {
    const std::string found = rows_of(std::string(broken) + "\n{\"a\":3}\n");
    EXPECT_EQ(found.find("! line 1: is no"), 0u) << broken << "\n" << found;
    EXPECT_NE(found.find("\na=3;\n"), std::string::npos) << broken << "\n" << found;
  }
  const std::string deep = rows_of("{\"a\":" + std::string(100'000, '[') + "}\n{\"a\":3}\n");
  EXPECT_NE(deep.find("a=3;"), std::string::npos);
}

TEST(JsonLines, AreNoOneLineWithoutEnd) {
  const std::string found = rows_of("{\"a\":\"" + std::string(17 << 20, 'x'));
  EXPECT_EQ(found, "! line 1: is longer than 16 MiB; JSON lines have one object a line\n");
}

}  // namespace
}  // namespace entente::exchange
