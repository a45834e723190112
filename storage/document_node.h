// The node that stands for a document in the graph.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "schema/claim.h"
#include "schema/fact.h"
#include "schema/ontology.h"

namespace entente {

// Its id is that of `document.node`; it is called by the title, else the name, else the number.
// A bug if the ontology has no label Document.
Node node_of(const Document& document, const Ontology& ontology);

// What its properties say beside that, for those who read it.
inline constexpr std::string_view kAuthor = "author";
inline constexpr std::string_view kPages = "pages";  // of a file with pages: "0:1 1834:2", by character

// Notes both in the node's properties, as far as they are told.
void add_origin(Node& document_node, const std::string& author, const std::vector<PageMark>& pages);
std::string author_of(const Node& document_node);  // empty: not told
// The page on which that character stands; 0: not told. O(pages).
std::uint64_t page_of(const Node& document_node, std::uint64_t character);

}  // namespace entente
