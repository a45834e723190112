#include "graph/own_columns.h"

namespace entente {

Columns columns_over(const std::shared_ptr<OwnColumns>& own) {
  Columns columns;
  OwnColumns& from = *own;
  columns.node_ids = OwnColumns::put(from.node_ids);
  columns.labels = OwnColumns::put(from.labels);
  columns.more_labels = OwnColumns::put(from.more_labels);
  columns.more_labels_first = OwnColumns::put(from.more_labels_first);
  columns.names = OwnColumns::put(from.names);
  columns.names_first = OwnColumns::put(from.names_first);
  columns.out_first = OwnColumns::put(from.out_first);
  columns.in_first = OwnColumns::put(from.in_first);
  columns.heads = OwnColumns::put(from.heads);
  columns.tails = OwnColumns::put(from.tails);
  columns.in_nodes = OwnColumns::put(from.in_nodes);
  columns.in_edges = OwnColumns::put(from.in_edges);
  columns.kinds = OwnColumns::put(from.kinds);
  columns.limits = OwnColumns::put(from.limits);
  columns.wide_limits = OwnColumns::put(from.wide_limits);
  columns.confidences = OwnColumns::put(from.confidences);
  columns.edge_ids = OwnColumns::put(from.edge_ids);
  columns.wide_edge_ids = OwnColumns::put(from.wide_edge_ids);
  columns.edges_by_id = OwnColumns::put(from.edges_by_id);
  columns.instants = OwnColumns::put(from.instants);
  columns.confidence_values = OwnColumns::put(from.confidence_values);
  columns.count_kinds = OwnColumns::put(from.count_kinds);
  columns.count_first = OwnColumns::put(from.count_first);
  columns.count_instants = OwnColumns::put(from.count_instants);
  columns.count_sums = OwnColumns::put(from.count_sums);
  columns.owner = own;
  return columns;
}

}  // namespace entente
