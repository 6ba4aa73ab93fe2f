// What is asynchronous about async_https_transport; what it has in common with the blocking one is
// tested by the transport's tests, which run over both.

#include "../github/model.hpp"
#include "../support/catch.hpp"
#include "../support/incident.hpp"
#include "../transport/scripted_server.hpp"

#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/asio_runner.hpp>
#include <argus_ticket/outbox/memory_store.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/transport/async_https.hpp>

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <chrono>
#include <deque>
#include <future>
#include <local_tracker/server.hpp>
#include <memory_resource>
#include <optional>
#include <thread>
#include <vector>

namespace {

namespace at = argus_ticket;
namespace asio = boost::asio;
using at::errc;
using at::outcome;
using at::progress;
using namespace std::chrono_literals;
using reply = at::result<at::http::response>;
using transport_test::peer;
using transport_test::scripted_server;

at::http::request get(scripted_server const& server) {
  return at::http::get(*at::http::url::parse(server.url()));
}
at::http::request post(scripted_server const& server) {
  return at::http::post(*at::http::url::parse(server.url())).json(boost::json::object{{"a", 1}});
}
at::http::deadline in(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

/// Answers each request, after a while.
scripted_server::script slow(std::chrono::milliseconds time) {
  return [time](peer& p) {
    while (!p.read_request().empty()) {
      p.sleep(time);
      p.send(transport_test::reply(200, "x"));
    }
  };
}

/// Sends, and cancels after a while.
reply cancelled_after(std::chrono::milliseconds time, at::http::request const& request,
                      at::https_options options = {}) {
  asio::io_context io{1};
  at::async_https_transport const transport{io.get_executor(), std::move(options),
                                            at::executor_threads::one};
  asio::cancellation_signal signal;
  std::optional<reply> ended;
  transport.async_send(request, in(5s),
                       asio::bind_cancellation_slot(signal.slot(), [&](reply r) { ended = r; }));
  asio::steady_timer timer{io, time};
  timer.async_wait([&](auto) { signal.emit(asio::cancellation_type::terminal); });
  auto const started = std::chrono::steady_clock::now();
  io.run();
  CHECK(std::chrono::steady_clock::now() - started < 3s);
  REQUIRE(ended.has_value());
  return *ended;
}

/// Counts what is allocated of it.
class counting_resource : public std::pmr::memory_resource {
 public:
  explicit counting_resource(std::size_t& bytes) : bytes_(bytes) {}

 private:
  void* do_allocate(std::size_t n, std::size_t alignment) override {
    bytes_ += n;
    return std::pmr::new_delete_resource()->allocate(n, alignment);
  }
  void do_deallocate(void* p, std::size_t n, std::size_t alignment) override {
    std::pmr::new_delete_resource()->deallocate(p, n, alignment);
  }
  bool do_is_equal(std::pmr::memory_resource const& other) const noexcept override {
    return this == &other;
  }

  std::size_t& bytes_;
};

} // namespace

TEST_CASE("async https: as many connections as are allowed, and the rest in line",
          "[async_https]") {
  scripted_server server{slow(5ms)};
  asio::io_context io{1};
  at::async_https_transport const transport{
      io.get_executor(), {.max_connections_per_host = 3}, at::executor_threads::one};
  at::http::request const request = get(server);
  std::vector<int> order;
  for (int i = 0; i < 20; ++i)
    transport.async_send(request, in(10s), [&order, i](reply r) {
      CHECK(r.has_value());
      order.push_back(i);
    });
  io.run();
  CHECK(order.size() == 20);
  CHECK(server.connections() == 3);
}

TEST_CASE("async https: what Asio allocates is the handler's", "[async_https]") {
  scripted_server server{slow(1ms)};
  asio::io_context io{1};
  at::async_https_transport const transport{io.get_executor()};
  at::http::request const request = get(server);
  std::size_t allocated = 0;
  counting_resource memory{allocated};
  bool is_done = false;
  transport.async_send(request, in(5s),
                       asio::bind_allocator(std::pmr::polymorphic_allocator<char>{&memory},
                                            [&](reply r) { is_done = r.has_value(); }));
  io.run();
  CHECK(is_done);
  CHECK(allocated > 0);
}

TEST_CASE("async https: who stands in line for too long, or is cancelled there", "[async_https]") {
  scripted_server server{slow(300ms)};
  asio::io_context io{1};
  at::async_https_transport const transport{io.get_executor(), {.max_connections_per_host = 1}};
  at::http::request const request = post(server);
  std::optional<reply> first, late, cancelled;
  asio::cancellation_signal signal;
  transport.async_send(request, in(5s), [&](reply r) { first = r; });
  transport.async_send(request, in(50ms), [&](reply r) { late = r; });
  transport.async_send(request, in(5s), asio::bind_cancellation_slot(signal.slot(), [&](reply r) {
                         cancelled = r;
                       }));
  asio::steady_timer timer{io, 20ms};
  timer.async_wait([&](auto) { signal.emit(asio::cancellation_type::partial); });
  io.run();
  CHECK(first.value().has_value());
  for (auto const& [ended, why] :
       {std::pair{&late, errc::timed_out}, std::pair{&cancelled, errc::cancelled}}) {
    REQUIRE(ended->has_value());
    REQUIRE((*ended)->has_error());
    CHECK((*ended)->error().code == why);
    CHECK((*ended)->error().outcome == outcome::not_applied);
    CHECK_FALSE((*ended)->error().progress); // it is no news of the server
  }
  CHECK(server.connections() == 1);
}

TEST_CASE("async https: a cancelled request tells how far it came", "[async_https]") {
  SECTION("the request was sent") {
    scripted_server server{[](peer& p) {
      p.read_request();
      p.wait_for_end();
    }};
    reply const ended = cancelled_after(60ms, post(server));
    REQUIRE(ended.has_error());
    CHECK(ended.error().code == errc::cancelled);
    CHECK(ended.error().outcome == outcome::ambiguous);
    CHECK(ended.error().progress == progress::all_sent);
    CHECK(server.connections() == 1); // and it was not sent again
    CHECK(cancelled_after(60ms, get(server)).error().outcome == outcome::not_applied);
  }
  SECTION("the reply has begun") {
    scripted_server server{[](peer& p) {
      p.read_request();
      p.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
      p.wait_for_end();
    }};
    reply const ended = cancelled_after(60ms, post(server));
    REQUIRE(ended.has_error());
    CHECK(ended.error().code == errc::cancelled);
    CHECK(ended.error().progress == progress::reply_begun);
    CHECK(ended.error().outcome == outcome::ambiguous);
  }
  SECTION("the handshake does not end") {
    scripted_server server{[](peer& p) { p.wait_for_end(); }}; // plain, and says nothing
    auto const request =
        at::http::post(*at::http::url::parse("https://" + server.authority() + "/"))
            .json(boost::json::object{});
    reply const ended = cancelled_after(60ms, request);
    REQUIRE(ended.has_error());
    CHECK(ended.error().code == errc::cancelled);
    CHECK(ended.error().progress == progress::nothing_sent);
    CHECK(ended.error().outcome == outcome::not_applied);
  }
}

TEST_CASE("async https: many requests on many threads, some of them cancelled", "[async_https]") {
  scripted_server server{slow(1ms)};
  asio::thread_pool threads{3};
  at::async_https_transport const transport{threads.get_executor(),
                                            {.max_connections_per_host = 4}};
  at::http::request const request = post(server);
  constexpr int many = 200;
  std::atomic<int> ended = 0, cancelled = 0;
  std::deque<asio::cancellation_signal> signals(many);
  std::vector<asio::strand<asio::thread_pool::executor_type>> strands;
  for (int i = 0; i < many; ++i) strands.push_back(asio::make_strand(threads));
  for (std::size_t i = 0; i < many; ++i) {
    // A signal and what it cancels belong on one strand.
    asio::post(strands[i], [&, i] {
      transport.async_send(
          request, in(20s),
          asio::bind_executor(strands[i],
                              asio::bind_cancellation_slot(signals[i].slot(), [&](reply r) {
                                if (!r) {
                                  CHECK(r.error().code == errc::cancelled);
                                  ++cancelled;
                                }
                                ++ended;
                              })));
    });
    if (i % 3 == 0)
      asio::post(strands[i], [&, i] { signals[i].emit(asio::cancellation_type::terminal); });
  }
  threads.join();
  CHECK(ended == many);
  CHECK(cancelled > 0);
  CHECK(cancelled <= many / 3 + 1);
}

TEST_CASE("async https: who stands in line where the context ends leaves nothing behind",
          "[async_https]") {
  scripted_server server{[](peer& p) {
    p.read_request();
    p.wait_for_end();
  }};
  asio::io_context io{1};
  at::async_https_transport const transport{io.get_executor(), {.max_connections_per_host = 1}};
  at::http::request const request = post(server);
  for (int i = 0; i < 3; ++i)
    transport.async_send(request, in(5s), [](reply) { FAIL("it has not ended"); });
  io.run_for(30ms);
}

TEST_CASE("async https: a handler that blocks does not block its connection", "[async_https]") {
  scripted_server server{slow(1ms)};
  asio::thread_pool threads{3};
  at::async_https_transport const transport{threads.get_executor()};
  at::http::request const request = get(server);
  std::promise<bool> second_came;
  transport.async_send(request, in(5s), [&](reply) {
    auto second = transport.async_send(request, in(5s), asio::use_future);
    second_came.set_value(second.wait_for(3s) == std::future_status::ready);
  });
  CHECK(second_came.get_future().get());
  threads.join();
}

TEST_CASE("async https: many time out together, in line and on connections", "[async_https]") {
  scripted_server server{[](peer& p) {
    p.read_request();
    p.wait_for_end();
  }};
  asio::thread_pool threads{3};
  at::async_https_transport const transport{threads.get_executor(),
                                            {.max_connections_per_host = 4}};
  at::http::request const request = post(server);
  auto const together = in(200ms);
  std::atomic<int> late = 0;
  for (int i = 0; i < 100; ++i)
    transport.async_send(request, together, [&](reply r) {
      if (!r && r.error().code == errc::timed_out) ++late;
    });
  threads.join();
  CHECK(late == 100);
}

TEST_CASE("async https: signals that come while requests end", "[async_https]") {
  scripted_server server{slow(1ms)};
  asio::thread_pool threads{3};
  at::async_https_transport const transport{threads.get_executor()};
  at::http::request const request = get(server);
  constexpr std::size_t many = 100;
  std::atomic<std::size_t> ended = 0;
  struct one_call {
    explicit one_call(asio::thread_pool& pool)
        : strand(asio::make_strand(pool)), timer(strand, 3ms) {}
    asio::strand<asio::thread_pool::executor_type> strand;
    asio::steady_timer timer;
    asio::cancellation_signal signal;
  };
  std::deque<one_call> calls;
  for (std::size_t i = 0; i < many; ++i) {
    one_call& c = calls.emplace_back(threads);
    asio::post(c.strand, [&] {
      c.timer.async_wait([&](auto) { c.signal.emit(asio::cancellation_type::terminal); });
      transport.async_send(
          request, in(10s),
          asio::bind_executor(c.strand, asio::bind_cancellation_slot(c.signal.slot(), [&](reply r) {
                                CHECK((r || r.error().code == errc::cancelled));
                                ++ended;
                              })));
    });
  }
  threads.join();
  CHECK(ended == many);
}

TEST_CASE("async https: an outbox delivers many incidents at once, on one thread",
          "[async_https]") {
  constexpr int many = 40;
  local_tracker::server tracker;
  tracker.api().add_user("tracker-token-SECRET",
                         {.login = "argus-bot", .access = local_tracker::role::write});
  tracker.api().add_repository({.full_name = "octo/tickets"});
  at::plugins::github::settings settings = test::github_model::settings();
  settings.endpoint = tracker.endpoint();
  asio::io_context io{1};
  at::https_options options;
  options.ca_pem = tracker.ca_pem();
  options.max_connections_per_host = 8;
  using policies = at::policies<at::default_renderer, at::real_clock, at::backoff, at::no_pacing>;
  at::basic_client<at::plugins::github, at::async_https_transport, policies> const tickets{
      settings, at::async_https_transport{io.get_executor(), options, at::executor_threads::one}};
  at::outbox box{tickets, at::memory_store{}};
  for (int i = 0; i < many; ++i) {
    REQUIRE(box.submit(test::incident(i, "down")).has_value());
    REQUIRE(box.submit_close(test::incident(i, "down")).has_value());
  }
  {
    at::outbox_asio_runner runner{io.get_executor(), box, {.workers = 8, .poll = 20ms}};
    while (box.stats().value().delivered < 2 * many) io.run_one();
    runner.request_stop();
    io.run();
  }
  CHECK(box.stats().value().dead == 0);
  CHECK(tracker.api().issue_count("octo/tickets") == many);
  for (auto const& one : tracker.api().issues("octo/tickets")) CHECK(one.closed);
}

TEST_CASE("async https: a runner that is stopped breaks off what does not end", "[async_https]") {
  scripted_server server{[](peer& p) {
    p.read_request();
    p.wait_for_end();
  }};
  at::plugins::github::settings settings = test::github_model::settings();
  settings.endpoint = server.url();
  asio::thread_pool threads{2};
  using policies = at::policies<at::default_renderer, at::real_clock, at::backoff, at::no_pacing>;
  at::basic_client<at::plugins::github, at::async_https_transport, policies> const tickets{
      settings, at::async_https_transport{threads.get_executor()}};
  at::outbox box{tickets, at::memory_store{}};
  REQUIRE(box.submit(test::incident(1, "down")).has_value());
  auto const started = std::chrono::steady_clock::now();
  {
    at::outbox_asio_runner runner{threads.get_executor(), box};
    while (server.connections() == 0) std::this_thread::sleep_for(1ms);
    CHECK_FALSE(runner.stop(30ms));
    CHECK(runner.stop(5s));
  }
  CHECK(std::chrono::steady_clock::now() - started < 5s);
  auto const left = box.list().value();
  REQUIRE(left.size() == 1); // and it is delivered again
  CHECK(left[0].reason_code == "cancelled");
}
