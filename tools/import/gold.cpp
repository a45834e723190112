#include "tools/import/gold.h"

#include <fstream>
#include <map>
#include <tuple>

#include "schema/ontology.h"

namespace entente {
namespace {
using std::string_view;

std::string in_json(string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += '\\', out += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (static_cast<unsigned char>(c) < 0x20)
      out += "\\u00", out += kHex[c >> 4], out += kHex[c & 15];
    else
      out += c;
  }
  return out + '"';
}

std::string date_or_null(Bound bound, bool last) {
  if (!bound.is_known()) return "null";
  if (bound.precision() != Precision::Week) return in_json(bound.edtf());
  const DayRange week = bound.period();
  return in_json(edtf_of(last ? week.to - std::chrono::days(1) : week.from));
}

string_view precision_of(const Interval& valid) {
  if (valid.from().is_known()) return name_of(valid.from().precision());
  if (valid.to().is_known()) return name_of(valid.to().precision());
  return "unknown";
}

std::string relation_line(const Extract& extract, const Claim& claim) {
  const auto& ontology = Ontology::builtin();
  const NamedNode &head = extract.nodes[claim.head], &tail = extract.nodes[claim.tail];
  std::string line = "{\"doc\": " + in_json(extract.document.name);
  const auto field = [&](string_view name, const std::string& value) {
    (line += ", \"").append(name).append("\": ").append(value);
  };
  field("head", in_json(head.name));
  field("head_label", in_json(ontology.label(head.label).name));
  field("rel", in_json(ontology.type(claim.type).name));
  field("tail", in_json(tail.name));
  field("tail_label", in_json(ontology.label(tail.label).name));
  field("valid_from", date_or_null(claim.valid.from(), false));
  field("valid_to", date_or_null(claim.valid.to(), true));
  field("precision", in_json(precision_of(claim.valid)));
  field("negated", claim.negated ? "true" : "false");
  field("mode", in_json(name_of(claim.mode)));
  field("start", std::to_string(claim.start));
  field("end", std::to_string(claim.end));
  if (claim.speaker) field("speaker", in_json(extract.nodes[*claim.speaker].name));
  for (const auto& [name, value] : claim.properties)
    field(name, std::holds_alternative<bool>(value) ? (std::get<bool>(value) ? "true" : "false")
                                                    : in_json(text_of(value)));
  return line + "}\n";
}

Status write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.flush();
  if (!stream) return Error{Code::Unavailable, "cannot write " + file.string()};
  return kOk;
}
}  // namespace

std::string gold_relations(const Extract& extract) {
  // Whether a fact has a dated line; then its undated ones say nothing more.
  std::map<std::tuple<std::size_t, std::uint16_t, std::size_t, bool>, bool> dated;
  const auto key = [](const Claim& claim) {
    const bool turned = Ontology::builtin().type(claim.type).symmetric && claim.tail < claim.head;
    return std::tuple(turned ? claim.tail : claim.head, claim.type.value,
                      turned ? claim.head : claim.tail, claim.negated);
  };
  const auto has_date = [](const Claim& claim) {
    return claim.valid.from().is_known() || claim.valid.to().is_known();
  };
  for (const Claim& claim : extract.claims) dated[key(claim)] |= has_date(claim);
  std::string lines;
  for (const Claim& claim : extract.claims)
    if (has_date(claim) || !dated[key(claim)]) lines += relation_line(extract, claim);
  return lines;
}

std::string gold_entities(const Extract& extract) {
  std::string lines;
  for (const NamedNode& node : extract.nodes) {
    lines += "{\"doc\": " + in_json(extract.document.name) + ", \"name\": " + in_json(node.name) +
             ", \"label\": " + in_json(Ontology::builtin().label(node.label).name) +
             ", \"aliases\": [";
    bool first = true;
    for (const auto& mention : node.mentions) {
      if (mention == node.name) continue;
      lines += std::string(first ? "" : ", ") + in_json(mention);
      first = false;
    }
    lines += "]}\n";
  }
  return lines;
}

Status write_gold(const Extract& extract, const std::filesystem::path& folder) {
  const auto& name = extract.document.name;
  if (const auto status = write_file(folder / (name + ".jsonl"), gold_relations(extract)); !status)
    return status;
  return write_file(folder / (name + ".entities.jsonl"), gold_entities(extract));
}

}  // namespace entente
