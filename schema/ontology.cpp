#include "schema/ontology.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "schema/name.h"
#include "schema/ontology.capnp.h"

namespace entente {
namespace {
// Given a std::string, Cap'n Proto would take what stands before its first zero byte.
capnp::Text::Reader as_text(const std::string& text) { return {text.c_str(), text.size()}; }
constexpr std::array<std::string_view, kFamilies> kFamilyNames = {
    "structure", "regulation", "cooperative", "conflictual", "evidence"};

char upper(char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; }

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = upper(c);
  return result;
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return upper(x) == upper(y); });
}

template <typename Things>
Error unknown_name(std::string_view what, std::string_view name, const Things& things) {
  const std::string wanted = upper(name.substr(0, 60));
  std::string nearest;
  std::size_t best = std::string::npos;
  for (const auto& thing : things)
    if (const std::size_t d = edit_distance(wanted, upper(thing.name)); d < best)
      best = d, nearest = thing.name;
  std::string message = "no " + std::string(what) + " is called '" + std::string(name.substr(0, 60)) + "'";
  if (best <= 1 + wanted.size() / 3) {
    message += "; did you mean " + nearest + "?";
  } else {
    message += "; there are";
    for (const auto& thing : things) message += (&thing == &things.front() ? " " : ", ") + thing.name;
  }
  return {Code::InvalidArgument, message};
}

template <typename Things>
std::vector<int> index_of(const Things& things) {
  std::vector<int> place_at;
  for (std::size_t i = 0; i < things.size(); ++i) {
    const std::size_t id = things[i].id.value;
    if (place_at.size() <= id) place_at.resize(id + 1, -1);
    place_at[id] = int(i);
  }
  return place_at;
}

bool allows(const std::vector<LabelId>& ends, LabelId label) {
  return ends.empty() || std::find(ends.begin(), ends.end(), label) != ends.end();
}

std::string any_of(const std::vector<LabelId>& ends, const Ontology& ontology) {
  std::string names;
  for (const LabelId id : ends) names += (names.empty() ? "" : ", ") + ontology.label(id).name;
  return names;
}

std::string text(capnp::Text::Reader reader) { return {reader.begin(), reader.size()}; }
}  // namespace

std::string_view name_of(Family family) { return kFamilyNames[static_cast<std::size_t>(family)]; }

Result<Ontology> Ontology::from_bytes(std::string_view bytes) {
  const Error corrupt{Code::Corruption, "the stored ontology cannot be read"};
  if (bytes.empty() || bytes.size() % sizeof(capnp::word) != 0) return corrupt;
  std::vector<capnp::word> words(bytes.size() / sizeof(capnp::word));
  std::memcpy(words.data(), bytes.data(), bytes.size());
  Ontology ontology;
  try {
    capnp::FlatArrayMessageReader message({words.data(), words.size()});
    const auto root = message.getRoot<capnp_schema::Ontology>();
    for (const auto label : root.getLabels())
      ontology.labels_.push_back(
          {LabelId{label.getId()}, text(label.getName()), label.getActor(), text(label.getMeaning())});
    ontology.label_at_ = index_of(ontology.labels_);
    for (const auto type : root.getTypes()) {
      EdgeType made{.id = EdgeTypeId{type.getId()},
                    .name = text(type.getName()),
                    .family = Family(type.getFamily()),
                    .heads = {},
                    .tails = {},
                    .symmetric = type.getSymmetric(),
                    .lasting = type.getLasting(),
                    .forward = text(type.getForward()),
                    .backward = text(type.getBackward()),
                    .meaning = text(type.getMeaning())};
      if (std::size_t(made.family) >= kFamilies) return corrupt;
      const auto ends = [&](const auto& names, std::vector<LabelId>& out) {
        for (const auto name : names) {
          const auto label = ontology.find_label(text(name));
          if (!label) return false;
          out.push_back(*label);
        }
        return true;
      };
      if (!ends(type.getHeads(), made.heads) || !ends(type.getTails(), made.tails)) return corrupt;
      ontology.types_.push_back(std::move(made));
    }
    ontology.type_at_ = index_of(ontology.types_);
  } catch (const kj::Exception&) {
    return corrupt;
  }
  return ontology;
}

std::string Ontology::bytes() const {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<capnp_schema::Ontology>();
  auto labels = root.initLabels(unsigned(labels_.size()));
  for (unsigned i = 0; i < labels_.size(); ++i) {
    labels[i].setId(labels_[i].id.value);
    labels[i].setName(as_text(labels_[i].name));
    labels[i].setActor(labels_[i].actor);
    labels[i].setMeaning(as_text(labels_[i].meaning));
  }
  auto types = root.initTypes(unsigned(types_.size()));
  for (unsigned i = 0; i < types_.size(); ++i) {
    const EdgeType& type = types_[i];
    types[i].setId(type.id.value);
    types[i].setName(as_text(type.name));
    types[i].setFamily(capnp_schema::Family(type.family));
    types[i].setSymmetric(type.symmetric);
    types[i].setLasting(type.lasting);
    types[i].setForward(as_text(type.forward));
    types[i].setBackward(as_text(type.backward));
    types[i].setMeaning(as_text(type.meaning));
    auto heads = types[i].initHeads(unsigned(type.heads.size()));
    for (unsigned j = 0; j < type.heads.size(); ++j) heads.set(j, label(type.heads[j]).name);
    auto tails = types[i].initTails(unsigned(type.tails.size()));
    for (unsigned j = 0; j < type.tails.size(); ++j) tails.set(j, label(type.tails[j]).name);
  }
  const auto words = capnp::messageToFlatArray(message);
  const auto bytes = words.asBytes();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

const Ontology& Ontology::builtin() {
  static const Ontology kBuiltin = [] {
    capnp::MallocMessageBuilder message;
    message.setRoot(capnp_schema::BUILTIN.get());
    const auto words = capnp::messageToFlatArray(message);
    const auto bytes = words.asBytes();
    return *from_bytes({reinterpret_cast<const char*>(bytes.begin()), bytes.size()});
  }();
  return kBuiltin;
}

const Label& Ontology::label(LabelId id) const {
  assert(has(id));
  return labels_[std::size_t(label_at_[id.value])];
}

const EdgeType& Ontology::type(EdgeTypeId id) const {
  assert(has(id));
  return types_[std::size_t(type_at_[id.value])];
}

std::optional<LabelId> Ontology::find_label(std::string_view name) const {
  for (const Label& label : labels_)
    if (same_name(label.name, name)) return label.id;
  return std::nullopt;
}

std::optional<EdgeTypeId> Ontology::find_type(std::string_view name) const {
  for (const EdgeType& type : types_)
    if (same_name(type.name, name)) return type.id;
  return std::nullopt;
}

Result<LabelId> Ontology::label_named(std::string_view name) const {
  if (const auto id = find_label(name)) return *id;
  return unknown_name("node label", name, labels_);
}

Result<EdgeTypeId> Ontology::type_named(std::string_view name) const {
  if (const auto id = find_type(name)) return *id;
  return unknown_name("edge type", name, types_);
}

Status Ontology::check(EdgeTypeId id, LabelId head, LabelId tail) const {
  const EdgeType& wanted = type(id);
  if (!allows(wanted.heads, head))
    return Error{Code::InvalidArgument, "a " + label(head).name + " cannot be the head of " +
                                            wanted.name + "; it takes " + any_of(wanted.heads, *this)};
  if (!allows(wanted.tails, tail))
    return Error{Code::InvalidArgument, "a " + label(tail).name + " cannot be the tail of " +
                                            wanted.name + "; it takes " + any_of(wanted.tails, *this)};
  return kOk;
}

}  // namespace entente
