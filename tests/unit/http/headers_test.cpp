#include "../../support/catch.hpp"

#include <argus_ticket/http/headers.hpp>

#include <string>

namespace http = argus_ticket::http;

TEST_CASE("headers: are found in any letter case, the first of each name") {
  http::headers h;
  h.add({"Retry-After", "1"});
  h.add({"X-Other", "2"});
  h.add({"retry-after", "3"});
  CHECK(h.get("RETRY-AFTER") == "1");
  CHECK(h.get("x-other") == "2");
  CHECK(h.get("x-othe") == "");
  CHECK(h.get("") == "");
  CHECK(h.size() == 3);
  std::string names;
  for (http::field const& f : h) names += f.name + ' ';
  CHECK(names == "Retry-After X-Other retry-after ");
}

TEST_CASE("headers: constant fields stand in front, and are found as the others are") {
  static http::field const constants[] = {{"Accept", "text/plain"}, {"X-Version", "1"}};
  http::headers h;
  h.add({"Accept", "text/html"});
  h.add({"Content-Type", "text/css"});
  h.put_first(constants);
  http::headers const copy = h;
  CHECK(copy.get("accept") == "text/plain");
  CHECK(copy.get("x-version") == "1");
  CHECK(copy.get("content-type") == "text/css");
  CHECK(copy.size() == 4);
  std::string values;
  for (http::field const& f : copy) values += f.value + ' ';
  CHECK(values == "text/plain 1 text/html text/css ");
  CHECK(copy.begin()[2].value == "text/html");
}

TEST_CASE("headers: iequals takes no bytes but ASCII letters for equal") {
  CHECK(http::iequals("abcXYZ-09", "ABCxyz-09"));
  CHECK(http::iequals("", ""));
  CHECK_FALSE(http::iequals("a", ""));
  CHECK_FALSE(http::iequals("a", "ab"));
  CHECK_FALSE(http::iequals("@", "`"));
  CHECK_FALSE(http::iequals("[", "{"));
  CHECK_FALSE(http::iequals("\xC3\x84", "\xC3\xA4"));
  CHECK(http::iequals({"a\0b", 3}, {"A\0B", 3}));
  CHECK_FALSE(http::iequals({"a\0b", 3}, {"a\0c", 3}));
}

TEST_CASE("link_target: as GitHub writes it") {
  constexpr auto link = R"(<https://api.github.com/r/1/issues?page=1>; rel="prev", )"
                        R"(<https://api.github.com/r/1/issues?page=3>; rel="next", )"
                        R"(<https://api.github.com/r/1/issues?page=9>; rel="last")";
  CHECK(http::link_target(link, "next") == "https://api.github.com/r/1/issues?page=3");
  CHECK(http::link_target(link, "prev") == "https://api.github.com/r/1/issues?page=1");
  CHECK(http::link_target(link, "last") == "https://api.github.com/r/1/issues?page=9");
  CHECK(http::link_target(link, "first") == "");
}

TEST_CASE("link_target: other spellings of RFC 8288") {
  CHECK(http::link_target("<x>; rel=next", "next") == "x");
  CHECK(http::link_target("<x>;rel=next,<y>;rel=prev", "prev") == "y");
  CHECK(http::link_target("<x>; rel=\"prev next\"", "next") == "x");
  CHECK(http::link_target("<x>; rel=\"NEXT\"", "next") == "x");
  CHECK(http::link_target("<x>; title=\"a\"; rel=\"next\"; type=\"b\"", "next") == "x");
  CHECK(http::link_target("<x?a=1,2;3>; rel=next", "next") == "x?a=1,2;3");
  CHECK(http::link_target("<>; rel=next, <y>; rel=prev", "prev") == "y");
  CHECK(http::link_target("<x>; REL=\"next\"", "next") == "x");
  CHECK(http::link_target("<x> ; rel = \"next\"", "next") == "x");
  CHECK(http::link_target("<x>\t;\trel=next", "next") == "x");
  CHECK(http::link_target("<x>; rel=next;", "next") == "x");
  CHECK(http::link_target(" , ,<x>; rel=next", "next") == "x");
}

TEST_CASE("link_target: words that only look like a relation") {
  CHECK(http::link_target("<x>; rel=nextest", "next") == "");
  CHECK(http::link_target("<x>; rel=\"not-next\"", "next") == "");
  CHECK(http::link_target("<x>; xrel=next", "next") == "");
  CHECK(http::link_target("<x>; rel*=next", "next") == "");
  CHECK(http::link_target("<x>; rev=next", "next") == "");
  CHECK(http::link_target("<x rel=next>; rel=prev", "next") == "");
  CHECK(http::link_target("<x>; title=\"; rel=next\"", "next") == "");
  CHECK(http::link_target("<x>; title=\"a rel=next\"; rel=prev", "next") == "");
  CHECK(http::link_target("<x>; title=\"\\\"; rel=next; \"; rel=prev", "next") == "");
  CHECK(http::link_target("<x>; title=\"<y>; rel=next\"; rel=prev", "next") == "");
  // Only the first of one link's `rel` counts.
  CHECK(http::link_target("<x>; rel=prev; rel=next", "next") == "");
}

TEST_CASE("link_target: what is no such header") {
  for (std::string_view text : {"",
                                "<",
                                ">",
                                "<>",
                                "><",
                                "<x",
                                "x>",
                                "rel=next",
                                "; rel=next",
                                "<x> rel",
                                "<x>; rel",
                                "<x>; rel=",
                                "<x>; rel=\"",
                                "<x>; rel=\"prev",
                                ",,,",
                                ";;;",
                                "<x>;;;",
                                "\"<x>\"; rel",
                                "<<<<",
                                "<x>,<y>,<z>",
                                "rel=next; <x>",
                                "<x>; =next",
                                "<x>; \"rel=next\""}) {
    INFO(text);
    CHECK(http::link_target(text, "next") == "");
  }
  CHECK(http::link_target("<x>; rel=next", "") == "");
  CHECK(http::link_target({"<x>\0; rel=next\0", 15}, "last") == "");
}

TEST_CASE("link_target: of megabytes takes no time") {
  for (std::string const part : {"<", ">", "<x>", "<x>,", "<x>;rel=prev,", "rel=", ";rel=\"a b c ",
                                 "\"", "\\", " ", "<x>; a=\""}) {
    std::string text;
    while (text.size() < 1'000'000) text += part;
    CHECK(http::link_target(text, "next") == "");
    CHECK(http::link_target("<y>; rel=next, " + text, "next") == "y");
  }
}
