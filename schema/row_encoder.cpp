#include "schema/row_encoder.h"

#include <capnp/message.h>
#include <capnp/serialize-packed.h>
#include <kj/io.h>

#include <cassert>
#include <string>
#include <vector>

#include "schema/codec.h"
#include "schema/fact.capnp.h"

namespace entente {
namespace {
void fill(capnp_schema::Bound::Builder out, const Bound& bound) {
  const bool known = bound.is_known();
  out.setKind(std::uint8_t(bound.kind()));
  out.setPrecision(known ? std::uint8_t(bound.precision()) : 0);
  out.setDay(known ? std::int32_t(bound.period().from.time_since_epoch().count()) : 0);
}
}  // namespace

struct RowEncoder::Message {
  explicit Message(std::size_t words) : builder(unsigned(words)) {}

  capnp::MallocMessageBuilder builder;  // of one segment, as encode(edge) makes it
  capnp_schema::EdgeRecord::Builder edge = nullptr;
  capnp_schema::Bound::Builder from = nullptr, to = nullptr;
  capnp_schema::StatementRecord::Builder statement = nullptr;
  std::vector<kj::byte> packed;
  // Of a message so large that the plain encoder cuts it into segments: that does it, with these.
  Properties large;
  std::string plain;
};

// Parts are made in the order in which encode(edge) makes them: that is the order of the bytes.
RowEncoder::RowEncoder(const Edge& first) {
  assert(first.statements.size() == 1);
  // What it has beside the rows' own is taken from the message that the plain encoder makes.
  const std::string bytes = entente::encode(first);
  kj::ArrayInputStream packed({reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()});
  capnp::PackedMessageReader reader(packed);
  const auto plain = reader.getRoot<capnp_schema::EdgeRecord>();
  message_ = std::make_unique<Message>(plain.totalSize().wordCount + 64);
  Message& message = *message_;
  const Statement& statement = first.statements.front();
  message.edge = message.builder.initRoot<capnp_schema::EdgeRecord>();
  auto valid = message.edge.initValid();
  message.from = valid.initFrom();
  message.to = valid.initTo();
  if (reader.getSegment(1) != nullptr) message.large = first.properties;
  if (plain.hasProperties()) message.edge.setProperties(plain.getProperties());
  message.statement = message.edge.initStatements(1)[0];
  message.statement.setDocument(statement.evidence.document.value);
  message.statement.setSpeaker(statement.speaker.value);
  message.statement.setExtractor(statement.extractor);
  message.statement.setEnds(statement.ends);
  message.statement.setRows(statement.evidence.rows);
  message.edge.setSince(first.since.value);
  message.packed.resize(capnp::computeSerializedSizeInWords(message.builder) * 10 + 64);
}

RowEncoder::~RowEncoder() = default;

std::string_view RowEncoder::encode(const Edge& edge) {
  Message& message = *message_;
  if (!message.large.empty()) {
    Edge whole = edge;
    whole.properties = message.large;
    return message.plain = entente::encode(whole);
  }
  const Statement& statement = edge.statements.front();
  message.edge.setId(edge.id.value);
  message.edge.setHead(edge.head.value);
  message.edge.setType(edge.type.value);
  message.edge.setTail(edge.tail.value);
  fill(message.from, edge.valid.from());
  fill(message.to, edge.valid.to());
  message.edge.setMode(std::uint8_t(edge.mode));
  message.edge.setNegated(edge.negated);
  message.edge.setConfidence(edge.confidence);
  message.statement.setStart(statement.evidence.start);
  message.statement.setEnd(statement.evidence.end);
  kj::ArrayOutputStream stream({message.packed.data(), message.packed.size()});
  capnp::writePackedMessage(stream, message.builder);
  const auto bytes = stream.getArray();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

}  // namespace entente
