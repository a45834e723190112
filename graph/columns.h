// Columns: a snapshot's bytes, whoever keeps them: memory that a builder filled, or a mapped image.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "graph/view.h"
#include "schema/bound.h"
#include "schema/fact.h"
#include "schema/ids.h"
#include "schema/interval.h"

namespace entente {

class MappedFile;

// What an edge is, in 29 bits: type 16, negated 1, mode 2, truth 2, and for the bound of each end
// its kind 2 and precision 2. Of a known bound the period follows from the limits.
struct EdgeKind {
  std::uint32_t bits = 0;

  static EdgeKind of(EdgeTypeId type, Mode mode, bool negated, Truth truth, const Interval& valid) {
    const auto number = [](auto value) { return static_cast<std::uint32_t>(value); };
    return {number(type.value) | number(negated) << 16 | number(mode) << 17 | number(truth) << 19 |
            number(valid.from().kind()) << 21 | number(valid.from().precision()) << 23 |
            number(valid.to().kind()) << 25 | number(valid.to().precision()) << 27};
  }
  EdgeTypeId type() const { return {static_cast<std::uint16_t>(bits)}; }
  std::uint32_t mood() const { return bits >> 16 & 7; }  // mode and negation: below 8
  bool negated() const { return bits >> 16 & 1; }
  Mode mode() const { return static_cast<Mode>(bits >> 17 & 3); }
  Truth truth() const { return static_cast<Truth>(bits >> 19 & 3); }
  Bound::Kind from_kind() const { return static_cast<Bound::Kind>(bits >> 21 & 3); }
  Precision from_precision() const { return static_cast<Precision>(bits >> 23 & 3); }
  Bound::Kind to_kind() const { return static_cast<Bound::Kind>(bits >> 25 & 3); }
  Precision to_precision() const { return static_cast<Precision>(bits >> 27 & 3); }
  std::uint32_t type_and_mood() const { return bits & 0x7FFFF; }

  // Not in an image: the place is left, no row has it any more.
  bool left() const { return bits >> 31; }
  static EdgeKind of_left(EdgeKind kind) { return {kind.bits | 1u << 31}; }
};

// The four limits of an edge's valid time, each a place in the table of instants: earliest start,
// latest start, earliest end, latest end.
using Limits = std::array<std::uint16_t, 4>;
using WideLimits = std::array<std::uint32_t, 4>;  // when there are more than 65,536 instants

// What is borrowed here lives as long as `file` and `owner`. By node, by edge: see Snapshot; columns named
// `..._first` have one entry more, the end. Little-endian as all of our machines are.
struct Columns {
  std::span<const NodeId> node_ids;  // ascending
  std::span<const LabelId> labels, more_labels;
  std::span<const std::uint32_t> more_labels_first;
  std::span<const char> names;
  std::span<const std::uint64_t> names_first;
  std::span<const std::uint32_t> out_first, in_first;

  // By edge, in the order of (head, tail, id): the out-rows are `tails` itself.
  std::span<const NodeIndex> heads, tails;
  std::span<const NodeIndex> in_nodes;  // the in-rows, by (tail, head, id)
  std::span<const EdgeIndex> in_edges;
  std::span<const EdgeKind> kinds;
  std::span<const Limits> limits;  // one of these two is empty
  std::span<const WideLimits> wide_limits;
  std::span<const std::uint32_t> confidences;  // places in confidence_values
  std::span<const std::uint32_t> edge_ids;     // one of these two is empty
  std::span<const EdgeId> wide_edge_ids;       // when an id is beyond 32 bits
  std::span<const EdgeIndex> edges_by_id;

  std::span<const std::int32_t> instants;      // days since 1970 that a limit is, ascending
  std::span<const double> confidence_values;   // ascending

  // How many edges of a kind have begun, and have ended, by an instant: for each type and mood two
  // lists of (instant, edges until then), so that a day's edges are counted without a look at them.
  std::span<const std::uint32_t> count_kinds;  // EdgeKind::type_and_mood(), ascending
  std::span<const std::uint32_t> count_first;  // two lists a kind: earliest starts, latest ends
  std::span<const std::uint32_t> count_instants, count_sums;

  // Not in an image: where rows end. In flat columns each where the next begins; in layered ones
  // (graph/overlay.h) rows lie anywhere, places that they have left are no edges any more, and
  // values of confidence from ordered_confidences on are in no order.
  std::span<const std::uint32_t> out_end, in_end;
  bool is_layered = false;
  std::uint32_t left_edges = 0;
  std::uint32_t ordered_confidences = ~std::uint32_t{0};

  std::shared_ptr<const MappedFile> file;  // if they lie in one
  std::shared_ptr<const void> owner;       // else who keeps them

  std::uint32_t nodes() const { return static_cast<std::uint32_t>(node_ids.size()); }
  std::uint32_t edges() const { return static_cast<std::uint32_t>(heads.size()); }
  std::uint64_t bytes() const;

  // The first thing that does not fit together, for a person; empty if all does. Lengths alone,
  // O(1); or also every entry, after which no look-up can leave the columns, O(n + m).
  std::string_view wrong_lengths() const;
  std::string_view wrong_entries(const class Ontology& ontology) const;

  // Calls visit(name, span) for each, in the order of the file. The names are part of the format.
  template <typename Self, typename Visit>
  static void each(Self& self, Visit visit) {
    visit("node_ids", self.node_ids);
    visit("labels", self.labels);
    visit("more_labels", self.more_labels);
    visit("more_labels_first", self.more_labels_first);
    visit("names", self.names);
    visit("names_first", self.names_first);
    visit("out_first", self.out_first);
    visit("in_first", self.in_first);
    visit("heads", self.heads);
    visit("tails", self.tails);
    visit("in_nodes", self.in_nodes);
    visit("in_edges", self.in_edges);
    visit("kinds", self.kinds);
    visit("limits", self.limits);
    visit("wide_limits", self.wide_limits);
    visit("confidences", self.confidences);
    visit("edge_ids", self.edge_ids);
    visit("wide_edge_ids", self.wide_edge_ids);
    visit("edges_by_id", self.edges_by_id);
    visit("instants", self.instants);
    visit("confidence_values", self.confidence_values);
    visit("count_kinds", self.count_kinds);
    visit("count_first", self.count_first);
    visit("count_instants", self.count_instants);
    visit("count_sums", self.count_sums);
  }
};

}  // namespace entente
