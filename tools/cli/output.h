// How answers and errors leave the program.
//
// A terminal gets tables and colour, a pipe gets plain text; imported text is hostile, so control
// characters are shown, never obeyed.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "tools/cli/exit_code.h"

namespace entente {

// Prints `entente: MESSAGE` on standard error and returns the code that belongs to the error.
ExitCode fail(const Error& error);
// A remark on standard error.
void remark(std::string_view sentence);

// Control characters and bidirectional overrides as visible escapes: no text can move the cursor.
std::string printable(std::string_view text);

// Columns that a terminal needs to show it: wide characters count two, combining ones none.
std::size_t display_width(std::string_view utf8);

bool stdout_is_terminal();
std::size_t terminal_width();  // 100 when it is no terminal

// Emphasis if standard output is a terminal that wants colour (NO_COLOR, CLICOLOR_FORCE, TERM).
std::string bold(std::string_view text);
std::string dim(std::string_view text);

// Rows under headings, each column as wide as its widest cell.
class Table {
 public:
  explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  void print() const;  // to standard output

 private:
  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

// Prints text, broken at spaces to fit the terminal, each line after `indent` spaces.
void print_wrapped(std::string_view text, std::size_t indent);

// `1,234 edges`, `1 edge`.
std::string counted(std::uint64_t number, std::string_view thing, std::string_view things = {});

}  // namespace entente
