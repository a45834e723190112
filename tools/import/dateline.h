// The dateline of a report: "GENEVA, May 3 (Agency) - ", where and when it was written.
#pragma once
#include <cstddef>
#include <string_view>

namespace entente {

// Bytes of the dateline that begins a paragraph, with its dash and the blanks after it; 0 if none
// does. One begins with a place in capitals ("UNITED NATIONS", "MEXICO CITY") or in a capital letter
// each, may go on with a region, a date and an agency in brackets, and ends in a dash within 90
// bytes; a place in small letters needs the brackets: "Geneva (Agency) - ".
std::size_t dateline_length(std::string_view paragraph);

}  // namespace entente
