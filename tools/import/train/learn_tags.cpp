#include <algorithm>
#include <string>

#include "tools/import/syntax/tagger_features.h"
#include "tools/import/train/learn.h"
#include "tools/import/train/pack.h"
#include "tools/import/train/random.h"

namespace entente::train {
namespace {

using namespace syntax;

std::uint8_t best_tag(const std::int32_t (&scores)[kMaxClasses]) {
  return static_cast<std::uint8_t>(std::max_element(scores, scores + kTags) - scores);
}

void run_epochs(std::span<const Example* const> examples, int epochs, std::int32_t margin,
                Perceptron& perceptron, const std::function<void(const std::string&)>& report) {
  std::vector<const Example*> order(examples.begin(), examples.end());
  Random random(17);
  TagKeys keys;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    random.shuffle(order);
    std::size_t wrong = 0, all = 0;
    for (const Example* example : order) {
      std::vector<Tag> tags(example->words.size());
      for (std::size_t i = 0; i < tags.size(); ++i) {
        std::int32_t scores[kMaxClasses] = {};
        tag_keys(example->words, tags, i, keys);
        perceptron.score(keys, scores);
        perceptron.tick();
        const auto guess = best_tag(scores);
        const auto gold = static_cast<std::uint8_t>(example->gold_tags[i]);
        tags[i] = static_cast<Tag>(guess);
        ++all;
        wrong += guess != gold;
        scores[gold] -= margin + 1;  // the rival is the best of the others, if it comes close
        const auto rival = best_tag(scores);
        if (rival != gold) perceptron.update(keys, gold, rival);
      }
    }
    report("tagger epoch " + std::to_string(epoch + 1) + ": " + std::to_string(wrong) + " of " +
           std::to_string(all) + " wrong");
  }
}

}  // namespace

std::vector<Row> learn_tags(std::span<const Example* const> examples, const Schedule& schedule) {
  Perceptron scout;
  run_epochs(examples, schedule.first_epochs, schedule.margin, scout, schedule.report);
  const auto chosen = prune(scout.averaged(), schedule.bytes);
  if (schedule.epochs == 0) return chosen;
  Perceptron learner(chosen);
  run_epochs(examples, schedule.epochs, schedule.margin, learner, schedule.report);
  return prune(learner.averaged(), schedule.bytes);
}

void predict_tags(std::vector<Example>& examples, int folds, int epochs, std::int32_t margin,
                  const std::function<void(const std::string&)>& report) {
  if (folds < 2) {
    for (Example& example : examples) example.tags = example.gold_tags;
    return;
  }
  // Runs of ten sentences, so that a fold holds a bit of every genre but no half paragraphs.
  const auto fold_of = [&](std::size_t i) { return static_cast<int>(i / 10) % folds; };
  for (int fold = 0; fold < folds; ++fold) {
    std::vector<const Example*> others;
    for (std::size_t i = 0; i < examples.size(); ++i)
      if (fold_of(i) != fold) others.push_back(&examples[i]);
    Perceptron scout;
    run_epochs(others, epochs, margin, scout, [](const std::string&) {});
    const auto averaged = prune(scout.averaged(), std::size_t{3} << 20);

    const std::string packed = pack_weights(averaged);
    const auto table = WeightTable::make(std::as_bytes(std::span(packed)));
    std::size_t wrong = 0, all = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (fold_of(i) != fold) continue;
      Example& example = examples[i];
      example.tags.assign(example.words.size(), Tag{});
      TagKeys keys;
      for (std::size_t at = 0; at < example.words.size(); ++at) {
        std::int32_t scores[kMaxClasses] = {};
        tag_keys(example.words, example.tags, at, keys);
        table->score(keys, scores);
        example.tags[at] = static_cast<Tag>(best_tag(scores));
        wrong += example.tags[at] != example.gold_tags[at];
        ++all;
      }
    }
    report("jackknife fold " + std::to_string(fold + 1) + ": " + std::to_string(wrong) + " of " +
           std::to_string(all) + " wrong");
  }
}

}  // namespace entente::train
