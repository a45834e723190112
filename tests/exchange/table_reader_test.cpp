// CSV and TSV as RFC 4180 has them, packed or not, with the line of every fault.
#include "tools/exchange/table_reader.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>

#include "schema/digest.h"
#include "tests/support/table_file.h"

namespace entente::exchange {
namespace {

// Rows as `a|b;c|d`, or the error.
std::string rows_of(std::string_view bytes) {
  const TableFile file(bytes);
  auto stream = ByteStream::open(file.path());
  if (!stream) return stream.error().message;
  auto table = TableReader::open(std::move(*stream));
  if (!table) return table.error().message;
  std::string all;
  for (;;) {
    const auto row = table->next();
    if (!row) return row.error().message;
    if (!*row) return all;
    if (!all.empty()) all += ";";
    for (std::size_t i = 0; i < (*row)->size(); ++i) all += (i ? "|" : "") + std::string((**row)[i]);
  }
}

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = uInt(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = uInt(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstandard(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

TEST(Table, IsReadByTheRulesOfCsv) {
  EXPECT_EQ(rows_of("a,b\n1,2\n3,4\n"), "1|2;3|4");
  EXPECT_EQ(rows_of("a,b\r\n1,2\r\n3,4"), "1|2;3|4");
  EXPECT_EQ(rows_of("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n"), "x, y|he said \"no\"");
  EXPECT_EQ(rows_of("a,b\n\"two\nlines\",\r\n"), "two\nlines|");
  EXPECT_EQ(rows_of("a,b\n\"\",\"\"\"\"\r\n"), "|\"");
  EXPECT_EQ(rows_of("\xEF\xBB\xBF" "a\n1\n"), "1");
  EXPECT_EQ(rows_of("a,b\n"), "");
}

TEST(Table, WithTabsKnowsNoQuotes) {
  EXPECT_EQ(rows_of("a\tb\n\"x\t5\" tall, y\n"), "\"x|5\" tall, y");
}

TEST(Table, NamesTheLineOfAFault) {
  EXPECT_EQ(rows_of(""), "the file is empty; its first line must name the columns");
  EXPECT_EQ(rows_of("a,a\n"), "line 1: two columns are named 'a'");
  EXPECT_EQ(rows_of("a,b\n1,2\n3\n"), "line 3: has 1 fields where the header has 2");
  EXPECT_EQ(rows_of("a,b\n\"x\ny\",2\n3,4,5\n"), "line 4: has 3 fields where the header has 2");
  EXPECT_EQ(rows_of("a,b\n1,x\"y\n"), "line 2: a quote inside a field that does not start with one");
  EXPECT_EQ(rows_of("a,b\n\"x\"y,2\n"), "line 2: there is something after a closing quote");
  EXPECT_EQ(rows_of("a,b\n1,2\n\"x,2\n"), "line 3: a quote is not closed");
}

TEST(Table, MayBePackedAndIsTheSameThen) {
  std::string text = "name,number\n";
  for (int i = 0; i < 200'000; ++i) text += "\"row, " + std::to_string(i) + "\"\"\"," + std::to_string(i * 7) + "\n";
  const std::string plain = rows_of(text);
  EXPECT_EQ(std::count(plain.begin(), plain.end(), ';'), 199'999);
  EXPECT_TRUE(plain == rows_of(gzipped(text)));
  EXPECT_TRUE(plain == rows_of(zstandard(text)));
  EXPECT_TRUE(plain == rows_of(zstandard(text.substr(0, 1000)) + zstandard(text.substr(1000))));
  for (const std::string& packed : {gzipped(text), zstandard(text)}) {
    const TableFile file(packed);
    auto stream = ByteStream::open(file.path());
    while (!stream->next()->empty()) {
    }
    EXPECT_EQ(stream->digest(), sha256(text));
    EXPECT_EQ(stream->bytes(), text.size());
    EXPECT_NE(rows_of(packed.substr(0, packed.size() / 2)).find("damaged or cut short"), std::string::npos);
    std::string flipped = packed;
    flipped[packed.size() / 2] = char(flipped[packed.size() / 2] ^ 0x55);
    EXPECT_FALSE(plain == rows_of(flipped));
  }
}

}  // namespace
}  // namespace entente::exchange
