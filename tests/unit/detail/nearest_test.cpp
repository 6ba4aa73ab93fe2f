#include "../../support/catch.hpp"

#include <argus_ticket/detail/nearest.hpp>

#include <array>
#include <string>

using argus_ticket::detail::edit_distance;
using argus_ticket::detail::nearest;
using argus_ticket::detail::nearest_index;

namespace {

constexpr std::array<std::string_view, 3> plugin_names{"github", "gitlab", "jira"};

static_assert(nearest("gihub", plugin_names) == "github");
static_assert(edit_distance("kitten", "sitting") == 3);

} // namespace

TEST_CASE("nearest: edit distances") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "abc") == 0);
  CHECK(edit_distance("abc", "abd") == 1);
  CHECK(edit_distance("abc", "bc") == 1);
  CHECK(edit_distance("abc", "xabc") == 1);
  CHECK(edit_distance("flaw", "lawn") == 2);
  CHECK(edit_distance("abc", "cba") == 2);
  CHECK(edit_distance("abc", "ABC") == 3);
}

TEST_CASE("nearest: the most alike, the first of equals") {
  CHECK(nearest("gitlub", plugin_names) == "github");
  CHECK(nearest("gitlap", plugin_names) == "gitlab");
  CHECK(nearest("Jira", plugin_names) == "jira");
  CHECK(nearest("", plugin_names) == "jira"); // the shortest
  CHECK(nearest_index("git??b", plugin_names) == 0);
  std::array<std::string_view, 2> const twins{"ab", "ac"};
  CHECK(nearest("ad", twins) == "ab");
}

TEST_CASE("nearest: the beginning of a name is like it") {
  constexpr std::array<std::string_view, 3> keys{"tenant", "project_namespace_and_name", "type"};
  CHECK(nearest("project", keys) == "project_namespace_and_name");
  CHECK(nearest("project_name", keys) == "project_namespace_and_name");
  CHECK(nearest("tenant_", keys) == "tenant");
}

TEST_CASE("nearest: nothing is like nothing") {
  CHECK(nearest("x", {}) == "");
  CHECK(nearest_index("x", {}) == 0);
}

TEST_CASE("nearest: long texts count by their beginning") {
  std::string const a(1'000'000, 'a');
  CHECK(edit_distance(a, std::string(128, 'a')) == 0);
  CHECK(edit_distance(a, std::string(1'000, 'b')) == 128);
  std::array<std::string_view, 1> const only{a};
  CHECK(nearest("a", only) == a);
}
