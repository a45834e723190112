// Kuzu as a peer, in a process of its own: see kuzu_bench.mjs.
#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace entente::bench {

using Figures = std::map<std::string, double>;

// What the program printed, by name; ends this one if it failed. `modules` is where npm installed it.
Figures kuzu_load(const std::filesystem::path& modules, const std::filesystem::path& database,
                  const std::filesystem::path& nodes, const std::filesystem::path& edges);
Figures kuzu_commits(const std::filesystem::path& modules, const std::filesystem::path& database, unsigned commits);

}  // namespace entente::bench
