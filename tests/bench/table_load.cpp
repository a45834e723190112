#include "tests/bench/table_load.h"

#include "tests/bench/measure.h"
#include "tools/exchange/edge_table.h"

namespace entente::bench {

TableOutcome load_table(Store& store, const TableSource& source) {
  using exchange::EdgeTable;
  const Ontology& ontology = store.ontology();
  exchange::EdgeTableOptions reading{must(exchange::ColumnMap::parse(source.columns)), {},
                                     *ontology.find_label("Government")};
  if (source.relations) reading.relations = must(exchange::RelationMap::read(*source.relations, ontology));
  auto reader = must(exchange::TableReader::open(must(exchange::ByteStream::open(source.file))));
  auto edges = must(EdgeTable::open(std::move(reader), std::move(reading), ontology));
  Document table;
  table.name = source.file.filename();
  BulkLoad load = must(BulkLoad::begin(store, table));
  TableOutcome outcome;
  BulkRow row;
  for (;;) {
    const auto next = must(edges.next());
    if (next.kind == EdgeTable::Kind::End) break;
    ++outcome.rows;
    outcome.left_out += next.kind == EdgeTable::Kind::LeftOut;
    outcome.refused += next.kind == EdgeTable::Kind::Refused;
    if (next.kind != EdgeTable::Kind::Edge) continue;
    const exchange::EdgeRow& edge = edges.row();
    row.row = edges.table().row();
    row.head = edge.head, row.tail = edge.tail;
    row.head_label = edge.head_label, row.tail_label = edge.tail_label;
    row.type = edge.type;
    row.valid = edge.valid;
    row.mode = edge.mode;
    row.confidence = edge.confidence;
    row.properties = edge.properties;
    const Status added = load.add(row);
    if (!added && added.error().code != Code::InvalidArgument) must(added);
    outcome.refused += !added;
  }
  const auto& stream = edges.table().stream();
  const BulkLoad::Source whole{stream.digest(), edges.table().row(), stream.bytes()};
  outcome.load = must(load.commit(whole, "bench", "load", Instant{std::chrono::microseconds(1'700'000'000'000'000)}));
  return outcome;
}

}  // namespace entente::bench
