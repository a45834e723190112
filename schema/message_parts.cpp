#include "schema/message_parts.h"

#include <kj/exception.h>

namespace entente::message {

void refuse(const char* why) {
  throw kj::Exception(kj::Exception::Type::FAILED, __FILE__, __LINE__, kj::heapString(why));
}

// ---- time

void write(const Bound& bound, capnp_schema::Bound::Builder out) {
  out.setKind(std::uint8_t(bound.kind()));
  if (!bound.is_known()) return;
  out.setPrecision(std::uint8_t(bound.precision()));
  out.setDay(std::int32_t(bound.period().from.time_since_epoch().count()));
}

Bound read_bound(capnp_schema::Bound::Reader in) {
  static constexpr int kFirst = -719162, kLast = 2932896;  // 0001-01-01 and 9999-12-31
  switch (in.getKind()) {
    case 0:
      return Bound::unknown();
    case 1:
      return Bound::open();
    case 2:
      break;
    default:
      refuse("a bound of no known kind");
  }
  if (in.getPrecision() > 3) refuse("a bound of no known precision");
  if (in.getDay() < kFirst || in.getDay() > kLast) refuse("a day outside the calendar");
  const Day day{std::chrono::days(in.getDay())};
  const Bound bound = Bound::known(day, Precision(in.getPrecision()));
  if (bound.period().from != day) refuse("a period that starts on the wrong day");
  return bound;
}

void write(const Interval& interval, capnp_schema::Interval::Builder out) {
  write(interval.from(), out.initFrom());
  write(interval.to(), out.initTo());
}

Interval read_interval(capnp_schema::Interval::Reader in) {
  const auto interval = Interval::make(read_bound(in.getFrom()), read_bound(in.getTo()));
  if (!interval) refuse(interval.error().message.c_str());
  return *interval;
}

// ---- properties

void write(const Properties& properties, capnp::List<capnp_schema::Property>::Builder out) {
  unsigned i = 0;
  for (const auto& [name, value] : properties) {
    auto property = out[i++];
    property.setName(as_text(name));
    auto slot = property.getValue();
    if (const auto* truth = std::get_if<bool>(&value)) slot.setTruth(*truth);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) slot.setWhole(*whole);
    if (const auto* real = std::get_if<double>(&value)) slot.setReal(*real);
    if (const auto* words = std::get_if<std::string>(&value)) slot.setText(as_text(*words));
    if (const auto* date = std::get_if<Bound>(&value)) write(*date, slot.initDate());
    if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
      auto list = slot.initTexts(unsigned(texts->size()));
      for (unsigned j = 0; j < texts->size(); ++j) list.set(j, as_text((*texts)[j]));
    }
  }
}

namespace {
Value read_value(capnp_schema::Property::Value::Reader in) {
  switch (in.which()) {
    case capnp_schema::Property::Value::TRUTH:
      return in.getTruth();
    case capnp_schema::Property::Value::WHOLE:
      return std::int64_t{in.getWhole()};
    case capnp_schema::Property::Value::REAL:
      return in.getReal();
    case capnp_schema::Property::Value::TEXT:
      return text(in.getText());
    case capnp_schema::Property::Value::DATE:
      return read_bound(in.getDate());
    case capnp_schema::Property::Value::TEXTS: {
      std::vector<std::string> texts;
      for (const auto item : in.getTexts()) texts.push_back(text(item));
      return texts;
    }
  }
  refuse("a property of no known kind");
}
}  // namespace

Properties read_properties(capnp::List<capnp_schema::Property>::Reader in) {
  Properties properties;
  for (const auto property : in)
    properties.emplace(text(property.getName()), read_value(property.getValue()));
  return properties;
}

}  // namespace entente::message
