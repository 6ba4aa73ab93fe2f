#pragma once
// A model of RT, as behaviours.hpp wants a site.

#include "../unit/running.hpp"
#include "model.hpp"

#include <argus_ticket/testing/mock_transport.hpp>

#include <optional>

namespace request_tracker_test {

namespace at = argus_ticket;

struct world {
  using transport_type = at::testing::mock_transport;
  using clock_type = test::fake_clock;

  world() {
    carrier.answer_by([this](at::http::request const& r) {
      ++requests;
      return instead ? at::result<at::http::response>{*instead} : server.answer(r);
    });
  }
  world(world const&) = delete;
  world& operator=(world const&) = delete;

  std::string endpoint() const { return server.base + '/'; }
  at::secret token(std::string const& user) const {
    return at::secret{server.people.at(user).token};
  }
  transport_type transport() const { return carrier; }
  std::int64_t pk() { return ++last_pk; }
  std::string old_ticket() { return server.add_old_ticket("2020-02-02T02:02:02Z"); }

  test::rt_model server;
  std::optional<at::http::response> instead;
  int requests = 0;
  std::int64_t last_pk = 0;
  at::testing::mock_transport carrier;
};

inline at::http::response answer(int status, std::string body, at::http::headers headers = {}) {
  return {status, std::move(headers), std::move(body)};
}

} // namespace request_tracker_test
