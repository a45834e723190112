// All facts of a store as canonical text, to compare two states of it: everything but the numbers
// of the commits that made the present versions.
#pragma once
#include <gtest/gtest.h>

#include <string>

#include "schema/digest.h"
#include "storage/store.h"

namespace entente {

inline std::string text_of(const Properties& properties) {
  std::string text = "{";
  for (const auto& [name, value] : properties) text += name + "=" + text_of(value) + ";";
  return text + "}";
}

inline std::string text_of(const Statement& statement) {
  return "    " + std::to_string(statement.id.value) + " document " +
         std::to_string(statement.evidence.document.value) + " " + std::to_string(statement.evidence.start) +
         "-" + std::to_string(statement.evidence.end) + " by " + std::to_string(statement.speaker.value) +
         " " + statement.valid.edtf() + " '" + statement.time_phrase + "' " +
         text_of(Value(statement.confidence)) + " " + statement.extractor + " since " +
         std::to_string(statement.since.value) + (statement.ends ? " ends" : "") + "\n";
}

inline std::string export_text(const ReadTransaction& read, CommitId at = kLatest) {
  std::string text;
  const auto nodes = read.scan_nodes(at, [&](const Node& node) {
    text += "node " + std::to_string(node.id.value) + " " + std::to_string(node.label.value);
    for (const LabelId label : node.more_labels) text += "," + std::to_string(label.value);
    text += " " + node.name;
    for (const std::string& alias : node.aliases) text += " | " + alias;
    for (const NodeId id : node.absorbed) text += " + " + std::to_string(id.value);
    text += " " + text_of(node.properties) + "\n";
    return true;
  });
  EXPECT_TRUE(nodes);
  const auto edges = read.scan_edges(at, [&](const Edge& edge) {
    text += "edge " + std::to_string(edge.id.value) + " " + std::to_string(edge.head.value) + " " +
            std::to_string(edge.type.value) + " " + std::to_string(edge.tail.value) + " " +
            edge.valid.edtf() + " " + std::string(name_of(edge.mode)) + (edge.negated ? " not " : " ") +
            text_of(Value(edge.confidence)) + " " + text_of(edge.properties) + "\n";
    for (const Statement& statement : edge.statements) text += text_of(statement);
    return true;
  });
  EXPECT_TRUE(edges);
  const auto documents = read.scan_documents(at, [&](const Document& document) {
    text += "document " + std::to_string(document.id.value) + " node " + std::to_string(document.node.value) +
            " " + document.name + " " + hex(document.digest) + "\n";
    return true;
  });
  EXPECT_TRUE(documents);
  return text;
}

}  // namespace entente
