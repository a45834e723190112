// The node that stands for a document in the graph.
#pragma once
#include "schema/fact.h"
#include "schema/ontology.h"

namespace entente {

// Its id is that of `document.node`; it is called by the title, else the name, else the number.
// A bug if the ontology has no label Document.
Node node_of(const Document& document, const Ontology& ontology);

}  // namespace entente
