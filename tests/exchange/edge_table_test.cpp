// A table of somebody else's events, read as edges.
#include "tools/exchange/edge_table.h"

#include <gtest/gtest.h>

#include "tests/support/table_file.h"

namespace entente::exchange {
namespace {

// `HEAD TYPE TAIL EDTF mode confidence`, one a line; `-` for one left out, `! WHY` for a refused one.
std::string edges_of(std::string_view bytes, std::string_view map, bool cameo = false) {
  const Ontology& ontology = Ontology::builtin();
  const TableFile file(bytes);
  auto columns = ColumnMap::parse(map);
  if (!columns) return columns.error().message;
  EdgeTableOptions options{*columns, {}, *ontology.find_label("Organization")};
  if (cameo) {
    auto relations = RelationMap::read(ENTENTE_LEXICON "/cameo.tsv", ontology);
    if (!relations) return relations.error().message;
    options.relations = std::move(*relations);
  }
  auto reader = TableReader::open(std::move(*ByteStream::open(file.path())));
  auto table = EdgeTable::open(std::move(*reader), options, ontology);
  if (!table) return table.error().message;
  std::string all;
  for (;;) {
    const auto next = table->next();
    if (!next) return all + next.error().message;
    if (next->kind == EdgeTable::Kind::End) return all;
    if (next->kind == EdgeTable::Kind::LeftOut) all += "-\n";
    if (next->kind == EdgeTable::Kind::Refused) all += "! " + next->why + "\n";
    if (next->kind != EdgeTable::Kind::Edge) continue;
    const EdgeRow& row = table->row();
    all += std::string(row.head) + " " + ontology.type(row.type).name + " " + std::string(row.tail) + " " +
           row.valid.edtf() + " " + std::string(name_of(row.mode)) + " " + text_of(Value(row.confidence)) + "\n";
  }
}

TEST(EdgeTable, TakesColumnsByTheirNames) {
  EXPECT_EQ(edges_of("when,who,what,whom,sure,mood,until\n"
                     "2018-01-02,Ana,OWNS,Acme,0.5,planned,..\n"
                     "2018-01,Bo,consult,Cy,,,2018-02\n",
                     "head=who,tail=whom,type=what,from=when,to=until,confidence=sure,mode=mood"),
            "Ana OWNS Acme 2018-01-02/.. planned 0.5\n"
            "Bo CONSULT Cy 2018-01/2018-02 actual 1\n");
}

TEST(EdgeTable, EndsAHappeningOnItsDayAndLeavesTheEndOfAStateUnknown) {
  EXPECT_EQ(edges_of("a\tb\tt\td\nAna\tBo\tACCUSE\t2018-01-25T00:15\nAna\tBo\tOWNS\t2018\n", "head=a,tail=b,type=t,from=d"),
            "Ana ACCUSE Bo 2018-01-25 actual 1\nAna OWNS Bo 2018/ actual 1\n");
}

TEST(EdgeTable, ReadsCameoNamesAndCodes) {
  EXPECT_EQ(edges_of("s\tr\to\nA\tMake a visit\tB\nA\t0311\tB\nA\t0872\tB\nA\t010\tB\nA\tMake statement\tB\n"
                     "A\tArrest, detain, or charge with legal action\tB\nA\t193\tB\n",
                     "head=s,tail=o,type=r", true),
            "A CONSULT B  actual 1\nA AGREE B  actual 1\nA RETREAT B  actual 1\n-\n-\nA COERCE B  actual 1\n"
            "A ASSAULT B  actual 1\n");
}

TEST(EdgeTable, NamesWhatIsWrongAndGoesOn) {
  const std::string found = edges_of("s,r,o,d,c\nA,CONSULT,B,2018-13,1\nA,BEFRIEND,B,2018,1\nA,CONSULT,B,2018,2\nA,CONSULT,B,2018,1\n",
                                     "head=s,tail=o,type=r,from=d,confidence=c");
  EXPECT_EQ(found.find("! line 2: 2018-13 is not a day of the calendar\n! line 3: "), 0u) << found;
  EXPECT_NE(found.find("! line 4: a confidence lies in (0, 1], not '2'\nA CONSULT B 2018 actual 1\n"), std::string::npos) << found;
}

// `HEAD TYPE TAIL {properties}` of each row.
std::string with_properties(std::string_view bytes, std::string_view map, std::string_view type = {}) {
  const Ontology& ontology = Ontology::builtin();
  const TableFile file(bytes);
  EdgeTableOptions options{*ColumnMap::parse(map), {}, *ontology.find_label("Company")};
  if (!type.empty()) options.type = *ontology.find_type(type);
  options.other_columns = true;
  auto rows = RowReader::open(std::move(*ByteStream::open(file.path())), options.columns.column_names());
  auto table = EdgeTable::open(std::move(*rows), options, ontology);
  if (!table) return table.error().message;
  std::string all;
  for (;;) {
    const auto next = table->next();
    if (!next) return all + next.error().message;
    if (next->kind == EdgeTable::Kind::End) return all;
    if (next->kind == EdgeTable::Kind::Refused) all += "! " + next->why + "\n";
    if (next->kind != EdgeTable::Kind::Edge) continue;
    all += std::string(table->row().head) + " " + ontology.type(table->row().type).name + " " + std::string(table->row().tail) + " {";
    for (const auto& [name, value] : *table->row().properties) all += " " + name + "=" + text_of(value);
    all += " }\n";
  }
}

TEST(EdgeTable, KeepsOtherColumnsAsTheyAreWritten) {
  EXPECT_EQ(with_properties("a,b,t,share,note\nAna,Bo,OWNS,0.50,\nAna,Cy,consult,,\"x, y\"\n", "head=a,tail=b,type=t"),
            "Ana OWNS Bo { share=0.50 }\nAna CONSULT Cy { note=x, y relation=consult }\n");
  EXPECT_EQ(with_properties("a,b,share\nAna,Bo,\xff\nAna,Cy,1\n", "head=a,tail=b", "OWNS"),
            "! line 2: column 'share' is not UTF-8\nAna OWNS Cy { share=1 }\n");
}

TEST(EdgeTable, TakesOneTypeForAllRowsOrAColumnButNotBoth) {
  EXPECT_EQ(with_properties("a,b\nAna,Bo\n", "head=a,tail=b", "OWNS"), "Ana OWNS Bo { }\n");
  EXPECT_EQ(with_properties("a,b\n", "head=a,tail=b"), "the map lacks 'type'; write type=COLUMN, or give one type for all rows");
  EXPECT_NE(with_properties("a,b,t\n", "head=a,tail=b,type=t", "OWNS").find("leave one out"), std::string::npos);
}

TEST(EdgeTable, RefusesARowOfTheWrongWidthAndGoesOn) {
  EXPECT_EQ(with_properties("a,b\nAna\nAna,Bo\n", "head=a,tail=b", "OWNS"),
            "! line 2: has 1 fields where the header has 2\nAna OWNS Bo { }\n");
  EXPECT_EQ(with_properties("a,b\nAna,\"Bo\n", "head=a,tail=b", "OWNS"), "line 2: a quote is not closed");
}

TEST(EdgeTable, ReadsJsonLinesWhoseKeysAreColumns) {
  EXPECT_EQ(with_properties("{\"a\": \"Ana\", \"b\": \"Bo\", \"share\": 5E-1}\n\n"
                            "{\"b\": \"Cy\", \"a\": \"Ana\", \"by\": [\"x\", 1.50, {\"k\": null}], \"ok\": true}\n"
                            "{\"b\": \"Dan\"}\nnothing\n{\"a\": \"Ana\", \"b\": \"Eve\"}",
                            "head=a,tail=b", "OWNS"),
            "Ana OWNS Bo { share=0.5 }\n"
            "Ana OWNS Cy { by=[\"x\",1.50,{\"k\":null}] ok=true }\n"
            " OWNS Dan { }\n"
            "! line 5: is no JSON object: syntax error, at byte 1\n"
            "Ana OWNS Eve { }\n");
}

TEST(EdgeTable, RefusesAMapThatItCannotFollow) {
  EXPECT_EQ(edges_of("s,r\n", "head=s,tail=o,type=r"), "there is no column 'o'; there are s, r");
  EXPECT_EQ(edges_of("s,r\n", "head=s,type=r"), "the map lacks 'tail'; write head=COLUMN,tail=COLUMN,type=COLUMN,from=COLUMN");
  EXPECT_EQ(edges_of("s,r\n", "head=s,tail=r,type=r,colour=r"),
            "a map has no part 'colour'; it has head, tail, type, from, to, mode, confidence, head_label, tail_label");
}

}  // namespace
}  // namespace entente::exchange
