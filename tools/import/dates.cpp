#include "tools/import/dates.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace entente {
namespace {
using namespace std::chrono;
using std::string_view;

template <std::size_t N>
int place_in(const std::array<string_view, N>& names, string_view word) {
  const auto found = std::find(names.begin(), names.end(), word);
  return found == names.end() ? -1 : int(found - names.begin());
}

constexpr std::array<string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                 "may",       "june",     "july",     "august",
                                                 "september", "october",  "november", "december"};
constexpr std::array<string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                  "thursday", "friday", "saturday"};
constexpr std::array<string_view, 13> kNumbers = {"zero", "one",    "two",   "three", "four",
                                                  "five", "six",    "seven", "eight", "nine",
                                                  "ten",  "eleven", "twelve"};

int month_of(const Word& word) {  // 1 to 12, or 0
  if (!word.capital()) return 0;
  string_view lower = word.lower;
  const int full = place_in(kMonths, lower);
  if (full >= 0) return full + 1;
  if (!lower.ends_with('.')) return 0;
  lower.remove_suffix(1);
  if (lower.size() < 3) return 0;
  for (std::size_t i = 0; i < 12; ++i)
    if (kMonths[i].starts_with(lower)) return int(i) + 1;
  return 0;
}

std::optional<int> number_of(string_view word) {
  if (word.empty()) return std::nullopt;
  const int named = place_in(kNumbers, word);
  if (named >= 0) return named;
  if (word == "a" || word == "an") return 1;
  if (word.size() > 2 && one_of(word.substr(word.size() - 2), {"st", "nd", "rd", "th"}))
    word.remove_suffix(2);
  int number = 0;
  for (const char c : word) {
    if (c < '0' || c > '9' || number > 100000) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<int> year_of(const Word& word) {
  if (word.text.size() != 4) return std::nullopt;
  const auto number = number_of(word.text);
  return number && *number >= 1800 && *number <= 2100 ? number : std::nullopt;
}

std::optional<int> day_of(const Word& word) {
  if (word.text.empty() || word.text[0] < '0' || word.text[0] > '9' || word.text.size() > 4)
    return std::nullopt;
  const auto number = number_of(word.lower);
  return number && *number >= 1 && *number <= 31 ? number : std::nullopt;
}

std::optional<Day> make_day(int year, int month, int day) {
  const year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                            std::chrono::day(unsigned(day))};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

// One calendar expression without its preposition.
struct Found {
  std::int32_t last = 0;
  Bound from, to;
};

class DateReader {
 public:
  DateReader(const Sentence& sentence, Bound published, Bound before)
      : sentence_(sentence), before_(before) {
    if (published.is_known()) {
      // Of a month or a year the last day: what is told lies before.
      today_ = published.period().to - days(1);
      known_ = true;
    }
  }

  std::vector<TimeMention> read() {
    std::vector<TimeMention> times;
    for (std::int32_t i = 0; i < sentence_.size(); ++i) {
      const auto time = at(i);
      if (!time) continue;
      times.push_back(*time);
      i = time->last - 1;
    }
    return times;
  }

 private:
  bool is(std::int32_t i, std::initializer_list<string_view> words) const {
    return i >= 0 && i < sentence_.size() && one_of(sentence_.at(i).lower, words);
  }
  const Word* word(std::int32_t i) const {
    return i >= 0 && i < sentence_.size() ? &sentence_.at(i) : nullptr;
  }
  year_month_day date() const { return year_month_day(today_); }
  int year_now() const { return int(date().year()); }
  int month_now() const { return int(unsigned(date().month())); }
  static Found whole(std::int32_t last, Bound bound) { return {last, bound, bound}; }

  // A verb of the future near the expression: "will", "is to", "plans to".
  bool future_near(std::int32_t i) const {
    for (std::int32_t k = std::max(0, i - 30); k < std::min(sentence_.size(), i + 10); ++k)
      if (is(k, {"will", "'ll", "shall", "upcoming", "due", "scheduled", "slated", "plans", "plan",
                 "planned", "expected", "expects", "would", "ahead", "next"}))
        return true;
    return false;
  }

  // The year of a month that was named without one.
  int year_for(int month, std::int32_t i, bool future) const {
    if (future || future_near(i)) return month >= month_now() ? year_now() : year_now() + 1;
    return month <= month_now() ? year_now() : year_now() - 1;
  }

  std::optional<TimeMention> at(std::int32_t i) const {
    TimeMention time;
    time.first = i;
    std::int32_t start = i;
    bool preposition = true, future = false;
    if (is(i, {"since"}))
      time.kind = TimeKind::Since, ++start;
    else if (is(i, {"until", "till", "through"}))
      time.kind = TimeKind::Until, ++start;
    else if (is(i, {"beginning", "starting", "effective", "commencing"}))
      time.kind = TimeKind::Since, future = true, start += is(i + 1, {"on", "in", "from"}) ? 2 : 1;
    else if (is(i, {"as"}) && is(i + 1, {"of", "from"}))
      time.kind = TimeKind::Since, start += 2;
    else if (is(i, {"by"}))
      time.kind = TimeKind::By, ++start;
    else if (is(i, {"from", "between"}))
      return range(i);
    else if (is(i, {"in", "on", "during", "of", "at", "for"}))
      ++start;
    else
      preposition = false;
    // "after" and "before" a date say on which side of it something lies, no more.
    if (is(i - 1, {"before", "after"}) || is(i, {"before", "after"})) return std::nullopt;
    const auto found = expression(start, preposition && !is(i, {"of", "at", "for"}), future);
    if (!found) return std::nullopt;
    time.last = found->last, time.from = found->from, time.to = found->to;
    time.future = known_ && time.from.is_known() && time.from.period().from > today_;
    return time;
  }

  // "from 2015 to 2019", "between March and June"; "from March" alone is a start.
  std::optional<TimeMention> range(std::int32_t i) const {
    const auto first = expression(i + 1, true, false);
    if (!first) return std::nullopt;
    TimeMention time{i, first->last, TimeKind::Since, first->from, first->from, false};
    if (is(first->last, {"to", "until", "through", "and", "-"})) {
      const auto second = expression(first->last + 1, true, false);
      if (second && Interval::make(first->from, second->to)) {
        time.kind = TimeKind::Range, time.last = second->last, time.to = second->to;
        return time;
      }
    }
    if (is(i, {"between"})) return std::nullopt;
    time.future = known_ && time.from.period().from > today_;
    return time;
  }

  std::optional<Found> expression(std::int32_t i, bool preposition, bool future) const {
    while (is(i, {"early", "late", "mid", "earlier", "later", "the"})) {
      i += is(i, {"mid"}) && is(i + 1, {"-"}) ? 2 : 1;
      preposition = preposition || !is(i - 1, {"the"});
    }
    while (is(i, {"beginning", "start", "end", "middle", "summer", "spring", "fall", "autumn",
                  "winter", "course", "month"}) &&
           is(i + 1, {"of"}))
      i += 2, preposition = true;
    if (word(i) == nullptr) return std::nullopt;
    if (const auto found = calendar(i, preposition, future)) return found;
    if (!known_) return std::nullopt;
    return relative(i, future);
  }

  // "November 15, 2023", "15 November", "Nov. 2023", "November", "2019", "2024-09-01".
  std::optional<Found> calendar(std::int32_t i, bool preposition, bool future) const {
    const Word& first = *word(i);
    if (const int month = month_of(first)) {
      const Word* next = word(i + 1);
      const auto day = next != nullptr ? day_of(*next) : std::nullopt;
      if (day && !is(i + 2, {"%", "percent"})) {
        const std::int32_t after = i + 2 + is(i + 2, {","});
        const Word* third = word(after);
        if (const auto year = third != nullptr ? year_of(*third) : std::nullopt)
          return on(*year, month, *day, after + 1);
        if (known_) return on(year_for(month, i, future), month, *day, i + 2);
        return std::nullopt;
      }
      const std::int32_t after = i + 1 + is(i + 1, {","}) + is(i + 1, {"of"});
      const Word* third = word(after);
      if (const auto year = third != nullptr ? year_of(*third) : std::nullopt)
        return in(*year, month, after + 1);
      if (!known_ || (!preposition && !is(i + 1, {"'s"}))) return std::nullopt;
      if (first.lower == "may" && !preposition) return std::nullopt;
      return in(year_for(month, i, future), month, i + 1);
    }
    if (const auto day = day_of(first); day && word(i + 1) != nullptr) {
      const std::int32_t m = i + 1 + is(i + 1, {"of"});
      const int month = word(m) != nullptr ? month_of(*word(m)) : 0;
      if (month != 0) {
        const auto year = word(m + 1) != nullptr ? year_of(*word(m + 1)) : std::nullopt;
        if (year) return on(*year, month, *day, m + 2);
        if (known_) return on(year_for(month, i, future), month, *day, m + 1);
      }
    }
    if (const auto year = year_of(first); year && preposition && !counts_things(i + 1))
      return whole(i + 1, Bound::known(*make_day(*year, 1, 1), Precision::Year));
    if (first.text.size() == 10 && first.text[4] == '-') {
      const auto bound = Bound::parse(first.text);
      if (bound && bound->is_known()) return whole(i + 1, *bound);
    }
    return std::nullopt;
  }

  // "in 2000 villages": the next word is a plural that a number counts.
  bool counts_things(std::int32_t i) const {
    return word(i) != nullptr && word(i)->tag == Tag::NNS && !word(i)->capital();
  }

  std::optional<Found> on(int year, int month, int day, std::int32_t last) const {
    const auto when = make_day(year, month, day);
    if (!when) return std::nullopt;
    return whole(last, Bound::known(*when));
  }
  std::optional<Found> in(int year, int month, std::int32_t last) const {
    const auto when = make_day(year, month, 1);
    if (!when) return std::nullopt;
    return whole(last, Bound::known(*when, Precision::Month));
  }

  std::optional<Found> relative(std::int32_t i, bool future) const {
    if (is(i, {"today", "tonight"})) return whole(i + 1, Bound::known(today_));
    if (is(i, {"yesterday"})) return whole(i + 1, Bound::known(today_ - days(1)));
    if (is(i, {"tomorrow"})) return whole(i + 1, Bound::known(today_ + days(1)));
    if (const int day = place_in(kWeekdays, word(i)->lower); day >= 0 && word(i)->capital())
      return weekday_at(i, unsigned(day), 0, future);
    if (is(i, {"last", "past", "previous"})) return shifted(i + 1, -1);
    if (is(i, {"that"}) && before_.is_known()) {  // "that same year"
      const std::int32_t unit = i + 1 + is(i + 1, {"same"});
      if (is(unit, {"year"}))
        return whole(unit + 1, Bound::known(before_.period().from, Precision::Year));
      if (is(unit, {"month"}) && before_.precision() != Precision::Year)
        return whole(unit + 1, Bound::known(before_.period().from, Precision::Month));
      if (is(unit, {"day"}) && before_.precision() == Precision::Day)
        return whole(unit + 1, before_);
    }
    if (is(i, {"this", "current"})) return shifted(i + 1, 0);
    if (is(i, {"next", "coming"})) return shifted(i + 1, 1);
    return ago(i);
  }

  std::optional<Found> weekday_at(std::int32_t i, unsigned day, int shift, bool future) const {
    const weekday wanted{day}, now{today_};
    Day when = today_ - (now - wanted);  // today or the latest before
    if (shift < 0 && when == today_) when -= days(7);
    if (shift > 0 ||
        (shift == 0 && when != today_ && (future || is(i - 2, {"will"}) || is(i - 3, {"will"}))))
      when += days(7);
    return whole(i + 1, Bound::known(when));
  }

  // What follows last (-1), this (0), next (1).
  std::optional<Found> shifted(std::int32_t i, int shift) const {
    if (word(i) == nullptr) return std::nullopt;
    if (is(i, {"week"}))
      return whole(i + 1, Bound::known(today_ + days(7 * shift), Precision::Week));
    if (is(i, {"year"}))
      return whole(i + 1, Bound::known(*make_day(year_now() + shift, 1, 1), Precision::Year));
    if (is(i, {"month"})) {
      const auto moved = date().year() / date().month() + months(shift);
      return whole(i + 1, Bound::known(Day(moved / 1), Precision::Month));
    }
    if (is(i, {"weekend"}))
      return whole(i + 1, Bound::known(today_ + days(7 * shift), Precision::Week));
    if (const int month = month_of(*word(i))) {
      int year = year_now();
      if (shift < 0 && month >= month_now()) --year;
      if (shift > 0 && month <= month_now()) ++year;
      if (const Word* next = word(i + 1)) {
        if (const auto day = day_of(*next)) return on(year, month, *day, i + 2);
      }
      return in(year, month, i + 1);
    }
    if (const int day = place_in(kWeekdays, word(i)->lower); day >= 0)
      return weekday_at(i, unsigned(day), shift, false);
    static constexpr std::array<string_view, 4> kSeasons = {"spring", "summer", "autumn", "winter"};
    const int season =
        place_in(kSeasons, is(i, {"fall"}) ? string_view("autumn") : string_view(word(i)->lower));
    if (season < 0) return std::nullopt;
    const int first = 3 + 3 * season;  // of its months; winter begins in December
    int year = year_now() + (shift > 0 ? 1 : 0);
    if (shift < 0 && first + 2 >= month_now()) --year;
    const year_month begin = std::chrono::year(year) / std::chrono::month(unsigned(first));
    return Found{i + 1, Bound::known(Day(begin / 1), Precision::Month),
                 Bound::known(Day((begin + months(2)) / 1), Precision::Month)};
  }

  // "three months ago", "two weeks ago"
  std::optional<Found> ago(std::int32_t i) const {
    const auto count = number_of(word(i)->lower);
    const Word* unit = word(i + 1);
    if (!count || unit == nullptr || !is(i + 2, {"ago"}) || *count > 500) return std::nullopt;
    const string_view lemma = unit->lemma;
    const year_month now = date().year() / date().month();
    if (lemma == "day") return whole(i + 3, Bound::known(today_ - days(*count)));
    if (lemma == "week")
      return whole(i + 3, Bound::known(today_ - days(7 * *count), Precision::Week));
    if (lemma == "month")
      return whole(i + 3, Bound::known(Day((now - months(*count)) / 1), Precision::Month));
    if (lemma == "year")
      return whole(i + 3, Bound::known(*make_day(year_now() - *count, 1, 1), Precision::Year));
    return std::nullopt;
  }

  const Sentence& sentence_;
  Bound before_;
  Day today_{};
  bool known_ = false;
};
}  // namespace

bool names_month(string_view word) { return place_in(kMonths, word) >= 0; }
bool names_weekday(string_view word) { return place_in(kWeekdays, word) >= 0; }

std::vector<TimeMention> find_dates(const Sentence& sentence, Bound published, Bound before) {
  return DateReader(sentence, published, before).read();
}

Interval undated(bool lasting) {
  return lasting ? *Interval::make(Bound::unknown(), Bound::open()) : Interval();
}

Interval interval_of(const TimeMention& time, bool lasting) {
  const auto or_unknown = [](Result<Interval> made) { return made ? *made : Interval(); };
  switch (time.kind) {
    case TimeKind::Range:
      return or_unknown(Interval::make(time.from, time.to));
    case TimeKind::Until:
      return or_unknown(Interval::make(Bound::unknown(), time.to));
    case TimeKind::By:
      if (!time.future) break;  // "by 2019 it had": then, if not before
      return or_unknown(Interval::make(Bound::unknown(), lasting ? Bound::open() : time.to));
    case TimeKind::Since:
      return or_unknown(Interval::make(time.from, Bound::open()));
    case TimeKind::At:
      break;
  }
  return or_unknown(Interval::make(time.from, lasting ? Bound::open() : time.to));
}

}  // namespace entente
