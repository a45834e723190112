// entente-train: makes and measures the model of the tagger and the parser.
//
//   entente-train train MODEL TREEBANK...      learns from CoNLL-U files and writes MODEL
//   entente-train evaluate MODEL TREEBANK...   prints accuracy and speed
//   entente-train clusters CLUSTERS VECTORS    groups similar words, for train's clusters=CLUSTERS
//   entente-train tokens TREEBANK...           measures the tokenizer
// Settings stand before the file names, each as name=value; the defaults make the shipped model.
// train: clusters (a file), tag_scout, tag_epochs, tag_margin, tag_kb, folds, scout, epochs, margin,
// parse_kb (see Schedule in learn.h). clusters: words, fine, coarse.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tools/import/syntax/hash.h"
#include "tools/import/train/clusters.h"
#include "tools/import/train/evaluate.h"
#include "tools/import/train/learn.h"
#include "tools/import/train/pack.h"

namespace entente::train {
namespace {

using Settings = std::map<std::string, std::string>;

int setting(const Settings& settings, const std::string& name, int otherwise) {
  const auto found = settings.find(name);
  return found == settings.end() ? otherwise : std::atoi(found->second.c_str());
}

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

int fail(const Error& error) {
  std::fprintf(stderr, "entente-train: %s\n", error.message.c_str());
  return 1;
}

// Lines of "word fine coarse", most frequent word first; no file, no clusters.
std::vector<ClusteredWord> read_clusters(const Settings& settings) {
  std::vector<ClusteredWord> words;
  const auto path = settings.find("clusters");
  if (path == settings.end()) return words;
  std::ifstream in(path->second);
  std::string word;
  for (syntax::Cluster c; in >> word >> c.fine >> c.coarse;)
    words.push_back({static_cast<std::uint32_t>(syntax::describe(word).lower >> 32), c});
  return words;
}

Result<Treebank> read_all(const std::vector<std::string>& paths) {
  Treebank all;
  for (const auto& path : paths) {
    auto bank = read_conllu(path);
    if (!bank) return bank.error();
    std::move(bank->sentences.begin(), bank->sentences.end(), std::back_inserter(all.sentences));
    all.skipped += bank->skipped;
  }
  return all;
}

std::vector<Example> examples_of(const Treebank& bank, const std::string& packed_clusters) {
  const auto table = syntax::ClusterTable::make(std::as_bytes(std::span(packed_clusters)));
  std::vector<Example> examples;
  for (const GoldSentence& gold : bank.sentences) {
    Example example{{}, gold.tags, {}, gold.arcs};
    for (const auto& text : gold.words) {
      syntax::Word& word = example.words.emplace_back(syntax::describe(text));
      const auto cluster = table->find(word.lower);
      word.fine = cluster.fine;
      word.coarse = cluster.coarse;
    }
    examples.push_back(std::move(example));
  }
  return examples;
}

int train(const Settings& settings, const std::string& model,
          const std::vector<std::string>& banks) {
  const auto bank = read_all(banks);
  if (!bank) return fail(bank.error());
  say("sentences " + std::to_string(bank->sentences.size()) + ", left out " +
      std::to_string(bank->skipped));
  const std::string clusters = pack_clusters(read_clusters(settings));
  auto examples = examples_of(*bank, clusters);
  std::vector<const Example*> all;
  for (const Example& example : examples) all.push_back(&example);

  Schedule schedule;
  schedule.report = say;
  schedule.first_epochs = setting(settings, "tag_scout", 4);
  schedule.epochs = setting(settings, "tag_epochs", 8);
  schedule.margin = setting(settings, "tag_margin", 60);
  schedule.bytes = static_cast<std::size_t>(setting(settings, "tag_kb", 1200)) * 1024;
  const std::string tags = pack_weights(learn_tags(all, schedule));
  say("tagger: " + std::to_string(tags.size()) + " bytes");

  predict_tags(examples, setting(settings, "folds", 5), 5, schedule.margin, say);
  schedule.first_epochs = setting(settings, "scout", 3);
  schedule.epochs = setting(settings, "epochs", 9);
  schedule.margin = setting(settings, "margin", 150);
  schedule.bytes = static_cast<std::size_t>(setting(settings, "parse_kb", 5800)) * 1024;
  const std::string arcs = pack_weights(learn_arcs(all, schedule));
  say("parser: " + std::to_string(arcs.size()) + " bytes");

  const std::string file = pack_model({tags, arcs, clusters});
  if (const auto written = write_model(model, file); !written) return fail(written.error());
  say("wrote " + model + ", " + std::to_string(file.size()) + " bytes");
  return 0;
}

int measure(const std::string& path, const std::vector<std::string>& banks) {
  const auto model = Model::load(path);
  if (!model) return fail(model.error());
  for (const auto& name : banks) {
    const auto bank = read_conllu(name);
    if (!bank) return fail(bank.error());
    const Scores s = evaluate(*model, *bank);
    const auto percent = [&](std::size_t n) {
      return 100.0 * static_cast<double>(n) / static_cast<double>(s.tokens);
    };
    std::printf("%s: tokens %zu XPOS %.2f UPOS %.2f UAS %.2f LAS %.2f (with subtypes %.2f), "
                "%.0f tokens per CPU second\n",
                name.c_str(), s.tokens, percent(s.tags), percent(s.classes), percent(s.heads),
                percent(s.arcs), percent(s.full_arcs),
                static_cast<double>(s.tokens) / s.cpu_seconds);
  }
  return 0;
}

int measure_tokens(const std::vector<std::string>& banks) {
  for (const auto& name : banks) {
    const auto bank = read_conllu(name);
    if (!bank) return fail(bank.error());
    const TokenScores s = evaluate_tokens(*bank);
    std::printf("%s: words %zu found %zu F1 %.2f\n", name.c_str(), s.gold, s.found,
                200.0 * static_cast<double>(s.right) / static_cast<double>(s.gold + s.found));
  }
  return 0;
}

// Writes the lines that `clusters=` reads.
int make_clusters(const Settings& settings, const std::string& out,
                  const std::string& vectors_path) {
  const auto words = static_cast<std::size_t>(setting(settings, "words", 80000));
  const auto vectors = read_vectors(vectors_path, words);
  if (!vectors) return fail(vectors.error());
  const auto fine = cluster(*vectors, setting(settings, "fine", 512), 12);
  const auto coarse = cluster(*vectors, setting(settings, "coarse", 64), 12);
  std::ofstream file(out);
  for (std::size_t i = 0; i < fine.size(); ++i)
    file << vectors->words[i] << ' ' << fine[i] + 1 << ' ' << coarse[i] + 1 << '\n';
  file.close();
  return file ? 0 : fail({Code::Unavailable, "cannot write " + out});
}

int usage() {
  std::fprintf(stderr,
               "usage: entente-train train|evaluate [name=value...] MODEL TREEBANK...\n"
               "       entente-train clusters [name=value...] CLUSTERS VECTORS\n"
               "       entente-train tokens TREEBANK...\n");
  return 2;
}

int run(std::vector<std::string> words) {
  Settings settings;
  std::vector<std::string> files;
  if (words.empty()) return usage();
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    if (equals == std::string::npos) files.push_back(words[i]);
    else settings[words[i].substr(0, equals)] = words[i].substr(equals + 1);
  }
  if (words[0] == "tokens" && !files.empty()) return measure_tokens(files);
  if (files.size() < 2) return usage();
  const std::vector<std::string> banks(files.begin() + 1, files.end());
  if (words[0] == "train") return train(settings, files[0], banks);
  if (words[0] == "clusters") return make_clusters(settings, files[0], files[1]);
  if (words[0] == "evaluate") return measure(files[0], banks);
  return usage();
}

}  // namespace
}  // namespace entente::train

int main(int argc, char** argv) {
  return entente::train::run(std::vector<std::string>(argv + 1, argv + argc));
}
