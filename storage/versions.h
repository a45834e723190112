// Inside storage: which version of a node, an edge or a document a commit believed.
//
// The live version of a fact lies in its own family, those that have ended in `history`, the latest
// first. Asked for Node, Edge and DocumentHeader. Safe for many threads.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "schema/as_of.h"
#include "schema/fact.h"
#include "schema/result.h"
#include "storage/rows.h"

namespace entente {

// The fact that is stored as that number; Corruption if another is, or none can be read.
template <typename Fact>
Result<Fact> fact_from(std::string_view bytes, std::uint64_t id);

// The version that commit `at` believed: the live one if it is old enough, else the one that the
// next commit after `at` ended. Costs two lookups, however many versions there are.
template <typename Fact>
Result<std::optional<Fact>> version_at(const Rows& rows, std::uint64_t id, CommitId at);

// Every version that commit `at` believed, of the facts first <= id < end, by id. Of the versions that have
// ended one a fact is decoded, and of many of one fact most are stepped over: so the past costs by its
// facts and not by its versions.
template <typename Fact>
Status scan_versions(const Rows& rows, CommitId at, const std::function<bool(const Fact&)>& visit,
                     std::uint64_t first = 0, std::uint64_t end = ~std::uint64_t{0});

}  // namespace entente
