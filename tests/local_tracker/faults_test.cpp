// Connections that fail at every point, in every manner.
#include "../support/catch.hpp"
#include "connection.hpp"

#include <mutex>
#include <thread>
#include <vector>

using namespace tracker_tests;

namespace {

std::string const issues_url = "/api/v3/repos/argus/incidents/issues";
std::string const a_ticket = R"({"title":"t"})";

char const* name_of(fault_manner how) {
  return how == fault_manner::reset ? "reset" : how == fault_manner::close ? "close" : "silence";
}

connection_fault_hook always(connection_fault fault) {
  return [=](connection_event const&) { return std::optional{fault}; };
}

/// Strikes at POST only.
connection_fault_hook at_posts(connection_fault fault) {
  return [=](connection_event const& event) {
    return event.method == "POST" ? std::optional{fault} : std::nullopt;
  };
}

/// Waits for the fault, so that whatever comes before it is there, and reads that.
std::string after_fault(server const& s, connection& c, fault_manner how, std::size_t faults) {
  while (s.faults() < faults) std::this_thread::yield();
  if (how == fault_manner::silence) c.give_up_after(std::chrono::milliseconds{20});
  return c.drain();
}

constexpr fault_manner manners[] = {fault_manner::reset, fault_manner::close,
                                    fault_manner::silence};

} // namespace

TEST_CASE("faults before a request", "[tracker][sockets]") {
  for (fault_point const at : {fault_point::at_connect, fault_point::at_handshake})
    for (fault_manner const how : {fault_manner::reset, fault_manner::close}) {
      CAPTURE(static_cast<int>(at), name_of(how));
      server s;
      s.set_connection_fault(always({.at = at, .how = how}));
      connection c{s.port(), s.ca_pem()};
      CHECK_FALSE(c.handshake());
      CHECK(c.ending == name_of(how));
      CHECK(s.faults() == 1);
      s.set_connection_fault({});
      CHECK(connection(s.port(), s.ca_pem()).handshake());
    }
}

TEST_CASE("silence holds up neither other connections nor the server's end", "[tracker][sockets]") {
  for (fault_point const at : {fault_point::at_connect, fault_point::at_handshake}) {
    server s;
    s.set_connection_fault([at](connection_event const& event) -> std::optional<connection_fault> {
      if (event.connection != 0) return std::nullopt;
      return connection_fault{.at = at, .how = fault_manner::silence};
    });
    // A plain socket: a client of TLS would wait for its handshake.
    std::unique_ptr<BIO, freed> const silent{
        BIO_new_connect(("127.0.0.1:" + std::to_string(s.port())).c_str())};
    REQUIRE(BIO_do_connect(silent.get()) == 1);
    BIO_write(silent.get(), "hello", 5);
    while (s.faults() == 0) std::this_thread::yield();
    CHECK(connection(s.port(), s.ca_pem()).handshake());
  }
}

TEST_CASE("a fault in a request applies nothing", "[tracker][sockets]") {
  struct place {
    std::size_t after_bytes;
    double after_fraction;
  };
  for (fault_manner const how : manners)
    for (place const& p : {place{0, -1}, {10, -1}, {170, -1}, {100'000, -1}, {0, 0.5}, {0, 1}}) {
      CAPTURE(name_of(how), p.after_bytes, p.after_fraction);
      server s;
      populate(s);
      std::size_t faults = 0;
      // With and without the head read first.
      for (bool const posts : {false, true}) {
        connection_fault const fault{.at = fault_point::in_request,
                                     .how = how,
                                     .after_bytes = p.after_bytes,
                                     .after_fraction = p.after_fraction};
        s.set_connection_fault(posts ? at_posts(fault) : always(fault));
        connection c{s.port(), s.ca_pem()};
        REQUIRE(c.handshake());
        c.send_post(issues_url, a_ticket);
        CHECK(after_fault(s, c, how, ++faults).empty());
        CHECK(c.ending == name_of(how));
      }
      CHECK(s.api().issue_count("argus/incidents") == 0);
      CHECK(s.api().statistics().total == 0);
    }
}

TEST_CASE("a silent server really reads no further", "[tracker][sockets]") {
  server s{{.body_limit = 256 * 1024 * 1024}};
  populate(s);
  s.set_connection_fault(at_posts(
      {.at = fault_point::in_request, .how = fault_manner::silence, .after_bytes = 100'000}));
  connection c{s.port(), s.ca_pem()};
  REQUIRE(c.handshake());
  c.give_up_after(std::chrono::milliseconds{100});
  c.send("POST " + issues_url + " HTTP/1.1\r\nContent-Length: 200000000\r\n\r\n");
  std::string const block(1024 * 1024, 'x');
  int sent = 0;
  while (sent < 200 && c.send(block)) ++sent;
  CHECK(sent < 200);
  CHECK(s.faults() == 1);
}

TEST_CASE("a fault in a reply comes after the request is applied", "[tracker][sockets]") {
  for (fault_manner const how : manners) {
    CAPTURE(name_of(how));
    server s;
    populate(s);
    connection whole{s.port(), s.ca_pem()};
    REQUIRE(whole.handshake());
    std::string const full = whole.post(issues_url, a_ticket);
    REQUIRE(full.starts_with("HTTP/1.1 201 Created\r\n"));
    std::size_t made = 1;
    auto const with = [&](connection_fault fault) {
      fault.how = how;
      s.set_connection_fault(at_posts(fault));
      connection c{s.port(), s.ca_pem()};
      REQUIRE(c.handshake());
      c.send_post(issues_url, a_ticket);
      std::string const text = after_fault(s, c, how, made);
      CHECK(c.ending == name_of(how));
      CHECK(s.api().issue_count("argus/incidents") == ++made);
      return text;
    };
    CHECK(with({}).empty()); // applied, but the reply is lost
    CHECK(with({.after_bytes = 30}).size() == 30);
    CHECK(with({.part = reply_part::status_line}) == "HTTP/1.1 201 Created\r\n");
    std::string const header = with({.part = reply_part::half_header});
    CHECK(header.size() > 30);
    CHECK(header.find("\r\n\r\n") == std::string::npos);
    std::string const body = with({.part = reply_part::half_body});
    CHECK(body.find("\r\n\r\n{") != std::string::npos);
    CHECK_FALSE(body.ends_with("}"));
    std::string const half = with({.after_fraction = 0.5});
    CHECK(half.size() > full.size() / 3);
    CHECK(half.size() < full.size() * 2 / 3);
    CHECK(with({.part = reply_part::whole}).ends_with("}"));

    s.set_connection_fault(at_posts({.how = how, .part = reply_part::whole, .applied = false}));
    connection c{s.port(), s.ca_pem()};
    REQUIRE(c.handshake());
    CHECK(c.post(issues_url, a_ticket).starts_with("HTTP/1.1 502 "));
    CHECK(s.api().issue_count("argus/incidents") == made);
  }
}

TEST_CASE("what the hook is told", "[tracker][sockets]") {
  std::mutex lock;
  std::vector<std::string> seen;
  server s; // goes first, so that its hook finds them
  populate(s);
  s.set_connection_fault([&](connection_event const& event) -> std::optional<connection_fault> {
    std::lock_guard const held{lock};
    seen.push_back(std::to_string(static_cast<int>(event.at)) + ' ' +
                   std::to_string(event.connection) + ' ' + std::to_string(event.request) + ' ' +
                   event.method + ' ' + event.target);
    if (seen.size() > 9) throw std::runtime_error("what a hook throws is no fault");
    return std::nullopt;
  });
  for (int i = 0; i < 2; ++i) {
    connection c{s.port(), s.ca_pem()};
    REQUIRE(c.handshake());
    CHECK(c.get("/api/v3/user").starts_with("HTTP/1.1 200"));
    CHECK(c.post(issues_url, a_ticket).starts_with("HTTP/1.1 201"));
  }
  std::lock_guard const held{lock};
  REQUIRE(seen.size() >= 10);
  seen.resize(7);
  CHECK(seen == std::vector<std::string>{"0 0 0  ", "1 0 0  ", "2 0 0  ", "2 0 0 GET /api/v3/user",
                                         "3 0 0 GET /api/v3/user", "2 0 1  ",
                                         "2 0 1 POST " + issues_url});
}

TEST_CASE("faults by chance", "[tracker]") {
  auto const count = [](connection_fault_hook const& hook, fault_point at, std::string method) {
    std::size_t struck = 0;
    for (int i = 0; i < 1000; ++i)
      struck += hook({.at = at, .method = method, .target = "/p" + issues_url}) ? 1 : 0;
    return struck;
  };
  auto const made = [] {
    return random_faults(
        {.lose_replies_percent = 20, .fail_requests_percent = 10, .path_prefix = "p/"});
  };
  std::size_t const lost = count(made(), fault_point::in_reply, "POST");
  CHECK((lost > 130 && lost < 270));
  CHECK(lost == count(made(), fault_point::in_reply, "POST"));
  std::size_t const failed = count(made(), fault_point::in_request, "GET");
  CHECK((failed > 50 && failed < 150));
  CHECK(count(made(), fault_point::in_reply, "GET") == 0);
  CHECK(count(made(), fault_point::at_connect, "") == 0);
}

TEST_CASE("bodies in drips and bodies without end", "[tracker][sockets]") {
  server s;
  populate(s);
  connection c{s.port(), s.ca_pem()};
  REQUIRE(c.handshake());
  s.api().set_next_responses({{.body = "0123456789", .drip = std::chrono::milliseconds{2}}});
  CHECK(c.get("/api/v3/user").ends_with("\r\n\r\n0123456789"));
  // One that drips must not hold up the server's end, nor one that nobody reads.
  std::size_t const large = 100'000'000;
  s.api().set_next_responses({{.body = "abc", .repeat_body = large},
                              {.repeat_body = 7},
                              {.body = "0123456789", .drip = std::chrono::hours{1}},
                              {.repeat_body = large}});
  std::string const text = c.get("/api/v3/user");
  std::size_t const body = text.find("\r\n\r\n") + 4;
  REQUIRE(text.size() == body + large);
  CHECK(text.ends_with("abca")); // 100,000,000 is one more than three times 33,333,333
  bool right = true;
  for (std::size_t i = 0; i < large; i += 4999) right = right && text[body + i] == "abc"[i % 3];
  CHECK(right);
  CHECK(c.get("/api/v3/user").ends_with("Content-Length: 7\r\n\r\n       "));
  c.send("GET /api/v3/user HTTP/1.1\r\n\r\n");
  std::string head;
  while (!head.ends_with("\r\n\r\n")) REQUIRE(c.read_some(head));
  c.give_up_after(std::chrono::milliseconds{20});
  CHECK(c.drain().empty());
  connection unread{s.port(), s.ca_pem()};
  REQUIRE(unread.handshake());
  unread.send("GET /api/v3/user HTTP/1.1\r\n\r\n");
}
