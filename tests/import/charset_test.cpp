// Bytes become UTF-8 only by what they or their declaration say; what is damaged is refused.
#include "tools/import/input/charset.h"

#include <gtest/gtest.h>

#include "tools/import/language.h"

namespace entente {
namespace {

std::string read(std::string bytes, std::string_view declared = {}) {
  const auto decoded = decode("it", std::move(bytes), declared);
  return decoded ? decoded->text : "! " + decoded.error().message;
}

TEST(Charset, OfAByteOrderMarkGoesBeforeADeclaration) {
  EXPECT_EQ(read("\xEF\xBB\xBF" "caf\xC3\xA9", "windows-1252"), "caf\u00E9");
  EXPECT_EQ(read(std::string("\xFF\xFE" "c\0\xE9\0", 6)), "c\u00E9");
  EXPECT_EQ(read(std::string("\xFE\xFF" "\0c\0\xE9", 6)), "c\u00E9");
}

TEST(Charset, ThatIsDeclaredIsTaken) {
  EXPECT_EQ(read("caf\xE9 \x93quoted\x94", "iso-8859-1"), "caf\u00E9 \u201Cquoted\u201D");
  EXPECT_EQ(read("caf\xE9", "Latin1"), "caf\u00E9");
  EXPECT_EQ(read("\xD0\xCF", "koi8-r"), "\u043F\u043E");
  EXPECT_EQ(read("\x93\xFA\x96\x7B", "shift_jis"), "\u65E5\u672C");
}

TEST(Charset, ThatIsWronglyDeclaredIsOverruledByWhatTheBytesAre) {
  EXPECT_EQ(read("caf\xC3\xA9", "latin1"), "caf\u00E9");  // well-formed UTF-8 is no accident
  EXPECT_EQ(read("plain", "utf-16"), "plain");
}

TEST(Charset, ThatNobodyDeclaresIsFoundInALongText) {
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += "The minister said that the caf\xE9 on the corner is the best one in the old town, and "
            "that \x93nobody\x94 would ever doubt it. ";
  const auto decoded = decode("it", text);
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_TRUE(decoded->guessed);
  EXPECT_NE(decoded->text.find("caf\u00E9 on"), std::string::npos);
  EXPECT_NE(decoded->text.find("\u201Cnobody\u201D"), std::string::npos);
}

TEST(Charset, ThatIsMixedOrUnknownOrDamagedIsRefused) {
  EXPECT_NE(read("caf\xC3\xA9 and caf\xE9 again").find("mixes charsets"), std::string::npos);
  EXPECT_NE(read(std::string(500, ' ') + "China met \xFF Mexico in the caf\xE9.").find("no UTF-8"),
            std::string::npos);
  EXPECT_NE(read("abc\xFFz").find("byte 3"), std::string::npos);
  EXPECT_NE(read("caf\xE9", "utf-8").find("no UTF-8"), std::string::npos);
  EXPECT_NE(read("caf\xE9", "klingon").find("no charset is called 'klingon'"), std::string::npos);
  EXPECT_NE(read("\x81\x20", "shift_jis").find("no text in shift_jis"), std::string::npos);
  EXPECT_NE(read(std::string("a\0b", 3)).find("byte 1 is zero"), std::string::npos);
  EXPECT_NE(read(std::string("\xFF\xFE" "a\0\0\0", 6)).find("zero"), std::string::npos);
}

TEST(Language, OtherThanEnglishIsNamed) {
  EXPECT_NE(why_not_english("Der Minister sagte, dass die Gespr\u00E4che \u00FCber den Vertrag mit "
                            "der Regierung nicht zu einem Ergebnis gef\u00FChrt haben und dass sie "
                            "nach der Wahl wieder aufgenommen werden.")
                .find("German"),
            std::string::npos);
  EXPECT_NE(why_not_english("Le ministre a dit que les discussions sur le trait\u00E9 avec le "
                            "gouvernement ne sont pas termin\u00E9es, et que la r\u00E9union des "
                            "experts aura lieu dans une semaine au plus tard.")
                .find("French"),
            std::string::npos);
  EXPECT_NE(why_not_english("\u041C\u0438\u043D\u0438\u0441\u0442\u0440 \u0441\u043A\u0430\u0437\u0430\u043B "
                            "\u043D\u0430 \u043F\u0435\u0440\u0435\u0433\u043E\u0432\u043E\u0440\u0430\u0445")
                .find("Latin"),
            std::string::npos);
}

TEST(Language, IsNotDoubtedWhereThereIsTooLittleToTell) {
  for (const char* text : {"China controls norfentanyl.", "Xi Jinping, Wang Yi, Li Qiang", "",
                           "Mexico's Secretar\u00EDa de Relaciones Exteriores met the DEA.",
                           "The minister of the interior said that he would not."})
    EXPECT_EQ(why_not_english(text), "") << text;
}

}  // namespace
}  // namespace entente
