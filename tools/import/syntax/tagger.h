// Part-of-speech tags for the words of a sentence: a greedy averaged perceptron, left to right.
// M. Collins, "Discriminative Training Methods for Hidden Markov Models", EMNLP 2002.
#pragma once
#include <span>
#include <vector>

#include "tools/import/syntax/model.h"
#include "tools/import/syntax/tagset.h"
#include "tools/import/syntax/tokenizer.h"

namespace entente {

// One tag a token. Deterministic; safe from any number of threads.
std::vector<Tag> tag(const Model& model, std::span<const Token> tokens);

}  // namespace entente
