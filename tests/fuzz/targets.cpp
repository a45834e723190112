#include "tests/fuzz/target.h"

namespace entente::fuzz {
namespace {
constexpr Target kTargets[] = {
    {"article", run_article, article_seeds},
    {"charset", run_charset, charset_seeds},
    {"document", run_document, document_seeds},
    {"edge", run_edge, edge_seeds},
    {"edtf", run_edtf, edtf_seeds},
    {"highwater", run_highwater, highwater_seeds},
    {"html", run_html, html_seeds},
    {"json_articles", run_json_articles, json_articles_seeds},
    {"key", run_key, key_seeds},
    {"log_entry", run_log_entry, log_entry_seeds},
    {"node", run_node, node_seeds},
    {"ontology", run_ontology, ontology_seeds},
    {"page_message", run_page_message, page_message_seeds},
    {"pdf_boxes", run_pdf_boxes, pdf_boxes_seeds},
    {"postings", run_postings, postings_seeds},
    {"proposals", run_proposals, proposals_seeds},
    {"reader", run_reader, reader_seeds},
    {"sentences", run_sentences, sentences_seeds},
    {"table", run_table, table_seeds},
    {"words", run_words, words_seeds},
};
}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  for (const Target& target : kTargets)
    if (target.name == name) return &target;
  return nullptr;
}

}  // namespace entente::fuzz
