#include "tools/answer/compare.h"

namespace entente {
namespace {

// What the commits after `first`, up to `last`, did, in their order.
Result<std::vector<Act>> acts_between(const ReadTransaction& read, CommitId first, CommitId last) {
  std::vector<std::vector<Act>> by_commit;
  const auto scanned = read.scan_log([&](const LogEntry& entry) {
    if (entry.commit.id <= first) return false;
    by_commit.push_back(entry.acts);
    return true;
  }, last);
  if (!scanned) return scanned.error();
  std::vector<Act> acts;
  for (auto commit = by_commit.rbegin(); commit != by_commit.rend(); ++commit)
    acts.insert(acts.end(), commit->begin(), commit->end());
  return acts;
}
}  // namespace

Result<std::optional<DayRange>> window_or_any(std::string_view text, std::string_view option) {
  if (text.empty()) return std::optional<DayRange>();
  const auto window = parse_window(text);
  if (!window) return window.error().within(std::string(option));
  return std::optional(*window);
}

Result<Comparison> compare(Session& first, Session& second, const std::optional<DayRange>& then,
                           const std::optional<DayRange>& now, const Where& where) {
  if (first.commit() > second.commit())
    return Error{Code::InvalidArgument, "the first recorded time is later than the second"};
  const auto acts = acts_between(second.read(), first.commit(), second.commit());
  if (!acts) return acts.error();
  const auto old = first.slice(where), current = second.slice(where);
  if (!old) return old.error();
  if (!current) return current.error();
  const auto at = [](const Slice& slice, const std::optional<DayRange>& window) {
    return Slice(slice, {.valid = window, .include_evidence = true, .include_negated = true});
  };
  Comparison found{at(*old, then), at(*current, then), at(*current, now), {}};
  found.diff = diff(found.sides(), *acts);
  return found;
}

}  // namespace entente
