#include <algorithm>
#include <boost/json/value_from.hpp>
#include <charconv>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "graph/algorithms/disjoint_path.h"
#include "graph/algorithms/edge_age.h"
#include "graph/algorithms/hubs.h"
#include "graph/algorithms/ruled_path.h"
#include "graph/algorithms/shortest_path.h"
#include "graph/algorithms/time_path.h"
#include "graph/algorithms/together.h"
#include "graph/algorithms/weighted_path.h"
#include "tools/answer/edge_row.h"
#include "tools/answer/json.h"
#include "tools/answer/path_rows.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string from, to;
  std::size_t k = 3;
  bool all = false;      // every shortest path instead of the k best
  bool forward = false;  // only from head to tail
  std::uint32_t max_hops = 8;
  std::string in_time;       // earliest, latest, fastest, fewest
  std::string max_wait;      // days
  bool together = false;     // longest common time first
  bool possible = false;     // with these two: days that are possible, not only certain
  std::string weight;        // confidence, recency, or a property
  std::vector<std::string> through;
  std::string disjoint;      // nodes, edges
  std::string pattern;       // of edge types
  std::string avoid_hubs;    // a number of neighbours
};

// What was found, and what there is to say of each path beside its edges.
struct Answer {
  std::vector<Path> paths;
  std::vector<std::string> remarks;
  std::vector<boost::json::object> more;
  void add(Path path, std::string remark, boost::json::object object) {
    paths.push_back(std::move(path));
    remarks.push_back(std::move(remark));
    more.push_back(std::move(object));
  }
};

void print_chain(std::size_t number, const Chain& chain, const std::string& start) {
  std::string line = bold(printable(start));
  for (const Hop& hop : chain) {
    const bool along = hop.row.edge.head == hop.from;
    const std::string& other = along ? hop.row.tail : hop.row.head;
    line += along ? " \u2500" + hop.row.type + "\u2192 " : " \u2190" + hop.row.type + "\u2500 ";
    line += bold(printable(other));
  }
  std::cout << number << ". " << line << "\n";
  for (const Hop& hop : chain) {
    const EdgeRow& row = hop.row;
    std::cout << "   " << printable(row.head) << " " << row.type << " " << printable(row.tail) << "  "
              << when_text(row.edge.valid) << "  " << printable(mood_text(row));
    if (row.holds == Truth::Maybe) std::cout << "  maybe";
    std::cout << dim("  edge " + std::to_string(row.edge.id.value));
    if (!hop.parallel.empty()) std::cout << dim(" (+" + counted(hop.parallel.size(), "parallel edge") + ")");
    std::cout << "\n";
    for (const Source& source : row.sources) {
      print_wrapped("\u201c" + source.quote + "\u201d", 6);
      std::string from = source.title.empty() ? source.document : source.title;
      if (!source.publisher.empty()) from += ", " + source.publisher;
      if (!source.published.empty()) from += ", " + source.published;
      if (source.page) from += ", page " + std::to_string(source.page);
      std::cout << dim("      \u2014 " + printable(from)) << "\n";
      break;  // the first source; `why` has them all
    }
  }
}

Error usage(std::string message) { return {Code::InvalidArgument, std::move(message)}; }

std::optional<std::uint32_t> whole_number(const std::string& text) {
  std::uint32_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = end.ec == std::errc() && end.ptr == text.data() + text.size();
  return all ? std::optional(number) : std::nullopt;
}

std::string day_text(Day day) {
  return day == kFirstDay ? "as early as one likes" : day == kLastDay ? "as late as one likes" : edtf_of(day);
}

Result<std::vector<NodeIndex>> stations_of(const Session& session, const Slice& slice, const Typed& typed) {
  std::vector<NodeIndex> stations;
  for (const std::string& name : typed.through) {
    const auto node = session.node_named(name);
    if (!node) return node.error().within("--through");
    if (const auto index = slice.snapshot().find(*node)) stations.push_back(*index);
  }
  return stations;
}

Result<Answer> find_in_time(const Session& session, const Slice& slice, NodeIndex from, NodeIndex to,
                            const Typed& typed) {
  constexpr std::pair<std::string_view, TimeAim> kAims[] = {{"earliest", TimeAim::Earliest},
                                                            {"latest", TimeAim::Latest},
                                                            {"fastest", TimeAim::Fastest},
                                                            {"fewest", TimeAim::Fewest}};
  const auto aim = std::ranges::find(kAims, typed.in_time, [](const auto& each) { return each.first; });
  if (aim == std::end(kAims)) return usage("--in-time: there are earliest, latest, fastest, fewest");
  TimePathOptions options{.aim = aim->second,
                          .days = typed.possible ? UsableDays::Told : UsableDays::Certain,
                          .direction = typed.forward ? Direction::Forward : Direction::Any,
                          .max_hops = typed.max_hops};
  if (!typed.max_wait.empty()) {
    options.max_wait_days = whole_number(typed.max_wait);
    if (!options.max_wait_days) return usage("--max-wait: a number of days should stand here");
  }
  const auto stations = stations_of(session, slice, typed);
  if (!stations) return stations.error();
  const auto route = stations->empty() ? time_path(slice, from, to, options)
                                       : time_path_through(slice, from, *stations, to, options);
  if (!route) return route.error();
  Answer answer;
  if (!*route) return answer;
  Path path{.nodes = (*route)->nodes, .steps = {}};
  std::string remark;
  boost::json::object more;
  boost::json::array days;
  for (const TimeStep& step : (*route)->steps) {
    path.steps.push_back({step.edge});
    remark += (remark.empty() ? "steps on " : ", then ") + day_text(step.day);
    if (step.day == kFirstDay || step.day == kLastDay) days.emplace_back(nullptr);
    else days.emplace_back(edtf_of(step.day));
  }
  more["days"] = std::move(days);
  answer.add(std::move(path), remark, std::move(more));
  return answer;
}

Result<EdgeCost> cost_of(const Session& session, const Slice& slice, const std::string& weight) {
  const Snapshot& columns = slice.snapshot();
  if (weight == "confidence") return cost_by_confidence(columns);
  if (weight == "recency") {
    const auto window = slice.window();
    const Day today = window && window->to != kLastDay ? window->to - std::chrono::days{1}
                                                       : latest_known_day(slice).value_or(Day{});
    return cost_by_recency(columns, today);
  }
  // A property: edges without it, or with one that is no number of at least 0, are no way.
  std::vector<std::uint64_t> costs(columns.edge_limit(), kNoWay);
  bool any = false;
  const auto scanned = session.read().scan_edges(session.commit(), [&](const Edge& edge) {
    const auto at = edge.properties.find(weight);
    const auto index = at == edge.properties.end() ? std::nullopt : columns.find(edge.id);
    if (!index) return true;
    std::optional<double> number;
    if (const auto* real = std::get_if<double>(&at->second)) number = *real;
    if (const auto* whole = std::get_if<std::int64_t>(&at->second)) number = static_cast<double>(*whole);
    if (!number || !(*number >= 0)) return true;
    any = true;
    costs[index->value] = 1 + static_cast<std::uint64_t>(std::min(*number * 1000, 6e10));
    return true;
  });
  if (!scanned) return scanned.error();
  if (!any)
    return usage("--weight: no edge has a number as property '" + weight +
                 "'; there are also confidence and recency");
  return EdgeCost([costs](EdgeIndex edge) { return costs[edge.value]; });
}

Result<Answer> find_paths(const Session& session, const Slice& slice, NodeIndex from, NodeIndex to,
                          const Typed& typed) {
  const int kinds = !typed.in_time.empty() + typed.together + !typed.weight.empty() + !typed.disjoint.empty() +
                    (!typed.pattern.empty() || (!typed.through.empty() && typed.in_time.empty())) + typed.all;
  if (kinds > 1)
    return usage("--all, --in-time, --together, --weight, --disjoint and --pattern (with --through) are "
                 "different questions; ask one");
  if (!typed.in_time.empty()) return find_in_time(session, slice, from, to, typed);
  if (!typed.max_wait.empty()) return usage("--max-wait goes with --in-time");
  if (typed.possible && !typed.together) return usage("--possible goes with --in-time or --together");
  PathOptions options;
  options.direction = typed.forward ? Direction::Forward : Direction::Any;
  options.max_hops = typed.max_hops;
  Answer answer;
  if (typed.together) {
    const auto found = together_paths(slice, from, to, typed.k,
                                      {.days = typed.possible ? UsableDays::Possible : UsableDays::Certain,
                                       .direction = options.direction,
                                       .max_hops = typed.max_hops});
    if (!found) return found.error();
    for (const TogetherPath& path : *found) {
      std::string remark;
      boost::json::object more;
      boost::json::array windows;
      for (const DayRange& window : path.windows) {
        remark += (remark.empty() ? "together in " : ", ") + window_text(window);
        windows.emplace_back(window_text(window));
      }
      more["together"] = std::move(windows);
      answer.add(path.path, remark, std::move(more));
    }
    return answer;
  }
  if (!typed.weight.empty()) {
    const auto cost = cost_of(session, slice, typed.weight);
    if (!cost) return cost.error();
    const auto found = weighted_paths(slice, from, to, typed.k, *cost, options);
    if (!found) return found.error();
    for (const WeightedPath& path : *found) {
      boost::json::object more;
      more["cost"] = path.cost;
      Path cheapest = path.path;
      for (std::size_t i = 0; i < cheapest.steps.size(); ++i)
        std::ranges::stable_partition(cheapest.steps[i], [&](EdgeIndex e) { return e == path.cheapest[i]; });
      answer.add(std::move(cheapest), "cost " + std::to_string(path.cost), std::move(more));
    }
    return answer;
  }
  Result<std::vector<Path>> found = std::vector<Path>();
  if (!typed.disjoint.empty()) {
    if (typed.disjoint != "nodes" && typed.disjoint != "edges") return usage("--disjoint: there are nodes and edges");
    found = disjoint_paths(slice, from, to, typed.k,
                           {.apart = typed.disjoint == "nodes" ? Apart::Nodes : Apart::Edges,
                            .direction = options.direction});
  } else if (!typed.pattern.empty() || !typed.through.empty()) {
    PathRules rules;
    std::optional<PathPattern> pattern;
    if (!typed.pattern.empty()) {
      auto parsed = PathPattern::parse(typed.pattern, session.ontology());
      if (!parsed) return Error{Code::InvalidArgument, parsed.error().message};
      pattern = std::move(*parsed);
      rules.pattern = &*pattern;
    }
    auto stations = stations_of(session, slice, typed);
    if (!stations) return stations.error();
    rules.through = std::move(*stations);
    found = ruled_paths(slice, from, to, rules, typed.k, options);
  } else {
    found = typed.all ? all_shortest_paths(slice, from, to, options)
                      : k_shortest_paths(slice, from, to, typed.k, options);
  }
  if (!found) return found.error();
  for (Path& path : *found) answer.add(std::move(path), "", {});
  return answer;
}

ExitCode print_paths(const Question& question, const Typed& typed) {
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto from = session->node_named(typed.from), to = session->node_named(typed.to);
  if (!from) return fail(from.error());
  if (!to) return fail(to.error());
  auto slice = session->slice(question.where, {*from, *to});
  if (!slice) return fail(slice.error());
  if (!typed.avoid_hubs.empty()) {
    const auto most = whole_number(typed.avoid_hubs);
    if (!most) return fail(usage("--avoid-hubs: a number of neighbours should stand here"));
    std::vector<NodeId> many = hubs(*slice, *most);
    std::erase_if(many, [&](NodeId node) { return node == *from || node == *to; });
    *slice = Slice(*slice, {.include_evidence = true, .include_negated = true, .avoid = std::move(many)});
  }
  const Snapshot& snapshot = slice->snapshot();
  const auto from_index = snapshot.find(*from), to_index = snapshot.find(*to);
  if (!from_index || !to_index)
    return fail({Code::Corruption, "a node that the index of names knows is not in the snapshot"});
  const auto paths = find_paths(*session, *slice, *from_index, *to_index, typed);
  if (!paths) return fail(paths.error());
  EdgeReader reader(*session, kSourcesListed);
  const auto chains = chains_of(paths->paths, snapshot, reader);
  if (!chains) return fail(chains.error());

  const std::string start(snapshot.name(*from_index)), end(snapshot.name(*to_index));
  if (question.common.json) {
    auto answer = answer_of(*session);
    answer["from"] = start;
    answer["to"] = end;
    boost::json::array told = to_json(*chains, start);
    for (std::size_t i = 0; i < told.size(); ++i)
      for (const auto& each : paths->more[i]) told[i].as_object()[each.key()] = each.value();
    answer["paths"] = std::move(told);
    if (question.common.show_command) answer["command"] = session->reproduce(question);
    print(answer);
  } else if (chains->empty()) {
    remark("no path joins " + start + " and " + end + " within " + counted(typed.max_hops, "edge") +
           " under these conditions");
  } else {
    for (std::size_t i = 0; i < chains->size(); ++i) {
      print_chain(i + 1, (*chains)[i], start);
      if (!paths->remarks[i].empty()) std::cout << "   " << paths->remarks[i] << "\n";
    }
  }
  if (question.common.show_command && !question.common.json)
    std::cout << session->reproduce(question) << "\n";
  return chains->empty() ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command path_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("path", "how two names are connected");
  command.word("from", &typed->from, "a name, or #NODE", "NAME")
      .word("to", &typed->to, "a name, or #NODE", "NAME")
      .option("-k", &typed->k, "how many paths, shortest first (3)", "N", {1, 10000})
      .flag("--all", typed->all, "every shortest path")
      .flag("--forward", typed->forward, "only along the edges, from head to tail")
      .option("--max-hops", &typed->max_hops, "longest path (8)", "N", {1, 100})
      .option("--in-time", &typed->in_time,
              "no step before the step before: earliest, latest, fastest or fewest", "AIM")
      .option("--max-wait", &typed->max_wait, "with --in-time: at most so many days between two steps", "DAYS")
      .flag("--together", typed->together, "when the whole chain held, the longest time first")
      .flag("--possible", typed->possible, "with these: days that are possible, not only certain ones")
      .option("--weight", &typed->weight, "cheapest first: confidence, recency, or a property", "WEIGHT")
      .option("--through", &typed->through, "only paths through this node; with --in-time earliest through them in order", "NAME")
      .option("--disjoint", &typed->disjoint, "paths that share no nodes, or no edges", "nodes|edges")
      .option("--pattern", &typed->pattern, "edge types in their order: 'SANCTION (PART_OF|OWNS)* ^SUPPLIES'",
              "PATTERN")
      .option("--avoid-hubs", &typed->avoid_hubs, "leave out nodes with more neighbours than this", "N")
      .clocks()
      .filters()
      .example("entente path \"Sinaloa Cartel\" \"Ministry of Public Security\"")
      .example("entente path China fentanyl --as-of 2024-09-02 --certain -k 5")
      .example("entente path \"United States\" China --in-time earliest --during 2022..")
      .example("entente path China fentanyl --pattern 'CONTROLS ^SUPPLIES' --through India")
      .answers("from, to, paths: [{length, nodes: [name], edges: [edge with 'parallel': [id]]; days (one a\n"
               "          step, --in-time), together (windows, --together), cost (--weight)}]");
  return command.runs([typed](const Question& question) { return print_paths(question, *typed); });
}

}  // namespace entente
