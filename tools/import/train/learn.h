// Training of the tagger and the parser.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tools/import/syntax/tagset.h"
#include "tools/import/syntax/word.h"
#include "tools/import/train/conllu.h"
#include "tools/import/train/perceptron.h"

namespace entente::train {

// A gold sentence as the learners take it.
struct Example {
  std::vector<syntax::Word> words;
  std::vector<Tag> gold_tags;
  std::vector<Tag> tags;  // what the parser is shown: predicted, so that it learns to forgive
  std::vector<Arc> arcs;
};

struct Schedule {
  int first_epochs = 3;     // to find the weights that matter: the largest that fit into `bytes`
  int epochs = 8;           // over those weights alone, from zero; 0: keep the first ones
  std::size_t bytes = 0;    // room for the packed weights
  std::int32_t margin = 0;  // learn from right decisions too that are won by no more than this
  std::function<void(const std::string&)> report = [](const std::string&) {};
};

// Weights pruned to fit `schedule.bytes`. Examples are visited in an order drawn from a fixed seed.
std::vector<Row> learn_tags(std::span<const Example* const> examples, const Schedule& schedule);
std::vector<Row> learn_arcs(std::span<const Example* const> examples, const Schedule& schedule);

// Fills `tags` of every example by taggers that have not seen it (jackknifing); with the gold ones
// for less than two folds.
void predict_tags(std::vector<Example>& examples, int folds, int epochs, std::int32_t margin,
                  const std::function<void(const std::string&)>& report);

}  // namespace entente::train
