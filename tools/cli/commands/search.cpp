#include "tools/answer/search.h"

#include <cstdio>
#include <iostream>
#include <memory>

#include "schema/text.h"
#include "tools/answer/json.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
constexpr std::size_t kMostSentences = 3;  // of an article, on the screen

struct Typed {
  std::string text, known_by;
  std::size_t limit = 20;
  bool in_texts = false;
};

void print_names(const std::vector<SimilarName>& found, const Ontology& ontology) {
  Table table({"node", "name", "label", "likeness", "found by"});
  for (const SimilarName& match : found) {
    char likeness[16];
    std::snprintf(likeness, sizeof likeness, "%.2f", match.likeness);
    table.add({"#" + std::to_string(match.node.value), match.name, ontology.label(match.label).name, likeness,
               match.is_alias ? match.matched : ""});
  }
  table.print();
}

// The sentence, with what was looked for set off.
std::string marked(const FoundText::Sentence& sentence) {
  std::string text;
  std::uint64_t at = sentence.start;
  const auto part = [&](std::uint64_t from, std::uint64_t to) {
    return printable(*cut(sentence.text, from - sentence.start, to - sentence.start));
  };
  for (const TextMatch::Place& place : sentence.places) {
    if (place.start < at) continue;  // inside the one before
    text += part(at, place.start) + bold(part(place.start, place.end));
    at = place.end;
  }
  return text + part(at, sentence.end);
}

void print_texts(const std::vector<FoundText>& found) {
  for (const FoundText& match : found) {
    const Document& document = match.document;
    std::cout << bold(printable(document.title.empty() ? document.name : document.title));
    if (!document.publisher.empty()) std::cout << ", " << printable(document.publisher);
    if (document.published.is_known()) std::cout << ", " << document.published.edtf();
    std::cout << "\n";
    for (std::size_t i = 0; i < match.sentences.size() && i < kMostSentences; ++i)
      std::cout << "  " << match.sentences[i].start << "  " << marked(match.sentences[i]) << "\n";
    if (match.sentences.size() > kMostSentences)
      std::cout << "  and in " << counted(match.sentences.size() - kMostSentences, "more sentence") << "\n";
  }
}

template <typename Found>
ExitCode tell(const Question& question, const Session& session, const Typed& typed, const std::vector<Found>& found,
              const std::function<boost::json::object(const Found&)>& row, const std::function<void()>& print_all) {
  if (question.common.json) {
    auto answer = answer_of(session);
    boost::json::array results;
    for (const Found& each : found) results.push_back(row(each));
    answer["results"] = std::move(results);
    print(answer);
  } else if (found.empty()) {
    remark(typed.in_texts ? "no article has all of '" + typed.text + "'" : "no name is like '" + typed.text + "'");
  } else {
    print_all();
  }
  return found.empty() ? ExitCode::NothingFound : ExitCode::Found;
}

ExitCode search(const Question& question, const Typed& typed) {
  const auto session = Session::open(question.common, When{.as_of = {}, .during = {}, .known_by = typed.known_by});
  if (!session) return fail(session.error());
  if (typed.in_texts) {
    const auto found = find_texts(*session, typed.text, typed.limit);
    if (!found) return fail(found.error());
    return tell<FoundText>(question, *session, typed, *found, [](const auto& each) { return to_json(each); },
                           [&] { print_texts(*found); });
  }
  const auto found = find_names(*session, typed.text, typed.limit);
  if (!found) return fail(found.error());
  return tell<SimilarName>(question, *session, typed, *found,
                           [&](const auto& each) { return to_json(each, session->ontology()); },
                           [&] { print_names(*found, session->ontology()); });
}
}  // namespace

Command search_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("search", "names like this one, or articles with these words");
  command.word("text", &typed->text, "a name or its beginning, typing errors forgiven; with --text words, \"a phrase\", begun*",
               "TEXT")
      .flag("--text", typed->in_texts, "look in the texts of the articles, and show the sentences")
      .option("--limit", &typed->limit, "how many (20)", "N")
      .option("--known-by", &typed->known_by, "as recorded by then: a date, a moment, #COMMIT", "WHEN")
      .example("entente search fent")
      .example("entente search \"Sinola Cartle\" --json")
      .example("entente search --text 'precursor* \"ministry of public security\"'")
      .answers("results: [{id, name, label, matched, alias, likeness}], with --text [{document, title, sentences, ...}]");
  return command.runs([typed](const Question& question) { return search(question, *typed); });
}

}  // namespace entente
