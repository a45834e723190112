#include <algorithm>
#include <climits>
#include <string>

#include "tools/import/syntax/parser_features.h"
#include "tools/import/syntax/transitions.h"
#include "tools/import/train/learn.h"
#include "tools/import/train/pack.h"
#include "tools/import/train/random.h"

namespace entente::train {
namespace {

using namespace syntax;

// What each kind of move costs: gold arcs that can no longer be made after it. Goldberg and Nivre
// 2013, section 3.2. Exact for projective trees, a good guess for the one in twenty that is not.
struct Costs {
  int shift, left, right;
};

Costs costs(const Configuration& at, const std::vector<Arc>& gold) {
  const std::int32_t b = at.front(), s0 = at.stacked(0), s1 = at.stacked(1), n = at.tokens();
  const auto head = [&](std::int32_t i) { return gold[i].head < 0 ? n : gold[i].head; };
  Costs cost{0, 0, 0};
  if (b < n) {
    // b goes onto the stack: it loses dependents there, and heads there but its new neighbour.
    for (const std::int32_t s : at.stack()) {
      cost.shift += head(s) == b;
      cost.shift += s != s0 && head(b) == s;
    }
  }
  if (s0 < 0) return cost;
  // s0 leaves: it loses its dependents in the buffer, and its head unless it is the one given.
  int lost = 0;
  for (std::int32_t i = b; i < n; ++i) lost += head(i) == s0;
  const bool head_in_buffer = head(s0) >= b;
  cost.left = lost + ((head_in_buffer && head(s0) != b) || (s1 >= 0 && head(s0) == s1));
  cost.right = lost + head_in_buffer;
  return cost;
}

// Twice the arcs lost, one more for a wrong label.
int cost_of(Move move, const Costs& cost, const Configuration& at, const std::vector<Arc>& gold) {
  if (move == kShift) return 2 * cost.shift;
  const bool wrong_label = relation_of(move) != gold[at.stacked(0)].relation;
  return 2 * (is_left_arc(move) ? cost.left : cost.right) + wrong_label;
}

struct Choice {
  Move guess = 0;      // what the weights like best
  Move best = 0;       // what they like best among the cheapest
  Move rival = 0;      // what they like best among the others
  bool right = false;  // `guess` is among the cheapest
  bool close = false;  // `rival` comes within the margin of `best`, or beats it
};

Choice choose(const Configuration& at, const std::vector<Arc>& gold, std::int32_t margin,
              const std::int32_t (&scores)[kMaxClasses]) {
  const Costs cost = costs(at, gold);
  int prices[kMoves];
  int cheapest = INT_MAX;
  for (int m = 0; m < kMoves; ++m) {
    const auto move = static_cast<Move>(m);
    prices[m] = at.may(move) ? cost_of(move, cost, at, gold) : INT_MAX;
    cheapest = std::min(cheapest, prices[m]);
  }
  Choice choice;
  std::int64_t best = INT64_MIN, rival = INT64_MIN;
  for (int m = 0; m < kMoves; ++m) {
    if (prices[m] == INT_MAX) continue;
    const auto move = static_cast<Move>(m);
    if (prices[m] == cheapest && scores[m] > best) best = scores[m], choice.best = move;
    if (prices[m] != cheapest && scores[m] > rival) rival = scores[m], choice.rival = move;
  }
  // The lower number wins a tie, as at run-time.
  choice.right = best > rival || (best == rival && choice.best < choice.rival);
  choice.close = rival != INT64_MIN && (!choice.right || best - rival <= margin);
  choice.guess = choice.right ? choice.best : choice.rival;
  return choice;
}

void run_epochs(std::span<const Example* const> examples, int epochs, std::int32_t margin,
                Perceptron& perceptron, const std::function<void(const std::string&)>& report) {
  std::vector<const Example*> order(examples.begin(), examples.end());
  Random random(23);
  ParseKeys keys;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    random.shuffle(order);
    std::size_t wrong = 0, all = 0;
    for (const Example* example : order) {
      const Sentence sentence(example->words, example->tags);
      Configuration at(static_cast<std::int32_t>(example->words.size()));
      while (!at.done()) {
        std::int32_t scores[kMaxClasses] = {};
        sentence.keys(at, keys);
        perceptron.score(keys.span(), scores);
        perceptron.tick();
        const Choice choice = choose(at, example->arcs, margin, scores);
        ++all;
        wrong += !choice.right;
        if (choice.close) perceptron.update(keys.span(), choice.best, choice.rival);
        // Exploring: from the second epoch on, mostly live with one's mistakes.
        const bool explore = epoch > 0 && random.below(10) != 0;
        at.apply(choice.right || explore ? choice.guess : choice.best);
      }
    }
    report("parser epoch " + std::to_string(epoch + 1) + ": " + std::to_string(wrong) + " of " +
           std::to_string(all) + " wrong");
  }
}

}  // namespace

std::vector<Row> learn_arcs(std::span<const Example* const> examples, const Schedule& schedule) {
  Perceptron scout;
  run_epochs(examples, schedule.first_epochs, schedule.margin, scout, schedule.report);
  const auto chosen = prune(scout.averaged(), schedule.bytes);
  if (schedule.epochs == 0) return chosen;
  Perceptron learner(chosen);
  run_epochs(examples, schedule.epochs, schedule.margin, learner, schedule.report);
  return prune(learner.averaged(), schedule.bytes);
}

}  // namespace entente::train
