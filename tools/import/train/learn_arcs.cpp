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
  Move guess = 0, best = 0;
  bool right = false;
};

// The move the weights like best, and the one they like best among the cheapest.
Choice choose(const Configuration& at, const std::vector<Arc>& gold,
              const std::int32_t (&scores)[kMaxClasses]) {
  const Costs cost = costs(at, gold);
  Choice choice;
  std::int32_t guess_score = INT_MIN, best_score = INT_MIN;
  int guess_cost = INT_MAX, best_cost = INT_MAX;
  for (int m = 0; m < kMoves; ++m) {
    const auto move = static_cast<Move>(m);
    if (!at.may(move)) continue;
    const int price = cost_of(move, cost, at, gold);
    if (scores[m] > guess_score) {
      guess_score = scores[m];
      guess_cost = price;
      choice.guess = move;
    }
    if (price < best_cost || (price == best_cost && scores[m] > best_score)) {
      best_cost = price;
      best_score = scores[m];
      choice.best = move;
    }
  }
  choice.right = guess_cost == best_cost;
  return choice;
}

void run_epochs(std::span<const Example* const> examples, int epochs, Perceptron& perceptron,
                const std::function<void(const std::string&)>& report) {
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
        const Choice choice = choose(at, example->arcs, scores);
        ++all;
        if (!choice.right) {
          ++wrong;
          perceptron.update(keys.span(), choice.best, choice.guess);
        }
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
  run_epochs(examples, schedule.first_epochs, scout, schedule.report);
  const auto room = static_cast<std::size_t>(static_cast<double>(schedule.bytes) * schedule.keep);
  if (schedule.epochs == 0) return prune(scout.averaged(), schedule.bytes);
  Perceptron learner(prune(scout.averaged(), room));
  run_epochs(examples, schedule.epochs, learner, schedule.report);
  return prune(learner.averaged(), schedule.bytes);
}

}  // namespace entente::train
