#include "../../support/catch.hpp"
#include "../acme.hpp"

#include <argus_ticket/policy/policies.hpp>

#include <type_traits>

namespace at = argus_ticket;
using namespace std::chrono_literals;

namespace {

struct my_renderer {
  at::document::document operator()(at::incident const&) const { return {}; }
};

} // namespace

TEST_CASE("policies: have good defaults") {
  at::policies<> const p;
  CHECK(p.timeout == 60s);
  CHECK(p.most_overflow_comments == 8);
  static_assert(std::is_same_v<decltype(p.renderer), at::default_renderer>);
  static_assert(std::is_same_v<decltype(p.clock), at::real_clock>);
}

TEST_CASE("policies: are deduced from what is given") {
  at::policies const p{.renderer = my_renderer{}, .timeout = 10s};
  static_assert(std::is_same_v<decltype(p), at::policies<my_renderer, at::real_clock> const>);
  CHECK(p.timeout == 10s);
  CHECK(p.most_overflow_comments == 8);

  at::policies const q{.clock = test::fake_clock{}, .timeout = 1ms, .most_overflow_comments = 0};
  static_assert(
      std::is_same_v<decltype(q), at::policies<at::default_renderer, test::fake_clock> const>);
  CHECK(q.most_overflow_comments == 0);
}

TEST_CASE("policies: a lambda renders") {
  at::policies const p{
      .renderer = [word = std::string{"word"}](at::incident const&) -> at::document::document {
        return {at::document::paragraph{word}};
      }};
  CHECK(p.renderer(at::incident{}) == at::document::document{at::document::paragraph{"word"}});
}
