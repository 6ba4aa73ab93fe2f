#include "../../support/catch.hpp"

#include <argus_ticket/detail/uri.hpp>

#include <string>

namespace uri = argus_ticket::detail::uri;
using uri::charset;

TEST_CASE("uri: each set of bytes is a part of the next one") {
  constexpr charset sets[] = {charset::unreserved, charset::name, charset::segment, charset::query};
  constexpr std::size_t sizes[] = {66, 77, 79, 81}; // RFC 3986, appendix A
  for (std::size_t i = 0; i < 4; ++i) {
    std::size_t held = 0;
    for (int c = 0; c < 256; ++c) {
      bool const is_held = uri::holds(sets[i], static_cast<char>(c));
      held += is_held ? 1U : 0U;
      if (i > 0 && uri::holds(sets[i - 1], static_cast<char>(c))) CHECK(is_held);
    }
    CHECK(held == sizes[i]);
  }
  CHECK_FALSE(uri::holds(charset::query, '%'));
  CHECK_FALSE(uri::holds(charset::query, '#'));
  CHECK_FALSE(uri::holds(charset::name, ':'));
}

TEST_CASE("uri: escapes are two digits") {
  CHECK(uri::is_made_of(charset::segment, "a%20b%fF"));
  CHECK(uri::is_made_of(charset::segment, ""));
  for (char const* text : {"%", "%2", "a%2", "%2g", "%g2", "% 2", "%%20"}) {
    INFO(text);
    CHECK_FALSE(uri::is_made_of(charset::segment, text));
    CHECK(uri::unescaped(text).front() == text[0]); // what is no escape stays as it is
  }
  CHECK(uri::unescaped("%") == "%");
  CHECK(uri::unescaped("%4") == "%4");
  CHECK(uri::unescaped("%41%4a%4A+") == "AJJ+");
}

TEST_CASE("uri: what is escaped is read again") {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  for (charset const set : {charset::unreserved, charset::name, charset::segment, charset::query}) {
    std::string const escaped = uri::escaped(set, all);
    CHECK(uri::is_made_of(set, escaped));
    CHECK(uri::unescaped(escaped) == all);
  }
  CHECK(uri::escaped(charset::unreserved, "a b/\xC3\xA9") == "a%20b%2F%C3%A9");
}

TEST_CASE("uri: addresses of version 4") {
  for (char const* text : {"0.0.0.0", "127.0.0.1", "255.255.255.255", "1.20.30.249"})
    CHECK(uri::is_ipv4(text));
  for (char const* text : {"", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.400", "01.2.3.4",
                           "1.2.3.00", "1..2.3", ".1.2.3", "1.2.3.", "1.2.3.4 ", " 1.2.3.4",
                           "0x7f.0.0.1", "1.2.3.-4", "1.2.3.a", "1.2.3.4444"}) {
    INFO(text);
    CHECK_FALSE(uri::is_ipv4(text));
  }
}

TEST_CASE("uri: addresses of version 6") {
  for (char const* text :
       {"::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8", "::2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "FE80::ABCD", "1::1.2.3.4"}) {
    INFO(text);
    CHECK(uri::is_ipv6(text));
  }
  for (char const* text : {"",
                           ":",
                           ":::",
                           "1",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "::1::",
                           "1::2::3",
                           "12345::",
                           "g::",
                           ":1",
                           "1:",
                           "1:::2",
                           "::1:2:3:4:5:6:7:8",
                           "1.2.3.4",
                           "1.2.3.4::",
                           "::1.2.3",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "fe80::1%25eth0",
                           "fe80::1%eth0",
                           " ::1",
                           "::1 ",
                           "[::1]"}) {
    INFO(text);
    CHECK_FALSE(uri::is_ipv6(text));
  }
}

TEST_CASE("uri: steps are taken") { // RFC 3986, 5.2.4 and 5.4
  auto const without = [](char const* path) { return uri::without_dots(path); };
  CHECK(without("/a/b/c/./../../g") == "/a/g");
  CHECK(without("/") == "/");
  CHECK(without("/.") == "/");
  CHECK(without("/..") == "/");
  CHECK(without("/../") == "/");
  CHECK(without("/a/..") == "/");
  CHECK(without("/a/.") == "/a/");
  CHECK(without("/../../a") == "/a");
  CHECK(without("/a//../b") == "/a/b");
  CHECK(without("/a/...") == "/a/...");
  CHECK(without("/a/.b/..c") == "/a/.b/..c");
  CHECK(without("//") == "//");
  CHECK(without("") == "");
}
