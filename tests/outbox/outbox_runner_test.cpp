#include "outbox_fixture.hpp"

#include <argus_ticket/outbox/asio_runner.hpp>
#include <argus_ticket/outbox/runner.hpp>

#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <condition_variable>
#include <future>
#include <new>
#include <thread>

namespace outbox_runner_test {

namespace at = argus_ticket;
using namespace std::chrono_literals;
using test::what;

namespace {

constexpr auto long_enough = 20s; // for a machine with much else to do

/// Says whether something has come true, in time.
template <class F>
bool eventually(F const& is_so) {
  auto const end = std::chrono::steady_clock::now() + long_enough;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

/// An outbox of which a test says what it delivers.
class scripted_box {
 public:
  std::function<at::result<at::delivery>(std::stop_token const&)> delivers =
      [](std::stop_token const&) { return at::delivery{}; };

  at::result<at::delivery> deliver_one(std::stop_token const& stop) {
    ++calls;
    return delivers(stop);
  }
  at::outbox_time now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  void when_submitted(std::function<void()> call) {
    std::lock_guard const hold(lock);
    submitted = std::move(call);
  }
  void tell() {
    std::lock_guard const hold(lock);
    if (submitted) submitted();
  }
  bool is_listened_to() {
    std::lock_guard const hold(lock);
    return static_cast<bool>(submitted);
  }

  std::atomic<int> calls = 0;

 private:
  std::mutex lock;
  std::function<void()> submitted;
};

at::delivery delivered() {
  at::delivery one;
  one.what = what::delivered;
  return one;
}

/// A runner with threads of its own.
struct thread_runner {
  at::outbox_runner runner;
  template <class Box>
  thread_runner(Box& box, at::runner_options options) : runner(box, options) {}
};
/// One on an executor.
struct pool_runner {
  boost::asio::thread_pool pool;
  at::outbox_asio_runner runner;
  template <class Box>
  pool_runner(Box& box, at::runner_options options)
      : pool(4), runner(pool.get_executor(), box, options) {}
};

/// A door that is shut until a test opens it.
class door {
 public:
  ~door() { open(); }
  void open() {
    std::lock_guard const hold(lock_);
    is_open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock hold(lock_);
    ++waiting_;
    changed_.wait(hold, [this] { return is_open_; });
    --waiting_;
  }
  int waiting() {
    std::lock_guard const hold(lock_);
    return waiting_;
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  bool is_open_ = false;
  int waiting_ = 0;
};

} // namespace

TEMPLATE_TEST_CASE("runner: goes on as long as there is something to deliver", "", thread_runner,
                   pool_runner) {
  scripted_box box;
  std::atomic<int> left = 100;
  box.delivers = [&](std::stop_token const&) {
    return left > 0 && left-- > 0 ? delivered() : at::delivery{};
  };
  TestType it{box, {.workers = 2, .poll = 1h}};
  CHECK(eventually([&] { return left <= 0; }));
  // Then it rests, and is woken by what is submitted.
  left = 1;
  box.tell();
  CHECK(eventually([&] { return left <= 0; }));
  left = 1;
  it.runner.wake();
  CHECK(eventually([&] { return left <= 0; }));
}

TEMPLATE_TEST_CASE("runner: rests while there is nothing, and until something is due", "",
                   thread_runner, pool_runner) {
  scripted_box box;
  std::atomic<bool> is_due_soon = false;
  box.delivers = [&](std::stop_token const&) {
    at::delivery nothing;
    if (is_due_soon) nothing.next = box.now() + 30ms;
    return nothing;
  };
  TestType it{box, {.poll = 1h}};
  REQUIRE(eventually([&] { return box.calls == 1; }));
  std::this_thread::sleep_for(50ms);
  CHECK(box.calls == 1);
  is_due_soon = true;
  it.runner.wake();
  CHECK(eventually([&] { return box.calls >= 4; })); // each time when it is due
}

TEMPLATE_TEST_CASE("runner: may be told to ask the store by itself never", "", thread_runner,
                   pool_runner) {
  scripted_box box;
  TestType it{box, {.poll = (std::chrono::milliseconds::max)()}};
  REQUIRE(eventually([&] { return box.calls == 1; }));
  std::this_thread::sleep_for(50ms);
  CHECK(box.calls == 1);
  box.tell();
  CHECK(eventually([&] { return box.calls == 2; }));
}

TEMPLATE_TEST_CASE("runner: a store that fails is asked less and less", "", thread_runner,
                   pool_runner) {
  scripted_box box;
  std::atomic<int> failures = 2;
  box.delivers = [&](std::stop_token const&) -> at::result<at::delivery> {
    if (failures == 0) return at::delivery{};
    if (--failures == 0) throw std::bad_alloc(); // whatever it is
    return at::error{at::errc::store_failed, at::outcome::not_applied, "the disk is gone"};
  };
  TestType it{box, {.poll = 1h}};
  for (int i = 0; i < 100; ++i) box.tell(); // those who submit must not make it worse
  REQUIRE(eventually([&] { return box.calls >= 1; }));
  CHECK(box.calls == 1);
  CHECK(eventually([&] { return box.calls == 3; }));
  CHECK(failures == 0);
}

TEMPLATE_TEST_CASE("runner: a lease that was lost is no reason to rest", "", thread_runner,
                   pool_runner) {
  scripted_box box;
  std::atomic<int> left = 50;
  box.delivers = [&](std::stop_token const&) -> at::result<at::delivery> {
    if (left == 0) return at::delivery{};
    --left;
    return at::error{at::errc::lease_lost, at::outcome::not_applied, "somebody else has it"};
  };
  TestType it{box, {.poll = 1h}};
  CHECK(eventually([&] { return left == 0; }));
}

TEMPLATE_TEST_CASE("runner: stops at once where nothing is under way", "", thread_runner,
                   pool_runner) {
  scripted_box box;
  {
    TestType it{box, {.workers = 3, .poll = 1h}};
    REQUIRE(eventually([&] { return box.calls >= 3; }));
    CHECK(it.runner.stop(long_enough));
    int const calls = box.calls;
    box.tell();
    it.runner.wake();
    std::this_thread::sleep_for(20ms);
    CHECK(box.calls == calls);
    CHECK(it.runner.stop(long_enough)); // again does no harm
  }
  CHECK_FALSE(box.is_listened_to());
}

TEMPLATE_TEST_CASE("runner: says that it could not stop in time", "", thread_runner, pool_runner) {
  scripted_box box;
  door request;
  std::atomic<bool> told_to_stop = false;
  std::atomic<int> ended = 0;
  box.delivers = [&](std::stop_token const& stop) {
    request.pass();
    told_to_stop = stop.stop_requested();
    ++ended;
    return delivered();
  };
  {
    TestType it{box, {.workers = 2}};
    REQUIRE(eventually([&] { return request.waiting() == 2; }));
    CHECK_FALSE(it.runner.stop(20ms));
    std::jthread const later{[&] { // while it is waited for, without an end
      std::this_thread::sleep_for(50ms);
      request.open();
    }};
    CHECK(it.runner.stop((std::chrono::milliseconds::max)()));
    CHECK(ended == 2);
    CHECK(told_to_stop);
    CHECK(box.calls == 2); // what was under way was the last
  }
}

TEMPLATE_TEST_CASE("runner: its end waits for what is under way", "", thread_runner, pool_runner) {
  scripted_box box;
  door request;
  std::atomic<bool> ended = false;
  box.delivers = [&](std::stop_token const&) {
    request.pass();
    ended = true;
    return delivered();
  };
  auto it = std::make_unique<TestType>(box, at::runner_options{});
  REQUIRE(eventually([&] { return request.waiting() == 1; }));
  auto opens = std::async(std::launch::async, [&] {
    std::this_thread::sleep_for(20ms);
    request.open();
  });
  it.reset();
  CHECK(ended);
}

namespace {

/// Waits for so long before another try.
struct slow_retry {
  int attempts = 2;
  static std::chrono::milliseconds wait_before(int) { return 50s; }
};
template <class Retry>
using timed_client =
    at::basic_client<test::full_acme, test::wire,
                     at::policies<at::default_renderer, at::real_clock, Retry, at::no_pacing>>;

/// An outbox by the machine's own clock.
template <class Store, class Retry = at::no_retry>
struct by_the_clock : test::made_store<Store> {
  test::network net;
  at::outbox<timed_client<Retry>, Store> box;

  by_the_clock() : box(client(), this->store, options()) {}

  timed_client<Retry> client() {
    at::policies<at::default_renderer, at::real_clock, Retry, at::no_pacing> p;
    p.reconcile.pause = 1ms;
    return timed_client<Retry>{test::acme_settings(),
                               test::wire{&net, std::make_shared<test::fate>()}, p};
  }
  static at::outbox_options options() {
    at::outbox_options o;
    o.between = {.first = 1ms, .longest = 5ms};
    o.grace = 1ms;
    return o;
  }
  bool is_empty() {
    auto const said = box.stats();
    REQUIRE(said.has_value());
    return said->waiting + said->delivering == 0;
  }
};

} // namespace

TEMPLATE_TEST_CASE("runner: many incidents by several workers", "", at::memory_store,
                   at::sqlite_store) {
  by_the_clock<TestType> all;
  // Every fifth request is lost on its way there or back.
  all.net.fault_of = [](std::size_t n) -> std::optional<test::fault> {
    if (n % 5 != 0) return std::nullopt;
    return n % 2 == 0 ? test::fault::sent_not_done : test::fault::done_reply_lost;
  };
  auto const submit = [&](int n) { REQUIRE(all.box.submit(test::incident_of(n)).has_value()); };
  for (int n = 1; n <= 20; ++n) submit(n); // before there is anybody to deliver
  at::outbox_runner runner{all.box, {.workers = 4}};
  for (int n = 21; n <= 40; ++n) {
    submit(n);
    REQUIRE(all.box.submit_comment(test::incident_of(n), "it is still down").has_value());
    REQUIRE(all.box.submit_close(test::incident_of(n)).has_value());
  }
  REQUIRE(eventually([&] { return all.is_empty(); }));
  CHECK(runner.stop(long_enough));
  CHECK(all.net.server.tickets.size() == 40);
  for (int n = 1; n <= 40; ++n) {
    auto const found = all.net.ticket_of(test::incident_of(n));
    CHECK(found.comments.size() == (n > 20 ? 1 : 0));
    CHECK(found.closed == (n > 20));
  }
  CHECK(all.box.stats()->dead == 0);
}

TEST_CASE("runner: stops an operation that waits for another try") {
  by_the_clock<at::memory_store, slow_retry> all;
  std::atomic<int> requests = 0;
  all.net.instead = [&](at::http::request const&) {
    ++requests;
    return std::optional<test::network::reply>{test::refused_connection()};
  };
  REQUIRE(all.box.submit(test::incident_of(1)).has_value());
  at::outbox_runner runner{all.box};
  REQUIRE(eventually([&] { return requests == 1; }));
  CHECK(runner.stop(long_enough)); // well before the 50 s
  auto const left = all.box.list();
  REQUIRE(left->size() == 1);
  CHECK(left->front().state == at::entry_state::waiting);
  CHECK(left->front().reason_code == "connection_failed");
  CHECK(requests == 1);
}

TEST_CASE("runner: takes over when the owner of the store has gone") {
  by_the_clock<at::sqlite_store> all;
  auto owner = std::make_unique<at::sqlite_store>(test::open_store(all.directory.file()));
  REQUIRE(owner->begin_delivery({}).has_value());
  REQUIRE(all.box.submit(test::incident_of(1)).has_value());
  std::atomic<int> requests = 0;
  all.net.instead = [&](at::http::request const&) {
    ++requests;
    return std::optional<test::network::reply>{};
  };
  at::outbox_runner runner{all.box, {.poll = 10ms}};
  std::this_thread::sleep_for(100ms);
  CHECK(requests == 0);
  owner.reset();
  CHECK(eventually([&] { return all.is_empty(); }));
  CHECK(all.net.ticket_of(test::incident_of(1)).closed == false);
}

} // namespace outbox_runner_test
