#include "tools/answer/session.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "graph/image_cache.h"
#include "tools/answer/image_maker.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

Result<std::optional<DayRange>> window_of(const When& when) {
  if (!when.as_of.empty() && !when.during.empty())
    return Error{Code::InvalidArgument, "--as-of and --during are two ways to say one thing; use one"};
  const bool as_of = !when.as_of.empty();
  if (!as_of && when.during.empty()) return std::optional<DayRange>();
  const auto window = parse_window(as_of ? when.as_of : when.during);
  if (!window) return window.error().within(as_of ? "--as-of" : "--during");
  return std::optional<DayRange>(*window);
}

// `2024-03-01T12:30:00Z`; the seconds and the Z may be missing.
std::optional<Instant> parse_moment(std::string_view text) {
  const std::size_t t = text.find('T');
  if (t != 10) return std::nullopt;
  const auto day = Bound::parse(text.substr(0, 10));
  if (!day || !day->is_known()) return std::nullopt;
  std::string_view clock = text.substr(11);
  if (clock.ends_with('Z')) clock.remove_suffix(1);
  long micros = 0;
  if (const std::size_t dot = clock.find('.'); dot != std::string_view::npos) {
    std::string fraction(clock.substr(dot + 1));
    if (fraction.empty() || fraction.size() > 6) return std::nullopt;
    fraction.resize(6, '0');
    const auto [end, fault] = std::from_chars(fraction.data(), fraction.data() + 6, micros);
    if (fault != std::errc() || end != fraction.data() + 6) return std::nullopt;
    clock = clock.substr(0, dot);
  }
  if (clock.size() != 5 && clock.size() != 8) return std::nullopt;
  int parts[3] = {};
  for (std::size_t i = 0; i * 3 < clock.size(); ++i) {
    const char* at = clock.data() + i * 3;
    const auto [end, fault] = std::from_chars(at, at + 2, parts[i]);
    if (fault != std::errc() || end != at + 2) return std::nullopt;
    if (i * 3 + 2 < clock.size() && at[2] != ':') return std::nullopt;
  }
  if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
  return Instant{day->period().from} + std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) +
         std::chrono::seconds(parts[2]) + std::chrono::microseconds(micros);
}

Result<CommitId> commit_known_by(const ReadTransaction& read, const std::string& text) {
  const CommitId last = read.last_commit();
  if (text.empty()) return last;
  if (text.front() == '#') {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size())
      return Error{Code::InvalidArgument, "--known-by: '" + text + "' is not a commit; write #12"};
    if (CommitId{number} > last)
      return Error{Code::InvalidArgument, "--known-by: there is no commit " + std::to_string(number) +
                                              " yet; the last is " + std::to_string(last.value)};
    return CommitId{number};
  }
  if (const auto moment = parse_moment(text)) return read.commit_at(*moment);
  const auto window = parse_window(text);
  if (!window) return window.error().within("--known-by");
  if (window->to == kLastDay) return last;
  return read.commit_at(Instant{window->to} - std::chrono::microseconds(1));  // the end of that day
}

std::string candidates_of(const std::vector<NameMatch>& matches, const Ontology& ontology) {
  std::string list;
  for (const NameMatch& match : matches)
    list += (list.empty() ? "" : "; ") + match.name + " (" + ontology.label(match.label).name + ", node #" +
            std::to_string(match.node.value) + ")";
  return list;
}

std::string day_text(Day day, Day infinite) { return day == infinite ? "" : edtf_of(day); }
}  // namespace

std::string shell_word(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || std::string_view("-_./:,=+@").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string window_text(const DayRange& window) {
  if (window.from != kFirstDay && window.to == window.from + std::chrono::days(1)) return edtf_of(window.from);
  return day_text(window.from, kFirstDay) + ".." +
         (window.to == kLastDay ? "" : edtf_of(window.to - std::chrono::days(1)));
}

std::string filter_text(const Where& where) {
  std::string text;
  const auto add = [&](const char* name, const std::vector<std::string>& values) {
    for (const std::string& value : values) text += (text.empty() ? "" : ", ") + std::string(name) + "=" + value;
  };
  add("type", where.types);
  add("family", where.families);
  add("label", where.labels);
  add("mode", where.modes);
  add("avoid", where.avoid);
  if (where.min_confidence > 0) add("min_confidence", {text_of(Value(where.min_confidence))});
  if (where.certain) add("certain", {"true"});
  if (where.negated) add("negated", {"true"});
  if (where.mentions) add("mentions", {"true"});
  return text;
}

fs::path database_directory(const Common& common) {
  if (!common.database.empty()) return common.database;
  if (const char* given = std::getenv("ENTENTE_DB"); given && *given) return given;
  std::error_code error;
  for (fs::path here = fs::current_path(error); !error; here = here.parent_path()) {
    if (fs::is_directory(here / ".entente", error)) return here / ".entente";
    if (here == here.parent_path()) break;
  }
  return ".entente";
}

Result<Session> Session::open(const Common& common, const When& when) {
  if (const auto window = window_of(when); !window) return window.error();
  auto store = Store::open(database_directory(common), Access::Read);
  if (!store) {
    // A database that is not there is not an answer that is not there.
    Error error = store.error();
    if (error.code == Code::NotFound) error.code = Code::Unavailable;
    return error;
  }
  return on(std::move(*store), when);
}

Result<Session> Session::on(std::shared_ptr<const Store> store, const When& when, LoadSnapshot load) {
  const auto window = window_of(when);
  if (!window) return window.error();
  Session session;
  session.store_ = std::move(store);
  session.load_ = std::move(load);
  session.read_.emplace(session.store_->begin_read());
  const auto commit = commit_known_by(*session.read_, when.known_by);
  if (!commit) return commit.error();
  session.as_of_ = {.valid = *window, .recorded = *commit};
  return session;
}

Result<NodeId> Session::node_named(std::string_view name) const {
  if (name.starts_with('#')) {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
    if (fault == std::errc() && end == name.data() + name.size()) {
      const auto node = read_->node(NodeId{number}, commit());
      if (!node) return node.error();
      if (*node) return (*node)->id;  // of one that was merged, the survivor
      return Error{Code::NotFound, "there is no node " + std::string(name)};
    }
  }
  auto found = read_->find_name(name);
  if (!found) return found.error();
  // What was not yet believed at the commit asked for is not there.
  std::erase_if(*found, [&](const NameMatch& match) {
    const auto node = read_->node(match.node, commit());
    return !node || !*node;
  });
  std::vector<NameMatch> best;
  for (const bool alias : {false, true}) {
    std::copy_if(found->begin(), found->end(), std::back_inserter(best),
                 [&](const NameMatch& match) { return match.is_alias == alias; });
    if (!best.empty()) break;
  }
  // An article may be titled like the actor that it is about; the actor is meant.
  const auto document = ontology().find_label("Document");
  if (best.size() > 1)
    std::erase_if(best, [&](const NameMatch& match) { return match.label == document; });
  if (best.size() == 1) return best.front().node;
  if (best.size() > 1)
    return Error{Code::InvalidArgument, "'" + std::string(name) + "' may be " +
                                            candidates_of(best, ontology()) + "; name one by its number"};

  std::string message = "no node is called '" + std::string(name) + "'";
  const auto similar = read_->find_similar(name, 5, commit());
  if (!similar) return similar.error();
  std::vector<std::string> near;  // each once: two nodes may be called the same
  for (const SimilarName& match : *similar)
    if (std::find(near.begin(), near.end(), match.name) == near.end()) near.push_back(match.name);
  if (near.empty()) return Error{Code::NotFound, message + "; look with 'entente search'"};
  message += "; did you mean ";
  for (const std::string& other : near) message += (other == near.front() ? "" : ", ") + other;
  return Error{Code::NotFound, message + "?"};
}

Result<std::shared_ptr<const Snapshot>> Session::snapshot() {
  if (!snapshot_) {
    if (load_) {
      auto loaded = load_(*read_, commit());
      if (!loaded) return loaded.error();
      snapshot_ = std::move(*loaded);
    } else {
      await_image_maker(store_->directory());
      auto loaded = load_cached(*read_, store_->directory(), store_->database_id(), commit());
      if (!loaded) return loaded.error();
      if (!loaded->warning.empty()) spdlog::warn("{}", loaded->warning);
      snapshot_ = std::move(loaded->snapshot);
    }
  }
  return snapshot_;
}

Result<Filter> Session::filter_of(const Where& where) const {
  Filter filter;
  filter.certain_only = where.certain;
  filter.include_negated = where.negated;
  filter.include_evidence = where.mentions;
  filter.min_confidence = where.min_confidence;
  for (const std::string& name : where.types) {
    const auto type = ontology().type_named(name);
    if (!type) return type.error().within("--type");
    filter.types.push_back(*type);
  }
  for (const std::string& name : where.families) {
    const auto family = [&]() -> std::optional<Family> {
      for (int i = 0; i < kFamilies; ++i)
        if (name_of(Family(i)) == name) return Family(i);
      return std::nullopt;
    }();
    if (!family)
      return Error{Code::InvalidArgument,
                   "--family: no family is called '" + name +
                       "'; there are structure, regulation, cooperative, conflictual, evidence"};
    filter.families.push_back(*family);
  }
  for (const std::string& name : where.labels) {
    const auto label = ontology().label_named(name);
    if (!label) return label.error().within("--label");
    filter.labels.push_back(*label);
  }
  for (const std::string& name : where.modes) {
    const auto mode = parse_mode(name);
    if (!mode) return mode.error().within("--mode");
    filter.modes.push_back(*mode);
  }
  for (const std::string& name : where.avoid) {
    const auto node = node_named(name);
    if (!node) return node.error().within("--avoid");
    filter.avoid.push_back(*node);
  }
  return filter;
}

Result<Slice> Session::slice(const Where& where, const std::vector<NodeId>& keep) {
  auto filter = filter_of(where);
  if (!filter) return filter.error();
  filter->keep = keep;
  filter->valid = as_of_.valid;
  auto loaded = snapshot();
  if (!loaded) return loaded.error();
  return Slice(*loaded, *filter);
}

std::string Session::reproduce(const Question& question, const std::vector<std::string>& more) const {
  std::vector<std::string> words = {"entente"};
  if (!question.common.database.empty()) {
    words.push_back("--db");
    words.push_back(question.common.database);
  }
  words.insert(words.end(), question.common.command.begin(), question.common.command.end());
  words.insert(words.end(), more.begin(), more.end());
  const auto option = [&](const char* name, const std::vector<std::string>& values) {
    for (const std::string& value : values) words.insert(words.end(), {name, value});
  };
  option("--type", question.where.types);
  option("--family", question.where.families);
  option("--label", question.where.labels);
  option("--mode", question.where.modes);
  option("--avoid", question.where.avoid);
  if (question.where.min_confidence > 0)
    option("--min-confidence", {text_of(Value(question.where.min_confidence))});
  if (question.where.certain) words.push_back("--certain");
  if (question.where.negated) words.push_back("--negated");
  if (question.where.mentions) words.push_back("--mentions");
  option("--during", {as_of_.valid ? window_text(*as_of_.valid) : ".."});
  option("--known-by", {"#" + std::to_string(commit().value)});
  if (question.common.json) words.push_back("--json");
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + shell_word(word);
  return line;
}

}  // namespace entente
