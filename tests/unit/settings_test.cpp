#include "../support/catch.hpp"

#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/settings.hpp>

#include <array>
#include <string>

namespace at = argus_ticket;
using at::plugins::github;
using namespace at::literals;

namespace {

constexpr char const* token = "ghp_0123456789abcdef";

github::settings complete() {
  github::settings s;
  s.endpoint = "https://github.com/";
  s.authentication.token = at::secret{std::string{token}};
  s.information.project_namespace_and_name = "owner/name";
  return s;
}

/// Every problem, a line each.
std::string problems(github::settings const& s) {
  std::string all;
  for (at::problem const& p : at::check_settings<github>(s)) all += p.where + ": " + p.what + '\n';
  CHECK(all.find(token) == std::string::npos);
  CHECK(all.find("ghp_") == std::string::npos);
  return all;
}

std::string endpoint_problems(std::string endpoint, bool allow_plain_http = false) {
  github::settings s = complete();
  s.endpoint = std::move(endpoint);
  s.information.allow_plain_http = allow_plain_http;
  return problems(s);
}

// A user's own types, each complete in its own way.

struct with_constants {
  static constexpr auto endpoint = "https://github.example/prefix/"_endpoint;
  struct authentication_type {
    at::secret token;
  } authentication;
  struct information_type {
    static constexpr auto project_namespace_and_name = "owner/name"_project;
  } information;
};

struct with_views {
  std::string_view endpoint = "https://github.com/";
  struct authentication_type {
    at::secret token;
  } authentication;
  struct information_type {
    char const* project_namespace_and_name = "owner/name";
    std::array<char const*, 2> labels_set{"a", "b"};
    std::array<at::mapping_source, 1> labels_mapping{at::mapping_source::tag("host")};
    std::string tenant = "prod";
    bool allow_plain_http = true;
    int something_of_their_own = 7;
  } information;
};

struct without_token {
  std::string endpoint = "https://github.com/";
  struct information_type {
    std::string project_namespace_and_name = "owner/name";
  } information;
};

struct without_anything {};

static_assert(at::settings_for<github::settings, github>);
static_assert(at::settings_for<with_constants, github>);
static_assert(at::settings_for<with_views, github>);
static_assert(!at::settings_for<without_token, github>);
static_assert(!at::settings_for<without_anything, github>);

} // namespace

TEST_CASE("settings: complete ones have no problem") {
  CHECK(problems(complete()) == "");
  github::settings const s{.endpoint = "https://github.com/",
                           .authentication = {.token = at::secret{std::string{token}}},
                           .information = {.project_namespace_and_name = "owner/name"}};
  CHECK(problems(s) == "");
}

TEST_CASE("settings: everything that is missing is told at once") {
  CHECK(problems({}) == "TICKET_ENDPOINT: is missing or empty\n"
                        "TICKET_AUTHENTICATION_SECRET.token: is missing or empty\n"
                        "TICKET_INFORMATION.project_namespace_and_name: is missing or empty\n");
}

TEST_CASE("settings: a secret that could not be read says why") {
  github::settings s = complete();
  s.authentication.token = at::secret::from_environment("ARGUS_TICKET_NOT_SET");
  CHECK(problems(s) == "TICKET_AUTHENTICATION_SECRET.token: the environment variable "
                       "ARGUS_TICKET_NOT_SET is not set\n");
  s.authentication.token = at::secret::from_file("/nonexistent");
  CHECK(problems(s) ==
        "TICKET_AUTHENTICATION_SECRET.token: the file '/nonexistent' cannot be opened\n");
}

TEST_CASE("settings: what is malformed is told once, in words") {
  CHECK(endpoint_problems("github.com") ==
        "TICKET_ENDPOINT: must start with https://, such as https://github.com/\n");
  CHECK(endpoint_problems("https://user:pw@github.com/") ==
        "TICKET_ENDPOINT: must not contain a user name or password; put them into the "
        "authentication\n");
  CHECK(endpoint_problems("https://ex%ample/") == "TICKET_ENDPOINT: is no valid URL\n");
  CHECK(endpoint_problems("https://host/%zz") == "TICKET_ENDPOINT: is no valid URL\n");
  CHECK(endpoint_problems("https://h\xC3\xA9/") == "TICKET_ENDPOINT: is no valid URL\n");
  github::settings s = complete();
  s.information.project_namespace_and_name = "name";
  CHECK(problems(s) == "TICKET_INFORMATION.project_namespace_and_name: must be owner/name, such as "
                       "githubtraining/hellogitworld\n");
  s.information.project_namespace_and_name = "group/subgroup/name";
  CHECK(problems(s) == "TICKET_INFORMATION.project_namespace_and_name: must be owner/name, such as "
                       "githubtraining/hellogitworld\n");
}

TEST_CASE("settings: a token cannot hold what a header cannot") {
  constexpr auto problem =
      "TICKET_AUTHENTICATION_SECRET.token: must not contain spaces or control characters\n";
  for (std::string const& wrong : {std::string{token} + "\n", std::string{token} + " x",
                                   " " + std::string{token}, std::string{token} + '\0'}) {
    github::settings s = complete();
    s.authentication.token = at::secret{std::string{wrong}};
    CHECK(problems(s) == problem);
  }
}

TEST_CASE("settings: credentials go over plain http to this machine only") {
  constexpr auto open = "TICKET_ENDPOINT: is not encrypted: use https://, or set "
                        "TICKET_INFORMATION.allow_plain_http to send the credentials openly\n";
  CHECK(endpoint_problems("http://github.com/") == open);
  CHECK(endpoint_problems("HTTP://github.com/") == open);
  CHECK(endpoint_problems("http://127.evil.example/") == open);
  CHECK(endpoint_problems("http://localhost.evil.example/") == open);
  CHECK(endpoint_problems("http://0.0.0.0/") == open);
  CHECK(endpoint_problems("http://[::2]/") == open);
  CHECK(endpoint_problems("http://[::ffff:127.0.0.1]/") == open);
  CHECK(endpoint_problems("http://localhost:8080/") == "");
  CHECK(endpoint_problems("http://127.0.0.1:8080/") == "");
  CHECK(endpoint_problems("http://127.255.255.254/") == "");
  CHECK(endpoint_problems("http://[::1]:8080/prefix/") == "");
  CHECK(endpoint_problems("http://github.example/", true) == "");
}

TEST_CASE("settings: a user's type with constants becomes the plugin's own") {
  with_constants mine;
  mine.authentication.token = at::secret{std::string{token}};
  github::settings const own = at::adopt_settings<github>(mine);
  CHECK(own.endpoint == "https://github.example/prefix/");
  CHECK(own.authentication.token.expose() == token);
  CHECK(own.information.project_namespace_and_name == "owner/name");
  CHECK(own.information.labels_set.empty());
  CHECK(problems(own) == "");
}

TEST_CASE("settings: optional members are taken where they are there") {
  github::settings const own = at::adopt_settings<github>(with_views{});
  CHECK(own.endpoint == "https://github.com/");
  CHECK(own.information.project_namespace_and_name == "owner/name");
  CHECK(own.information.labels_set == std::vector<std::string>{"a", "b"});
  CHECK(own.information.labels_mapping ==
        std::vector<at::mapping_source>{at::mapping_source::tag("host")});
  CHECK(own.information.tenant == "prod");
  CHECK(own.information.allow_plain_http);
  CHECK(problems(own) == "TICKET_AUTHENTICATION_SECRET.token: is missing or empty\n");
}

TEST_CASE("settings: the plugin's own are taken as they are") {
  github::settings const own = at::adopt_settings<github>(complete());
  CHECK(own.endpoint == "https://github.com/");
  CHECK(own.authentication.token.expose() == token);
}

TEST_CASE("settings: one problem says where, several leave it to their list") {
  at::error const one = at::detail::invalid_settings({{"TICKET_ENDPOINT", "is missing"}});
  CHECK(one.code == at::errc::invalid_settings);
  CHECK(one.outcome == at::outcome::rejected);
  CHECK(at::to_string(one) ==
        "settings error at TICKET_ENDPOINT: the settings are not complete and correct; nothing was "
        "changed, trying again will not help\n  TICKET_ENDPOINT: is missing");
  at::error const two = at::detail::invalid_settings({{"a", "b"}, {"c", "d"}});
  CHECK(two.where.empty());
  CHECK(two.problems.size() == 2);
}
