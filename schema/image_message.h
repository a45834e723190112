// An image's message: what it says of itself, and its columns as bytes. No I/O: the writer hands out
// pieces to be written one after the other, the reader looks into bytes that somebody else holds.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/as_of.h"
#include "schema/result.h"

namespace entente {

inline constexpr int kImageFormat = 1;

struct ImageColumn {
  std::string name;
  std::uint8_t width = 1;            // bytes of an entry
  std::span<const std::byte> bytes;  // borrowed; of the writer: readable and 0 up to a whole word
  std::uint64_t checksum = 0;
};

// Which graph it is, and what of it.
struct ImageHead {
  std::string database;     // its id
  std::string commit_hash;  // of as_of.recorded in its log
  AsOf as_of;
  std::string filter;       // as typed; empty: everything
  std::string ontology;     // Ontology::bytes()
  std::vector<ImageColumn> columns;
  std::uint64_t checksum = 0;  // of all of this; equal images have equal ones, on every machine
};

// SHA-256 of the question alone, as 64 hexadecimal digits: (database, valid, recorded, filter).
std::string question_digest(const ImageHead& head);

// 64 bits that change with every single bit and every word of `bytes`; not against forgers. Eight
// lanes, each x -> (x ^ word) * odd, rotated: for one word a one-to-one map, so a wrong word cannot
// come to the same. About 10 GB/s.
std::uint64_t checksum_of(std::span<const std::byte> bytes);

// Hands the file's bytes to `put` from first to last; stops when it returns false. Computes the
// checksums, also into `head`. LimitReached for a column of more than 512 MiB, which Cap'n Proto
// cannot say.
Status write_image_message(ImageHead& head,
                           const std::function<bool(std::span<const std::byte>)>& put);

// What the bytes say of themselves. The columns borrow the bytes; neither their checksums nor their
// entries were looked at, but the head's. Any bytes at all give a value, Corruption, or Incompatible
// for a newer format. `bytes` begins at a whole word. O(columns).
Result<ImageHead> read_image_message(std::span<const std::byte> bytes);

}  // namespace entente
