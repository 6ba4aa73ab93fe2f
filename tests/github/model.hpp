#pragma once
// The local tracker as a GitHub without sockets: it answers requests in hand.

#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/result.hpp>

#include <local_tracker/github_api.hpp>
#include <string>
#include <utility>

namespace test {

namespace at = argus_ticket;

/// A request as the tracker takes it. @param prefix Goes before its path.
inline local_tracker::request as_tracker_request(at::http::request const& r,
                                                 std::string const& prefix = {}) {
  local_tracker::request asked;
  asked.method = at::http::to_string(r.method());
  asked.target = prefix + r.url().target();
  asked.body = r.body();
  asked.set("User-Agent", "a test");
  for (at::http::field const& f : r.headers()) asked.set(f.name, f.value);
  return asked;
}

inline at::http::response as_http_response(local_tracker::response const& answer) {
  at::http::headers headers;
  for (auto const& h : answer.headers) headers.add({h.name, h.value});
  return {static_cast<int>(answer.status), std::move(headers), answer.body};
}

class github_model {
 public:
  github_model() {
    api.set_origin("https://github.example.org");
    api.add_user("tracker-token-SECRET",
                 {.login = "argus-bot", .access = local_tracker::role::write});
    api.add_repository({.full_name = "octo/tickets"});
  }

  static at::plugins::github::settings settings() {
    return {.endpoint = "https://github.example.org/",
            .authentication = {.token = at::secret{"tracker-token-SECRET"}},
            .information = {.project_namespace_and_name = "octo/tickets"}};
  }

  at::result<at::http::response> answer(at::http::request const& r) {
    return as_http_response(api.handle(as_tracker_request(r)));
  }

  local_tracker::github_api api;
};

} // namespace test
