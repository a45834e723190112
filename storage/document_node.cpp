#include "storage/document_node.h"

#include <charconv>

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

void add_origin(Node& document_node, const std::string& author, const std::vector<PageMark>& pages) {
  if (!author.empty()) document_node.properties[std::string(kAuthor)] = author.substr(0, kLongestName);
  std::string text;
  for (const PageMark& mark : pages)
    text += (text.empty() ? "" : " ") + std::to_string(mark.at) + ":" + std::to_string(mark.page);
  if (!text.empty()) document_node.properties[std::string(kPages)] = text;
}

namespace {
const std::string* text_property(const Node& node, std::string_view name) {
  const auto found = node.properties.find(std::string(name));
  return found == node.properties.end() ? nullptr : std::get_if<std::string>(&found->second);
}
}  // namespace

std::string author_of(const Node& document_node) {
  const std::string* author = text_property(document_node, kAuthor);
  return author ? *author : "";
}

std::uint64_t page_of(const Node& document_node, std::uint64_t character) {
  const std::string* text = text_property(document_node, kPages);
  std::uint64_t page = 0;
  if (!text) return page;
  const char *at = text->data(), *const end = at + text->size();
  while (at < end) {
    std::uint64_t from = 0, number = 0;
    const auto first = std::from_chars(at, end, from);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != ':' || from > character) return page;
    const auto second = std::from_chars(first.ptr + 1, end, number);
    if (second.ec != std::errc()) return page;
    page = number;
    at = second.ptr + 1;
  }
  return page;
}

}  // namespace entente
