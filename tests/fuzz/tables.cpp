// Tables of other people: plain, quoted, packed.
#include <sys/mman.h>
#include <unistd.h>

#include "tests/fuzz/target.h"
#include "tools/exchange/edge_table.h"

namespace entente::fuzz {
namespace {
using namespace exchange;

// Bytes as a file that only this process sees.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : file_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    must(::write(file_, bytes.data(), bytes.size()) == ssize_t(bytes.size()), "memory has room");
  }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};
}  // namespace

void run_table(std::string_view bytes) {
  if (bytes.size() > (1 << 20)) return;
  const MemoryFile file(bytes);
  auto stream = ByteStream::open(file.path());
  if (!stream) return;
  EdgeTableOptions options;
  options.columns = *ColumnMap::parse("head=source,tail=target,type=relation,from=date,confidence=sure");
  options.other_columns = true;
  auto table = RowReader::open(std::move(*stream), options.columns.column_names());
  if (!table) return;
  options.label = *Ontology::builtin().find_label("Government");
  auto edges = EdgeTable::open(std::move(*table), std::move(options), Ontology::builtin());
  if (!edges) return;
  for (;;) {
    const auto next = edges->next();
    if (!next || next->kind == EdgeTable::Kind::End) return;
    if (next->kind == EdgeTable::Kind::Refused) must(!next->why.empty(), "a refused row is told why");
    if (next->kind != EdgeTable::Kind::Edge) continue;
    must(edges->row().confidence > 0 && edges->row().confidence <= 1, "an edge has a confidence");
    must(Ontology::builtin().has(edges->row().type), "an edge has a type");
  }
}

std::vector<std::string> table_seeds() {
  return {"source,target,relation,date,sure\nChina,France,CONSULT,2018-01-02,1\n\"Korea, South\",\"a \"\"b\"\"\",ACCUSE,2018,0.5\n",
          "{\"source\":\"China\",\"target\":\"France\",\"relation\":\"CONSULT\",\"date\":\"2018-01-02\",\"sure\":5E-1}\n"
          "{\"source\":\"A\",\"target\":\"B\",\"relation\":\"ACCUSE\",\"more\":[1,{\"k\":null},\"\\u00e9\"],\"ok\":true}\n",
          "source\ttarget\trelation\tdate\tsure\r\nChina\tFrance\tCONSULT\t2018-01-25T00:15\t0.25\r\n",
          std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x04\x00\x43\xbe\xb7\xe8\x01\x00\x00\x00", 21),
          std::string("\x28\xb5\x2f\xfd\x04\x00\x09\x00\x00\x61\x9a\x6d\x9a\x8a", 14)};
}

}  // namespace entente::fuzz
