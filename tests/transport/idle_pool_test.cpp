// Which connections are kept, and what is sent again: without sockets.

#include "printing.hpp"

#include <argus_ticket/transport/detail/delivery.hpp>
#include <argus_ticket/transport/detail/idle_pool.hpp>

namespace at = argus_ticket;
namespace https = argus_ticket::detail::https;
using namespace std::chrono_literals;

namespace transport_test {

struct fake_connection {
  int number;
  bool good = true;
  bool is_reusable() const { return good; }
};

} // namespace transport_test

using transport_test::fake_connection;

static int number_of(std::unique_ptr<fake_connection> const& c) { return c ? c->number : 0; }

static std::unique_ptr<fake_connection> numbered(int number, bool good = true) {
  return std::make_unique<fake_connection>(fake_connection{number, good});
}

TEST_CASE("the connection that was used last is taken first", "[https][pool]") {
  https::idle_pool<fake_connection> pool{4, 10s};
  pool.give("a", numbered(1));
  pool.give("b", numbered(2));
  pool.give("a", numbered(3));
  pool.give("a", numbered(4, false)); // has been closed meanwhile
  CHECK(number_of(pool.take("a")) == 3);
  CHECK(number_of(pool.take("a")) == 1);
  CHECK(number_of(pool.take("a")) == 0);
  CHECK(number_of(pool.take("b")) == 2);
}

TEST_CASE("the connection that has waited longest makes room", "[https][pool]") {
  https::idle_pool<fake_connection> pool{2, 10s};
  for (int i = 1; i <= 3; ++i) pool.give("a", numbered(i));
  CHECK(number_of(pool.take("a")) == 3);
  CHECK(number_of(pool.take("a")) == 2);
  CHECK(number_of(pool.take("a")) == 0);
}

static at::result<at::http::response> failed(at::progress how_far) {
  at::error e{at::errc::connection_failed, at::outcome::ambiguous, "gone"};
  e.progress = how_far;
  return e;
}

TEST_CASE("a request is repeated once, on a fresh connection, where that is safe",
          "[https][delivery]") {
  auto const url = at::http::url::parse("https://a.example/").value();
  auto const get = at::http::get(url);
  auto const put = at::http::put(url);
  auto const post = at::http::post(url);
  auto const repeats = [](at::http::request const& r, bool kept, bool broken, at::progress p) {
    https::delivery d{r, 5};
    bool const again = !d.after(failed(p), kept, broken);
    CHECK(d.wants_fresh() == again);
    if (again) CHECK(d.after(failed(p), false, true)); // not a second time
    return again;
  };
  CHECK(repeats(get, true, true, at::progress::all_sent));
  CHECK(repeats(put, true, true, at::progress::all_sent));
  CHECK(repeats(put, true, true, at::progress::nothing_sent));
  CHECK(!repeats(post, true, true, at::progress::all_sent));
  CHECK(!repeats(post, true, true, at::progress::partly_sent));
  CHECK(repeats(post, true, true, at::progress::nothing_sent));
  CHECK(!repeats(get, false, true, at::progress::all_sent));
  CHECK(!repeats(get, true, false, at::progress::reply_begun));
}

TEST_CASE("what a repeated request may have done is not forgotten", "[https][delivery]") {
  at::http::request const put = at::http::put(at::http::url::parse("https://a.example/").value());
  https::delivery d{put, 5};
  REQUIRE_FALSE(d.after(failed(at::progress::all_sent), true, true));
  SECTION("the repetition succeeds") {
    auto const end = d.after(at::http::response{200, {}, "done"}, false, false);
    REQUIRE(end.has_value());
    CHECK(end->value().body() == "done");
  }
  SECTION("it is refused") {
    int const status = GENERATE(401, 422, 429, 503);
    auto const end = d.after(at::http::response{status, {}, "no"}, false, false);
    REQUIRE(end.has_value());
    CHECK(end->error().outcome == at::outcome::ambiguous);
    CHECK(end->error().progress == at::progress::all_sent);
  }
  SECTION("it fails") {
    auto const why = GENERATE(at::outcome::not_applied, at::outcome::rejected);
    auto const end = d.after(at::error{at::errc::tls_failed, why, "no"}, false, true);
    REQUIRE(end.has_value());
    CHECK(end->error().code == at::errc::tls_failed);
    CHECK(end->error().outcome == at::outcome::ambiguous);
    CHECK(end->error().progress == at::progress::all_sent);
  }
  SECTION("it is redirected to where it may not go") {
    at::http::headers elsewhere;
    elsewhere.add({"Location", "http://b.example/"});
    auto const end = d.after(at::http::response{308, elsewhere, ""}, false, false);
    REQUIRE(end.has_value());
    CHECK(end->error().code == at::errc::redirect_refused);
    CHECK(end->error().outcome == at::outcome::ambiguous);
  }
}
