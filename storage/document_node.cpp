#include "storage/document_node.h"

#include "schema/name.h"

namespace entente {
namespace {
constexpr std::size_t kLongestName = 1024;  // bytes
}

Node node_of(const Document& document, const Ontology& ontology) {
  Node node;
  node.id = document.node;
  node.label = *ontology.find_label("Document");
  node.name = fold_name(document.title).empty() ? document.name : document.title;
  if (fold_name(node.name).empty()) node.name = "document " + std::to_string(document.id.value);
  if (node.name.size() > kLongestName) node.name.resize(kLongestName);
  if (!fold_name(document.name).empty() && document.name != node.name)
    node.aliases.push_back(document.name);
  node.properties["document"] = std::int64_t(document.id.value);
  if (!document.publisher.empty()) node.properties["publisher"] = document.publisher;
  if (document.published.is_known()) node.properties["published"] = document.published;
  if (!document.url.empty()) node.properties["url"] = document.url;
  return node;
}

}  // namespace entente
