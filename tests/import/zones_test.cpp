// Zones: what is told, and what only stands around it. Marked in the text, never cut away.
#include "tools/import/zones.h"

#include <gtest/gtest.h>

#include "tools/import/dateline.h"
#include "tools/import/text.h"

namespace entente {
namespace {

TEST(Dateline, EndsAtItsDash) {
  const std::pair<const char*, const char*> cases[] = {
      {"GENEVA, May 3 (Agency) - China met Norway.", "GENEVA, May 3 (Agency) - "},
      {"MEXICO CITY \u2014 The cabinet met.", "MEXICO CITY \u2014 "},
      {"UNITED NATIONS, Sept. 12 -- The council voted.", "UNITED NATIONS, Sept. 12 -- "},
      {"Oslo (Agency) - Norway said so.", "Oslo (Agency) - "},
      {"WASHINGTON\u2014The White House said so.", "WASHINGTON\u2014"},
  };
  for (const auto& [line, dateline] : cases)
    EXPECT_EQ(std::string_view(line).substr(0, dateline_length(line)), dateline) << line;
}

TEST(Dateline, IsNotEveryDash) {
  for (const char* line :
       {"China \u2014 which was not asked \u2014 agreed.", "Oslo - a quiet town - met the news.",
        "NATO and the EU \u2014 allies of old \u2014 met.", "DEA - ", "\u2014 He said so.", "",
        "The DEA (founded in 1973) - an agency - met.", "GENEVA without a dash"})
    EXPECT_EQ(dateline_length(line), 0U) << line;
}

TEST(Zones, OfAPageGoBeforeTheRulesOfLines) {
  auto article = make_article("t", "A headline\n\nThe ministry in May.\n\nNorway met China in Oslo.\n");
  ASSERT_TRUE(article);
  article->marked = {{12, 32, Zone::Caption}};
  const auto rules = ZoneRules::load(ENTENTE_DATA_DIR "/lexicon");
  ASSERT_TRUE(rules);
  const Text text = read_text(*article, *rules, nullptr);
  ASSERT_EQ(text.sentences.size(), 3U);
  EXPECT_EQ(text.sentences[0].zone, Zone::Headline);
  EXPECT_EQ(text.sentences[1].zone, Zone::Caption);
  EXPECT_EQ(text.sentences[2].zone, Zone::Body);
}

TEST(Zones, OfADatelineIsASentenceOfItsOwn) {
  const auto article = make_article("t", "A headline\n\nOSLO, May 3 (Agency) - Norway met China.\n");
  ASSERT_TRUE(article);
  const auto rules = ZoneRules::load(ENTENTE_DATA_DIR "/lexicon");
  const Text text = read_text(*article, *rules, nullptr);
  ASSERT_EQ(text.sentences.size(), 3U);
  EXPECT_EQ(text.sentences[1].zone, Zone::Dateline);
  EXPECT_EQ(text.sentences[2].zone, Zone::Body);
  const auto& stored = article->document.text;
  EXPECT_EQ(stored.substr(text.sentences[2].begin, 6), "Norway");
  EXPECT_EQ(text.sentences[1].paragraph, text.sentences[2].paragraph);
}

}  // namespace
}  // namespace entente
