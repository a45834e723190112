// The quick way from rows to bytes gives what the plain one gives.
#include "schema/row_encoder.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "schema/codec.h"
#include "schema/digest.h"

namespace entente {
namespace {

TEST(RowEncoder, GivesTheBytesOfThePlainEncoderWhateverCameBefore) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const Interval times[] = {*Interval::parse("2018-01-02"), *Interval::parse("2017-05/.."), *Interval::parse("/2019"),
                            *Interval::parse("../2020-02-03"), Interval(), *Interval::parse("2018-04/2019-W05"),
                            *Interval::parse("1969-12-31/1970-01-01")};
  const auto number = [&] { return random() >> random() % 64; };
  const Properties sets[] = {
      {},
      {{"relation", std::string("Make a visit")}},
      {{"a", true}, {"b", std::int64_t{-7}}, {"c", 0.25}, {"d", std::string("")}, {"e", *Bound::parse("2018-04")},
       {"f", std::vector<std::string>{"x", "", "a longer one"}}, {"g", std::string(20'000, 'g')}}};
  for (int set = 0; set < 9; ++set) {
    const char* const extractor = std::array{"table/1", "", "a reader of tables whose name is rather long"}[std::size_t(set) / 3];
    Edge edge;
    edge.properties = sets[set % 3];
    edge.since = CommitId{number()};
    Statement& statement = edge.statements.emplace_back();
    statement.extractor = extractor;
    statement.since = edge.since;
    statement.evidence = {DocumentId{number()}, 1, 2, true};
    RowEncoder encoder(edge);
    for (int i = 0; i < 1000; ++i) {
      edge.id = EdgeId{number()}, statement.id = StatementId{edge.id.value};
      edge.head = NodeId{number()}, edge.tail = NodeId{number()};
      edge.type = EdgeTypeId{std::uint16_t(number())};
      edge.valid = statement.valid = times[random() % std::size(times)];
      edge.mode = Mode(random() % kModes);
      edge.negated = random() % 2;
      edge.confidence = statement.confidence = double(random() % 1000 + 1) / 1000;
      statement.evidence.start = number(), statement.evidence.end = statement.evidence.start + 1;
      ASSERT_EQ(hex(encoder.encode(edge)), hex(encode(edge))) << edge.valid.edtf();
    }
  }
}

}  // namespace
}  // namespace entente
