#include "../support/catch.hpp"

#include <argus_ticket/error.hpp>

#include <set>
#include <sstream>

namespace at = argus_ticket;
using at::errc;
using at::error_category;
using at::outcome;

namespace {

struct named_code {
  errc code;
  char const* name;
  error_category category;
};

// All of them: a new code has to be added here, with the category it belongs to.
constexpr named_code codes[] = {
    {errc::invalid_settings, "invalid_settings", error_category::settings},
    {errc::unknown_plugin, "unknown_plugin", error_category::settings},
    {errc::target_not_found, "target_not_found", error_category::settings},
    {errc::connection_failed, "connection_failed", error_category::client},
    {errc::tls_failed, "tls_failed", error_category::client},
    {errc::timed_out, "timed_out", error_category::client},
    {errc::cancelled, "cancelled", error_category::client},
    {errc::bad_credentials, "bad_credentials", error_category::client},
    {errc::rate_limited, "rate_limited", error_category::client},
    {errc::server_failed, "server_failed", error_category::client},
    {errc::redirect_refused, "redirect_refused", error_category::client},
    {errc::not_permitted, "not_permitted", error_category::creation},
    {errc::refused, "refused", error_category::creation},
    {errc::ticket_not_found, "ticket_not_found", error_category::creation},
    {errc::not_ours, "not_ours", error_category::creation},
    {errc::invalid_incident, "invalid_incident", error_category::plugin},
    {errc::bad_reply, "bad_reply", error_category::plugin},
    {errc::unsupported, "unsupported", error_category::plugin},
    {errc::store_failed, "store_failed", error_category::plugin},
    {errc::outbox_full, "outbox_full", error_category::plugin},
    {errc::lease_lost, "lease_lost", error_category::plugin},
    {errc::expired, "expired", error_category::plugin},
    {errc::internal_error, "internal_error", error_category::plugin},
};

} // namespace

TEST_CASE("error: each code has a name and a category") {
  std::set<std::string_view> names;
  for (named_code const& one : codes) {
    CHECK(at::to_string(one.code) == one.name);
    CHECK(at::category_of(one.code) == one.category);
    names.insert(at::to_string(one.code));
  }
  CHECK(names.size() == std::size(codes));
  CHECK(std::size(codes) == static_cast<std::size_t>(errc::internal_error) + 1);
}

TEST_CASE("error: a value that is no enumerator is called unknown") {
  CHECK(at::to_string(static_cast<errc>(999)) == "unknown");
  CHECK(at::to_string(static_cast<outcome>(999)) == "unknown");
  CHECK(at::to_string(static_cast<error_category>(999)) == "unknown");
  CHECK(at::to_string(static_cast<at::progress>(999)) == "unknown");
  CHECK(at::category_of(static_cast<errc>(999)) == error_category::plugin);
}

TEST_CASE("error: names of outcomes, categories and progress") {
  CHECK(at::to_string(outcome::not_applied) == "not_applied");
  CHECK(at::to_string(outcome::rejected) == "rejected");
  CHECK(at::to_string(outcome::ambiguous) == "ambiguous");
  CHECK(at::to_string(outcome::applied) == "applied");
  CHECK(at::to_string(outcome::applied_degraded) == "applied_degraded");
  CHECK(at::to_string(error_category::settings) == "settings");
  CHECK(at::to_string(error_category::client) == "client");
  CHECK(at::to_string(error_category::creation) == "creation");
  CHECK(at::to_string(error_category::plugin) == "plugin");
  CHECK(at::to_string(at::progress::nothing_sent) == "nothing_sent");
  CHECK(at::to_string(at::progress::partly_sent) == "partly_sent");
  CHECK(at::to_string(at::progress::all_sent) == "all_sent");
  CHECK(at::to_string(at::progress::reply_begun) == "reply_begun");
}

TEST_CASE("error: as text it says what, where, and whether a ticket may exist") {
  at::error e{errc::refused, outcome::rejected, "the server refused the request", "o/r"};
  CHECK(at::to_string(e) == "creation error at o/r: the server refused the request; nothing was "
                            "changed, trying again will not help");
  e.http_status = 422;
  e.server_message = "Validation Failed";
  CHECK(at::to_string(e) ==
        "creation error at o/r: the server refused the request (HTTP 422); the server says: "
        "\"Validation Failed\"; nothing was changed, trying again will not help");
}

TEST_CASE("error: as text it says when to come back and lists every problem") {
  at::error e{errc::rate_limited, outcome::not_applied, "come later"};
  e.retry_after = std::chrono::seconds{90};
  e.problems = {{"TICKET_ENDPOINT", "is missing"}, {"a.b", "must be a list"}};
  CHECK(at::to_string(e) == "client error: come later; nothing was changed, it may be tried again; "
                            "come back in 90 seconds\n  TICKET_ENDPOINT: is missing\n  a.b: must "
                            "be a list");
}

TEST_CASE("error: each outcome has its own words") {
  auto const said = [](outcome o) { return at::to_string(at::error{errc::bad_reply, o, "m"}); };
  CHECK(said(outcome::ambiguous) ==
        "plugin error: m; it may have been done: look before trying again");
  CHECK(said(outcome::applied) == "plugin error: m; it was done");
  CHECK(said(outcome::applied_degraded) == "plugin error: m; it was done, but not all of it");
}

TEST_CASE("error: a default one is an internal error after which nothing was applied") {
  at::error const e;
  CHECK(e.code == errc::internal_error);
  CHECK(e.outcome == outcome::not_applied);
  CHECK(e.category() == error_category::plugin);
  CHECK_FALSE(e.retry_after);
  CHECK_FALSE(e.progress);
  // Without a message of its own, the code stands for it.
  CHECK(at::to_string(e) ==
        "plugin error: internal_error; nothing was changed, it may be tried again");
}

TEST_CASE("error: the stream operator writes the same text") {
  at::error const e{errc::timed_out, outcome::ambiguous, "no reply"};
  std::ostringstream out;
  out << e;
  CHECK(out.str() == at::to_string(e));
}
