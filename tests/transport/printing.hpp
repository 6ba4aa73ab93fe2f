#pragma once
// How Catch2 shows results: the error, or that there is a value.

#include "../support/catch.hpp"

#include <argus_ticket/result.hpp>

template <class T>
struct Catch::StringMaker<boost::system::result<T, argus_ticket::error>> {
  static std::string convert(boost::system::result<T, argus_ticket::error> const& r) {
    return r ? "a value" : to_string(r.error());
  }
};
