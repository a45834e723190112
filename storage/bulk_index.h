// Inside storage: sorted runs of a load's index entries, merged into sorted files.
#pragma once
#include <filesystem>
#include <span>
#include <vector>

#include "schema/result.h"
#include "storage/bulk_rows.h"
#include "storage/sorted_files.h"

namespace entente {

// Of one part of the key range, which no other part overlaps; `number` names its files.
Result<std::vector<SortedFile>> write_adjacency(const StoreState& store, const std::filesystem::path& folder,
                                                EdgeId first_edge,
                                                const std::vector<std::span<const AdjacencyRow>>& part,
                                                std::size_t number);
Result<std::vector<SortedFile>> write_timeline(const StoreState& store, const std::filesystem::path& folder,
                                               EdgeId first_edge,
                                               const std::vector<SortedRun<TimelineRow>>& runs);

}  // namespace entente
