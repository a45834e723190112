// What is fuzzed: each reader of bytes that come from a disk or a stranger, as a function that must
// take any bytes at all. Two programs share them: fuzz_tests (any compiler, in every test run)
// replays valid inputs and deterministic mutations of them; with clang, tools/fuzz searches on.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente::fuzz {

struct Target {
  std::string_view name;
  void (*run)(std::string_view bytes);  // ends the process if what it promises does not hold
  std::vector<std::string> (*seeds)();  // valid inputs to begin from
};

// All of them, by name; each file beside this one adds its own.
std::span<const Target> targets();
const Target* find_target(std::string_view name);

// A promise about what was read, beyond that it came back at all.
inline void must(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: does not hold: %s\n", promise);
  std::abort();
}

// ---- the functions, by file
void run_log_entry(std::string_view bytes);  // records.cpp
void run_node(std::string_view bytes);
void run_edge(std::string_view bytes);
void run_document(std::string_view bytes);
void run_ontology(std::string_view bytes);
std::vector<std::string> log_entry_seeds();
std::vector<std::string> node_seeds();
std::vector<std::string> edge_seeds();
std::vector<std::string> document_seeds();
std::vector<std::string> ontology_seeds();

void run_key(std::string_view bytes);  // keys.cpp
void run_highwater(std::string_view bytes);
std::vector<std::string> key_seeds();
std::vector<std::string> highwater_seeds();

void run_postings(std::string_view bytes);  // searches.cpp
void run_words(std::string_view bytes);
std::vector<std::string> postings_seeds();
std::vector<std::string> words_seeds();

void run_edtf(std::string_view bytes);  // times.cpp
std::vector<std::string> edtf_seeds();

void run_table(std::string_view bytes);  // tables.cpp
std::vector<std::string> table_seeds();

void run_article(std::string_view bytes);  // articles.cpp
void run_sentences(std::string_view bytes);
void run_proposals(std::string_view bytes);
void run_reader(std::string_view bytes);
std::vector<std::string> article_seeds();
std::vector<std::string> sentences_seeds();
std::vector<std::string> proposals_seeds();
std::vector<std::string> reader_seeds();

void run_charset(std::string_view bytes);  // pages.cpp
void run_html(std::string_view bytes);
void run_json_articles(std::string_view bytes);
void run_page_message(std::string_view bytes);
void run_pdf_boxes(std::string_view bytes);
std::vector<std::string> charset_seeds();
std::vector<std::string> html_seeds();
std::vector<std::string> json_articles_seeds();
std::vector<std::string> page_message_seeds();
std::vector<std::string> pdf_boxes_seeds();

}  // namespace entente::fuzz
