// Very many edges to bytes, one after the other: those that a table's rows become.
#pragma once
#include <memory>
#include <string_view>

#include "schema/fact.h"

namespace entente {

// For edges with one statement that cites a row, says what the edge says and has the edge's number.
// They may differ in id, head, type, tail, valid time, mode, negation, confidence, and the row; all
// else, so also the properties, is as in the first. The bytes are those of encode(edge), but the message is made once and
// only filled in anew. Not thread-safe.
class RowEncoder {
 public:
  explicit RowEncoder(const Edge& first);
  ~RowEncoder();
  RowEncoder(const RowEncoder&) = delete;
  RowEncoder& operator=(const RowEncoder&) = delete;

  // Its properties are not looked at. The bytes stay until the next call.
  std::string_view encode(const Edge& edge);

 private:
  struct Message;
  std::unique_ptr<Message> message_;
};

}  // namespace entente
