// Gumbo's tree, as the readers of a page ask it.
#pragma once
#include <gumbo.h>

#include <string>
#include <string_view>

namespace entente {

inline bool is_element(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

// The element's tag, or GUMBO_TAG_UNKNOWN of what is no element.
inline GumboTag tag_of(const GumboNode* node) {
  return is_element(node) ? node->v.element.tag : GUMBO_TAG_UNKNOWN;
}

// The value of an attribute, empty if there is none.
std::string_view attribute(const GumboNode* node, const char* name);
bool has_attribute(const GumboNode* node, const char* name);

// All text below a node, blanks collapsed; at most `limit` bytes. Does not recurse.
std::string text_below(const GumboNode* node, std::size_t limit = 4096);

// Visits every element in the order of the page without recursion. `enter` returns whether its
// children are wanted too.
template <typename Enter>
void visit(const GumboNode* root, Enter enter);

// The node after `node` in the order of the page within `root`; with `skip`, after its children.
const GumboNode* next_node(const GumboNode* root, const GumboNode* node, bool skip);

template <typename Enter>
void visit(const GumboNode* root, Enter enter) {
  for (const GumboNode* node = root; node != nullptr;) node = next_node(root, node, !enter(node));
}

}  // namespace entente
