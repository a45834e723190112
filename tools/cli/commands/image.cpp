#include <iostream>
#include <memory>

#include "graph/image.h"
#include "graph/image_cache.h"
#include "tools/answer/image_file.h"
#include "tools/answer/json.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"

namespace entente {
namespace {
struct Typed {
  std::string out, check;
  bool beside = false;
};

std::string hex_of(std::uint64_t number) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[number >> shift & 15];
  return text;
}

void print_info(const Question& question, const ImageInfo& info, const std::string& file, std::string command) {
  const double an_edge = info.edges == 0 ? 0 : static_cast<double>(info.bytes) / info.edges;
  if (question.common.json) {
    auto answer = answer_without_clocks();
    answer["file"] = file;
    answer["database"] = info.source.database;
    answer["commit"] = info.as_of.recorded.value;
    if (info.as_of.valid) answer["valid"] = window_text(*info.as_of.valid);
    else answer["valid"] = nullptr;
    answer["filter"] = info.source.filter;
    answer["digest"] = info.digest;
    answer["checksum"] = hex_of(info.checksum);
    answer["nodes"] = info.nodes;
    answer["edges"] = info.edges;
    answer["bytes"] = info.bytes;
    if (!command.empty()) answer["command"] = command;
    print(answer);
    return;
  }
  Table table({file, ""});
  table.add({"database", info.source.database});
  table.add({"commit", "#" + std::to_string(info.as_of.recorded.value)});
  table.add({"valid", info.as_of.valid ? window_text(*info.as_of.valid) : "at any time"});
  table.add({"filter", info.source.filter.empty() ? "everything" : info.source.filter});
  table.add({"digest of the question", info.digest});
  table.add({"checksum of the contents", hex_of(info.checksum)});
  table.add({"holds", counted(info.nodes, "node") + ", " + counted(info.edges, "edge")});
  table.add({"bytes", counted(info.bytes, "byte") + (info.edges == 0 ? "" : ", " + std::to_string(static_cast<int>(an_edge + 0.5)) + " an edge")});
  table.print();
  if (!command.empty()) std::cout << command << "\n";
}

// In the database's directory, where questions look for it. Whoever asks meanwhile waits for us.
ExitCode make_beside(const Question& question) {
  const auto store = Store::open(database_directory(question.common), Access::Read);
  if (!store) return fail(store.error());
  const auto made = load_cached((*store)->begin_read(), (*store)->directory(), (*store)->database_id(), kLatest);
  return made ? ExitCode::Found : fail(made.error());
}

ExitCode image(const Question& question, const Typed& typed) {
  if (typed.beside) return make_beside(question);
  if (typed.out.empty() == typed.check.empty())
    return fail({Code::InvalidArgument, "image: say where to write it with -o FILE, or what to look at with --check FILE"});
  if (!typed.check.empty()) {
    const auto checked = open_image(typed.check, /*every_byte=*/true);
    if (!checked) {
      Error error = checked.error();
      if (error.code == Code::NotFound) error.code = Code::InvalidArgument;
      return fail(error);
    }
    print_info(question, checked->info, typed.check, {});
    return ExitCode::Found;
  }
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  const auto written = write_image_of(*session, question.where, typed.out);
  if (!written) return fail(written.error());
  print_info(question, *written, typed.out, question.common.show_command ? session->reproduce(question) : "");
  return written->edges == 0 ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command image_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("image", "the graph as one file that other programs map: columns and rows, Cap'n Proto");
  command.option("-o,--out", &typed->out, "write it: everything, or the part that clocks and filters leave", "FILE")
      .option("--check", &typed->check, "read one to the end and say what it is; damage is an error", "FILE")
      .flag("--beside", typed->beside, "make the one beside the database that questions read, unless it is there")
      .clocks()
      .filters()
      .example("entente image -o all.image")
      .example("entente image -o control.image --as-of 2024-09-02 --family regulation")
      .example("entente image --check all.image")
      .answers("file, database, commit, valid, filter, digest (of the question), checksum (of the\n"
               "          contents), nodes, edges, bytes");
  return command.runs([typed](const Question& question) { return image(question, *typed); });
}

}  // namespace entente
