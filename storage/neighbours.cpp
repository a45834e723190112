#include <cassert>

#include "storage/index.h"
#include "storage/key.h"
#include "storage/read.h"
#include "storage/transaction_state.h"

namespace entente {
namespace {
// To seek costs about as much as so many steps.
constexpr int kBearableSteps = 24;

constexpr std::size_t kUpToType = 8 + 1 + 2;  // node, direction, type

// The first key that begins with none of what `prefix` begins; empty if there is none.
std::string after_all(std::string_view prefix) {
  std::string next(prefix);
  while (!next.empty() && next.back() == '\xff') next.pop_back();
  if (!next.empty()) ++next.back();
  return next;
}
}  // namespace

Status ReadTransaction::scan_neighbours(NodeId node, const NeighbourFilter& filter,
                                        const NeighbourVisitor& visit) const {
  assert(!filter.type || filter.outgoing);
  std::string prefix = key::of(node);
  if (filter.outgoing) prefix += char(*filter.outgoing ? key::Direction::Out : key::Direction::In);
  if (filter.type) key::put_u16(prefix, filter.type->value);
  const auto damaged = [&] {
    return Error{Code::Corruption, "the adjacency of node " + std::to_string(node.value) + " is damaged"};
  };
  int too_late = 0;  // rows of one type in a row that begin after the window
  RowCursor rows(state_->rows, ColumnFamily::Adjacency);
  rows.seek(prefix);
  while (rows.within(prefix)) {
    const auto parts = key::adjacency(rows.key());
    if (!parts) return damaged();
    if (filter.valid && parts->earliest_start >= filter.valid->to) {
      // So do all that follow of that direction and type.
      if (++too_late < kBearableSteps) {
        rows.next();
        continue;
      }
      const std::string next = after_all(rows.key().substr(0, kUpToType));
      if (filter.type || next.empty()) return kOk;
      rows.seek(next);
      too_late = 0;
      continue;
    }
    too_late = 0;
    const auto value = decode_adjacency_value(parts->earliest_start, rows.value());
    if (!value) return damaged();
    const bool wanted = !filter.valid || value->valid.meets(*filter.valid) != Truth::No;
    if (wanted && !visit({parts->edge, parts->type, value->other, parts->direction == key::Direction::Out,
                          value->valid, value->mode, value->negated}))
      return kOk;
    rows.next();
  }
  return rows.status();
}

Result<std::vector<Neighbour>> ReadTransaction::neighbours(NodeId node) const {
  std::vector<Neighbour> found;
  auto scanned = scan_neighbours(node, {}, [&](const Neighbour& neighbour) {
    found.push_back(neighbour);
    return true;
  });
  if (!scanned) return scanned.error();
  return found;
}

}  // namespace entente
