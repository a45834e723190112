#include "schema/image_message.h"

#include <capnp/message.h>
#include <capnp/orphan.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include <array>
#include <bit>
#include <cstring>

#include "schema/digest.h"
#include "schema/snapshot.capnp.h"

namespace entente {
namespace {
constexpr std::size_t kMostBytes = (std::size_t{1} << 29) - 1;

std::int32_t number(Day day) { return static_cast<std::int32_t>(day.time_since_epoch().count()); }

std::string question_of(const ImageHead& head) {
  std::string text = "image 1\ndatabase " + head.database + "\nrecorded " +
                     std::to_string(head.as_of.recorded.value) + "\nvalid ";
  if (const auto& valid = head.as_of.valid)
    text += std::to_string(number(valid->from)) + " " + std::to_string(number(valid->to));
  return text + "\nfilter " + head.filter + "\n";
}

// Of everything that the head says.
std::uint64_t head_checksum(const ImageHead& head) {
  std::string text = question_of(head);
  const auto add = [&](std::string_view part) { text += std::to_string(part.size()) + ":", text += part; };
  add(head.commit_hash);
  add(head.ontology);
  for (const ImageColumn& column : head.columns) {
    add(column.name);
    text += std::to_string(column.width) + " " + std::to_string(column.bytes.size()) + " " +
            std::to_string(column.checksum) + "\n";
  }
  return checksum_of(std::as_bytes(std::span(text)));
}

template <typename Reader>
std::string_view view_of(const Reader& data) {
  return {reinterpret_cast<const char*>(data.begin()), data.size()};
}
}  // namespace

std::string question_digest(const ImageHead& head) { return hex(sha256(question_of(head))); }

std::uint64_t checksum_of(std::span<const std::byte> bytes) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;  // the golden ratio in 64 bits
  std::array<std::uint64_t, 8> lanes;
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = kOdd * (2 * i + 1);
  const auto mix = [](std::uint64_t lane, std::uint64_t word) {
    return std::rotl((lane ^ word) * kOdd, 29);
  };
  std::size_t at = 0;
  for (; at + 64 <= bytes.size(); at += 64) {
    std::array<std::uint64_t, 8> words;
    std::memcpy(words.data(), bytes.data() + at, 64);
    for (std::size_t i = 0; i < 8; ++i) lanes[i] = mix(lanes[i], words[i]);
  }
  std::array<std::uint64_t, 8> rest{};
  if (at < bytes.size()) std::memcpy(rest.data(), bytes.data() + at, bytes.size() - at);
  for (std::size_t i = 0; i < 8; ++i) lanes[i] = mix(lanes[i], rest[i]);
  std::uint64_t sum = bytes.size();
  for (const std::uint64_t lane : lanes) sum = mix(sum, lane);
  return sum ^ sum >> 32;
}

Status write_image_message(ImageHead& head,
                           const std::function<bool(std::span<const std::byte>)>& put) {
  for (ImageColumn& column : head.columns) {
    if (column.bytes.size() > kMostBytes)
      return Error{Code::LimitReached, "image: the column '" + column.name + "' would have more than 512 MiB"};
    column.checksum = checksum_of(column.bytes);
  }
  head.checksum = head_checksum(head);

  capnp::MallocMessageBuilder message;
  auto image = message.initRoot<capnp_schema::Image>();
  image.setFormat(kImageFormat);
  image.setDatabase(head.database);
  image.setRecorded(head.as_of.recorded.value);
  const auto data = [](std::string_view text) {
    return capnp::Data::Reader(reinterpret_cast<const kj::byte*>(text.data()), text.size());
  };
  image.setCommitHash(data(head.commit_hash));
  if (const auto& valid = head.as_of.valid) {
    image.setHasValid(true);
    image.setValidFrom(number(valid->from));
    image.setValidTo(number(valid->to));
  }
  image.setFilter(head.filter);
  image.setDigest(data(sha256(question_of(head))));
  image.setOntology(data(head.ontology));
  image.setChecksum(head.checksum);
  auto columns = image.initColumns(static_cast<unsigned>(head.columns.size()));
  for (unsigned i = 0; i < columns.size(); ++i) {
    const ImageColumn& column = head.columns[i];
    columns[i].setName(column.name);
    columns[i].setWidth(column.width);
    columns[i].setChecksum(column.checksum);
    if (!column.bytes.empty())
      columns[i].adoptBytes(message.getOrphanage().referenceExternalData(
          {reinterpret_cast<const kj::byte*>(column.bytes.data()), column.bytes.size()}));
  }

  // Stream framing: the number of segments less one, the words of each, then they themselves.
  const auto segments = message.getSegmentsForOutput();
  std::vector<std::uint32_t> table = {static_cast<std::uint32_t>(segments.size() - 1)};
  for (const auto& segment : segments) table.push_back(static_cast<std::uint32_t>(segment.size()));
  if (table.size() % 2 != 0) table.push_back(0);
  const bool all = [&] {
    if (!put(std::as_bytes(std::span(table)))) return false;
    for (const auto& segment : segments)
      if (!put({reinterpret_cast<const std::byte*>(segment.begin()), segment.size() * sizeof(capnp::word)}))
        return false;
    return true;
  }();
  if (!all) return Error{Code::Unavailable, "image: could not be written"};
  return kOk;
}

Result<ImageHead> read_image_message(std::span<const std::byte> bytes) {
  try {
    capnp::ReaderOptions options;
    options.traversalLimitInWords = ~std::uint64_t{0} / 16;  // the columns are looked at, not copied
    const kj::ArrayPtr<const capnp::word> words(reinterpret_cast<const capnp::word*>(bytes.data()),
                                                bytes.size() / sizeof(capnp::word));
    capnp::FlatArrayMessageReader message(words, options);
    if (message.getEnd() != words.end() || bytes.size() % sizeof(capnp::word) != 0)
      return Error{Code::Corruption, "image: there are bytes after its end"};
    const auto image = message.getRoot<capnp_schema::Image>();
    if (image.getFormat() > kImageFormat)
      return Error{Code::Incompatible, "image: made by a newer Entente (format " +
                                           std::to_string(image.getFormat()) + ")"};
    ImageHead head;
    head.database = std::string(view_of(image.getDatabase()));
    head.commit_hash = std::string(view_of(image.getCommitHash()));
    head.as_of.recorded = CommitId{image.getRecorded()};
    if (image.getHasValid())
      head.as_of.valid = DayRange{Day{std::chrono::days{image.getValidFrom()}},
                                  Day{std::chrono::days{image.getValidTo()}}};
    head.filter = std::string(view_of(image.getFilter()));
    head.ontology = std::string(view_of(image.getOntology()));
    for (const auto column : image.getColumns()) {
      const auto data = column.getBytes();
      head.columns.push_back({.name = std::string(view_of(column.getName())),
                              .width = column.getWidth(),
                              .bytes = {reinterpret_cast<const std::byte*>(data.begin()), data.size()},
                              .checksum = column.getChecksum()});
      if (head.columns.back().width == 0 || data.size() % head.columns.back().width != 0)
        return Error{Code::Corruption, "image: a column is not of whole entries"};
    }
    head.checksum = head_checksum(head);
    if (image.getFormat() == 0 || head.checksum != image.getChecksum() ||
        view_of(image.getDigest()) != sha256(question_of(head)))
      return Error{Code::Corruption, "image: what it says of itself is damaged"};
    return head;
  } catch (const kj::Exception& exception) {
    return Error{Code::Corruption, "image: cut short or no image at all"};
  }
}

}  // namespace entente
