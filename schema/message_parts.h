// Inside the codecs: what every Cap'n Proto message of ours is made of, texts, bounds, intervals and
// properties. Includes capnp/, so only sources that turn messages into values include it.
//
// Reading throws kj::Exception for what is well formed and still impossible; each codec catches it.
#pragma once
#include <capnp/blob.h>
#include <capnp/list.h>

#include <string>

#include "schema/fact.capnp.h"
#include "schema/interval.h"
#include "schema/value.h"

namespace entente::message {

[[noreturn]] void refuse(const char* why);

inline std::string text(capnp::Text::Reader reader) { return {reader.begin(), reader.size()}; }
// Given a std::string, Cap'n Proto would take what stands before its first zero byte.
inline capnp::Text::Reader as_text(const std::string& text) { return {text.c_str(), text.size()}; }
inline std::string data(capnp::Data::Reader reader) { return {reinterpret_cast<const char*>(reader.begin()), reader.size()}; }
inline capnp::Data::Reader as_data(const std::string& bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

void write(const Bound& bound, capnp_schema::Bound::Builder out);
Bound read_bound(capnp_schema::Bound::Reader in);
void write(const Interval& interval, capnp_schema::Interval::Builder out);
Interval read_interval(capnp_schema::Interval::Reader in);
void write(const Properties& properties, capnp::List<capnp_schema::Property>::Builder out);
Properties read_properties(capnp::List<capnp_schema::Property>::Reader in);

}  // namespace entente::message
