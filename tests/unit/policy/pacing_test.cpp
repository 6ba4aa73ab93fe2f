#include "../../support/catch.hpp"
#include "../running.hpp"

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/policy/detail/pacers.hpp>

#include <thread>

namespace pacing_test {

namespace at = argus_ticket;
namespace http = argus_ticket::http;
using at::testing::mock_transport;
using test::acme;
using test::tickets_url;
using namespace std::chrono_literals;

namespace {

struct gives_pacers {
  at::pacer pacer_of(http::request const&, at::rate_limits const& l) { return at::pacer{l}; }
};
struct gives_numbers {
  int pacer_of(http::request const&, at::rate_limits const&) { return 1; }
};

static_assert(at::pacing_policy<at::shared_pacing>);
static_assert(at::pacing_policy<gives_pacers>);
static_assert(!at::pacing_policy<gives_numbers>);
static_assert(!at::pacing_policy<at::no_pacing>, "the one type that is none");
static_assert(!at::pacing_policy<int>);

at::rate_limits one_a_second() {
  at::rate_limits l;
  l.write_gap = 1s;
  return l;
}

http::request write(std::string const& url, std::string token, char const* header = "X-Token") {
  return http::put(http::url::parse(url).value())
      .header("Accept", "json")
      .header(header, at::secret{std::move(token)});
}

/// Whether the second request has to wait for the first.
bool share(http::request const& one, http::request const& other) {
  at::pacer_registry all;
  at::pacer::instant const now{1h};
  auto first = all.pacer_of(one, one_a_second()).enter(one);
  REQUIRE(first.ask(now) == 0ms);
  first.ended(now, {});
  return all.pacer_of(other, one_a_second()).enter(other).ask(now) > 0ms;
}

/// One that asks for a second between writes.
struct slow_acme : acme {
  using acme::acme;
  at::rate_limits asked_of_clients() const { return one_a_second(); }
};
static_assert(at::states_its_limits<slow_acme>);

using slow_policies =
    at::policies<at::default_renderer, test::fake_clock, at::no_retry, at::shared_pacing>;
using slow_client = at::basic_client<slow_acme, mock_transport, slow_policies>;

/// What a test may reach of a registry, to see what it holds.
template <class Tag, auto Member>
struct opened {
  friend constexpr auto reach(Tag) { return Member; }
};
struct all_pacers {
  friend constexpr auto reach(all_pacers);
};
template struct opened<all_pacers, &at::pacer_registry::state_>;

} // namespace

TEST_CASE("pacing: one pacer for each credential at each server") {
  std::string const h = "https://h.example/";
  CHECK(share(write(h, "a"), write(h, "a")));
  CHECK(share(write(h, "a"), write(h + "other/path?q=1", "a")));
  CHECK(share(write(h, "a"), write("https://H.Example:443/", "a")));
  CHECK_FALSE(share(write(h, "a"), write(h, "b")));
  CHECK_FALSE(share(write(h, "a"), write("https://other.example/", "a")));
  CHECK_FALSE(share(write(h, "a"), write("https://h.example:8443/", "a")));
  CHECK_FALSE(share(write(h, "a"), write("http://h.example/", "a")));
}

TEST_CASE("pacing: only what is secret of a request tells credentials apart") {
  auto const request = [](std::string kind) {
    return http::put(http::url::parse("https://h/").value())
        .header("Content-Type", kind)
        .authorization("Bearer", at::secret{"a"});
  };
  CHECK(share(request("text/plain"), request("text/html")));
  // A request without any credential has a pacer too.
  CHECK(share(http::put(http::url::parse("https://h/").value()),
              http::put(http::url::parse("https://h/").value())));
  CHECK_FALSE(share(http::put(http::url::parse("https://h/").value()), request("text/plain")));
  // Two secrets are not the same as one that is made of both.
  auto const two = write("https://h/", "a").header("X-Other", at::secret{"b"});
  CHECK_FALSE(share(two, write("https://h/", "ab")));
}

TEST_CASE("pacing: by default all clients of a process share the pacers") {
  CHECK(at::shared_pacing{}.registry == at::shared_pacing{}.registry);
  CHECK(at::shared_pacing{}.registry == at::pacer_registry::of_process());
}

TEST_CASE("pacing: no token is kept") {
  using state =
      std::remove_cvref_t<decltype(*(std::declval<at::pacer_registry&>().*reach(all_pacers{})))>;
  using map = decltype(state::all);
  static_assert(std::is_same_v<map::key_type, std::size_t>, "a hash");
  static_assert(sizeof(map::mapped_type) == sizeof(at::pacer) + sizeof(std::uint64_t));
  at::pacer_registry all;
  (void)all.pacer_of(write("https://h/", test::acme_token), {});
  auto const& kept = (all.*reach(all_pacers{}))->all;
  REQUIRE(kept.size() == 1);
  CHECK(kept.begin()->second.used == 1);
}

TEST_CASE("pacing: credentials that come and go do not pile up, and those in use stay") {
  at::pacer_registry all;
  auto const mine = write("https://h/", "mine");
  at::pacer::instant const now{1h};
  auto first = all.pacer_of(mine, one_a_second()).enter(mine);
  REQUIRE(first.ask(now) == 0ms);
  first.ended(now, {});
  for (int i = 0; i < 5'000; ++i) {
    (void)all.pacer_of(write("https://h/", std::to_string(i)), {});
    if (i % 100 == 0) (void)all.pacer_of(mine, one_a_second());
  }
  CHECK((all.*reach(all_pacers{}))->all.size() <= 1'000);
  CHECK(all.pacer_of(mine, one_a_second()).enter(mine).ask(now) == 1s);
}

TEST_CASE("pacing: many threads may ask for pacers at once") {
  at::pacer_registry all;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&all] {
      for (int i = 0; i < 500; ++i)
        (void)all.pacer_of(write("https://h/", std::to_string(i % 7)), {});
    });
  for (std::thread& t : threads) t.join();
  CHECK((all.*reach(all_pacers{}))->all.size() == 7);
}

TEST_CASE("pacing: two clients with one token keep the server's limits together") {
  mock_transport server;
  server.answer_by([](auto&) { return http::response{201, {}, "7"}; });
  slow_policies p;
  p.pacing.registry = std::make_shared<at::pacer_registry>();
  auto const times = p.clock.state;
  slow_client one{test::acme_settings(), server, p};
  slow_client two{test::acme_settings(), server, p};
  CHECK(one.create(test::some_incident()).has_value());
  CHECK(times->slept.empty());
  CHECK(two.create(test::some_incident()).has_value());
  CHECK(times->slept == std::vector<std::chrono::milliseconds>{1s});

  acme::settings other = test::acme_settings();
  other.authentication.token = at::secret{"another-token"};
  slow_client three{other, server, p};
  CHECK(three.create(test::some_incident()).has_value());
  CHECK(times->slept.size() == 1);
  other = test::acme_settings();
  other.endpoint = "https://other.example/api";
  slow_client four{other, server, p};
  CHECK(four.create(test::some_incident()).has_value());
  CHECK(times->slept.size() == 1);

  // A client with pacers of its own knows nothing of the others.
  p.pacing.registry = std::make_shared<at::pacer_registry>();
  slow_client five{test::acme_settings(), server, p};
  CHECK(five.create(test::some_incident()).has_value());
  CHECK(times->slept.size() == 1);
}

} // namespace pacing_test
