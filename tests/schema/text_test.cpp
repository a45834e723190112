#include "schema/text.h"

#include <gtest/gtest.h>

#include "schema/digest.h"
#include "schema/name.h"

namespace entente {
namespace {
constexpr std::string_view kMixed = "a\u00e9\u2014\U0001F600z";  // 1, 2, 3, 4 and 1 bytes

TEST(Text, CountsCharactersNotBytes) {
  EXPECT_EQ(count_characters(kMixed), 5u);
  EXPECT_EQ(count_characters(""), 0u);
}

TEST(Text, MapsCharactersToBytesAndBack) {
  const CharacterMap map(kMixed);
  EXPECT_EQ(map.size(), 5u);
  const std::uint64_t bytes[] = {0, 1, 3, 6, 10, 11};
  for (std::uint64_t character = 0; character <= 5; ++character) {
    EXPECT_EQ(map.byte_of(character), bytes[character]);
    EXPECT_EQ(map.character_of(bytes[character]), character);
  }
  EXPECT_EQ(map.character_of(4), 2u);  // inside the dash
  EXPECT_EQ(CharacterMap("plain").byte_of(3), 3u);
}

TEST(Text, CutsByCharacters) {
  EXPECT_EQ(cut(kMixed, 1, 3), "\u00e9\u2014");
  EXPECT_EQ(cut(kMixed, 0, 5), kMixed);
  EXPECT_EQ(cut(kMixed, 5, 5), "");
  EXPECT_EQ(cut(kMixed, 2, 6), std::nullopt);
  EXPECT_EQ(cut(kMixed, 3, 2), std::nullopt);
}

TEST(Text, FindsTheFirstFaultInUtf8) {
  EXPECT_EQ(find_utf8_fault(kMixed), std::nullopt);
  EXPECT_EQ(find_utf8_fault("ab\xff"), 2u);
  EXPECT_EQ(find_utf8_fault("\xc0\xaf"), 0u);          // overlong
  EXPECT_EQ(find_utf8_fault("x\xed\xa0\x80"), 1u);     // surrogate
  EXPECT_EQ(find_utf8_fault("\xf4\x90\x80\x80"), 0u);  // beyond U+10FFFF
  EXPECT_EQ(find_utf8_fault("cut \xe2\x80"), 4u);
}

TEST(Name, FoldsWhatPeopleType) {
  EXPECT_EQ(fold_name("  The White  House "), "white house");
  EXPECT_EQ(fold_name("U.S."), "us");
  EXPECT_EQ(fold_name("U.S. Department of Justice"), "us department of justice");
  EXPECT_EQ(fold_name("People's Republic"), fold_name("People\u2019s Republic"));
  EXPECT_EQ(fold_name("Recep Tayyip Erdo\u011fan"), "recep tayyip erdogan");
  EXPECT_EQ(fold_name("1-boc-4-AP"), "1 boc 4 ap");
  EXPECT_EQ(fold_name("\u4e60\u8fd1\u5e73"), "xi jin ping");
  EXPECT_EQ(fold_name(""), "");
}

TEST(Name, IsAsFarFromAnotherAsEditsLeadToIt) {
  EXPECT_EQ(edit_distance("path", "path"), 0u);
  EXPECT_EQ(edit_distance("path", "pth"), 1u);
  EXPECT_EQ(edit_distance("tiem", "time"), 1u);  // neighbours exchanged
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
}

TEST(Digest, IsSha256) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace entente
