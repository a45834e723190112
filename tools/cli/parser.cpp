#include "tools/cli/parser.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "tools/cli/commands.h"
#include "tools/cli/help.h"
#include "tools/cli/output.h"

namespace entente {
namespace {

// Every option of every command, filled in by CLI11. One lives for the whole run.
struct Everything {
  Common common;
  When when;
  Where where;
  ImportOptions import;
  ExtractOptions extract;
  PathOptionsTyped path;
  RankOptions rank;
  TimelineOptions timeline;
  SliceOptions slice;
  ShowOptions show;
  WhyOptions why;
  SearchOptions search;
  StatsOptions stats;
  CheckOptions check;
  LogOptions log;
  std::string topic;
};

void add_when(CLI::App& command, When& when) {
  command.add_option("--as-of", when.as_of, "the day, month or year that the facts may hold in: 2024-09-02")
      ->type_name("DATE");
  command.add_option("--during", when.during, "a window of valid time: 2023..2024")->type_name("FROM..TO");
  command
      .add_option("--known-by", when.known_by,
                  "what the database believed then: a date, a moment or #COMMIT")
      ->type_name("WHEN");
}

void add_where(CLI::App& command, Where& where) {
  command.add_option("--type", where.types, "only these edge types")->delimiter(',')->type_name("TYPE");
  command.add_option("--family", where.families, "only these: structure, regulation, cooperative, conflictual")
      ->delimiter(',')->type_name("FAMILY");
  command.add_option("--label", where.labels, "only nodes of these labels")->delimiter(',')->type_name("LABEL");
  command.add_option("--mode", where.modes, "only these: actual, planned, requested, alleged")
      ->delimiter(',')->type_name("MODE");
  command.add_option("--avoid", where.avoid, "leave this node out")->type_name("NAME");
  command.add_option("--min-confidence", where.min_confidence, "only edges of at least this confidence")
      ->check(CLI::Range(0.0, 1.0))->type_name("0..1");
  command.add_flag("--certain", where.certain, "only what certainly holds then, not what may");
  command.add_flag("--negated", where.negated, "also what is denied");
  command.add_flag("--mentions", where.mentions, "also which article names what");
}

void add_metadata(CLI::App& command, std::string& title, std::string& publisher, std::string& published,
                  std::string& url) {
  command.add_option("--title", title, "title, if the file does not say");
  command.add_option("--publisher", publisher, "publisher, if the file does not say");
  command.add_option("--published", published, "publication date, if the file does not say")->type_name("DATE");
  command.add_option("--url", url, "address, if the file does not say");
}

void add_knowledge(CLI::App& command, std::string& lexicon, std::string& model) {
  command.add_option("--lexicon", lexicon, "folder of tables to use instead of the program's own");
  command.add_option("--model", model, "language model to use instead of the program's own");
}

// Global options may stand before or after the command.
void add_common(CLI::App& app, Common& common) {
  app.add_option("--db", common.database, "database directory; else ENTENTE_DB, else the nearest .entente")
      ->type_name("DIR");
  app.add_flag("--json", common.json, "answer as JSON");
  app.add_flag("--show-command", common.show_command, "also print the command that asks this again, both clocks filled in");
  app.add_flag("-q,--quiet", common.quiet, "no progress");
}

class Parser {
 public:
  explicit Parser(Everything& all) : all_(all) {
    app_.name("entente");
    app_.fallthrough();
    app_.require_subcommand(0, 1);
    app_.set_version_flag("--version", std::string("entente ") + ENTENTE_VERSION);
    app_.set_help_flag("-h,--help", "print this help");
    add_common(app_, all_.common);
    add_reading();
    add_asking();
    add_keeping();
  }

  Parsed parse(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      std::cout << help_for(subcommand());
      return {};
    } catch (const CLI::CallForVersion&) {
      std::cout << "entente " << ENTENTE_VERSION << "\n";
      return {};
    } catch (const CLI::ParseError& error) {
      return mistake(error, argc, argv);
    }
    CLI::App* command = subcommand();
    if (!command) {
      std::cout << help_for(nullptr);
      return {};
    }
    const auto run = std::find_if(runs_.begin(), runs_.end(), [&](auto& r) { return r.first == command; });
    return {run->second, ExitCode::Found};
  }

 private:
  using Run = std::function<ExitCode()>;

  CLI::App& add(const char* name, const char* meaning, Run run) {
    CLI::App* command = app_.add_subcommand(name, meaning);
    runs_.emplace_back(command, std::move(run));
    return *command;
  }

  // What --show-command repeats: the command and what stands behind it, but for clocks and filters.
  Common common(std::vector<std::string> words) const {
    Common common = all_.common;
    common.command = std::move(words);
    return common;
  }
  Question question(std::vector<std::string> words) const {
    return {common(std::move(words)), all_.when, all_.where};
  }

  void add_reading() {
    auto& import = add("import", "read articles into the database", [this] {
      all_.import.common = common({"import"});
      return run_import(all_.import);
    });
    import.add_option("files", all_.import.files, "articles: UTF-8 text")->required()->type_name("FILE");
    add_metadata(import, all_.import.title, all_.import.publisher, all_.import.published, all_.import.url);
    import.add_option("--author", all_.import.author, "who imports; else ENTENTE_AUTHOR or the user's name");
    import.add_option("--note", all_.import.note, "a note for the log");
    import.add_flag("--dry-run", all_.import.dry_run, "print what would be imported, change nothing");
    add_knowledge(import, all_.import.lexicon, all_.import.model);

    auto& extract = add("extract", "read articles into files for evaluation, without a database", [this] {
      all_.extract.common = common({"extract"});
      return run_extract(all_.extract);
    });
    extract.add_option("files", all_.extract.files, "articles: UTF-8 text")->required()->type_name("FILE");
    extract.add_option("--out", all_.extract.out, "folder for NAME.jsonl and NAME.entities.jsonl")
        ->required()->type_name("DIR");
    add_metadata(extract, all_.extract.title, all_.extract.publisher, all_.extract.published, all_.extract.url);
    add_knowledge(extract, all_.extract.lexicon, all_.extract.model);
  }

  void add_asking() {
    auto& path = add("path", "how two names are connected", [this] {
      std::vector<std::string> words = {"path", all_.path.from, all_.path.to};
      if (all_.path.all) words.push_back("--all");
      else words.insert(words.end(), {"-k", std::to_string(all_.path.k)});
      if (all_.path.forward) words.push_back("--forward");
      words.insert(words.end(), {"--max-hops", std::to_string(all_.path.max_hops)});
      all_.path.question = question(std::move(words));
      return run_path(all_.path);
    });
    path.add_option("from", all_.path.from, "a name, or #NODE")->required()->type_name("NAME");
    path.add_option("to", all_.path.to, "a name, or #NODE")->required()->type_name("NAME");
    path.add_option("-k", all_.path.k, "how many paths, shortest first (3)")->check(CLI::Range(1, 10000));
    path.add_flag("--all", all_.path.all, "every shortest path");
    path.add_flag("--forward", all_.path.forward, "only along the edges, from head to tail");
    path.add_option("--max-hops", all_.path.max_hops, "longest path (8)")->check(CLI::Range(1, 100));
    add_when(path, all_.when);
    add_where(path, all_.where);

    auto& rank = add("rank", "who matters", [this] {
      all_.rank.question = question(
          {"rank", "--by", all_.rank.by, "--limit", std::to_string(all_.rank.limit)});
      return run_rank(all_.rank);
    });
    rank.add_option("--by", all_.rank.by, "degree (default), pagerank, betweenness; see 'entente help measures'")
        ->type_name("MEASURE");
    rank.add_option("--limit", all_.rank.limit, "how many (20)");
    add_when(rank, all_.when);
    add_where(rank, all_.where);

    auto& timeline = add("timeline", "the edges of a node or of a pair, in order", [this] {
      std::vector<std::string> words = {"timeline", all_.timeline.name};
      if (!all_.timeline.with.empty()) words.insert(words.end(), {"--with", all_.timeline.with});
      words.insert(words.end(), {"--by", all_.timeline.by, "--limit", std::to_string(all_.timeline.limit)});
      all_.timeline.question = question(std::move(words));
      return run_timeline(all_.timeline);
    });
    timeline.add_option("name", all_.timeline.name, "a name, or #NODE")->required()->type_name("NAME");
    timeline.add_option("--with", all_.timeline.with, "the other of a pair")->type_name("NAME");
    timeline.add_option("--by", all_.timeline.by, "count by year (default), quarter or month");
    timeline.add_option("--limit", all_.timeline.limit, "how many edges to list (100)");
    add_when(timeline, all_.when);
    add_where(timeline, all_.where);

    auto& slice = add("slice", "the part of the graph that the options leave", [this] {
      std::vector<std::string> words = {"slice"};
      if (!all_.slice.around.empty()) words.insert(words.end(), {"--around", all_.slice.around});
      all_.slice.question = question(std::move(words));
      return run_slice(all_.slice);
    });
    slice.add_option("--around", all_.slice.around, "only this node and its neighbours")->type_name("NAME");
    slice.add_option("--limit", all_.slice.limit, "how many edges to list on a page (1000)");
    add_when(slice, all_.when);
    add_where(slice, all_.where);

    auto& show = add("show", "a node with its names and edges", [this] {
      all_.show.question = question({"show", all_.show.name});
      return run_show(all_.show);
    });
    show.add_option("name", all_.show.name, "a name, an article's name, or #NODE")->required()->type_name("NAME");
    add_when(show, all_.when);
    add_where(show, all_.where);

    auto& why = add("why", "the sources of an edge, its confidence, and what was believed before", [this] {
      all_.why.question = question({"why", all_.why.edge});
      return run_why(all_.why);
    });
    why.add_option("edge", all_.why.edge, "the number of an edge")->required()->type_name("EDGE");
    add_when(why, all_.when);

    auto& search = add("search", "names that begin so", [this] {
      all_.search.common = common({"search", all_.search.text});
      return run_search(all_.search);
    });
    search.add_option("text", all_.search.text, "the beginning of a name or alias")->required()->type_name("TEXT");
    search.add_option("--limit", all_.search.limit, "how many (20)");

    auto& stats = add("stats", "how much there is, by label and type", [this] {
      all_.stats.question = question({"stats"});
      return run_stats(all_.stats);
    });
    add_when(stats, all_.when);
    add_where(stats, all_.where);
  }

  void add_keeping() {
    add("check", "read everything and recount every index both ways", [this] {
      all_.check.common = common({"check"});
      return run_check(all_.check);
    });
    auto& log = add("log", "the commits, newest first", [this] {
      all_.log.common = common({"log"});
      return run_log(all_.log);
    });
    log.add_option("--limit", all_.log.limit, "how many (20)");
    auto& help = add("help", "about a topic: time, names, measures, json, exit-codes, ontology", [this] {
      return print_topic(all_.topic);
    });
    help.add_option("topic", all_.topic, "a topic or a command")->type_name("TOPIC");
  }

  CLI::App* subcommand() const {
    const auto given = app_.get_subcommands();
    return given.empty() ? nullptr : given.front();
  }

  std::string help_for(CLI::App* command) const {
    if (!command) return overview() + "\n" + app_.help();
    return examples_of(command->get_name()) + command->help();
  }

  // A word that is no command gets the nearest that is.
  Parsed mistake(const CLI::ParseError& error, int argc, char** argv) const {
    std::string message = error.what();
    CLI::App* command = subcommand();
    if (!command)
      for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word.starts_with("-")) continue;
        std::vector<std::string> names;
        for (const auto& run : runs_) names.push_back(run.first->get_name());
        if (std::find(names.begin(), names.end(), word) != names.end()) break;
        message = "there is no command '" + word + "'" + suggestion(word, names);
        break;
      }
    std::cerr << "entente: " << printable(message) << "; see 'entente "
              << (command ? command->get_name() + " " : "") << "--help'\n";
    return {{}, ExitCode::Usage};
  }

  Everything& all_;
  CLI::App app_{"who did what to whom, when, and who says so"};
  std::vector<std::pair<CLI::App*, Run>> runs_;
};
}  // namespace

Parsed parse_command_line(int argc, char** argv) {
  const auto all = std::make_shared<Everything>();
  const auto parser = std::make_shared<Parser>(*all);
  Parsed parsed = parser->parse(argc, argv);
  if (!parsed.command) return parsed;
  // The command borrows both.
  return {[all, parser, run = std::move(parsed.command)] { return run(); }, ExitCode::Found};
}

}  // namespace entente
