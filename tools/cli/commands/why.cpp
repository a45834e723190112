#include <iostream>
#include <map>
#include <memory>
#include <set>

#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/lookup.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string edge;  // its number
};

std::string decimal(double value) { return text_of(Value(value)); }

// `1 - (1 - 0.8) x (1 - 0.7) = 0.94`: one factor a source, with the best of its statements. Copies of
// one text are one source.
std::string arithmetic(const EdgeRow& row) {
  std::map<DocumentId, double> best;
  std::set<DocumentId> documents;
  for (const Source& source : row.sources) {
    if (source.ends) continue;  // tells only when it was over
    double& so_far = best[source.copy_of ? source.copy_of : source.document_id];
    so_far = std::max(so_far, source.confidence);
    documents.insert(source.document_id);
  }
  const std::size_t copies = documents.size() - best.size();
  const std::string besides =
      copies == 0 ? "" : "; " + counted(copies, "copy", "copies") + " of the same text not counted";
  if (best.size() == 1)
    return decimal(row.edge.confidence) + (copies == 0 ? ", from one document" : ", from one text") + besides;
  std::string text = "1 - ";
  for (const auto& [document, confidence] : best)
    text += (text.size() > 4 ? " x (1 - " : "(1 - ") + decimal(confidence) + ")";
  char result[32];
  std::snprintf(result, sizeof result, "%.4g", row.edge.confidence);
  return text + " = " + result + ", from " + counted(best.size(), "document") + " taken as independent" + besides;
}

void print_row(const EdgeRow& row, const std::vector<ReadTransaction::Version>& versions) {
  std::cout << bold(printable(row.head)) << " " << row.type << " " << bold(printable(row.tail)) << "\n";
  std::cout << "  edge        " << row.edge.id.value << "\n";
  std::cout << "  when        " << when_text(row.edge.valid) << "\n";
  std::cout << "  mode        " << printable(mood_text(row)) << "\n";
  std::cout << "  confidence  " << arithmetic(row) << "\n";
  for (const auto& [name, value] : row.edge.properties)
    std::cout << "  " << printable(name) << std::string(name.size() < 10 ? 12 - name.size() : 2, ' ')
              << printable(text_of(value)) << "\n";
  for (std::size_t i = 0; i < row.sources.size(); ++i) {
    const Source& source = row.sources[i];
    std::cout << "\n  [" << i + 1 << "] " << printable(source.title.empty() ? source.document : source.title);
    if (!source.publisher.empty()) std::cout << ", " << printable(source.publisher);
    if (!source.published.empty()) std::cout << ", " << source.published;
    if (!source.author.empty()) std::cout << ", by " << printable(source.author);
    if (source.page) std::cout << ", page " << source.page;
    std::cout << "\n";
    print_wrapped(source.rows ? source.quote : "\u201c" + source.quote + "\u201d", 6);
    std::string facts = "statement " + std::to_string(source.statement.value) + "; document #" +
                        std::to_string(source.document_id.value) + " " + source.document;
    if (!source.rows)
      facts += " characters " + std::to_string(source.start) + " to " + std::to_string(source.end);
    if (!source.speaker.empty()) facts += "; says " + source.speaker;
    if (source.ends) facts += "; tells its end";
    if (source.copy_of) facts += "; a copy of " + (source.copied.empty() ? "a document that is gone" : source.copied);
    facts += "; " + when_text(source.valid);
    if (!source.time_phrase.empty()) facts += " from \u201c" + source.time_phrase + "\u201d";
    facts += "; confidence " + decimal(source.confidence) + "; " + source.extractor + "; commit " +
             std::to_string(source.since.value);
    std::cout << dim("      " + printable(facts)) << "\n";
    if (!source.url.empty()) std::cout << dim("      " + printable(source.url)) << "\n";
  }
  if (versions.size() > 1) std::cout << "\n  believed\n";
  if (versions.size() > 1)
    for (const auto& version : versions)
      std::cout << "    from commit " << version.edge.since.value
                << (version.until == kLatest ? "" : " until " + std::to_string(version.until.value)) << ": "
                << when_text(version.edge.valid) << ", confidence " << decimal(version.edge.confidence)
                << ", " << counted(version.edge.statements.size(), "statement") << "\n";
}

ExitCode print_reasons(const Question& question, const Typed& typed) {
  const auto id = edge_numbered(typed.edge);
  if (!id) return fail(id.error());
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  EdgeReader reader(*session);
  const auto row = reader.row(*id);
  if (!row) return fail(row.error());
  const auto versions = session->read().history(*id);
  if (!versions) return fail(versions.error());
  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["edge"] = to_json(*row);
    answer["confidence_arithmetic"] = arithmetic(*row);
    boost::json::array history;
    for (const auto& version : *versions) {
      boost::json::object entry;
      entry["from_commit"] = version.edge.since.value;
      if (version.until == kLatest) entry["until_commit"] = nullptr;
      else entry["until_commit"] = version.until.value;
      put_dates(entry, version.edge.valid);
      entry["confidence"] = version.edge.confidence;
      entry["statements"] = version.edge.statements.size();
      history.push_back(std::move(entry));
    }
    answer["history"] = std::move(history);
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
  } else {
    print_row(*row, *versions);
    if (question.common.show_command) std::cout << session->reproduce(question) << "\n";
  }
  return ExitCode::Found;
}
}  // namespace

Command why_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("why", "the sources of an edge, its confidence, and what was believed before");
  command.word("edge", &typed->edge, "the number of an edge", "EDGE")
      .clocks()
      .example("entente why 17")
      .example("entente why 17 --known-by '#2' --json")
      .answers("edge, confidence_arithmetic, history");
  return command.runs([typed](const Question& question) { return print_reasons(question, *typed); });
}

}  // namespace entente
