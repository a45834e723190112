// A bulk load: as if each row had been asserted, and nothing of it if it did not end well.
#include "storage/bulk.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdlib>
#include <random>

#include "schema/digest.h"
#include "tests/support/store_fixture.h"

namespace entente {
namespace {

LabelId label(std::string_view name) { return *Ontology::builtin().find_label(name); }
EdgeTypeId type(std::string_view name) { return *Ontology::builtin().find_type(name); }

BulkRow row_of(std::uint64_t number, std::string_view head, std::string_view what, std::string_view tail,
               std::string_view when) {
  BulkRow row;
  row.row = number;
  row.head = head, row.tail = tail;
  row.head_label = row.tail_label = label("Government");
  row.type = type(what);
  row.valid = *Interval::parse(when);
  return row;
}

Document table(std::string name) {
  Document document;
  document.name = std::move(name);
  return document;
}

class Bulk : public StoreTest {
 protected:
  BulkLoad begin(const std::string& name, const BulkOptions& options = {}) {
    auto load = BulkLoad::begin(*store, table(name), options);
    EXPECT_TRUE(load) << load.error().message;
    return std::move(*load);
  }
  BulkOutcome commit(BulkLoad& load, const std::string& content, std::uint64_t rows) {
    const auto outcome = load.commit({sha256(content), rows, content.size()}, "tester", "load", at(60));
    EXPECT_TRUE(outcome) << outcome.error().message;
    return *outcome;
  }
};

TEST_F(Bulk, MakesAnEdgeOfEachRow) {
  BulkOutcome outcome;
  {
    auto load = begin("events");
    ASSERT_TRUE(load.add(row_of(1, "China", "CONSULT", "France", "2018-01-02")));
    ASSERT_TRUE(load.add(row_of(2, "France", "ACCUSE", "China", "2018-02")));
    auto open = row_of(4, "china", "SANCTION", "The Kingdom of Norway", "2018-03-01/..");
    open.mode = Mode::Planned, open.negated = true, open.confidence = 0.5;
    const Properties properties = {{"relation", std::string("Impose embargo")}};
    open.properties = &properties;
    ASSERT_TRUE(load.add(open));
    outcome = commit(load, "three rows", 4);
  }
  EXPECT_EQ(edges(),
            "China CONSULT France 2018-01-02 actual 1 x1\n"
            "France ACCUSE China 2018-02 actual 1 x1\n"
            "China SANCTION The Kingdom of Norway 2018-03-01/.. planned not 0.5 x1\n");
  EXPECT_EQ(outcome.edges, 3u);
  EXPECT_EQ(outcome.new_nodes, 3u);
  EXPECT_EQ(outcome.commit.id, CommitId{1});

  const auto read = store->begin_read();
  const auto cited = read.edges_citing(outcome.document);
  ASSERT_TRUE(cited) << cited.error().message;
  ASSERT_EQ(cited->size(), 3u);
  const auto edge = read.edge(cited->back());
  ASSERT_TRUE(edge && *edge);
  EXPECT_EQ((*edge)->statements.front().evidence, (Evidence{outcome.document, 4, 5, true}));
  EXPECT_EQ((*edge)->properties.at("relation"), Value(std::string("Impose embargo")));
  const auto document = read.document(outcome.document);
  EXPECT_EQ((*document)->rows, 4u);
  EXPECT_FALSE(read.text(outcome.document));
  const auto found = read.find_name("norway");
  EXPECT_TRUE(found->empty());
  const auto norway = read.find_name("Kingdom of Norway");
  ASSERT_EQ(norway->size(), 1u);
  const auto neighbours = read.neighbours(norway->front().node);
  ASSERT_EQ(neighbours->size(), 1u);
  EXPECT_EQ(neighbours->front().valid.edtf(), "2018-03-01/..");
  EXPECT_FALSE(neighbours->front().outgoing);
  ASSERT_TRUE(read.scan_log([](const LogEntry& entry) {
    EXPECT_EQ(entry.commit.edges, 3u);
    EXPECT_EQ(entry.bulk.edges, 3u);
    EXPECT_TRUE(entry.edges.empty());
    return true;
  }));
}

TEST_F(Bulk, JoinsTheNodesThatAreThere) {
  import("a", "China: Government CONTROLS norfentanyl: Chemical 2024-09/..");
  {
    auto load = begin("events");
    ASSERT_TRUE(load.add(row_of(1, "CHINA", "CONSULT", "France", "2018-01-02")));
    const BulkOutcome outcome = commit(load, "one row", 1);
    EXPECT_EQ(outcome.new_nodes, 1u);
    EXPECT_EQ(outcome.matched_nodes, 1u);
    EXPECT_EQ(outcome.commit.id, CommitId{2});
  }
  EXPECT_EQ(store->begin_read().find_name("china")->size(), 1u);
  // And what comes after joins those of the load.
  import("b", "France: Government CONTROLS norfentanyl: Chemical 2024-09/..");
  EXPECT_EQ(store->begin_read().find_name("france")->size(), 1u);
  import("c", "China: Government CONSULT France: Government 2018-01-02");
  EXPECT_EQ(last.new_edges, 0u);
  EXPECT_EQ(last.supported_edges, 1u);
  reopen();
  EXPECT_NE(edges().find("China CONSULT France 2018-01-02 actual 1 x2"), std::string::npos) << edges();
  EXPECT_EQ(edges(CommitId{2}), "China CONTROLS norfentanyl 2024-09/.. actual 0.8 x1\n"
                                "China CONSULT France 2018-01-02 actual 1 x1\n");
}

TEST_F(Bulk, LoadedAgainChangesNothing) {
  for (const bool again : {false, true}) {
    auto load = begin("events");
    ASSERT_TRUE(load.add(row_of(1, "China", "CONSULT", "France", "2018-01-02")));
    EXPECT_EQ(commit(load, "one row", 1).already_there, again);
  }
  EXPECT_EQ(store->begin_read().last_commit(), CommitId{1});
}

TEST_F(Bulk, RefusesARowAndGoesOn) {
  {
    auto load = begin("events");
    const auto refusal = [&](BulkRow row) {
      const Status added = load.add(row);
      return added ? std::string("accepted") : added.error().message;
    };
    EXPECT_EQ(refusal(row_of(1, "...", "CONSULT", "France", "2018")), "'...' is no name: it has no letters");
    EXPECT_EQ(refusal(row_of(2, "China", "CONTROLS", "France", "2018")),
              "a Government cannot be the tail of CONTROLS; it takes Chemical");
    auto unsure = row_of(3, "China", "CONSULT", "France", "2018");
    unsure.confidence = 0;
    EXPECT_EQ(refusal(unsure), "a confidence lies in (0, 1], not 0.000000");
    EXPECT_EQ(refusal(row_of(4, "China", "CONSULT", "\xff", "2018")), "a name that is not UTF-8");
    EXPECT_EQ(load.commit({sha256(""), 4, 0}, "t", "", at(0)).error().message,
              "not committed: the table has no row that can be loaded");
    EXPECT_EQ(refusal(row_of(5, "China", "CONSULT", "France", "2018")), "accepted");
    commit(load, "five rows", 5);
  }
  EXPECT_EQ(edges(), "China CONSULT France 2018 actual 1 x1\n");
}

TEST_F(Bulk, LeavesNoTraceUnlessCommitted) {
  {
    auto load = begin("events");
    ASSERT_TRUE(load.add(row_of(1, "China", "CONSULT", "France", "2018-01-02")));
    EXPECT_EQ(store->begin_write().error().code, Code::Conflict);
  }
  EXPECT_FALSE(std::filesystem::exists(directory() / "loading"));
  EXPECT_EQ(edges(), "");
  EXPECT_EQ(import("b", "Bo: Person OWNS Acme: Company 2001/..").id, CommitId{1});
}

// The same rows through the other door must give the same graph: names, bounds, neighbours.
TEST_F(Bulk, AgreesWithAWitnessOnManyRowsInLittleMemory) {
  const std::uint64_t rows = std::getenv("ENTENTE_LONG") ? 3'000'000 : 150'000;
  import("a", "state_7: Government CONSULT state_8: Government 2018");
  std::mt19937 random(7);
  struct Witness {
    unsigned head, tail;
    EdgeTypeId type;
    Interval valid;
  };
  std::vector<Witness> all;
  const EdgeTypeId types[] = {type("CONSULT"), type("ACCUSE"), type("AID")};
  const Interval times[] = {*Interval::parse("2018-01-02"), *Interval::parse("2017-05/.."), *Interval::parse("/2019"),
                            *Interval::parse("../2020-02-03"), Interval(), *Interval::parse("2018-04/2019-W05")};
  {
    auto load = begin("many", {.memory_bytes = 64 << 20, .threads = 3});
    for (std::uint64_t n = 0; n < rows; ++n) {
      const Witness w{unsigned(random() % 500), unsigned(random() % 20000), types[random() % 3], times[random() % 6]};
      const std::string head = "state " + std::to_string(w.head), tail = "State " + std::to_string(w.tail);
      BulkRow row = row_of(n + 1, head, "AID", tail, "");
      row.type = w.type, row.valid = w.valid;
      const Status added = load.add(row);
      ASSERT_TRUE(added) << added.error().message;
      all.push_back(w);
    }
    commit(load, "many rows", rows);
  }
  const auto read = store->begin_read();
  for (const unsigned head : {0u, 7u, 8u, 499u}) {
    std::multiset<std::string> expected, found;
    const auto line = [](EdgeTypeId what, bool out, const std::string& other, const Interval& valid) {
      return std::to_string(what.value) + (out ? ">" : "<") + other + " " + valid.edtf();
    };
    const std::string name = "state " + std::to_string(head);
    for (const Witness& w : all) {
      if (w.head == head) expected.insert(line(w.type, true, "state " + std::to_string(w.tail), w.valid));
      if (w.tail == head) expected.insert(line(w.type, false, "state " + std::to_string(w.head), w.valid));
    }
    if (head == 7) expected.insert(line(types[0], true, "state 8", *Interval::parse("2018")));
    if (head == 8) expected.insert(line(types[0], false, "state 7", *Interval::parse("2018")));
    const auto node = read.find_name(name);
    ASSERT_EQ(node->size(), 1u) << name;
    const auto neighbours = read.neighbours(node->front().node);
    ASSERT_TRUE(neighbours) << neighbours.error().message;
    for (const Neighbour& n : *neighbours) {
      if (read.ontology().type(n.type).family == Family::Evidence) continue;
      std::string other = (*read.node(n.other))->name;
      other[0] = 's';
      found.insert(line(n.type, n.outgoing, other, n.valid));
    }
    EXPECT_EQ(found, expected) << name;
  }
  EXPECT_EQ(read.totals()->edges, rows + 3);
}

TEST_F(Bulk, IsNoticedWhenALoadedFactIsChanged) {
  {
    auto load = begin("events");
    ASSERT_TRUE(load.add(row_of(1, "China", "CONSULT", "France", "2018-01-02")));
    commit(load, "one row", 1);
  }
  import("c", "China: Government CONSULT France: Government 2018-01-02");
  const auto report = check(*store);
  ASSERT_TRUE(report->clean()) << joined(report->faults);
  EXPECT_EQ(report->versions, 1u);  // the loaded one ended, and the digest was made from history
}

TEST_F(Bulk, GoesWithItsDocument) {
  BulkOutcome outcome;
  {
    auto load = begin("events");
    ASSERT_TRUE(load.add(row_of(1, "China", "CONSULT", "France", "2018-01-02")));
    ASSERT_TRUE(load.add(row_of(2, "China", "ACCUSE", "France", "2018-01-02")));
    outcome = commit(load, "two rows", 2);
  }
  import("c", "China: Government CONSULT France: Government 2018-01-02");
  {
    auto write = store->begin_write();
    const Status undone = write->undo(CommitId{1});
    EXPECT_EQ(undone.error().message, "commit 1 loaded a table: retract its document to take it back");
  }
  auto write = store->begin_write();
  ASSERT_TRUE(write);
  const Status retracted = write->retract_document(outcome.document);
  ASSERT_TRUE(retracted) << retracted.error().message;
  ASSERT_TRUE(write->commit("tester", "", at(90)));
  EXPECT_EQ(edges(), "China CONSULT France 2018-01-02 actual 0.8 x1\n");  // the other source's
  EXPECT_EQ(edges(CommitId{1}), "China CONSULT France 2018-01-02 actual 1 x1\n"
                                "China ACCUSE France 2018-01-02 actual 1 x1\n");
}

constexpr std::uint64_t kRows = 50;

// In the child: one table after another, telling of each that was acknowledged.
[[noreturn]] void load_for_ever(const std::filesystem::path& directory, int first, int acknowledge) {
  const auto store = Store::open(directory, Access::Create);
  if (!store) ::_exit(3);
  for (int number = first;; ++number) {
    const std::string name = "table" + std::to_string(number);
    auto load = BulkLoad::begin(**store, table(name), {.threads = 1});
    if (!load) ::_exit(4);
    for (std::uint64_t row = 1; row <= kRows; ++row)
      if (!load->add(row_of(row, "state " + std::to_string(row * 7 % 40), "CONSULT", "state " + std::to_string(row), "2018")))
        ::_exit(5);
    if (!load->commit({sha256(name), kRows, 1}, "child", "", Instant{})) ::_exit(6);
    if (::write(acknowledge, &number, sizeof number) != sizeof number) ::_exit(7);
  }
}

TEST(BulkCrash, LeavesAllOfALoadOrNothing) {
  const int cycles = std::getenv("ENTENTE_LONG") ? 500 : 8;
  const TemporaryDirectory temporary;
  const auto directory = temporary.path() / "db";
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  int acknowledged = 0;
  for (int cycle = 0; cycle < cycles; ++cycle) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();  // before this process opens anything
    if (child == 0) {
      ::close(pipe[0]);
      load_for_ever(directory, acknowledged + 1, pipe[1]);
    }
    ::close(pipe[1]);
    ::usleep(1000 * (50 + random() % 1500));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the loader ended by itself with " << WEXITSTATUS(status);
    for (int number; ::read(pipe[0], &number, sizeof number) == sizeof number;) acknowledged = number;
    ::close(pipe[0]);

    const pid_t checker = ::fork();
    if (checker == 0) {
      const auto store = Store::open(directory, Access::Create);
      if (!store) std::fprintf(stderr, "%s\n", store.error().message.c_str()), ::_exit(3);
      const auto report = check(**store);
      if (!report || !report->clean()) std::fprintf(stderr, "%s", joined(report->faults).c_str()), ::_exit(4);
      const auto totals = (*store)->begin_read().totals();
      const int last = int(totals->commits);
      if (totals->edges != std::uint64_t(last) * kRows) ::_exit(5);
      ::_exit(last == acknowledged ? 0 : last == acknowledged + 1 ? 1 : 6);
    }
    ::waitpid(checker, &status, 0);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) <= 1) << "cycle " << cycle << " status " << status;
    acknowledged += WEXITSTATUS(status);
  }
  EXPECT_GT(acknowledged, 0);
}

}  // namespace
}  // namespace entente
