#include "../../support/catch.hpp"

#include <argus_ticket/detail/json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>

namespace at = argus_ticket;
namespace detail = argus_ticket::detail;

namespace {

boost::json::value of(std::string_view text) {
  std::string problem;
  auto parsed = detail::parse_json(text, problem);
  INFO(problem);
  REQUIRE(parsed.has_value());
  return *parsed;
}

std::string problem_of(std::string_view text) {
  std::string problem;
  return detail::parse_json(text, problem) ? "none" : problem;
}

} // namespace

TEST_CASE("json: parses a whole text") {
  CHECK(of("1") == 1);
  CHECK(of(" \r\n\t[1, 2]\n ") == boost::json::array{1, 2});
  CHECK(of("\"\"") == "");
  CHECK(problem_of("{} {}") == "is no JSON: something follows the value at line 1, column 4");
  CHECK(problem_of("1 2") == "is no JSON: something follows the value at line 1, column 3");
  CHECK(problem_of("{}\n\nx") == "is no JSON: something follows the value at line 3, column 1");
  CHECK(problem_of("") == "is no JSON: incomplete JSON at line 1, column 1");
  CHECK(problem_of("  ") == "is no JSON: incomplete JSON at line 1, column 3");
  CHECK(problem_of("{\"a\":") == "is no JSON: incomplete JSON at line 1, column 6");
  CHECK(problem_of("\n\n  nul") == "is no JSON: incomplete JSON at line 3, column 6");
  CHECK(problem_of("[1,\n 2,,]") == "is no JSON: syntax error at line 2, column 4");
  CHECK(problem_of({"{}\0", 3}) == "is no JSON: something follows the value at line 1, column 3");
}

TEST_CASE("json: nesting is bounded") {
  auto const lists = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(problem_of(lists(detail::json_max_depth)) == "none");
  CHECK(problem_of(lists(detail::json_max_depth + 1)) ==
        "is no JSON: too deep at line 1, column 33");
  CHECK(problem_of(std::string(10'000'000, '[')) == "is no JSON: too deep at line 1, column 33");
}

TEST_CASE("json: invalid UTF-8 is kept, in texts and keys") {
  CHECK(of("\"a\xFF\"").get_string() == "a\xFF");
  CHECK(of("{\"\xC3\": 1}").get_object().contains("\xC3"));
}

TEST_CASE("json: what is no strict JSON is refused") {
  for (char const* text :
       {"{'a': 1}", "[1,]",  "// x\n1", "NaN",       "Infinity", "-Infinity",     "01",
        "+1",       ".5",    "1.",      "0x1",       "\"\t\"",   "\"\\x\"",       "\"\\ud800\"",
        "tru",      "nulll", "{a: 1}",  "{\"a\" 1}", "[1 2]",    "\xEF\xBB\xBF{}"}) {
    INFO(text);
    CHECK(problem_of(text) != "none");
  }
}

TEST_CASE("json: numbers of any size are read or refused, and nothing worse") {
  CHECK(of("9223372036854775807").is_int64());
  CHECK(of("9223372036854775808").is_uint64());
  CHECK(of("18446744073709551616").is_double());
  CHECK(of("-9223372036854775809").is_double());
  (void)problem_of("1e999999999999999999");
  (void)problem_of("-1e-999999999999999999");
  (void)problem_of(std::string(1'000'000, '9'));
  (void)problem_of("0." + std::string(1'000'000, '9'));
}

TEST_CASE("json: kinds are called as people call them") {
  CHECK(detail::kind_of(of("null")) == "null");
  CHECK(detail::kind_of(of("true")) == "a boolean");
  CHECK(detail::kind_of(of("1")) == "a number");
  CHECK(detail::kind_of(of("9223372036854775808")) == "a number");
  CHECK(detail::kind_of(of("1.5")) == "a number");
  CHECK(detail::kind_of(of("\"\"")) == "a string");
  CHECK(detail::kind_of(of("[]")) == "a list");
  CHECK(detail::kind_of(of("{}")) == "an object");
}

TEST_CASE("json: members of objects, and of what is none") {
  auto const v = of(R"({"text": "x", "flag": false, "null": null, "": "empty"})");
  CHECK(detail::member(v, "text") != nullptr);
  CHECK(detail::member(v, "none") == nullptr);
  CHECK(detail::member(v, "") != nullptr);
  CHECK(detail::member(of("[]"), "text") == nullptr);
  CHECK(detail::member(of("null"), "text") == nullptr);
  CHECK(detail::text_member(v, "text") == "x");
  CHECK(detail::text_member(v, "flag") == "");
  CHECK(detail::text_member(v, "null") == "");
  CHECK(detail::text_member(v, "none") == "");
  CHECK(detail::text_member(of("\"text\""), "text") == "");
  CHECK(detail::bool_member(v, "flag") == false);
  CHECK_FALSE(detail::bool_member(v, "text"));
  CHECK_FALSE(detail::bool_member(v, "none"));
  CHECK_FALSE(detail::bool_member(of("[]"), "flag"));
}

TEST_CASE("json: ids are whole numbers, as a number or as a text") {
  auto const id = [](std::string_view value) {
    return detail::id_member(of("{\"id\": " + std::string{value} + "}"), "id");
  };
  CHECK(id("17") == "17");
  CHECK(id("\"17\"") == "17");
  CHECK(id("0") == "0");
  CHECK(id("18446744073709551615") == "18446744073709551615");
  for (char const* value :
       {"null", "true", "1.5", "1e3", "[]", "{}", "\"\"", "\"abc\"", "\"1.5\"", "\"../17\"",
        "\"1 7\"", "\"17\\n\"", "\" 17\"", "\"-\"", "\"1e3\"", "\"17/comments\""}) {
    INFO(value);
    CHECK(id(value) == "");
  }
  CHECK(detail::id_member(of("{}"), "id") == "");
  CHECK(detail::id_member(of("[]"), "id") == "");
}

TEST_CASE("json_reader: reads what is there and reports what does not fit") {
  auto const v = of(R"({"s": "x", "b": true, "i": -7, "n": null, "big": 3000000000})");
  std::vector<at::problem> problems;
  detail::json_reader reader{v, "root", problems};
  std::string s = "kept";
  bool b = false;
  int i = 0;
  std::optional<std::int64_t> l;
  reader.read("s", s);
  reader.read("b", b);
  reader.read("i", i);
  reader.read("big", l);
  CHECK(s == "x");
  CHECK(b);
  CHECK(i == -7);
  CHECK(l == 3'000'000'000);
  reader.read("n", s);
  reader.read("absent", s);
  CHECK(s == "x");
  CHECK(problems.empty());
  CHECK(reader.find("n") == nullptr);

  reader.read("b", s);
  reader.read("s", b);
  reader.read("s", i);
  reader.read("big", i);
  CHECK(s == "x");
  CHECK(i == -7);
  CHECK(problems == std::vector<at::problem>{{"root.b", "must be a string, but is a boolean"},
                                             {"root.s", "must be a boolean, but is a string"},
                                             {"root.s", "must be a whole number, but is a string"},
                                             {"root.big", "is out of range"}});
  CHECK(reader.path_of("x") == "root.x");
  CHECK(detail::json_reader(v, "", problems).path_of("x") == "x");
}
