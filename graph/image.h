// Image: a snapshot as one file, mapped and used as it lies. IMAGE.md beside this page has the layout.
//
// A file is written aside, made durable and moved into place, so that there is the old one or the
// new one and a reader that has the old one mapped keeps it. Whoever writes seals it: the
// nanoseconds of its modification time are drawn from its checksum. What is touched later has lost
// the seal and is read to the end before it is trusted; what still has it is trusted at once, so
// that opening costs no more for a large graph than for a small one. No I/O beside this file's.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "graph/snapshot.h"
#include "schema/image_message.h"
#include "schema/result.h"

namespace entente {

// What an image is of, beside the snapshot itself.
struct ImageSource {
  std::string database;     // its id
  std::string commit_hash;  // of the snapshot's commit in its log
  std::string filter = {};  // as typed; empty: everything
};

struct ImageInfo {
  ImageSource source;
  AsOf as_of;
  std::string digest;          // of the question, 64 hexadecimal digits: question_digest()
  std::uint64_t checksum = 0;  // of the contents: the same graph gives the same everywhere
  std::uint64_t bytes = 0;
  std::uint32_t nodes = 0, edges = 0;
  bool sealed = false;
};

// Unavailable if the file cannot be written, and then nothing is left of it; LimitReached for a
// graph too large for the format. O(n + m).
Result<ImageInfo> write_image(const Snapshot& snapshot, const ImageSource& source,
                              const std::filesystem::path& file);

// A slice's admitted nodes and edges, as a snapshot of their own, as of `as_of`: what write_image
// takes to give a part away. O(n + m).
std::shared_ptr<const Snapshot> extracted(const class Slice& slice, const AsOf& as_of);

struct OpenImage {
  ImageInfo info;
  std::shared_ptr<const Snapshot> snapshot;
};
// NotFound: there is no such file. Corruption: cut, damaged, or no image; never a signal, unless
// another program shortens the file while it is mapped. Incompatible: a newer format. With the seal
// O(1) but for pages touched later; without it, or if `every_byte`, O(n + m).
Result<OpenImage> open_image(const std::filesystem::path& file, bool every_byte = false);

}  // namespace entente
