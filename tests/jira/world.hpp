#pragma once
// A client of a Jira that is a model, for the tests of its plugin.

#include "../support/conforming.hpp"
#include "../support/incident.hpp"
#include "../unit/running.hpp"
#include "model.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

namespace jira_test {

namespace at = argus_ticket;
using at::errc;
using at::outcome;
using at::plugins::jira;
using at::testing::mock_transport;
using test::jira_model;

using client = at::client<"jira", mock_transport, at::builtin_plugins, test::plain_policies<>>;
using json = boost::json::value;

inline constexpr auto& token = jira_model::token;

inline at::settings<"jira"> settings(bool cloud = true) { return jira_model::settings(cloud); }

/// A client of a Jira of its own.
struct world {
  explicit world(bool cloud) : world(jira_model::settings(cloud)) {}
  explicit world(at::settings<"jira"> settings)
      : own(settings), plugin(own), server(plugin.is_cloud()), tickets(own, transport) {
    transport.answer_by([this](at::http::request const& r) {
      ++requests;
      if (instead) return at::result<at::http::response>{*instead};
      auto reply = server.answer(r);
      bool const is_lost =
          r.method() != at::http::method::get && lost > 0 && r.url().path().ends_with(lost_at);
      if (!is_lost) return reply;
      --lost;
      return at::result<at::http::response>{test::lost_reply()};
    });
  }
  world(world const&) = delete;
  world& operator=(world const&) = delete;

  /// Whether a text is in an issue's description, as it is written.
  bool describes(std::size_t number, std::string_view text) const {
    json const* const body = server.issues.at(number).fields.if_contains("description");
    return body != nullptr && boost::json::serialize(*body).find(text) != std::string::npos;
  }

  void check_that_it_conforms() {
    test::check_that_it_conforms<jira>(own, transport, test::fake_clock{});
  }

  at::settings<"jira"> own;
  jira plugin;
  jira_model server;
  std::optional<at::http::response> instead;
  int lost = 0; ///< How many replies of writes to a path that ends so are lost.
  std::string lost_at;
  int requests = 0;
  mock_transport transport;
  client tickets;
};

inline at::incident incident(std::int64_t pk = 10101) {
  at::incident i = test::incident(pk, "Netbox 11 <12345> down.");
  i.start_time = at::parse_timestamp("2026-11-11T11:11:11+01:00");
  return i;
}

inline at::http::response answer(int status, std::string body, at::http::headers headers = {}) {
  return {status, std::move(headers), std::move(body)};
}

inline bool has_label(jira_model::issue const& one, std::string const& label) {
  return std::find(one.labels.begin(), one.labels.end(), label) != one.labels.end();
}

inline at::custom_field field(std::string name, std::vector<std::string> values) {
  at::custom_field f;
  f.name = std::move(name);
  f.values = std::move(values);
  return f;
}

} // namespace jira_test
