#include "../support/catch.hpp"

#include <argus_ticket/settings_fields.hpp>

#include <string>

namespace at = argus_ticket;
using at::endpoint_problem;
using at::project_problem;
using namespace at::literals;

namespace {

// What is checked at compile time is checked by the same functions.
static_assert(endpoint_problem("https://github.com/").empty());
static_assert(!endpoint_problem("htps://github.com/").empty());
static_assert(project_problem("owner/name", false).empty());
static_assert(std::string_view{"https://github.com/"_endpoint} == "https://github.com/");
static_assert(std::string_view{"owner/name"_project} == "owner/name");
static_assert(std::string_view{"a/b/name"_project} == "a/b/name", "groups may nest");

struct with_strings {
  std::string endpoint;
  struct {
    at::secret token;
  } authentication;
  struct {
    std::string project_namespace_and_name;
    std::vector<std::string> labels_set;
    std::vector<at::mapping_source> labels_mapping;
  } information;
};
static_assert(at::has_endpoint<with_strings> && at::has_token<with_strings> &&
              at::has_project<with_strings> && at::has_labels_set<with_strings> &&
              at::has_labels_mapping<with_strings>);
static_assert(at::has_endpoint<with_strings const>);

struct with_constants {
  static constexpr auto endpoint = "https://github.com/"_endpoint;
  struct {
    at::secret token;
  } authentication;
  struct information_type {
    static constexpr auto project_namespace_and_name = "owner/name"_project;
  };
  static constexpr information_type information{};
};
static_assert(at::has_endpoint<with_constants> && at::has_token<with_constants> &&
              at::has_project<with_constants>);
static_assert(!at::has_labels_set<with_constants>);

struct of_wrong_types {
  int endpoint;
  struct {
    std::string token; // no secret: it would show itself
  } authentication;
  struct {
    int project_namespace_and_name;
  } information;
};
static_assert(!at::has_endpoint<of_wrong_types> && !at::has_token<of_wrong_types> &&
              !at::has_project<of_wrong_types>);
static_assert(!at::has_endpoint<int> && !at::has_token<int> && !at::has_project<int>);

} // namespace

TEST_CASE("settings_fields: endpoints that are fine") {
  for (char const* text :
       {"https://github.com/", "https://github.com", "HTTPS://GitHub.com/",
        "http://127.0.0.1:8080/", "https://host/gitlab/", "https://host:8443/a/b/",
        "https://[::1]/", "https://[::1]:8080/x", "https://host:1/", "https://host:65535"}) {
    INFO(text);
    CHECK(endpoint_problem(text) == "");
  }
}

TEST_CASE("settings_fields: endpoints with something wrong, and what") {
  auto const check = [](std::string_view text, std::string_view problem) {
    INFO(text);
    CHECK(endpoint_problem(text) == problem);
  };
  constexpr auto scheme = "must start with https://, such as https://github.com/";
  for (char const* text : {"", "github.com", "htps://github.com/", "ftp://github.com/",
                           "https:/github.com", "https:github.com", "//github.com", " https://x/",
                           "javascript:alert(1)", "https", "ssh://git@github.com"})
    check(text, scheme);
  constexpr auto spaces = "must not contain spaces or control characters";
  check("https://git hub.com/", spaces);
  check("https://github.com/\n", spaces);
  check("https://github.com/\x7f", spaces);
  check({"https://github.com/\0", 20}, spaces);
  check("https://", "has no host");
  check("https:///path", "has no host");
  check("https://?x", "has no host");
  check("https://:8080/", "has no host");
  constexpr auto user =
      "must not contain a user name or password; put them into the authentication";
  check("https://user:password@host/", user);
  check("https://user@host/", user);
  check("https://@host/", user);
  check("https://github.com@evil.example", user);
  constexpr auto query = "must not have a query or fragment";
  check("https://host/?a=b", query);
  check("https://host/#f", query);
  check("https://host?", query);
  check("https://host/a?x@y", query);
}

TEST_CASE("settings_fields: endpoints with a port that is none") {
  for (char const* text :
       {"https://host:/", "https://host:0/", "https://host:65536/",
        "https://host:99999999999999999999/", "https://host:80a/", "https://host:-1/",
        "https://[::1]:/", "https://[::1]x/", "https://[::1/", "https://host:80:80/"}) {
    INFO(text);
    CHECK(endpoint_problem(text) ==
          "has a malformed host or port: write host, host:port or [address]:port");
  }
}

TEST_CASE("settings_fields: projects") {
  CHECK(project_problem("owner/name", false) == "");
  CHECK(project_problem("github-training/hello.git_world2", false) == "");
  CHECK(project_problem(".github/.github", false) == "");
  CHECK(project_problem("a/b", true) == "");
  CHECK(project_problem("a/b/c/d", true) == "");
  constexpr auto flat = "must be owner/name, such as githubtraining/hellogitworld";
  constexpr auto nested = "must be namespace/name, such as group/subgroup/project";
  for (char const* text : {"", "owner", "/", "owner/", "/name", "owner//name", "/owner/name",
                           "owner/name/", "../name", "owner/..", "./name", "owner/."}) {
    INFO(text);
    CHECK(project_problem(text, false) == flat);
    CHECK(project_problem(text, true) == nested);
  }
  CHECK(project_problem("a/b/c", false) == flat);
  constexpr auto letters = "may contain letters, digits, '-', '_', '.' and '/' only";
  for (std::string_view text : {"owner /name", "owner/na me", "owner/name?", "https://x/y",
                                "owner\\name", "owner/%2e%2e", "owner/n\xC3\xA9", "owner/name\n"}) {
    INFO(text);
    CHECK(project_problem(text, false) == letters);
  }
  CHECK(project_problem({"owner/name\0", 11}, false) == letters);
}

TEST_CASE("settings_fields: a checked literal is text") {
  std::string const owned = "owner/name"_project;
  CHECK(owned == "owner/name");
  std::string_view const view = "https://github.com/"_endpoint;
  CHECK(view == "https://github.com/");
}

TEST_CASE("settings_fields: where a label comes from") {
  CHECK(at::mapping_source::attribute("level") == at::mapping_source{"level", false});
  CHECK(at::mapping_source::tag("host") == at::mapping_source{"host", true});
  CHECK_FALSE(at::mapping_source::tag("host") == at::mapping_source::attribute("host"));
}
