// Settings from a text. `{s}` is the secret.

#include "errors.hpp"

#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/settings_json.hpp>

namespace at = argus_ticket;

namespace {

constexpr std::string_view secret = "ghp_6Xq0vTz9SECRET";

/// Whether the secret stands in a text, if only once that is cleaned.
bool holds_it(std::string_view text) {
  return at::document::clean_line(text).find(secret) != std::string::npos;
}

bool has_it_as_key(boost::json::object const& dictionary) {
  return std::any_of(dictionary.begin(), dictionary.end(), [](auto const& item) {
    return holds_it(std::string_view{item.key().data(), item.key().size()});
  });
}

/// The file that is to hold the token.
std::string file_of(at::raw_settings const& raw) {
  boost::json::value const authentication = raw.authentication;
  return std::string{at::detail::text_member(authentication, "token_file")};
}

/// Keys, names of plugins and paths of files are shown: a secret there is out of its place.
bool is_out_of_place(std::string_view json, at::raw_settings const& raw) {
  std::string unused;
  auto const whole = at::detail::parse_json(json, unused);
  return (whole && whole->is_object() && has_it_as_key(whole->get_object())) ||
         has_it_as_key(raw.authentication) || has_it_as_key(raw.information) ||
         holds_it(raw.plugin) || holds_it(file_of(raw));
}

void judge(at::plugins::github::settings const& loaded) {
  fuzz::require(at::check_settings<at::plugins::github>(loaded).empty(), "what was loaded is right",
                loaded.endpoint);
  fuzz::require(!loaded.authentication.token.empty(), "there is a token");
  // What is right makes a plugin, whose API is where the endpoint is.
  at::plugins::github const plugin{loaded};
  auto const endpoint = at::http::url::parse(loaded.endpoint);
  at::http::url const& api = plugin.api();
  fuzz::require(api.host() == endpoint->host() || api.host() == "api." + endpoint->host() ||
                    (endpoint->host() == "www.github.com" && api.host() == "api.github.com"),
                "the token goes to the endpoint", api.string(), loaded.endpoint);
  fuzz::require(api.is_https() || api.is_loopback() || loaded.information.allow_plain_http,
                "the token goes over TLS", api.string());
  std::string const issue = plugin.issue_url("1").string();
  fuzz::require(at::http::url::parse(issue) == plugin.issue_url("1"), "an issue has a URL", issue);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  std::string const json =
      fuzz::filled_in(fuzz::as_text(data, size), "s", [](char) { return secret; });
  at::raw_settings const raw = at::parse_raw_settings(json);
  fuzz::judge(raw.problems);
  // Nothing of this machine is opened: only what is, or rather is not, in the current folder.
  if (file_of(raw).find('/') != std::string::npos) return 0;

  auto const loaded = at::load_settings<"github">(raw);
  if (loaded) {
    judge(*loaded);
  } else {
    at::error const& e = loaded.error();
    fuzz::judge(e);
    fuzz::require(e.code == at::errc::invalid_settings && e.outcome == at::outcome::rejected,
                  "the settings are at fault", to_string(e));
    fuzz::require(!e.problems.empty(), "every problem is told", to_string(e));
    if (!is_out_of_place(json, raw)) fuzz::judge_secrecy(e, secret);
  }
  return 0;
}
