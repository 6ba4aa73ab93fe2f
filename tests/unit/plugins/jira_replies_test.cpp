// What the Jira plugin makes of Jira's replies: pages, errors, and those that are lost.

#include "../../jira/world.hpp"

namespace jira_test {

TEST_CASE("jira: a list that does not end is a fault") {
  world w(true);
  w.instead = answer(200, R"({"issues":[],"nextPageToken":"again"})");
  CHECK(w.tickets.find(incident()).error().code == errc::bad_reply);
  for (char const* body : {R"({})", R"([])", R"({"issues":{}})", R"({"issues":[{"id":"x"}]})"}) {
    w.instead = answer(200, body);
    CHECK(w.tickets.find(incident()).error().code == errc::bad_reply);
  }
}

TEST_CASE("jira: pages of Data Center are read by their entries, whatever else they tell") {
  for (char const* total : {R"(,"total":-1)", "", R"(,"total":3)", R"(,"total":"3")"}) {
    INFO(total);
    world w(false);
    for (int i = 0; i < 2; ++i) REQUIRE(w.tickets.create(incident()).has_value());
    w.transport.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
      if (!r.url().path().ends_with("/search")) return w.server.answer(r);
      auto const body = boost::json::parse(r.body()).as_object();
      auto const* from = body.if_contains("startAt");
      std::string const page = from == nullptr ? R"({"key":"NET-1"},{"key":"NET-1"})"
                               : *from == 2    ? R"({"id":"10002"})" // without its key
                                               : "";
      return answer(200, R"({"issues":[)" + page + ']' + total + '}');
    });
    at::ticket_query const query{at::key_of(incident()), {}, {}};
    auto const found = test::run(w.plugin.find(query), w.transport);
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 2);
    CHECK(found->back().number == "NET-2");
  }
  // Comments, too: the second page has it.
  world w(false);
  REQUIRE(w.tickets.create(incident()).has_value());
  at::incident_key const key = at::detail::derived_key({}, "a comment");
  for (int n = 0; n < 2; ++n) REQUIRE(w.tickets.comment("NET-1", "text").has_value());
  REQUIRE(test::run(w.plugin.comment("NET-1", "x", key), w.transport).has_value());
  w.transport.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    auto reply = w.server.answer(r);
    if (!r.url().path().ends_with("/comment")) return reply;
    auto page = boost::json::parse(reply->body()).as_object();
    page.erase("total");
    return answer(200, boost::json::serialize(page));
  });
  CHECK(test::run(w.plugin.find_comment("NET-1", key), w.transport).value().has_value());
}

TEST_CASE("jira: its words, and what they mean") {
  world w(true);
  at::http::headers captcha;
  captcha.add({"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=x"});
  struct {
    int status;
    char const* body;
    errc code;
    char const* words;
  } const cases[]{
      {400, R"({"errorMessages":["a","b"],"errors":{}})", errc::refused, "a, b"},
      {400, R"({"errorMessages":[],"errors":{"project":"valid project is required"}})",
       errc::target_not_found, ""},
      {401, "", errc::bad_credentials, ""},
      {401, R"({"message":"Client must be authenticated","status-code":401})",
       errc::bad_credentials, "Client must be authenticated"},
      {403, R"({"errorMessages":["no"],"errors":{}})", errc::not_permitted, "no"},
      {404, R"({"errorMessages":["no"],"errors":{}})", errc::target_not_found, "no"},
      {413, R"({"errorMessages":["large"]})", errc::refused, "large"},
      {429, "", errc::rate_limited, ""},
      {500, R"({"errorMessages":17,"errors":[]})", errc::server_failed, ""},
      {503, "<html>", errc::server_failed, ""},
      {200, R"({"id":"1","key":"NET-1"})", errc::bad_reply, ""},
      {201, R"({"id":"1"})", errc::bad_reply, ""},
      {201, R"({"key":"NET-1"})", errc::bad_reply, ""},
      {201, R"({"id":"1","key":"../x"})", errc::bad_reply, ""},
      {201, "<html>", errc::bad_reply, ""},
  };
  for (auto const& one : cases) {
    INFO(one.status << ' ' << one.body);
    w.instead = answer(one.status, one.body);
    auto const failed = w.tickets.create(incident());
    REQUIRE(failed.has_error());
    CHECK(failed.error().code == one.code);
    CHECK(failed.error().server_message == one.words);
    bool const may_be_done = one.status < 400 || one.status >= 500;
    CHECK((failed.error().outcome == outcome::ambiguous) == may_be_done);
  }
  // Another request was at the same issue: nothing was done, and it may be sent again.
  w.instead = answer(409, R"({"errorMessages":["conflict"]})");
  CHECK(w.tickets.create(incident()).error().outcome == outcome::not_applied);
  w.instead = answer(403, "", captcha);
  CHECK(w.tickets.create(incident()).error().code == errc::bad_credentials);
}

TEST_CASE("jira: a rate limit says when to come back") {
  world w(true);
  at::http::headers stated;
  stated.add({"Retry-After", "17"});
  w.instead = answer(429, "", stated);
  auto failed = w.tickets.create(incident());
  REQUIRE(failed.has_error());
  CHECK(failed.error().outcome == outcome::not_applied);
  CHECK(failed.error().retry_after == std::chrono::seconds{17});
  w.instead = answer(429, "");
  CHECK(w.tickets.create(incident()).error().retry_after == std::chrono::seconds{60});
}

TEST_CASE("jira: no error shows the token or the password") {
  world w(true);
  w.instead = answer(400, std::string{R"({"errorMessages":["you sent )"} + token + "\"]}");
  auto const failed = w.tickets.create(incident());
  REQUIRE(failed.has_error());
  CHECK(failed.error().server_message == "you sent ***");
  std::string const request = at::http::to_string(w.transport.requests().front());
  CHECK(request.find("Authorization: ***") != std::string::npos);
  CHECK(request.find(token) == std::string::npos);
}

TEST_CASE("jira: tickets that are not there") {
  world w(true);
  REQUIRE(w.tickets.create(incident()).has_value());
  CHECK(w.tickets.get("NET-2").error().code == errc::ticket_not_found);
  CHECK(w.tickets.get("https://jira.example.org/jira/browse/NET-1").has_value());
  for (char const* other :
       {"https://jira.example.org/browse/NET-1", "https://evil.example/jira/browse/NET-1", "17",
        "NET", "NET-", "NET-01", "net-1", "NET-1/comment", "../NET-1", "-1", ""}) {
    INFO(other);
    CHECK(w.tickets.get(other).error().code == errc::ticket_not_found);
  }
  at::ticket known;
  known.url = "https://jira.example.org/jira/browse/NET-1";
  CHECK(w.plugin.is_reached(known));
  known.url = "https://jira.example.org/jira/browse/OTHER-1";
  CHECK(w.plugin.is_reached(known)); // moved there, maybe
  known.url = "https://other.example.org/jira/browse/NET-1";
  CHECK_FALSE(w.plugin.is_reached(known));
}

TEST_CASE("jira: a create whose reply is no issue ends in doubt, and the look-up tells") {
  world w(true);
  bool first = true;
  w.transport.answer_by([&](at::http::request const& r) {
    auto reply = w.server.answer(r);
    if (!r.url().path().ends_with("/issue") || !first) return reply;
    first = false;
    return at::result<at::http::response>{answer(200, "<html>sleeping</html>")};
  });
  auto const opened = w.tickets.find_or_create(incident());
  REQUIRE(opened.has_value());
  CHECK(w.server.issues.size() == 1);
}

TEST_CASE("jira: an empty list means nothing where Jira does not know who asks") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    REQUIRE(w.tickets.create(incident()).has_value());
    w.server.authorization = "another one";
    auto const found = w.tickets.find(incident());
    REQUIRE(found.has_error());
    CHECK(found.error().code == errc::bad_credentials);
    auto const opened = w.tickets.find_or_create(incident());
    REQUIRE(opened.has_error());
    CHECK(w.server.issues.size() == 1);
    // What Jira hides from strangers is no ticket that is not there.
    CHECK(w.tickets.get("NET-1").error().code == errc::bad_credentials);
  }
}

TEST_CASE("jira: all pages are read") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    for (int i = 0; i < 5; ++i) REQUIRE(w.tickets.create(incident()).has_value());
    auto const all =
        test::run(w.plugin.find(at::ticket_query{at::key_of(incident()), {}, {}}), w.transport);
    REQUIRE(all.has_value());
    CHECK(all->size() == 5);
    at::incident_key const key = at::detail::derived_key({}, "a comment");
    for (int n = 1; n <= 5; ++n) REQUIRE(w.tickets.comment("NET-1", "text").has_value());
    auto const text = w.plugin.is_cloud()
                          ? at::document::adf::render(at::document::document{
                                at::document::paragraph{at::document::inlines{"x"}}})
                          : std::string{"x"};
    auto const added = test::run(w.plugin.comment("NET-1", text, key), w.transport);
    REQUIRE(added.has_value());
    CHECK(added->url == "https://jira.example.org/jira/browse/NET-1?focusedCommentId=20006");
    auto const found = test::run(w.plugin.find_comment("NET-1", key), w.transport);
    REQUIRE(found.has_value());
    REQUIRE(found->has_value());
    CHECK((*found)->id == added->id);
    // A stranger's comment with the same property is another one.
    w.server.issues[0].comments.back().author = "mallory";
    CHECK_FALSE(test::run(w.plugin.find_comment("NET-1", key), w.transport).value().has_value());
  }
}

TEST_CASE("jira: a lost reply makes no second ticket, even where the search lags") {
  for (bool const cloud : {true, false})
    for (int const lag : {0, 1}) {
      world w(cloud);
      w.server.lag = lag;
      w.lost = 1;
      w.lost_at = "/issue";
      auto const opened = w.tickets.find_or_create(incident());
      REQUIRE(opened.has_value());
      CHECK(opened->created);
      CHECK(opened->number == "NET-1");
      CHECK(w.server.issues.size() == 1);
    }
}

TEST_CASE("jira: a comment whose reply is lost is not written twice") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    REQUIRE(w.tickets.create(incident()).has_value());
    w.lost = 1;
    w.lost_at = "/comment";
    REQUIRE(w.tickets.comment("NET-1", "text").has_value());
    CHECK(w.server.issues[0].comments.size() == 1);
  }
}

} // namespace jira_test
