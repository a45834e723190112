#include "storage/check_index.h"

#include <map>
#include <set>

#include "schema/digest.h"
#include "storage/search_index.h"

namespace entente {
namespace {
constexpr ColumnFamily kIndexes[] = {ColumnFamily::Adjacency, ColumnFamily::Names,     ColumnFamily::Timeline,
                                     ColumnFamily::Digests,   ColumnFamily::Citations, ColumnFamily::Speakers,
                                     ColumnFamily::Meta,      ColumnFamily::Search};

// Rows as facts want them. Of meta only the idempotency keys are entries of facts; postings stand one
// by one or in blocks.
Status scan(const Rows& rows, ColumnFamily family, const Rows::Visitor& visit) {
  if (family == ColumnFamily::Search) return scan_search(rows, visit);
  return rows.scan(family, family == ColumnFamily::Meta ? meta::kIdempotency : "", visit);
}

// Sebastiano Vigna's splitmix64, as a mixer.
std::uint64_t mixed(std::uint64_t bits) {
  bits += 0x9E3779B97F4A7C15u;
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
  return bits ^ bits >> 31;
}
}  // namespace

IndexRecount::IndexRecount() {
  for (Sums* sums : {&wanted_, &there_})
    for (const ColumnFamily family : kIndexes) (*sums)[std::size_t(family)].resize(kBuckets);
}

std::size_t IndexRecount::bucket_of(std::string_view key) {
  return mixed(std::hash<std::string_view>{}(key)) % kBuckets;
}

void IndexRecount::add(Sums& sums, ColumnFamily family, std::string_view key, std::string_view value) {
  const std::uint64_t a = std::hash<std::string_view>{}(key), b = std::hash<std::string_view>{}(value);
  Sum& sum = sums[std::size_t(family)].at(bucket_of(key));
  sum.first += mixed(a ^ mixed(b));
  sum.second += mixed(b ^ mixed(~a));
  ++sum.count;
}

Status IndexRecount::compare(const Rows& rows, const std::function<Status(const Visit&)>& wanted_again,
                             const Fault& fault) {
  for (const ColumnFamily family : kIndexes) {
    if (family == left_out_) {
      wanted_[std::size_t(family)] = there_[std::size_t(family)];
      continue;
    }
    auto scanned = scan(rows, family, [&](std::string_view key, std::string_view value) {
      ++entries_;
      add(there_, family, key, value);
      return true;
    });
    if (!scanned) return scanned;
  }
  if (wanted_ == there_) return kOk;
  return explain(rows, wanted_again, fault);
}

Status IndexRecount::explain(const Rows& rows, const std::function<Status(const Visit&)>& wanted_again,
                             const Fault& fault) {
  std::array<std::set<std::size_t>, kColumnFamilies> differing;
  std::array<std::map<std::string, std::string>, kColumnFamilies> wanted;
  std::size_t compared = 0;
  for (const ColumnFamily family : kIndexes)
    for (std::size_t bucket = 0; bucket < kBuckets && compared < kMostCompared; ++bucket)
      if (wanted_[std::size_t(family)][bucket] != there_[std::size_t(family)][bucket])
        differing[std::size_t(family)].insert(bucket), ++compared;

  const auto differs = [&](ColumnFamily family, std::string_view key) {
    return differing[std::size_t(family)].contains(bucket_of(key));
  };
  auto asked = wanted_again([&](const IndexEntry& entry, const std::string& which) {
    if (!differs(entry.family, entry.key)) return;
    const auto [place, fresh] = wanted[std::size_t(entry.family)].emplace(entry.key, entry.value);
    if (!fresh) fault(which + " wants another's entry in " + std::string(name_of(entry.family)));
  });
  if (!asked) return asked;
  for (const ColumnFamily family : kIndexes) {
    auto& expected = wanted[std::size_t(family)];
    const std::string name(name_of(family));
    auto scanned = scan(rows, family, [&](std::string_view key, std::string_view value) {
      if (!differs(family, key)) return true;
      const auto entry = expected.find(std::string(key));
      if (entry == expected.end()) {
        fault(name + " has an entry without a fact: " + hex(key));
      } else {
        if (entry->second != value)
          fault(name + " has an entry that says something else than its fact: " + hex(key));
        expected.erase(entry);
      }
      return true;
    });
    if (!scanned) return scanned;
    for (const auto& [key, value] : expected) fault(name + " lacks an entry of a fact: " + hex(key));
  }
  return kOk;
}

}  // namespace entente
