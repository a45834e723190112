// Programs that others wrote read our files, with every time intact. tools/setup installs them;
// where one is missing, its test says so and is skipped.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/export_sample.h"

namespace entente::exchange {
namespace {
namespace fs = std::filesystem;

constexpr int kNotInstalled = 77, kNoSuchCommand = 127;

struct Heard {
  int code = -1;
  std::string out;
};

Heard hear(const std::string& command) {
  Heard heard;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return heard;
  char piece[4096];
  for (std::size_t n; (n = std::fread(piece, 1, sizeof piece, pipe)) > 0;) heard.out.append(piece, n);
  const int status = ::pclose(pipe);
  heard.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return heard;
}

class OutsideReader : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "entente-export-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder); }

  std::string file(std::string_view format) {
    const fs::path path = folder / ("graph." + std::string(format));
    std::ofstream out(path, std::ios::binary);
    (*export_format_named(format))->write(export_sample(), out);
    return path.string();
  }
  // An isolated interpreter: Debian's, whose packages tools/setup installed.
  static Heard python(const std::string& arguments) {
    return hear("/usr/bin/python3 -I " ENTENTE_READERS " " + arguments);
  }
  static Heard node(const std::string& arguments) { return hear("node " ENTENTE_NODE_READERS " " + arguments); }
  fs::path folder;
};

const std::string kOdd = "=SUM(A1:A9) & \"Sons\" <script>alert(1)</script>";
const std::string kOther = "\u4e60\u8fd1\u5e73, \u0647\u0648\u0627\u0648\u064a";

std::string lines(const std::string& odd, const std::string& control, bool days) {
  const auto dates = [&](std::string start, std::string end, const std::string& rest) {
    std::string text;
    if (days && !start.empty()) text += " start=" + start;
    if (days && !end.empty()) text += " end=" + end;
    return text + rest;
  };
  const std::string no = " negated=False";
  return "China CONTROLS norfentanyl" + dates("2024-09-01", "", " from=2024-09-01 mode=actual" + no) +
         "\nChina CONTROLS norfentanyl" +
         dates("2023-11-01", "2023-11-30", " from=2023-11 to=2023-11 mode=planned" + no) + "\n" + odd +
         " SUPPLIES norfentanyl" + dates("2019-01-01", "2024-02-29", " from=2019 to=2024-02 mode=actual" + no) +
         "\n" + kOther + " MET China mode=actual negated=True\n" + control + " ACCUSE " + control +
         dates("", "2020-12-31", " to=2020 mode=actual" + no) + "\n";
}

#define SKIP_IF_MISSING(heard, what) \
  if ((heard).code == kNotInstalled || (heard).code == kNoSuchCommand) GTEST_SKIP() << what " is not installed: tools/setup"

TEST_F(OutsideReader, NetworkxKeepsTheTimesOfGexf) {
  const Heard heard = python("networkx_gexf " + file("gexf-1.2"));
  SKIP_IF_MISSING(heard, "networkx");
  EXPECT_EQ(heard.out, lines(kOdd, "bell\uFFFD and\\nline", true));
}

TEST_F(OutsideReader, NetworkxKeepsTheDatesOfGraphml) {
  const Heard heard = python("networkx_graphml " + file("graphml"));
  SKIP_IF_MISSING(heard, "networkx");
  EXPECT_EQ(heard.out, lines(kOdd, "bell\uFFFD and\\nline", false));
}

TEST_F(OutsideReader, IgraphKeepsTheDatesOfGraphml) {
  const Heard heard = python("igraph_graphml " + file("graphml"));
  SKIP_IF_MISSING(heard, "igraph");
  EXPECT_EQ(heard.out, lines(kOdd, "bell\uFFFD and\\nline", false));
}

TEST_F(OutsideReader, NetworkxKeepsTheTimesOfNodeLinkJson) {
  const Heard heard = python("networkx_node_link " + file("node-link"));
  SKIP_IF_MISSING(heard, "networkx");
  EXPECT_EQ(heard.out, lines(kOdd, "bell\x07 and\\nline", true));
}

TEST_F(OutsideReader, PythonKeepsTheTimesOfTheCsvPair) {
  const Heard heard = python("python_csv " + file("nodes-csv") + " " + file("edges-csv"));
  EXPECT_EQ(heard.out, lines("'" + kOdd, "bell\x07 and\\nline", true));
}

TEST_F(OutsideReader, GraphologyKeepsTheTimesOfGexf) {
  const Heard heard = node("graphology_gexf " + file("gexf"));
  SKIP_IF_MISSING(heard, "graphology-gexf");
  EXPECT_EQ(heard.out, lines(kOdd, "bell\uFFFD and\\nline", false));
}

TEST_F(OutsideReader, GraphologyKeepsTheTimesOfGraphml) {
  const Heard heard = node("graphology_graphml " + file("graphml"));
  SKIP_IF_MISSING(heard, "graphology-graphml");
  EXPECT_EQ(heard.out, lines(kOdd, "bell\uFFFD and\\nline", false));
}

TEST_F(OutsideReader, DuckdbReadsTheCsvPairWithDatesAsDates) {
  const Heard heard = node("duckdb_csv " + file("nodes-csv") + " " + file("edges-csv"));
  SKIP_IF_MISSING(heard, "DuckDB");
  EXPECT_EQ(heard.out, lines("'" + kOdd, "bell\x07 and\\nline", true));
}

// The schema is not ours to ship. It is specs/1.3 of https://github.com/gephi/gexf (gexf.xsd and what
// it imports), CC-BY 4.0, also at https://gexf.net/1.3/gexf.xsd; ENTENTE_GEXF_SCHEMA says where a copy is.
TEST_F(OutsideReader, GexfIsAsItsSchemaHasIt) {
  const char* schema = std::getenv("ENTENTE_GEXF_SCHEMA");
  if (!schema) GTEST_SKIP() << "ENTENTE_GEXF_SCHEMA names no copy of gexf.xsd";
  const Heard heard = hear("xmllint --nonet --noout --schema " + std::string(schema) + " " + file("gexf"));
  SKIP_IF_MISSING(heard, "xmllint");
  EXPECT_EQ(heard.code, 0) << heard.out;
}

// Our own rules of the part that we write, in a schema that xmllint checks; and that it would notice.
TEST_F(OutsideReader, GexfIsAsOurSchemaOfItsPartHasIt) {
  const std::string command = "xmllint --nonet --noout --schema " ENTENTE_GEXF_SUBSET " ", path = file("gexf");
  const Heard heard = hear(command + path);
  SKIP_IF_MISSING(heard, "xmllint");
  EXPECT_EQ(heard.code, 0) << heard.out;
  std::ifstream in(path, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  for (const auto& [was, is] : {std::pair("start=\"2024-09-01\"", "start=\"2024-09\""), std::pair("source=\"3\"", "source=\"33\""),
                                std::pair("edge id=\"11\"", "edge id=\"10\""), std::pair("class=\"edge\"", "class=\"node\""),
                                std::pair("version=\"1.3\"", "version=\"1.2\"")}) {
    std::string wrong = whole;
    const std::size_t at = wrong.find(was);
    ASSERT_NE(at, std::string::npos) << was;
    wrong.replace(at, std::string(was).size(), is);
    std::ofstream(path, std::ios::binary) << wrong;
    EXPECT_NE(hear(command + path).code, 0) << is;
  }
}

TEST_F(OutsideReader, XmllintFindsNoFault) {
  for (const char* format : {"gexf", "gexf-1.2", "graphml"}) {
    const Heard heard = hear("xmllint --nonet --noout " + file(format));
    SKIP_IF_MISSING(heard, "xmllint");
    EXPECT_EQ(heard.code, 0) << format << ": " << heard.out;
  }
}

}  // namespace
}  // namespace entente::exchange
