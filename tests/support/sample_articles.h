// Two articles of a few sentences, written for the tests of the program as a whole.
#pragma once
#include <string_view>

namespace entente {

inline constexpr std::string_view kScheduling =
    "---\n"
    "title: Three precursors come under control\n"
    "publisher: The Entente Reader\n"
    "published: 2024-08-07\n"
    "url: https://example.org/reader/three-precursors\n"
    "---\n"
    "\n"
    "Beginning Sept. 1, China will control norfentanyl and 4-AP. "
    "The UN Commission on Narcotic Drugs placed norfentanyl under control in March 2022.\n"
    "\n"
    "The United States has pressed China to act. "
    "President Joe Biden met Chinese leader Xi Jinping in California last November.\n";

inline constexpr std::string_view kSupply =
    "---\n"
    "title: Where the cartel buys\n"
    "publisher: The Entente Reader\n"
    "published: 2024-10-02\n"
    "---\n"
    "\n"
    "The Sinaloa Cartel traffics fentanyl. "
    "On September 24, 2024, the Treasury Department sanctioned the Sinaloa Cartel. "
    "China controls norfentanyl.\n";

}  // namespace entente
