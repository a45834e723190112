#include "storage/check_extract.h"

#include "schema/name.h"
#include "schema/text.h"

namespace entente {
namespace {
Error refused(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

Status check_node(const NamedNode& node, const Ontology& ontology) {
  if (!ontology.has(node.label)) return refused("'" + node.name + "' has a label that the ontology lacks");
  for (const LabelId label : node.more_labels)
    if (!ontology.has(label)) return refused("'" + node.name + "' has a label that the ontology lacks");
  if (auto checked = check_name(node.name); !checked) return checked;
  for (const std::string& alias : node.aliases)
    if (alias.size() > kLongestName || find_utf8_fault(alias))
      return refused("an alias of '" + node.name + "' is too long or not UTF-8");
  return kOk;
}

Status check_claim(const Claim& claim, const Extract& extract, const CharacterMap& map,
                   const Ontology& ontology) {
  if (claim.head >= extract.nodes.size() || claim.tail >= extract.nodes.size() ||
      (claim.speaker && *claim.speaker >= extract.nodes.size()))
    return refused("a claim speaks of a node that the extract lacks");
  if (!ontology.has(claim.type)) return refused("a claim has an edge type that the ontology lacks");
  const NamedNode& head = extract.nodes[claim.head];
  const NamedNode& tail = extract.nodes[claim.tail];
  const std::string which =
      head.name + " " + ontology.type(claim.type).name + " " + tail.name;
  if (auto allowed = ontology.check(claim.type, head.label, tail.label); !allowed)
    return allowed.error().within(which);
  if (!(claim.confidence > 0 && claim.confidence <= 1))
    return refused(which + ": a confidence lies in (0, 1], not " + std::to_string(claim.confidence));
  if (claim.start >= claim.end || claim.end > map.size())
    return refused(which + ": characters " + std::to_string(claim.start) + " to " +
                   std::to_string(claim.end) + " are not in the text");
  const std::uint64_t from = map.byte_of(claim.start), to = map.byte_of(claim.end);
  if (std::string_view(extract.document.text).substr(from, to - from) != claim.quote)
    return refused(which + ": the quote is not what the text has at characters " +
                   std::to_string(claim.start) + " to " + std::to_string(claim.end));
  return kOk;
}

}  // namespace

Status check_name(const std::string& name) {
  if (name.size() > kLongestName) return refused("a name of more than 1,024 bytes");
  if (find_utf8_fault(name)) return refused("a name that is not UTF-8");
  if (fold_name(name).empty()) return refused("'" + name + "' is no name: it has no letters");
  return kOk;
}

Status check_extract(const Extract& extract, const Ontology& ontology) {
  const Document& document = extract.document;
  if (document.text.empty()) return refused("the document has no text");
  if (const auto fault = find_utf8_fault(document.text))
    return refused("the text is not UTF-8 at byte " + std::to_string(*fault));
  if (find_utf8_fault(extract.author)) return refused("the author's name is not UTF-8");
  if (!ontology.find_label("Document")) return refused("the ontology has no label Document");
  for (const NamedNode& node : extract.nodes)
    if (auto checked = check_node(node, ontology); !checked) return checked;
  const CharacterMap map(document.text);
  for (const Claim& claim : extract.claims)
    if (auto checked = check_claim(claim, extract, map, ontology); !checked) return checked;
  return kOk;
}

}  // namespace entente
