// What reading articles costs: the load of what the reader knows, and the tokens it reads a second.
//
// The text is that of data/articles, read over and over. Times are of this process's processor time
// on one thread, so that other work on the machine does not count; of a load also the time that
// passes. A token is a word or a mark as the tokenizer has it.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "tests/bench/measure.h"
#include "tools/import/input/inputs.h"
#include "tools/import/lexicon.h"
#include "tools/import/reader.h"
#include "tools/import/syntax/model.h"
#include "tools/import/text.h"

namespace {
using namespace entente;
namespace fs = std::filesystem;

// The medians of several runs, each figure by itself.
template <typename Work>
bench::Cost median_cost(int runs, Work work) {
  std::vector<double> wall, cpu;
  for (int i = 0; i < runs; ++i) {
    const bench::Cost cost = bench::cost_of(work);
    wall.push_back(cost.wall), cpu.push_back(cost.cpu);
  }
  return {bench::median(wall), bench::median(cpu)};
}

std::vector<Article> articles_of(const std::string& folder) {
  std::vector<Article> articles;
  Inputs inputs({folder});
  while (const auto input = inputs.next()) {
    articles.push_back(bench::must(read_input(*input)));
  }
  return articles;
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder = ENTENTE_DATA_DIR "/articles";
  int runs = 9;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--articles") == 0) folder = argv[i + 1];
    if (std::strcmp(argv[i], "--runs") == 0) runs = std::max(1, std::atoi(argv[i + 1]));
  }
  const fs::path lexicon = fs::path(ENTENTE_DATA_DIR) / "lexicon";
  const fs::path model = fs::path(ENTENTE_DATA_DIR) / "model" / "english.model";

  const Reader reader = bench::must(Reader::open(lexicon, model));
  const auto all = median_cost(runs, [&] { (void)Reader::open(lexicon, model); });
  const auto words = median_cost(runs, [&] { (void)Model::load(model); });
  const auto names = median_cost(runs, [&] { (void)Lexicon::load(lexicon); });
  bench::heading();
  bench::line("load of model and data: ms passed", all.wall * 1e3, "< 50");
  bench::line("  of processor", all.cpu * 1e3);
  bench::line("  of it the model", words.cpu * 1e3);
  bench::line("  of it the tables of names", names.cpu * 1e3);

  const auto articles = articles_of(folder);
  const Model loaded = bench::must(Model::load(model));
  const ZoneRules zones = bench::must(ZoneRules::load(lexicon));
  std::size_t tokens = 0, claims = 0, bytes = 0;
  for (const Article& article : articles) {
    bytes += article.document.text.size();
    claims += reader.read(article).claims.size();
    for (const Sentence& sentence : read_text(article, zones, nullptr).sentences)
      tokens += sentence.words.size();
  }
  const auto syntax = median_cost(runs, [&] {
    for (const Article& article : articles) (void)read_text(article, zones, &loaded);
  });
  const auto reading = median_cost(runs, [&] {
    for (const Article& article : articles) (void)reader.read(article);
  });
  std::printf("%zu articles, %zu bytes, %zu tokens, %zu claims\n", articles.size(), bytes, tokens,
              claims);
  bench::line("tokens/s of processor: tags and trees", double(tokens) / syntax.cpu, "> 25000");
  bench::line("tokens/s of processor: the whole reading", double(tokens) / reading.cpu, "> 15000");
  return 0;
}
