#include "tools/serve/compress.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

namespace entente::serve {
namespace {

TEST(Coding, IsWhatTheClientPrefers) {
  EXPECT_EQ(preferred_coding("gzip, deflate, br, zstd"), Coding::Zstd);
  EXPECT_EQ(preferred_coding("gzip"), Coding::Gzip);
  EXPECT_EQ(preferred_coding("zstd;q=0, gzip;q=0.5"), Coding::Gzip);
  EXPECT_EQ(preferred_coding("gzip;q=0.000"), Coding::Plain);
  EXPECT_EQ(preferred_coding("xgzip, *"), Coding::Plain);
  EXPECT_EQ(preferred_coding(""), Coding::Plain);
  EXPECT_TRUE(accepts("gzip, br", Coding::Brotli));
}

TEST(Coding, IsReadBackByTheirLibraries) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "China controls norfentanyl " + std::to_string(i) + "\n";
  std::string back(text.size(), '\0');

  const std::string zstd = compressed(text, Coding::Zstd);
  EXPECT_LT(zstd.size(), text.size() / 2);
  EXPECT_EQ(ZSTD_decompress(back.data(), back.size(), zstd.data(), zstd.size()), text.size());
  EXPECT_EQ(back, text);

  const std::string gzip = compressed(text, Coding::Gzip);
  EXPECT_LT(gzip.size(), text.size() / 2);
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  back.assign(text.size(), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  stream.avail_in = static_cast<uInt>(gzip.size());
  stream.next_out = reinterpret_cast<Bytef*>(back.data());
  stream.avail_out = static_cast<uInt>(back.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  inflateEnd(&stream);
  EXPECT_EQ(back, text);
  EXPECT_EQ(compressed(text, Coding::Plain), text);
}

}  // namespace
}  // namespace entente::serve
