#include "../support/catch.hpp"
#include "../support/temporary_file.hpp"

#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/settings_json.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace at = argus_ticket;
using at::plugins::github;

namespace {

constexpr char const* token = "ghp_0123456789abcdef";

/// Every problem of a load, a line each. None shows a secret.
template <class T>
std::string problems_of(at::result<T> const& loaded) {
  if (loaded) return "none";
  CHECK(loaded.error().code == at::errc::invalid_settings);
  CHECK(loaded.error().outcome == at::outcome::rejected);
  CHECK(at::to_string(loaded.error()).find("ghp_") == std::string::npos);
  std::string all;
  for (at::problem const& p : loaded.error().problems) all += p.where + ": " + p.what + '\n';
  return all;
}

at::result<github::settings> load(std::string_view json) {
  return at::load_settings<github>(at::parse_raw_settings(json));
}

std::string problems(std::string_view json) { return problems_of(load(json)); }

/// Settings with a part replaced.
std::string with(std::string const& authentication, std::string const& information = "{}") {
  return R"({"TICKET_ENDPOINT": "https://github.com/", "TICKET_AUTHENTICATION_SECRET": )" +
         authentication + R"(, "TICKET_INFORMATION": )" + information + "}";
}
std::string with_information(std::string const& rest) {
  return with(R"({"token": "ghp_0123456789abcdef"})",
              R"({"project_namespace_and_name": "o/r")" + rest + "}");
}

/// Environment variables that are set as long as this object lives.
class environment {
 public:
  void set(std::string const& name, std::string const& value) {
    ::setenv(name.c_str(), value.c_str(), 1);
    names_.push_back(name);
  }
  environment() = default;
  environment(environment const&) = delete;
  environment& operator=(environment const&) = delete;
  ~environment() {
    for (std::string const& name : names_) ::unsetenv(name.c_str());
  }

 private:
  std::vector<std::string> names_;
};

} // namespace

TEST_CASE("settings_json: reads Argus's four settings") {
  auto const loaded = load(R"({
    "TICKET_PLUGIN": "argus_ticket_github.GithubPlugin",
    "TICKET_ENDPOINT": "https://github.com/",
    "TICKET_AUTHENTICATION_SECRET": {"token": "ghp_0123456789abcdef"},
    "TICKET_INFORMATION": {
      "project_namespace_and_name": "githubtraining/hellogitworld",
      "labels_set": ["argus", "network"],
      "labels_mapping": ["level", {"tag": "host"}, "source.name"],
      "tenant": "prod", "allow_plain_http": false}})");
  REQUIRE(loaded.has_value());
  CHECK(loaded->endpoint == "https://github.com/");
  CHECK(loaded->authentication.token.expose() == token);
  CHECK(loaded->information.project_namespace_and_name == "githubtraining/hellogitworld");
  CHECK(loaded->information.labels_set == std::vector<std::string>{"argus", "network"});
  CHECK(loaded->information.labels_mapping ==
        std::vector<at::mapping_source>{at::mapping_source::attribute("level"),
                                        at::mapping_source::tag("host"),
                                        at::mapping_source::attribute("source.name")});
  CHECK(loaded->information.tenant == "prod");
  CHECK_FALSE(loaded->information.allow_plain_http);
}

TEST_CASE("settings_json: everything that is missing is told at once") {
  constexpr auto all_missing =
      "TICKET_ENDPOINT: is missing or empty\n"
      "TICKET_AUTHENTICATION_SECRET.token: is missing or empty\n"
      "TICKET_INFORMATION.project_namespace_and_name: is missing or empty\n";
  CHECK(problems("{}") == all_missing);
  CHECK(problems(R"({"TICKET_ENDPOINT": "", "TICKET_AUTHENTICATION_SECRET": {},
                     "TICKET_INFORMATION": {}})") == all_missing);
  CHECK(problems(R"({"TICKET_ENDPOINT": "", "TICKET_AUTHENTICATION_SECRET": {"token": ""},
                     "TICKET_INFORMATION": {"project_namespace_and_name": ""}})") == all_missing);
}

TEST_CASE("settings_json: what is of the wrong type is told once, for its type") {
  CHECK(problems(R"({"TICKET_PLUGIN": 1, "TICKET_ENDPOINT": null,
                     "TICKET_AUTHENTICATION_SECRET": "ghp_0123456789abcdef",
                     "TICKET_INFORMATION": [1]})") ==
        "TICKET_PLUGIN: must be a string, but is a number\n"
        "TICKET_ENDPOINT: must be a string, but is null\n"
        "TICKET_AUTHENTICATION_SECRET: must be a dictionary, but is a string\n"
        "TICKET_INFORMATION: must be a dictionary, but is a list\n");
  CHECK(problems(with(R"({"token": ["ghp_0123456789abcdef"]})",
                      R"({"project_namespace_and_name": 5, "labels_set": "a",
                          "labels_mapping": {"tag": "x"}, "tenant": {}, "allow_plain_http": 1})")) ==
        "TICKET_AUTHENTICATION_SECRET.token: must be a string, but is a list\n"
        "TICKET_INFORMATION.project_namespace_and_name: must be a string, but is a number\n"
        "TICKET_INFORMATION.labels_set: must be a list, but is a string\n"
        "TICKET_INFORMATION.labels_mapping: must be a list, but is an object\n"
        "TICKET_INFORMATION.tenant: must be a string, but is an object\n"
        "TICKET_INFORMATION.allow_plain_http: must be true or false, but is a number\n");
}

TEST_CASE("settings_json: lists are read item by item") {
  CHECK(problems(with_information(R"(, "labels_set": ["a", 1, "", null],
        "labels_mapping": ["level", "", 1, {}, {"tag": ""}, {"tag": 1}, {"tag": "a", "x": 1}, []])")) ==
        R"(TICKET_INFORMATION.labels_set[1]: must be a string, but is a number
TICKET_INFORMATION.labels_set[2]: is empty
TICKET_INFORMATION.labels_set[3]: must be a string, but is null
TICKET_INFORMATION.labels_mapping[1]: must be an attribute's name or {"tag": "name"}
TICKET_INFORMATION.labels_mapping[2]: must be an attribute's name or {"tag": "name"}
TICKET_INFORMATION.labels_mapping[3]: must be an attribute's name or {"tag": "name"}
TICKET_INFORMATION.labels_mapping[4]: must be an attribute's name or {"tag": "name"}
TICKET_INFORMATION.labels_mapping[5]: must be an attribute's name or {"tag": "name"}
TICKET_INFORMATION.labels_mapping[6]: must be an attribute's name or {"tag": "name"}
TICKET_INFORMATION.labels_mapping[7]: must be an attribute's name or {"tag": "name"}
)");
}

TEST_CASE("settings_json: an unknown key gives the nearest known one") {
  CHECK(problems(R"({"TICKET_ENDPONT": "https://github.com/"})")
            .starts_with("TICKET_ENDPONT: is no such setting; did you mean 'TICKET_ENDPOINT'?\n"));
  CHECK(problems(with_information(R"(, "label_set": [])")) ==
        "TICKET_INFORMATION.label_set: is no such setting; did you mean 'labels_set'?\n");
  CHECK(problems(with(R"({"token": "ghp_0123456789abcdef", "tokn_file": "x"})",
                      R"({"project_namespace_and_name": "o/r"})")) ==
        "TICKET_AUTHENTICATION_SECRET.tokn_file: is no such setting; did you mean 'token_file'?\n");
}

TEST_CASE("settings_json: an unknown key is shown on one line, and not without end") {
  std::string const strange = problems(with_information(R"(, "a\nb\u001b[31m\u0000": 1)"));
  CHECK(strange.starts_with("TICKET_INFORMATION.a b"));
  CHECK(std::count(strange.begin(), strange.end(), '\n') == 1);
  CHECK(strange.find('\x1b') == std::string::npos);
  CHECK(strange.find('\0') == std::string::npos);
  CHECK(problems("{\"a\nb\": 1}").find("is no JSON") != std::string::npos);
  CHECK(problems("{\"" + std::string(1'000'000, 'x') + "\": 1}").size() < 1'000);
  CHECK(problems("{\"a\\nb\": 1}").starts_with("a b: is no such setting"));
}

TEST_CASE("settings_json: a secret is given in place, as a file or as a variable") {
  test::temporary_file const file{std::string{token} + "\n"};
  environment variables;
  variables.set("ARGUS_TICKET_TEST_TOKEN", token);
  constexpr auto information = R"({"project_namespace_and_name": "o/r"})";
  for (std::string const& given :
       {std::string{R"("token": "ghp_0123456789abcdef")"}, R"("token_file": ")" + file.path() + '"',
        std::string{R"("token_env": "ARGUS_TICKET_TEST_TOKEN")"}}) {
    auto const loaded = load(with("{" + given + "}", information));
    REQUIRE(loaded.has_value());
    CHECK(loaded->authentication.token.expose() == token);
  }
  CHECK(problems(with(R"({"token": "ghp_0123456789abcdef", "token_env": "X"})", information)) ==
        "TICKET_AUTHENTICATION_SECRET.token: is given more than once: keep one of 'token', "
        "'token_file', 'token_env'\n");
  CHECK(problems(with(R"({"token_file": "/nonexistent"})", information)) ==
        "TICKET_AUTHENTICATION_SECRET.token: the file '/nonexistent' cannot be opened\n");
  // What was given as the variable's name is not shown: it may be the token itself.
  CHECK(problems(with(R"({"token_env": "ghp_0123456789abcdef"})", information)) ==
        "TICKET_AUTHENTICATION_SECRET.token: is to come from the environment variable that "
        "'token_env' names, which is not set\n");
  CHECK(problems(with(R"({"token_file": ""})", information)) ==
        "TICKET_AUTHENTICATION_SECRET.token: is missing or empty\n");
}

TEST_CASE("settings_json: a reference to a secret that is of the wrong type is told once") {
  constexpr auto information = R"({"project_namespace_and_name": "o/r"})";
  CHECK(problems(with(R"({"token_file": 7})", information)) ==
        "TICKET_AUTHENTICATION_SECRET.token_file: must be a string, but is a number\n");
  CHECK(problems(with(R"({"token_env": ["ghp_0123456789abcdef"]})", information)) ==
        "TICKET_AUTHENTICATION_SECRET.token_env: must be a string, but is a list\n");
}

TEST_CASE("settings_json: text that cannot be read at all is one problem") {
  CHECK(problems("") == "settings: is no JSON: incomplete JSON at line 1, column 1\n");
  CHECK(problems("[]") == "settings: must be an object, but is a list\n");
  std::string const broken = problems(R"({"TICKET_AUTHENTICATION_SECRET": {"token": "ghp_0123)");
  CHECK(broken.starts_with("settings: is no JSON: "));
  CHECK(std::count(broken.begin(), broken.end(), '\n') == 1);
}

TEST_CASE("settings_json: no problem shows the token, whatever is broken around it") {
  // problems() looks for it.
  for (char const* text :
       {R"({"TICKET_AUTHENTICATION_SECRET": {"token": "ghp_0123456789abcdef" "x"}})",
        R"({"TICKET_AUTHENTICATION_SECRET": "{\"token\": \"ghp_0123456789abcdef\"}"})",
        R"({"TICKET_AUTHENTICATION_SECRET": ["ghp_0123456789abcdef"]})",
        R"({"TICKET_AUTHENTICATION_SECRET": {"token": {"ghp_0123456789abcdef": 1}}})",
        R"({"TICKET_AUTHENTICATION_SECRET": {"toke": "ghp_0123456789abcdef"}})",
        R"({"TICKET_ENDPOINT": "https://ghp_0123456789abcdef@github.com/"})"})
    CHECK(problems(text) != "none");
}

TEST_CASE("settings_json: the last of two values of one key counts") {
  auto const loaded = load(with_information(R"(, "tenant": "a", "tenant": "b")"));
  REQUIRE(loaded.has_value());
  CHECK(loaded->information.tenant == "b");
}

TEST_CASE("settings_json: from a file") {
  test::temporary_file const good{with_information("")};
  CHECK(at::load_settings<github>(at::read_raw_settings_file(good.path())).has_value());

  auto const of_file = [](std::string const& path) {
    return problems_of(at::load_settings<github>(at::read_raw_settings_file(path)));
  };
  CHECK(of_file("/nonexistent/settings.json") == "/nonexistent/settings.json: cannot be opened\n");
  test::temporary_file const broken{"{\n\"TICKET_ENDPOINT\": x}"};
  CHECK(of_file(broken.path()) ==
        broken.path() + ": is no JSON: syntax error at line 2, column 20\n");
  test::temporary_file const large{std::string(1024 * 1024 + 1, ' ')};
  CHECK(of_file(large.path()) == large.path() + ": is larger than 1 MiB\n");
  test::temporary_file const wrong{R"({"TICKET_ENDPOINT": 1})"};
  CHECK(of_file(wrong.path()).starts_with("TICKET_ENDPOINT: must be a string, but is a number\n"));
  if (std::filesystem::exists("/dev/zero"))
    CHECK(of_file("/dev/zero") == "/dev/zero: is larger than 1 MiB\n");
}

TEST_CASE("settings_json: from the environment") {
  auto const problems_of_environment = [] {
    return problems_of(at::load_settings<github>(at::read_raw_settings_environment()));
  };
  environment variables;
  CHECK(problems_of_environment() ==
        "TICKET_AUTHENTICATION_SECRET: is missing: the environment variable is not set\n"
        "TICKET_INFORMATION: is missing: the environment variable is not set\n"
        "TICKET_ENDPOINT: is missing or empty\n");
  variables.set("TICKET_PLUGIN", "github");
  variables.set("TICKET_ENDPOINT", "https://github.com/");
  variables.set("TICKET_AUTHENTICATION_SECRET", R"({"token": "ghp_0123456789abcdef"})");
  variables.set("TICKET_INFORMATION", R"({"project_namespace_and_name": "o/r"})");
  CHECK(at::read_raw_settings_environment().plugin == "github");
  auto const loaded = at::load_settings<github>(at::read_raw_settings_environment());
  REQUIRE(loaded.has_value());
  CHECK(loaded->authentication.token.expose() == token);

  variables.set("TICKET_AUTHENTICATION_SECRET", "ghp_0123456789abcdef"); // no JSON
  variables.set("TICKET_INFORMATION", "");
  CHECK(problems_of_environment() ==
        "TICKET_AUTHENTICATION_SECRET: is no JSON: syntax error at line 1, column 1\n"
        "TICKET_INFORMATION: is missing: the environment variable is not set\n");
}
