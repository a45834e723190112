#include <boost/json/array.hpp>

#include "tools/answer/verbs.h"

namespace entente {
namespace json = boost::json;
namespace {
json::array to_array(const std::vector<std::string>& texts) {
  json::array list;
  for (const std::string& text : texts) list.emplace_back(text);
  return list;
}

std::optional<std::vector<std::string>> texts_of(const json::value& value) {
  if (!value.is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const json::value& text : value.as_array()) {
    if (!text.is_string()) return std::nullopt;
    texts.emplace_back(text.as_string());
  }
  return texts;
}

std::uint64_t number_of(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  if (!value) return 0;
  if (value->is_uint64()) return value->as_uint64();
  return value->is_int64() && value->as_int64() > 0 ? std::uint64_t(value->as_int64()) : 0;
}

bool truth_of(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_bool() && value->as_bool();
}

json::value id_or_null(std::uint64_t id) {
  if (id == 0) return nullptr;
  return json::value(id);
}

constexpr std::pair<const char*, std::uint32_t Effect::*> kEffects[] = {
    {"new_nodes", &Effect::new_nodes},         {"changed_nodes", &Effect::changed_nodes},
    {"ended_nodes", &Effect::ended_nodes},     {"new_edges", &Effect::new_edges},
    {"changed_edges", &Effect::changed_edges}, {"ended_edges", &Effect::ended_edges}};
}  // namespace

json::object to_json(const VerbRequest& request) {
  json::object out;
  out["verb"] = request.verb;
  out["words"] = to_array(request.words);
  json::object options;
  for (const auto& [name, values] : request.options) options[name] = to_array(values);
  out["options"] = std::move(options);
  out["author"] = request.author;
  out["note"] = request.note;
  out["key"] = request.key;
  out["dry_run"] = request.dry_run;
  return out;
}

Result<VerbRequest> verb_request_of(const json::object& object) {
  const Error unread{Code::InvalidArgument, "cannot read the request: it is {\"verb\": \"retract\", \"words\": [\"document\", "
                                            "\"#3\"], \"options\": {}}, all values texts or lists of texts"};
  VerbRequest request;
  for (const auto& [name, value] : object) {
    if (name == "words") {
      auto words = texts_of(value);
      if (!words) return unread;
      request.words = std::move(*words);
    } else if (name == "options") {
      if (!value.is_object()) return unread;
      for (const auto& [option, values] : value.as_object()) {
        auto texts = values.is_string() ? std::optional(std::vector{std::string(values.as_string())}) : texts_of(values);
        if (!texts) return unread;
        request.options.emplace(option, std::move(*texts));
      }
    } else if (name == "dry_run") {
      if (!value.is_bool()) return unread;
      request.dry_run = value.as_bool();
    } else {
      std::string* into = name == "verb"     ? &request.verb
                          : name == "author" ? &request.author
                          : name == "note"   ? &request.note
                          : name == "key"    ? &request.key
                                             : nullptr;
      if (!into || !value.is_string()) return unread;
      *into = value.as_string();
    }
  }
  return request;
}

json::object to_json(const VerbOutcome& outcome) {
  json::object out;
  out["done"] = to_array(outcome.done);
  out["commit"] = id_or_null(outcome.commit.value);
  out["repeated"] = outcome.repeated;
  out["undoable"] = outcome.undoable;
  json::object effect;
  for (const auto& [name, count] : kEffects) effect[name] = outcome.effect.*count;
  out["effect"] = std::move(effect);
  out["edge"] = id_or_null(outcome.edge.value);
  out["next"] = id_or_null(outcome.next.value);
  return out;
}

Result<VerbOutcome> verb_outcome_of(const json::object& object) {
  VerbOutcome outcome;
  const json::value *done = object.if_contains("done"), *effect = object.if_contains("effect");
  auto sentences = done ? texts_of(*done) : std::nullopt;
  if (!sentences || !effect || !effect->is_object()) return Error{Code::Unavailable, "cannot read what was done"};
  outcome.done = std::move(*sentences);
  for (const auto& [name, count] : kEffects)
    outcome.effect.*count = std::uint32_t(number_of(effect->as_object(), name));
  outcome.commit = {number_of(object, "commit")};
  outcome.repeated = truth_of(object, "repeated"), outcome.undoable = truth_of(object, "undoable");
  outcome.edge = {number_of(object, "edge")}, outcome.next = {number_of(object, "next")};
  return outcome;
}

}  // namespace entente
