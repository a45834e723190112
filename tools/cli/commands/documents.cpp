#include <algorithm>
#include <iostream>
#include <memory>
#include <set>

#include "schema/name.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string text;
  std::size_t limit = 50;
  bool retracted = false;
};

bool speaks_of(const Document& document, const std::string& folded) {
  for (const std::string& part : {document.name, document.title, document.publisher})
    if (fold_name(part).find(folded) != std::string::npos) return true;
  return false;
}

// Those that were retracted by then, as the log tells: they are in no listing of what lives.
Result<std::vector<Document>> retracted_documents(const Session& session) {
  std::set<DocumentId> seen;
  std::vector<Document> found;
  const auto scanned = session.read().scan_log([&](const LogEntry& entry) {
    for (const DocumentHeader& header : entry.documents)
      if (seen.insert(header.document.id).second && header.document.retracted) found.push_back(header.document);
    return true;
  }, session.commit());
  if (!scanned) return scanned.error();
  std::sort(found.begin(), found.end(), [](const Document& a, const Document& b) { return a.id < b.id; });
  return found;
}

Result<std::vector<Document>> living_documents(const Session& session) {
  std::vector<Document> found;
  const auto scanned = session.read().scan_documents(session.commit(), [&](const Document& document) {
    found.push_back(document);
    return true;
  });
  if (!scanned) return scanned.error();
  return found;
}

ExitCode print_documents(const Question& question, const Typed& typed) {
  const auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  auto found = typed.retracted ? retracted_documents(*session) : living_documents(*session);
  if (!found) return fail(found.error());
  if (!typed.text.empty()) {
    const std::string folded = fold_name(typed.text);
    std::erase_if(*found, [&](const Document& document) { return !speaks_of(document, folded); });
  }
  const std::size_t all = found->size();
  if (all > typed.limit) found->resize(typed.limit);
  if (question.common.json) {
    auto answer = answer_of(*session);
    boost::json::array list;
    for (const Document& document : *found) list.push_back(to_json(document));
    answer["documents"] = std::move(list);
    answer["left_out"] = all - found->size();
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
    return all == 0 ? ExitCode::NothingFound : ExitCode::Found;
  }
  Table table({"document", "name", "title", "publisher", "published", "commit"});
  for (const Document& document : *found)
    table.add({"#" + std::to_string(document.id.value), document.name,
               document.rows > 0 ? counted(document.rows, "row") : document.title, document.publisher,
               document.published.edtf(), std::to_string(document.since.value)});
  if (!table.empty()) table.print();
  if (all > found->size())
    std::cout << "\u2026 " << all - found->size() << " more: --limit " << all << ", or name a part of them\n";
  if (all == 0) remark(typed.text.empty() ? "no documents" : "no document is called like '" + typed.text + "'");
  if (question.common.show_command) std::cout << session->reproduce(question) << "\n";
  return all == 0 ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command documents_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("documents", "what was imported and loaded, with the numbers that retract and purge take");
  command.optional_word("text", &typed->text, "a part of the name, the title or the publisher", "TEXT")
      .option("--limit", &typed->limit, "how many (50)", "N")
      .flag("--retracted", typed->retracted, "those that were retracted, instead")
      .clocks()
      .example("entente documents reader")
      .example("entente documents --retracted --json")
      .answers("documents: [{id, node, name, title, publisher, published, url, sha256, rows, retracted, commit}], left_out");
  return command.runs([typed](const Question& question) { return print_documents(question, *typed); });
}

}  // namespace entente
