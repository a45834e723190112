// Ask: from a request to a question, from its answer to a response. What every read shares.
#pragma once
#include <boost/json/object.hpp>
#include <functional>

#include "tools/answer/session.h"
#include "tools/serve/database.h"
#include "tools/serve/router.h"

namespace entente::serve {

// The parameters that every read takes: clocks and filters.
extern const std::vector<std::string_view> kReadParameters;
std::vector<std::string_view> read_parameters(std::initializer_list<std::string_view> more = {});

When when_of(const Request& request);
Result<Where> where_of(const Request& request);

// A whole number between the two, `otherwise` if it is not given.
Result<std::size_t> number_of(const Request& request, std::string_view name, std::size_t otherwise,
                              std::size_t low, std::size_t high);
Result<bool> truth_of(const Request& request, std::string_view name);  // true, 1; false, 0, absent
// `12` or `#12` as an id; anything else is a name, to be looked up.
Result<NodeId> node_of(const Session& session, std::string_view text);
Result<std::uint64_t> id_of(std::string_view text, std::string_view what);

// What a read computes: the answer's own keys, beside those of answer_of().
using Make = std::function<Result<boost::json::object>(Session& session, const Call& call)>;

// Answers a read: pins the recorded time, takes what is kept, compresses, tags. A question that names
// its commit (`known_by=#12`) has one answer for ever and says so; others are asked again each time,
// which costs a comparison of tags. Unknown parameters are refused, not ignored.
Response answered(const Call& call, Database& database, const Make& make);

// The parameters alone.
Status check_parameters(const Call& call);

}  // namespace entente::serve
