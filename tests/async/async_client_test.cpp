// Asynchronous operations of clients, over a model of GitHub without sockets.

#include "../github/model.hpp"
#include "../support/catch.hpp"
#include "../support/incident.hpp"
#include "../support/plain_policies.hpp"
#include "held_transport.hpp"

#include <argus_ticket/argus_ticket.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_future.hpp>

#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

namespace {

namespace at = argus_ticket;
namespace asio = boost::asio;
using at::errc;
using at::outcome;

/// A clock that stands still but for waits, which it ends at once, or leaves to be cancelled.
struct async_fake_clock : test::fake_clock {
  struct hold_state {
    bool holds = false;
    std::function<void()> then;
  };
  std::shared_ptr<hold_state> held = std::make_shared<hold_state>();

  template <class Executor, class Token>
  auto async_sleep_for(Executor const& on, std::chrono::milliseconds time, Token&& token) const {
    return asio::async_initiate<Token, void(boost::system::error_code)>(
        [*this, on](auto handler, std::chrono::milliseconds slept) {
          if (held->holds) {
            auto slot = asio::get_associated_cancellation_slot(handler);
            auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            slot.assign([on, kept](asio::cancellation_type) mutable {
              asio::post(on, [h = std::move(*kept)]() mutable {
                std::move(h)(boost::system::error_code{asio::error::operation_aborted});
              });
            });
            asio::post(on, held->then);
            return;
          }
          sleep_for(slept);
          asio::post(on, [h = std::move(handler)]() mutable {
            std::move(h)(boost::system::error_code{});
          });
        },
        token, time);
  }
};

using patient = at::policies<at::default_renderer, async_fake_clock, at::backoff, at::no_pacing>;
using client = at::client<"github", test::held_transport, at::builtin_plugins, patient>;

struct world {
  test::github_model server;
  asio::io_context io{1};
  test::held_transport transport{io.get_executor(),
                                 [this](at::http::request const& r) { return server.answer(r); }};
  client tickets{test::github_model::settings(), transport};

  std::size_t count() { return server.api.issue_count("octo/tickets"); }
};

} // namespace

TEST_CASE("async: every kind of completion token") {
  world w;
  std::string with_callback;
  w.tickets.async_create(test::incident(1, "down"),
                         [&](at::result<at::ticket> t) { with_callback = t.value().number; });
  CHECK(with_callback.empty()); // never from inside of who starts it
  w.io.run();
  CHECK(with_callback == "1");

  w.io.restart();
  std::future<at::result<at::ticket>> later =
      w.tickets.async_create(test::incident(2, "down"), asio::use_future);
  w.io.run();
  CHECK(later.get().value().number == "2");

  w.io.restart();
  auto lazy = w.tickets.async_create(test::incident(3, "down"), asio::deferred);
  w.io.run();
  CHECK(w.transport.requests() == 2); // it has not begun
  w.io.restart();
  std::string deferred;
  std::move(lazy)([&](at::result<at::ticket> t) { deferred = t.value().number; });
  w.io.run();
  CHECK(deferred == "3");

  w.io.restart();
  std::string awaited, as_tuple;
  asio::co_spawn(
      w.io,
      [&]() -> asio::awaitable<void> {
        at::incident const fourth = test::incident(4, "down");
        at::result<at::ticket> opened = co_await w.tickets.async_create(fourth);
        awaited = opened.value().number;
        at::incident const fifth = test::incident(5, "down");
        std::tuple<at::result<at::ticket>> const all =
            co_await w.tickets.async_create(fifth, asio::as_tuple(asio::use_awaitable));
        as_tuple = std::get<0>(all).value().number;
      },
      [](std::exception_ptr e) { CHECK_FALSE(e); });
  w.io.run();
  CHECK(awaited == "4");
  CHECK(as_tuple == "5");
}

TEST_CASE("async: every operation") {
  world w;
  bool is_done = false;
  asio::co_spawn(
      w.io,
      [&]() -> asio::awaitable<void> {
        at::incident from = test::incident(1, "Link down");
        at::result<at::check_report> const report = co_await w.tickets.async_check();
        CHECK(report.value().account == "argus-bot");
        at::result<std::optional<at::ticket>> const none = co_await w.tickets.async_find(from);
        CHECK_FALSE(none.value().has_value());
        at::result<at::ticket> const opened = co_await w.tickets.async_find_or_create(from);
        CHECK(opened.value().created);
        at::ticket_ref const which(*opened);
        at::result<at::ticket> const again = co_await w.tickets.async_find_or_create(from);
        CHECK_FALSE(again.value().created);
        at::result<at::ticket> const got = co_await w.tickets.async_get(which);
        CHECK(got.value().number == opened->number);
        std::string const text = "a <text>";
        at::result<at::comment> const said = co_await w.tickets.async_comment(which, text);
        CHECK_FALSE(said.value().id.empty());
        from.description = "Link is flapping";
        at::result<at::ticket> const updated = co_await w.tickets.async_update(which, from);
        CHECK(updated.value().title == "Link is flapping");
        at::result<at::ticket> const closed =
            co_await w.tickets.async_close(which, asio::use_awaitable);
        CHECK(closed.value().state == at::ticket_state::closed);
        at::result<at::ticket> const reopened = co_await w.tickets.async_reopen(which);
        CHECK(reopened.value().state == at::ticket_state::open);
        auto const make = [which](auto const& plugin, auto&) { return plugin.get(which); };
        at::result<at::ticket> const own = co_await w.tickets.async_run("own", make);
        CHECK(own.value().number == opened->number);
        at::incident nameless;
        at::result<at::ticket> const failed = co_await w.tickets.async_find_or_create(nameless);
        CHECK(failed.error().code == errc::invalid_incident);
        is_done = true;
      },
      [](std::exception_ptr e) { CHECK_FALSE(e); });
  w.io.run();
  CHECK(is_done);
}

TEST_CASE("async: one ticket where many calls come at once for one incident") {
  world w;
  int created = 0, ended = 0;
  for (int i = 0; i < 20; ++i)
    w.tickets.async_find_or_create(test::incident(1, "down"), [&](at::result<at::ticket> t) {
      CHECK(t.value().number == "1");
      created += t->created ? 1 : 0;
      ++ended;
    });
  w.io.run();
  CHECK(ended == 20);
  CHECK(created == 1);
  CHECK(w.count() == 1);
}

TEST_CASE("async: a handler runs on its executor") {
  world w;
  asio::io_context other{1};
  auto const strand = asio::make_strand(other);
  bool was_there = false;
  w.tickets.async_create(test::incident(1, "down"),
                         asio::bind_executor(strand, [&](at::result<at::ticket> t) {
                           CHECK(t.has_value());
                           was_there = strand.running_in_this_thread();
                         }));
  for (int i = 0; i < 50 && !was_there; ++i) {
    w.io.restart();
    w.io.poll();
    other.restart();
    other.poll();
  }
  CHECK(was_there);
}

TEST_CASE("async: a cancelled operation tells the truth, whatever it was about to do") {
  // Where each request is held in turn, before the server has seen it and after.
  int cancelled_in_all = 0;
  for (bool const server_sees_it : {false, true}) {
    for (int request = 0;; ++request) {
      INFO("request " << request << (server_sees_it ? ", seen by the server" : ", not seen"));
      world w;
      asio::cancellation_signal signal;
      bool was_held = false;
      w.transport.hold(request, server_sees_it, [&] {
        was_held = true;
        signal.emit(asio::cancellation_type::terminal);
      });
      std::optional<at::result<at::ticket>> ended;
      w.tickets.async_find_or_create(
          test::incident(1, "down"),
          asio::bind_cancellation_slot(signal.slot(),
                                       [&](at::result<at::ticket> t) { ended = std::move(t); }));
      w.io.run();
      REQUIRE(ended.has_value());
      if (!was_held) {
        CHECK(ended->has_value());
        REQUIRE(request >= 3); // look, create, look again
        break;
      }
      ++cancelled_in_all;
      CHECK(w.transport.requests() == request + 1); // nothing more was sent
      std::size_t const there = w.count();
      if (ended->has_value()) {
        CHECK(there == 1);
        CHECK((*ended)->number == "1");
      } else {
        CHECK(ended->error().code == errc::cancelled);
        if (ended->error().outcome == outcome::not_applied) CHECK(there == 0);
        if (there == 1) CHECK(ended->error().outcome == outcome::ambiguous);
        if (!server_sees_it) CHECK(ended->error().outcome == outcome::not_applied);
      }
      // Whoever comes next finds it, or opens it: there is one in the end.
      w.transport.hold(-1, false, {});
      std::optional<at::result<at::ticket>> next;
      w.tickets.async_find_or_create(test::incident(1, "down"),
                                     [&](at::result<at::ticket> t) { next = std::move(t); });
      w.io.restart();
      w.io.run();
      REQUIRE(next.has_value());
      REQUIRE(next->has_value());
      CHECK((*next)->created == (there == 0));
      CHECK(w.count() == 1);
    }
  }
  CHECK(cancelled_in_all >= 6);
}

TEST_CASE("async: a wait is cancelled, and what was done before it is told") {
  world w;
  asio::cancellation_signal signal;
  int requests = 0;
  client tickets{test::github_model::settings(),
                 test::held_transport{w.io.get_executor(), [&](at::http::request const&) {
                                        ++requests;
                                        at::http::response busy{503, {}, ""};
                                        return at::result<at::http::response>{std::move(busy)};
                                      }}};
  tickets.policies().clock.held->holds = true;
  bool waited = false;
  tickets.policies().clock.held->then = [&] {
    waited = true;
    signal.emit(asio::cancellation_type::partial);
  };
  std::optional<at::result<at::ticket>> ended;
  tickets.async_find_or_create(
      test::incident(1, "down"),
      asio::bind_cancellation_slot(signal.slot(),
                                   [&](at::result<at::ticket> t) { ended = std::move(t); }));
  w.io.run();
  REQUIRE(ended.has_value());
  CHECK(waited);
  CHECK(requests == 1);
  REQUIRE(ended->has_error());
  CHECK(ended->error().code == errc::cancelled);
  CHECK(ended->error().outcome == outcome::not_applied);
}

TEST_CASE("async: a call that waits for another one of its incident can be cancelled") {
  world w;
  asio::cancellation_signal first, second;
  int ended = 0;
  w.transport.hold(0, false, [&] { second.emit(asio::cancellation_type::terminal); });
  w.tickets.async_find_or_create(
      test::incident(1, "down"),
      asio::bind_cancellation_slot(first.slot(), [&](at::result<at::ticket> t) {
        CHECK(t.error().code == errc::cancelled);
        CHECK(++ended == 2);
      }));
  w.tickets.async_find_or_create(
      test::incident(1, "down"),
      asio::bind_cancellation_slot(second.slot(), [&](at::result<at::ticket> t) {
        CHECK(t.error().code == errc::cancelled);
        CHECK(t.error().outcome == outcome::not_applied);
        CHECK(++ended == 1);
        first.emit(asio::cancellation_type::terminal);
      }));
  w.io.run();
  CHECK(ended == 2);
}

TEST_CASE("async: an operation that is abandoned leaves nothing behind") {
  world w;
  {
    asio::io_context io{1};
    test::held_transport transport{io.get_executor(),
                                   [&](at::http::request const& r) { return w.server.answer(r); }};
    client tickets{test::github_model::settings(), transport};
    asio::cancellation_signal never;
    transport.hold(1, false, [] {});
    for (int i = 0; i < 3; ++i)
      tickets.async_find_or_create(
          test::incident(1, "down"),
          asio::bind_cancellation_slot(never.slot(),
                                       [](at::result<at::ticket>) { FAIL("it has not ended"); }));
    io.run_for(std::chrono::milliseconds{20});
  } // destroyed while they are under way
  CHECK(w.count() == 0);
}

TEST_CASE("async: the deadline ends waits") {
  world w;
  auto policies = patient{};
  policies.timeout = std::chrono::milliseconds{1'000};
  client tickets{test::github_model::settings(),
                 test::held_transport{w.io.get_executor(),
                                      [&](at::http::request const&) {
                                        at::http::headers later;
                                        later.add({"Retry-After", "30"});
                                        at::http::response busy{503, std::move(later), ""};
                                        return at::result<at::http::response>{std::move(busy)};
                                      }},
                 policies};
  std::optional<at::result<at::ticket>> ended;
  tickets.async_create(test::incident(1, "down"),
                       [&](at::result<at::ticket> t) { ended = std::move(t); });
  w.io.run();
  REQUIRE(ended.has_value());
  REQUIRE(ended->has_error());
  CHECK(ended->error().code == errc::server_failed);
  CHECK(ended->error().retry_after == std::chrono::seconds{30});
  CHECK(tickets.policies().clock.state->slept.empty());
}
