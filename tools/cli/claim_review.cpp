#include "tools/cli/claim_review.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <iostream>
#include <map>
#include <optional>

#include "schema/interval.h"
#include "schema/name.h"
#include "schema/value.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
using Fields = std::map<std::string, std::string>;
constexpr std::string_view kEdited = " edited";

struct Answer {
  enum class Kind { Accept, AcceptRest, Reject, RejectRest, Edit, Quit } kind = Kind::Quit;
  Fields fields;  // of an edit
};

Error unusable(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

Result<Answer> answer_in_json(const boost::json::object& object) {
  static const std::map<std::string_view, Answer::Kind> kWords = {
      {"accept", Answer::Kind::Accept},          {"reject", Answer::Kind::Reject}, {"accept_rest", Answer::Kind::AcceptRest},
      {"reject_rest", Answer::Kind::RejectRest}, {"edit", Answer::Kind::Edit},     {"quit", Answer::Kind::Quit}};
  Answer answer;
  const auto* word = object.if_contains("answer");
  const auto kind = word && word->is_string() ? kWords.find(std::string_view(word->as_string())) : kWords.end();
  if (kind == kWords.end())
    return unusable("\"answer\" must be accept, reject, accept_rest, reject_rest, edit or quit");
  answer.kind = kind->second;
  for (const auto& [name, value] : object) {
    if (name == "answer") continue;
    if (answer.kind != Answer::Kind::Edit) return unusable("only an edit has values");
    if (value.is_string()) answer.fields[std::string(name)] = std::string(value.as_string());
    else if (value.is_bool()) answer.fields[std::string(name)] = value.as_bool() ? "yes" : "no";
    else if (value.is_number()) answer.fields[std::string(name)] = text_of(Value(value.to_number<double>()));
    else return unusable(std::string(name) + " must be a text, a number, true or false");
  }
  return answer;
}

Result<Answer> parse_answer(std::string_view line) {
  using enum Answer::Kind;
  line = trimmed(line);
  if (line.starts_with('{')) {
    boost::json::error_code error;
    const auto value = boost::json::parse(line, error);
    if (error || !value.is_object()) return unusable("the answer is no JSON object");
    return answer_in_json(value.as_object());
  }
  static const std::map<std::string_view, Answer::Kind> kWords = {
      {"a", Accept}, {"accept", Accept}, {"A", AcceptRest}, {"r", Reject}, {"reject", Reject},
      {"R", RejectRest}, {"q", Quit}, {"quit", Quit}};
  if (const auto word = kWords.find(line); word != kWords.end()) return Answer{word->second, {}};
  if (!line.starts_with("e ") && !line.starts_with("edit "))
    return unusable("'" + std::string(line) + "' is no answer: a accept, r reject, e FIELD=VALUE edit, A or R the rest too, q quit");
  Answer answer{Edit, {}};
  line = trimmed(line.substr(line.find(' ')));
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(';'), line.size());
    const std::string_view field = trimmed(line.substr(0, end));
    line = trimmed(line.substr(std::min(end + 1, line.size())));
    if (field.empty()) continue;
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) return unusable("'" + std::string(field) + "' is no FIELD=VALUE");
    answer.fields[std::string(trimmed(field.substr(0, equals)))] = std::string(trimmed(field.substr(equals + 1)));
  }
  if (answer.fields.empty()) return unusable("an edit needs FIELD=VALUE");
  return answer;
}

// The place of a name in the extract; a new one, NAME: LABEL, is added to `added`.
Result<std::size_t> node_called(const std::string& text, const Extract& extract, std::vector<NamedNode>& added,
                                const Ontology& ontology) {
  std::string name = text;
  std::optional<LabelId> label;
  if (const std::size_t colon = text.rfind(": "); colon != std::string::npos) {
    const auto known = ontology.label_named(text.substr(colon + 2));
    if (!known) return known.error();
    label = *known, name = std::string(trimmed(text.substr(0, colon)));
  }
  const std::string folded = fold_name(name);
  if (folded.empty()) return unusable("'" + text + "' is no name: it has no letters");
  const std::size_t all = extract.nodes.size() + added.size();
  for (std::size_t i = 0; i < all; ++i) {
    const NamedNode& node = i < extract.nodes.size() ? extract.nodes[i] : added[i - extract.nodes.size()];
    if (fold_name(node.name) == folded && (!label || node.label == *label)) return i;
  }
  if (!label) return unusable("the article names no '" + name + "'; write NAME: LABEL for another");
  NamedNode node;
  node.name = name, node.label = *label;
  added.push_back(std::move(node));
  return all;
}

// The claim with those values, and the names that it needs; nothing is changed if one cannot be used.
Status edit(Claim& claim, const Fields& fields, Extract& extract, const Ontology& ontology) {
  Claim edited = claim;
  std::vector<NamedNode> added;
  for (const auto& [name, value] : fields) {
    if (name == "head" || name == "tail") {
      const auto place = node_called(value, extract, added, ontology);
      if (!place) return place.error();
      (name == "head" ? edited.head : edited.tail) = *place;
    } else if (name == "type") {
      const auto type = ontology.type_named(value);
      if (!type) return type.error();
      edited.type = *type;
    } else if (name == "when") {
      const auto valid = Interval::parse(value);
      if (!valid) return valid.error().within("when");
      edited.valid = *valid;
    } else if (name == "mode") {
      const auto mode = parse_mode(value);
      if (!mode) return mode.error();
      edited.mode = *mode;
    } else if (name == "negated") {
      if (value != "yes" && value != "no") return unusable("negated is yes or no, not '" + value + "'");
      edited.negated = value == "yes";
    } else if (name == "confidence") {
      double number = 0;
      const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (fault != std::errc() || end != value.data() + value.size() || !(number > 0 && number <= 1))
        return unusable("a confidence lies in (0, 1], not '" + value + "'");
      edited.confidence = number;
    } else {
      return unusable("a claim has no '" + name + "'; there are head, tail, type, when, mode, negated, confidence");
    }
  }
  const auto label_of = [&](std::size_t place) {
    return place < extract.nodes.size() ? extract.nodes[place].label : added[place - extract.nodes.size()].label;
  };
  if (auto allowed = ontology.check(edited.type, label_of(edited.head), label_of(edited.tail)); !allowed) return allowed;
  if (!edited.extractor.ends_with(kEdited)) edited.extractor += kEdited;
  for (NamedNode& node : added) extract.nodes.push_back(std::move(node));
  claim = std::move(edited);
  return kOk;
}
}  // namespace

void ClaimReview::show(const Extract& extract, const Claim& claim, std::size_t number, const Ontology& ontology) {
  const NamedNode &head = extract.nodes[claim.head], &tail = extract.nodes[claim.tail];
  const std::string speaker = claim.speaker ? extract.nodes[*claim.speaker].name : "";
  if (json_) {
    boost::json::object row;
    row["claim"] = number;
    row["of"] = extract.claims.size();
    row["document"] = extract.document.name;
    row["head"] = head.name;
    row["head_label"] = ontology.label(head.label).name;
    row["type"] = ontology.type(claim.type).name;
    row["tail"] = tail.name;
    row["tail_label"] = ontology.label(tail.label).name;
    row["when"] = claim.valid.edtf();
    row["mode"] = name_of(claim.mode);
    row["negated"] = claim.negated;
    row["confidence"] = claim.confidence;
    row["speaker"] = speaker;
    row["start"] = claim.start;
    row["end"] = claim.end;
    row["sentence"] = claim.quote;
    out_ << boost::json::serialize(row) << std::endl;
    return;
  }
  out_ << "\n" << number << " of " << extract.claims.size() << "  " << bold(printable(head.name)) << " "
       << ontology.type(claim.type).name << " " << bold(printable(tail.name)) << "  " << claim.valid.edtf() << "  "
       << (claim.negated ? "not " : "") << name_of(claim.mode) << "  " << text_of(Value(claim.confidence));
  if (!speaker.empty()) out_ << "  says " << printable(speaker);
  out_ << "\n    \u201c" << printable(claim.quote) << "\u201d\n[a/r/e/A/R/q] " << std::flush;
}

void ClaimReview::complain(const std::string& message) {
  if (json_) out_ << boost::json::serialize(boost::json::object{{"error", message}}) << std::endl;
  else out_ << printable(message) << "\n[a/r/e/A/R/q] " << std::flush;
}

ReviewOutcome ClaimReview::review(Extract& extract, const Ontology& ontology) {
  using enum Answer::Kind;
  ReviewOutcome outcome;
  std::vector<Claim> kept;
  std::optional<Answer::Kind> rest;
  for (std::size_t i = 0; i < extract.claims.size(); ++i) {
    Claim claim = extract.claims[i];
    bool decided = rest.has_value();
    Answer::Kind kind = rest.value_or(Quit);
    if (!decided) show(extract, claim, i + 1, ontology);
    while (!decided) {
      std::string line;
      if (!std::getline(in_, line)) break;  // the end: quit
      const auto answer = parse_answer(line);
      if (!answer) {
        complain(answer.error().message);
        continue;
      }
      if (answer->kind == Edit) {
        if (auto edited = edit(claim, answer->fields, extract, ontology); !edited) {
          complain(edited.error().message);
          continue;
        }
      }
      kind = answer->kind, decided = true;
    }
    if (kind == Quit) return outcome.quit = true, outcome;
    if (kind == AcceptRest || kind == RejectRest) rest = kind;
    if (kind == Reject || kind == RejectRest) {
      ++outcome.rejected;
      continue;
    }
    ++(kind == Edit ? outcome.edited : outcome.accepted);
    kept.push_back(std::move(claim));
  }
  extract.claims = std::move(kept);
  return outcome;
}

}  // namespace entente
