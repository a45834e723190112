#include "tests/bench/kuzu_peer.h"

#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace entente::bench {
namespace {
std::string quoted(const std::string& word) {  // for the shell
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

Figures run(const std::filesystem::path& modules, const std::filesystem::path& database, const std::vector<std::string>& rest) {
  std::vector<std::string> words = {ENTENTE_BENCH_SOURCES "/kuzu_bench.mjs", modules.string(), database.string(),
                                    std::to_string(std::max(1u, std::thread::hardware_concurrency()))};
  words.insert(words.end(), rest.begin(), rest.end());
  std::string command = "node";
  for (const std::string& word : words) command += " " + quoted(word);
  Figures figures;
  std::FILE* out = ::popen(command.c_str(), "r");
  char name[64];
  double figure = 0;
  while (out && std::fscanf(out, "%63s %lf", name, &figure) == 2) figures[name] = figure;
  if (!out || ::pclose(out) != 0 || figures.empty())
    std::fprintf(stderr, "storage_bench: Kuzu failed: %s\n", command.c_str()), std::exit(1);
  return figures;
}
}  // namespace

Figures kuzu_load(const std::filesystem::path& modules, const std::filesystem::path& database,
                  const std::filesystem::path& nodes, const std::filesystem::path& edges) {
  return run(modules, database, {"load", nodes.string(), edges.string()});
}

Figures kuzu_commits(const std::filesystem::path& modules, const std::filesystem::path& database, unsigned commits) {
  return run(modules, database, {"commit", std::to_string(commits)});
}

}  // namespace entente::bench
