// What a person means by an edge, a statement, a commit or a document: numbers, and names of documents.
#pragma once
#include <string_view>

#include "tools/answer/session.h"

namespace entente {

// `17` or `#17`. InvalidArgument tells where such numbers are printed.
Result<EdgeId> edge_numbered(std::string_view text);
Result<StatementId> statement_numbered(std::string_view text);
Result<CommitId> commit_numbered(std::string_view text);

// By name or title, of those that are not retracted; else `#3`, else a number, also of one that was
// retracted. NotFound says where to look, InvalidArgument lists the candidates if there are several.
Result<Document> document_named(const Session& session, std::string_view name);

// `document 3 (Where the cartel buys)`
std::string called(const Document& document);

// The living edge that has the statement. NotFound. Reads every edge, unless it came from a table.
Result<Edge> edge_with(const Session& session, StatementId statement);

// The node that was merged into another and is called so; `#12` for one by its number. NotFound, or
// InvalidArgument with the candidates. Reads the log until it has found the merging.
Result<NodeId> merged_node(const Session& session, std::string_view name);

// A property as typed, `name=value`: yes and no are truth values, whole and decimal numbers are numbers, all
// else is text.
Result<std::pair<std::string, Value>> property_typed(std::string_view text);

}  // namespace entente
