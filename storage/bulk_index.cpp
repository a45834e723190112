#include "storage/bulk_index.h"

namespace entente {
namespace {
// Big-endian numbers in a buffer on the stack: this runs for every row.
template <typename Number>
char* put_number(char* out, Number number) {
  for (int shift = int(sizeof number) * 8 - 8; shift >= 0; shift -= 8) *out++ = char(number >> shift);
  return out;
}
}  // namespace

Result<std::vector<SortedFile>> write_adjacency(const StoreState& store, const std::filesystem::path& folder,
                                                EdgeId first_edge,
                                                const std::vector<std::span<const AdjacencyRow>>& part,
                                                std::size_t number) {
  SortedFiles out(store, folder, ColumnFamily::Adjacency, std::to_string(number));
  for (Merge<AdjacencyRow> rows(part); !rows.done(); rows.pop()) {
    const AdjacencyRow& row = rows.front();
    char key[23];
    char* end = put_number(key, row.place >> 17);
    *end++ = char(row.place >> 16 & 1);
    end = put_number(end, std::uint16_t(row.place));
    end = put_number(end, std::uint32_t(row.when >> 32));
    put_number(end, first_edge.value + std::uint32_t(row.when));
    if (auto put = out.put({key, sizeof key}, {row.value, row.size}); !put) return put.error();
  }
  return out.finish();
}

Result<std::vector<SortedFile>> write_timeline(const StoreState& store, const std::filesystem::path& folder,
                                               EdgeId first_edge,
                                               const std::vector<SortedRun<TimelineRow>>& sorted) {
  std::vector<std::span<const TimelineRow>> runs;
  for (const auto& run : sorted) runs.push_back(run.records());
  SortedFiles out(store, folder, ColumnFamily::Timeline, "all");
  for (Merge<TimelineRow> rows(std::move(runs)); !rows.done(); rows.pop()) {
    const TimelineRow& row = rows.front();
    char key[12], value[4];
    put_number(put_number(key, std::uint32_t(row.when >> 32)), first_edge.value + std::uint32_t(row.when));
    put_number(value, row.latest_end);
    if (auto put = out.put({key, sizeof key}, {value, sizeof value}); !put) return put.error();
  }
  return out.finish();
}

}  // namespace entente
