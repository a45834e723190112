// entente-evaluate: what the reader finds of articles with gold, per edge type.
//
//   entente-evaluate [--errors] [--at LEAST] LEXICON MODEL FOLDER...
//
// One table a folder; the last one is the headline. An edge counts if ends and type are right;
// `dated` is the share of those whose start is the gold's. --errors lists what was missed and what
// is wrong: not for a folder that is meant to stay unseen.
#include <cstdio>
#include <iostream>
#include <map>
#include <set>

#include "schema/ontology.h"
#include "tools/import/reader.h"
#include "tools/import/train/annotated.h"

namespace entente {
namespace {
struct Count {
  int gold = 0, found = 0, right = 0;
  void print(const char* name) const {
    std::printf("%-16s %5d %5d %5d   %.3f  %.3f\n", name, gold, found, right,
                found == 0 ? 0.0 : double(right) / found, gold == 0 ? 0.0 : double(right) / gold);
  }
};

struct Options {
  bool errors = false;
  double least = kShown;
};

// A start agrees if it is the gold's, cut to the gold's precision.
bool same_start(const GoldEdge& edge, const Claim& claim) {
  const std::string got = claim.valid.from().is_known() ? claim.valid.from().edtf() : "";
  return edge.date.empty() ? got.empty() : got.starts_with(edge.date);
}

class Report {
 public:
  explicit Report(Options options) : options_(options) {}

  void add(const Annotated& annotated, Extract extract) {
    add_entities(annotated, extract);
    std::map<const GoldEdge*, double> estimates;
    const auto any = matches(annotated, extract);
    for (std::size_t i = 0; i < any.size(); ++i)
      if (any[i] != nullptr) estimates[any[i]] = extract.claims[i].confidence;
    everything_.found += int(any.size()), everything_.right += int(estimates.size());
    std::erase_if(extract.claims, [&](const Claim& c) { return c.confidence < options_.least; });
    const auto found = matches(annotated, extract);
    std::set<const GoldEdge*> hit;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const Claim& claim = extract.claims[i];
      const auto& type = Ontology::builtin().type(claim.type).name;
      ++all_.found, ++types_[type].found;
      if (found[i] == nullptr) {
        error("false ", annotated,
              gold_name(annotated, extract.nodes[claim.head]) + " " + type + " " +
                  gold_name(annotated, extract.nodes[claim.tail]));
        continue;
      }
      ++all_.right, ++types_[type].right;
      hit.insert(found[i]);
      if (same_start(*found[i], claim))
        ++dated_;
      else
        error("dated ", annotated,
              found[i]->head + " " + type + " " + found[i]->tail + ": " + found[i]->date + ", not " +
                  claim.valid.from().edtf());
    }
    for (const auto& edge : annotated.edges) {
      ++all_.gold, ++everything_.gold, ++types_[edge.type].gold;
      if (hit.contains(&edge)) continue;
      const auto estimate = estimates.find(&edge);
      error(estimate == estimates.end() ? "missed" : "unsure", annotated,
            edge.head + " " + edge.type + " " + edge.tail +
                (estimate == estimates.end() ? "" : ": " + std::to_string(estimate->second)));
    }
    ++articles_;
  }

  void print(const char* folder) const {
    std::printf("\n%s: %d articles\n%-16s  gold found right  precision recall\n", folder, articles_,
                "edge type");
    for (const auto& [type, count] : types_) count.print(type.c_str());
    everything_.print("any confidence");
    entities_.print("nodes");
    all_.print("all");
    std::printf("dated: %.3f\n", all_.right == 0 ? 0.0 : double(dated_) / all_.right);
  }

 private:
  void add_entities(const Annotated& annotated, const Extract& extract) {
    std::map<std::string, std::string> found;
    for (const NamedNode& node : extract.nodes)
      found[gold_name(annotated, node)] = Ontology::builtin().label(node.label).name;
    entities_.gold += int(annotated.labels.size()), entities_.found += int(found.size());
    for (const auto& [name, label] : annotated.labels) {
      const auto at = found.find(name);
      if (at != found.end() && at->second == label)
        ++entities_.right;
      else
        error("node  ", annotated,
              label + " " + name + (at == found.end() ? "" : ": " + at->second));
    }
    for (const auto& [name, label] : found)
      if (!annotated.labels.contains(name)) error("extra ", annotated, label + " " + name);
  }

  void error(const char* kind, const Annotated& annotated, const std::string& what) const {
    if (options_.errors)
      std::printf("%s %s: %s\n", kind, annotated.article.document.name.c_str(), what.c_str());
  }

  Options options_;
  int articles_ = 0, dated_ = 0;
  Count all_, everything_, entities_;
  std::map<std::string, Count> types_;
};

int run(int count, char** words) {
  Options options;
  int first = 1;
  for (; first < count && std::string_view(words[first]).starts_with("--"); ++first) {
    if (std::string_view(words[first]) == "--errors")
      options.errors = true;
    else if (std::string_view(words[first]) == "--at" && first + 1 < count)
      options.least = std::atof(words[++first]);
    else
      break;
  }
  if (count < first + 3 || std::string_view(words[first]).starts_with("--")) {
    std::cerr << "usage: entente-evaluate [--errors] [--at LEAST] LEXICON MODEL FOLDER...\n";
    return 2;
  }
  const auto reader = Reader::open(words[first], words[first + 1]);
  if (!reader) return std::cerr << reader.error().message << "\n", 3;
  for (int i = first + 2; i < count; ++i) {
    const auto folder = read_annotated_folder(words[i]);
    if (!folder) return std::cerr << folder.error().message << "\n", 3;
    Report report(options);
    for (const auto& annotated : *folder) report.add(annotated, reader->read(annotated.article));
    report.print(words[i]);
  }
  return 0;
}
}  // namespace
}  // namespace entente

int main(int count, char** words) { return entente::run(count, words); }
