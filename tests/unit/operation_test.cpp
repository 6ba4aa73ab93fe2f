#include "../support/catch.hpp"

#include <argus_ticket/operation.hpp>

#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

namespace at = argus_ticket;
using at::operation;
using at::result;
using namespace std::chrono_literals;

namespace {

at::http::request request_to(std::string const& path) {
  return at::http::get(at::http::url::parse("https://host/")->with_path("/" + path));
}

at::http::request http_post() {
  return at::http::post(at::http::url::parse("https://host/").value());
}

at::http::response reply_of(std::string body) { return {200, {}, std::move(body)}; }

at::error an_error(std::string message = "broken") {
  return {at::errc::connection_failed, at::outcome::ambiguous, std::move(message), "host"};
}

using server = std::function<result<at::http::response>(at::http::request const&)>;

/// Runs an operation by hand. Writes down what it asked for.
template <class T>
result<T> run(operation<T> what, server const& answer, std::string* log = nullptr) {
  what.start();
  while (!what.done()) {
    if (auto const* request = what.request()) {
      if (log != nullptr) *log += "send " + request->url().path() + '\n';
      what.resume(answer(*request));
    } else {
      if (log != nullptr) *log += "wait " + std::to_string(what.pause().count()) + '\n';
      what.resume();
    }
  }
  return what.take();
}

/// Answers each request with its own path.
result<at::http::response> echo(at::http::request const& r) { return reply_of(r.url().path()); }

/// Counts how many of it live.
class counted {
 public:
  explicit counted(int& alive) : alive_(&alive) { ++*alive_; }
  counted(counted const& other) : alive_(other.alive_) { ++*alive_; }
  counted& operator=(counted const&) = delete;
  ~counted() { --*alive_; }

 private:
  int* alive_;
};

operation<int> at_once(int value) { co_return value; }
operation<int> fails_at_once() { co_return an_error(); }
operation<std::string> body_of(std::string path) {
  at::http::response const reply = co_await at::send(request_to(path));
  co_return reply.body();
}

} // namespace

TEST_CASE("operation: does nothing before it is started") {
  bool ran = false;
  auto const make = [](bool& flag) -> operation<int> {
    flag = true;
    co_return 1;
  };
  {
    operation<int> const never_started = make(ran);
  }
  CHECK_FALSE(ran);
}

TEST_CASE("operation: ends at once where it asks for nothing") {
  operation<int> o = at_once(7);
  o.start();
  CHECK(o.done());
  CHECK(o.request() == nullptr);
  CHECK(o.take().value() == 7);
}

TEST_CASE("operation: asks for requests and goes on with their replies") {
  auto const both = []() -> operation<std::string> {
    at::http::response const one = co_await at::send(request_to("one"));
    at::http::response const two = co_await at::send(request_to("two"));
    co_return one.body() + two.body();
  };
  std::string log;
  CHECK(run(both(), echo, &log).value() == "/one/two");
  CHECK(log == "send /one\nsend /two\n");
}

TEST_CASE("operation: the request is there until it is answered, and no longer") {
  operation<std::string> o = body_of("x");
  o.start();
  REQUIRE(o.request() != nullptr);
  CHECK(o.request()->url().path() == "/x");
  CHECK_FALSE(o.done());
  o.resume(reply_of("y"));
  CHECK(o.done());
  CHECK(o.request() == nullptr);
}

TEST_CASE("operation: any status is a reply") {
  auto const status = []() -> operation<int> {
    at::http::response const reply = co_await at::send(request_to("x"));
    co_return reply.status();
  };
  CHECK(run(status(), [](auto&) { return at::http::response{503, {}, ""}; }).value() == 503);
}

TEST_CASE("operation: ends where no reply comes, with that error") {
  bool went_on = false;
  auto const o = [](bool& flag) -> operation<int> {
    (void)co_await at::send(request_to("x"));
    flag = true;
    co_return 1;
  };
  auto const ended = run(o(went_on), [](auto&) { return an_error("reset"); });
  REQUIRE_FALSE(ended.has_value());
  CHECK(ended.error().message == "reset");
  CHECK(ended.error().where == "host");
  CHECK(ended.error().outcome == at::outcome::ambiguous);
  CHECK_FALSE(went_on);
}

TEST_CASE("operation: waits") {
  auto const waits = []() -> operation<std::string> {
    co_await at::wait(2s);
    std::string const a = co_await body_of("a");
    co_await at::wait(5ms);
    co_await at::wait(0ms);   // no pause at all
    co_await at::wait(-10ms); // nor this
    co_return a;
  };
  std::string log;
  CHECK(run(waits(), echo, &log).value() == "/a");
  CHECK(log == "wait 2000\nsend /a\nwait 5\n");
}

TEST_CASE("operation: a pause that is refused is an error like a reply that does not come") {
  bool went_on = false;
  auto const waits = [](bool& flag) -> operation<int> {
    co_await at::wait(2s);
    flag = true;
    co_return 1;
  };
  auto const outer = [&](bool& flag) -> operation<int> {
    result<int> const r = co_await at::as_result(waits(flag));
    co_return r ? 1 : 2;
  };
  operation<int> alone = waits(went_on);
  alone.start();
  alone.resume(an_error("late"));
  REQUIRE(alone.done());
  CHECK(alone.take().error().message == "late");
  operation<int> caught = outer(went_on);
  caught.start();
  caught.resume(an_error("late"));
  REQUIRE(caught.done());
  CHECK(caught.take().value() == 2);
  CHECK_FALSE(went_on);
}

TEST_CASE("operation: runs others inside, through several levels") {
  struct chain {
    static operation<std::string> deep(int levels) {
      if (levels == 0) co_return co_await body_of("bottom");
      std::string below = co_await deep(levels - 1);
      std::string const here = co_await body_of(std::to_string(levels));
      co_return below + here;
    }
  };
  std::string log;
  CHECK(run(chain::deep(3), echo, &log).value() == "/bottom/1/2/3");
  CHECK(log == "send /bottom\nsend /1\nsend /2\nsend /3\n");
  CHECK(run(chain::deep(100), echo).has_value());
}

TEST_CASE("operation: an error at the bottom ends every level above") {
  int alive = 0;
  bool went_on = false;
  struct chain {
    static operation<int> deep(int levels, int& alive, bool& went_on) {
      counted const one{alive};
      if (levels == 0) {
        (void)co_await at::send(request_to("bottom"));
      } else {
        (void)co_await deep(levels - 1, alive, went_on);
      }
      went_on = true;
      co_return 1;
    }
  };
  auto const ended = run(chain::deep(10, alive, went_on), [&](auto&) {
    CHECK(alive == 11);
    return an_error("bottom");
  });
  REQUIRE_FALSE(ended.has_value());
  CHECK(ended.error().message == "bottom");
  CHECK_FALSE(went_on);
  CHECK(alive == 0);
}

TEST_CASE("operation: as_result stops an error on its way up, wherever it stands") {
  struct chain {
    static operation<int> bottom() {
      (void)co_await at::send(request_to("bottom"));
      co_return 1;
    }
    static operation<int> middle() { co_return co_await bottom(); }
    static operation<std::string> catching() {
      result<int> const r = co_await at::as_result(middle());
      std::string const after = co_await body_of("after");
      co_return (r ? "value" : r.error().message) + after;
    }
    static operation<std::string> top() { co_return "top:" + co_await catching(); }
  };
  std::string log;
  CHECK(run(
            chain::top(),
            [](at::http::request const& r) -> result<at::http::response> {
              if (r.url().path() == "/bottom") return an_error("caught");
              return echo(r);
            },
            &log)
            .value() == "top:caught/after");
  CHECK(log == "send /bottom\nsend /after\n");
  CHECK(run(chain::top(), echo).value() == "top:value/after");
}

TEST_CASE("operation: a result is unwrapped, or ends it") {
  auto const unwraps = [](result<int> r) -> operation<int> {
    int const value = co_await std::move(r);
    co_return value + 1;
  };
  CHECK(run(unwraps(1), echo).value() == 2);
  CHECK(run(unwraps(an_error("no int")), echo).error().message == "no int");

  auto const nothing = [](result<void> r) -> operation<int> {
    co_await std::move(r);
    co_return 1;
  };
  CHECK(run(nothing({}), echo).value() == 1);
  CHECK(run(nothing(an_error("no")), echo).error().message == "no");

  // An error in the second level ends the first.
  auto const outer = [&]() -> operation<int> { co_return co_await unwraps(an_error("inner")); };
  CHECK(run(outer(), echo).error().message == "inner");
}

TEST_CASE("operation: co_return takes a value, an error or a result") {
  auto const o = [](int how) -> operation<int> {
    if (how == 0) co_return 1;
    if (how == 1) co_return an_error("error");
    if (how == 2) co_return result<int>{2};
    co_return result<int>{an_error("result")};
  };
  CHECK(run(o(0), echo).value() == 1);
  CHECK(run(o(1), echo).error().message == "error");
  CHECK(run(o(2), echo).value() == 2);
  CHECK(run(o(3), echo).error().message == "result");
}

TEST_CASE("operation: of nothing") {
  auto const step = [](bool good) -> operation<void> {
    (void)co_await at::send(request_to("x"));
    if (!good) co_return an_error("step");
    co_return result<void>{};
  };
  CHECK(run(step(true), echo).has_value());
  CHECK(run(step(false), echo).error().message == "step");
  auto const steps = [&](bool second) -> operation<int> {
    co_await step(true);
    result<void> const r = co_await at::as_result(step(second));
    co_await step(second);
    co_return r ? 1 : 0;
  };
  CHECK(run(steps(true), echo).value() == 1);
  CHECK(run(steps(false), echo).error().message == "step");
}

TEST_CASE("operation: of what can only be moved") {
  auto const make = []() -> operation<std::unique_ptr<int>> {
    at::http::response const reply = co_await at::send(request_to("x"));
    co_return std::make_unique<int>(reply.status());
  };
  auto const outer = [&]() -> operation<std::unique_ptr<int>> {
    std::unique_ptr<int> value = co_await make();
    ++*value;
    co_return std::move(value);
  };
  CHECK(*run(outer(), echo).value() == 201);
}

TEST_CASE("operation: an exception becomes an error that does not repeat its text") {
  auto const throws = []() -> operation<int> {
    (void)co_await at::send(request_to("x"));
    throw std::runtime_error("password=hunter2");
  };
  auto const ended = run(throws(), echo);
  REQUIRE_FALSE(ended.has_value());
  CHECK(ended.error().code == at::errc::internal_error);
  CHECK(ended.error().outcome == at::outcome::not_applied);
  CHECK(ended.error().message == "an exception left the plugin or a callable given to it");
  CHECK(at::to_string(ended.error()).find("hunter2") == std::string::npos);
}

TEST_CASE("operation: exceptions of any type, at any level, before and after a request") {
  auto const throws_at_once = []() -> operation<int> {
    throw 5;
    co_return 1;
  };
  CHECK(run(throws_at_once(), echo).error().code == at::errc::internal_error);
  auto const no_memory = []() -> operation<int> {
    throw std::bad_alloc{};
    co_return 1;
  };
  CHECK(run(no_memory(), echo).error().message == "out of memory");
  auto const outer = [&](bool caught) -> operation<int> {
    if (!caught) co_return co_await throws_at_once();
    result<int> const r = co_await at::as_result(throws_at_once());
    co_return r ? 1 : 2;
  };
  CHECK(run(outer(false), echo).error().code == at::errc::internal_error);
  CHECK(run(outer(true), echo).value() == 2);
}

TEST_CASE(
    "operation: after a request that changes something, an exception leaves open what was done") {
  auto const inner = []() -> operation<int> {
    throw 1;
    co_return 1;
  };
  auto const o = [&](bool inside) -> operation<int> {
    (void)co_await at::send(http_post());
    (void)co_await at::send(request_to("a safe one after it"));
    if (inside) co_return co_await inner();
    throw 1;
  };
  for (bool const inside : {false, true}) {
    auto const ended = run(o(inside), echo);
    REQUIRE_FALSE(ended.has_value());
    CHECK(ended.error().code == at::errc::internal_error);
    CHECK(ended.error().outcome == at::outcome::ambiguous);
  }
}

TEST_CASE("operation: destroyed half-way it destroys what it holds, at every level") {
  int alive = 0;
  auto const inner = [](int& count) -> operation<int> {
    counted const one{count};
    (void)co_await at::send(request_to("one"));
    counted const two{count};
    co_await at::wait(1s);
    counted const three{count};
    (void)co_await at::send(request_to("two"));
    co_return 1;
  };
  auto const outer = [&](int& count) -> operation<int> {
    counted const one{count};
    result<int> const r = co_await at::as_result(inner(count));
    co_return r;
  };
  for (int steps = 0; steps <= 3; ++steps) {
    {
      operation<int> o = outer(alive);
      if (steps > 0) o.start();
      if (steps > 1) o.resume(reply_of(""));
      if (steps > 2) o.resume();
      CHECK(alive == (steps == 0 ? 0 : steps + 1));
    }
    CHECK(alive == 0);
  }
}

TEST_CASE("operation: an inner one that is made but never awaited is destroyed as well") {
  int alive = 0;
  auto const inner = [](counted) -> operation<int> { co_return 1; };
  auto const outer = [&](int& count) -> operation<int> {
    operation<int> const unused = inner(counted{count});
    co_return co_await at_once(2);
  };
  CHECK(run(outer(alive), echo).value() == 2);
  CHECK(alive == 0);
}

TEST_CASE("operation: moves, before it starts and while it runs") {
  operation<std::string> a = body_of("x");
  operation<std::string> b = std::move(a);
  b.start();
  operation<std::string> c = std::move(b);
  REQUIRE(c.request() != nullptr);
  c.resume(reply_of("moved"));
  CHECK(c.take().value() == "moved");

  operation<std::string> d = body_of("first");
  d.start();
  d = body_of("second"); // the first is destroyed
  d.start();
  CHECK(d.request()->url().path() == "/second");
}

TEST_CASE("operation: many that end at once, one after the other, use up no stack") {
  auto const loop = []() -> operation<int> {
    int sum = 0;
    for (int i = 0; i < 1'000; ++i) {
      sum += co_await at_once(1);
      result<int> const r = co_await at::as_result(fails_at_once());
      sum += r ? 100 : 1;
    }
    co_return sum;
  };
  CHECK(run(loop(), echo).value() == 2'000);
}

TEST_CASE("operation: a request with everything in it comes out whole") {
  // GCC 12 destroys some temporaries of a co_await expression twice; AddressSanitizer would tell.
  auto const o = [](std::string body) -> operation<std::string> {
    at::http::response const reply = co_await at::send(
        at::http::post(at::http::url::parse("https://host/a").value() / std::string(100, 'p'))
            .header("X-Long", std::string(100, 'h'))
            .authorization("Bearer", at::secret{std::string(100, 't')}));
    co_return reply.body() + body;
  };
  std::string seen;
  auto const ended = run(o(std::string(100, 'b')), [&](at::http::request const& r) {
    seen = r.url().path() + std::string{r.headers().get("x-long")} +
           std::string{r.headers().get("authorization")};
    return reply_of(std::string(100, 'r'));
  });
  CHECK(ended.value() == std::string(100, 'r') + std::string(100, 'b'));
  CHECK(seen ==
        "/a/" + std::string(100, 'p') + std::string(100, 'h') + "Bearer " + std::string(100, 't'));
}
