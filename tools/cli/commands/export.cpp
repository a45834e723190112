#include <fstream>
#include <iostream>

#include "tools/answer/part.h"
#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/output.h"
#include "tools/exchange/graph_export.h"

namespace entente {
namespace {
struct Typed {
  std::string format, out;
  std::vector<std::string> around;
  std::size_t limit = ~std::size_t{0};
};

Result<const exchange::ExportFormat*> format_of(const Typed& typed) {
  if (!typed.format.empty()) return exchange::export_format_named(typed.format);
  if (const auto* format = exchange::export_format_of_file(typed.out)) return format;
  std::string known;
  for (const exchange::ExportFormat& format : exchange::export_formats())
    known.append(known.empty() ? "" : ", ").append(format.name);
  return Error{Code::InvalidArgument, "--format is needed: " + known +
                                          "; or name a file that ends in .gexf, .graphml, .json, .nodes.csv or .edges.csv"};
}

// What the file was narrowed by, beside the clocks, as a person typed it.
std::string filter_text(const Question& question, const Typed& typed) {
  std::string text = filter_text(question.where);
  for (const std::string& name : typed.around) text += (text.empty() ? "around=" : ", around=") + name;
  return text;
}

ExitCode export_part(const Question& question, const Typed& typed) {
  const auto format = format_of(typed);
  if (!format) return fail(format.error()), ExitCode::Usage;
  auto session = Session::open(question.common, question.when);
  if (!session) return fail(session.error());
  std::vector<NodeId> around;
  for (const std::string& name : typed.around) {
    const auto node = session->node_named(name);
    if (!node) return fail(node.error());
    around.push_back(*node);
  }
  const auto slice = session->slice(question.where, around);
  if (!slice) return fail(slice.error());
  const Part part = part_of(*slice, around, typed.limit);
  const auto graph = export_of(*session, *slice, part, filter_text(question, typed));
  if (!graph) return fail(graph.error());

  if (typed.out.empty()) {
    (*format)->write(*graph, std::cout);
  } else {
    std::ofstream file(typed.out, std::ios::binary | std::ios::trunc);
    if (file) (*format)->write(*graph, file);
    file.close();
    if (!file)
      return fail({Code::Unavailable, "cannot write " + typed.out + "; is there space, and may you write there?"});
  }
  if (!question.common.quiet)
    remark(counted(graph->nodes.size(), "node") + ", " + counted(graph->edges.size(), "edge") +
           (part.left_out > 0 ? ", " + std::to_string(part.left_out) + " left out (--limit)" : "") + "; " +
           exchange::provenance(*graph));
  if (question.common.show_command) remark(session->reproduce(question));
  return graph->edges.empty() ? ExitCode::NothingFound : ExitCode::Found;
}
}  // namespace

Command export_command() {
  const auto typed = std::make_shared<Typed>();
  std::string formats;
  for (const exchange::ExportFormat& format : exchange::export_formats())
    formats.append(formats.empty() ? "" : ", ").append(format.name);
  Command command("export", "a part of the graph, in a format of other programs");
  command.option("--format", &typed->format, formats + "; by the ending of the file if it is not given", "FORMAT")
      .option("-o,--out", &typed->out, "the file; standard output if it is not given", "FILE")
      .list("--around", typed->around, "only the edges at this name", "NAME")
      .option("--limit", &typed->limit, "at most so many edges: those among the best connected names", "N")
      .clocks()
      .filters()
      .example("entente export -o all.gexf")
      .example("entente export --format graphml --as-of 2024-09-02 --family regulation -o control.graphml")
      .answers("the format's own: it prints no JSON object of ours");
  return command.runs([typed](const Question& question) { return export_part(question, *typed); });
}

}  // namespace entente
