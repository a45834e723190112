#include "tools/import/input/html_tree.h"

namespace entente {

std::string_view attribute(const GumboNode* node, const char* name) {
  if (!is_element(node)) return {};
  const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == nullptr ? std::string_view{} : std::string_view(found->value);
}

bool has_attribute(const GumboNode* node, const char* name) {
  return is_element(node) && gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

const GumboNode* next_node(const GumboNode* root, const GumboNode* node, bool skip) {
  if (!skip && is_element(node) && node->v.element.children.length > 0)
    return static_cast<const GumboNode*>(node->v.element.children.data[0]);
  while (node != root) {
    const GumboNode* parent = node->parent;
    const std::size_t next = node->index_within_parent + 1;
    if (parent->type != GUMBO_NODE_DOCUMENT && next < parent->v.element.children.length)
      return static_cast<const GumboNode*>(parent->v.element.children.data[next]);
    if (parent->type == GUMBO_NODE_DOCUMENT) return nullptr;
    node = parent;
  }
  return nullptr;
}

std::string text_below(const GumboNode* root, std::size_t limit) {
  std::string text;
  bool blank = false;
  visit(root, [&](const GumboNode* node) {
    if (text.size() >= limit) return false;
    const bool chars = node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
                       node->type == GUMBO_NODE_WHITESPACE;
    if (!chars) return node->type != GUMBO_NODE_COMMENT;
    for (const char* c = node->v.text.text; *c != '\0' && text.size() < limit; ++c) {
      if (static_cast<unsigned char>(*c) <= ' ') {
        blank = true;
        continue;
      }
      if (blank && !text.empty()) text += ' ';
      blank = false;
      text += *c;
    }
    return true;
  });
  // Not in the middle of a character.
  if (text.size() >= limit)
    while (!text.empty() && (text.back() & 0x80) != 0) text.pop_back();
  return text;
}

}  // namespace entente
