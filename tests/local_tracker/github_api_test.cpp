// The tracker is the judge of the library's tests; these tests judge the judge.
#include "../support/catch.hpp"
#include "world.hpp"

using namespace tracker_tests;

TEST_CASE("the gate: agent, credentials, version, media type", "[tracker]") {
  world w;
  SECTION("no User-Agent") {
    request asked = world::make("GET", "/user");
    asked.headers.erase(asked.headers.begin());
    response const answer = w.api.handle(asked);
    CHECK(answer.status == 403);
    CHECK(answer.body.find("Please make sure your request has a User-Agent header") !=
          std::string::npos);
  }
  SECTION("no credentials") {
    response const answer = w.get("/user", "");
    CHECK(answer.status == 401);
    CHECK(message_of(answer) == "Requires authentication");
  }
  SECTION("wrong credentials") {
    response const answer = w.get("/user", "wrong");
    CHECK(answer.status == 401);
    CHECK(
        answer.body ==
        R"({"message":"Bad credentials","documentation_url":"https://docs.github.com/rest","status":"401"})");
  }
  SECTION("either scheme, in any case; no other") {
    for (auto const& [value, status] : {std::pair{"token writer", 200U},
                                        {"bearer writer", 200U},
                                        {"Basic writer", 401U},
                                        {"writer", 401U},
                                        {"Bearer ", 401U},
                                        {"Bearer  writer", 401U},
                                        {"Bearer writer ", 401U},
                                        {"", 401U}}) {
      CAPTURE(value);
      CHECK(w.api.handle(world::make("GET", "/user").set("Authorization", value)).status == status);
    }
  }
  SECTION("API version") {
    auto const with = [&](char const* version) {
      return w.api.handle(world::make("GET", "/user").set("X-GitHub-Api-Version", version));
    };
    CHECK(header_of(with("2022-11-28"), "X-GitHub-Api-Version-Selected") == "2022-11-28");
    response const answer = with("v3");
    CHECK(answer.status == 400);
    CHECK(message_of(answer).find("\"v3\", is not a supported version") != std::string::npos);
  }
  SECTION("media type") {
    CHECK(w.api.handle(world::make("GET", "/user").set("Accept", "text/html")).status == 415);
    CHECK(w.api.handle(world::make("GET", "/user").set("Accept", "*/*")).status == 200);
  }
  SECTION("unknown paths") {
    for (char const* path :
         {"", "/", "/users", "/repos", "/repos/argus", "/repos/argus/incidents/",
          "/repos//incidents", "/repos/argus/incidents/pulls", "/repos/argus/incidents/issues/one",
          "/repos/argus/incidents/issues/-1",
          "/repos/argus/incidents/issues/99999999999999999999999"}) {
      CAPTURE(path);
      response const answer = w.get(path);
      CHECK(answer.status == 404);
      CHECK(message_of(answer) == "Not Found");
    }
    request outside = world::make("GET", "");
    outside.target = "/user";
    CHECK(w.api.handle(outside).status == 404);
  }
}

TEST_CASE("every answer has GitHub's headers", "[tracker]") {
  world w;
  response const answer = w.get("/user");
  CHECK(header_of(answer, "content-type") == "application/json; charset=utf-8");
  CHECK(header_of(answer, "x-github-media-type") == "github.v3; format=json");
  CHECK_FALSE(header_of(answer, "x-github-request-id").empty());
  CHECK(header_of(answer, "x-github-request-id") !=
        header_of(w.get("/user"), "x-github-request-id"));
  CHECK(header_of(answer, "x-ratelimit-limit") == "5000");
  CHECK(header_of(answer, "x-ratelimit-resource") == "core");
  CHECK(header_of(answer, "date") == "Mon, 03 Feb 2025 00:00:00 GMT");
}

TEST_CASE("the primary rate limit", "[tracker]") {
  world w{{.rate_limit = 2}};
  CHECK(header_of(w.get("/user"), "x-ratelimit-remaining") == "1");
  CHECK(w.get("/rate_limit").status == 200); // costs nothing
  CHECK(text_at(w.get("/rate_limit"), "/resources/core/remaining") == "1");
  CHECK(header_of(w.get("/user"), "x-ratelimit-remaining") == "0");
  response const refused = w.post(issues_path, R"({"title":"t"})");
  CHECK(refused.status == 403);
  CHECK(header_of(refused, "x-ratelimit-remaining") == "0");
  CHECK(header_of(refused, "x-ratelimit-used") == "2");
  CHECK(message_of(refused).starts_with("API rate limit exceeded for user ID"));
  CHECK(header_of(refused, "x-ratelimit-reset") ==
        std::to_string((w.now.time_since_epoch() + std::chrono::hours{1}).count()));
  CHECK(w.get("/user", "reader").status == 200); // an hour of his own
  w.now += std::chrono::hours{1};
  CHECK(w.get("/user").status == 200);
  CHECK(w.api.issue_count("argus/incidents") == 0);
}

TEST_CASE("the secondary rate limit", "[tracker]") {
  world w{{.creations_per_minute = 1}};
  CHECK(w.post(issues_path, R"({"title":"t"})").status == 201);
  response const refused = w.post("/repos/argus/incidents/issues/1/comments", R"({"body":"b"})");
  CHECK(refused.status == 403);
  CHECK(header_of(refused, "retry-after") == "60");
  CHECK(header_of(refused, "x-ratelimit-remaining") != "0");
  w.now += std::chrono::minutes{1};
  CHECK(w.post("/repos/argus/incidents/issues/1/comments", R"({"body":"b"})").status == 201);
}

TEST_CASE("a new issue has every member that clients read", "[tracker]") {
  world w{{.path_prefix = "/tracker/"}};
  request asked = world::make(
      "POST", issues_path,
      R"({"title":"T","body":"B","labels":["Bug",{"name":"argus-ticket"}],"assignees":["visitor"]})");
  asked.target.insert(0, "/tracker");
  response const made = w.api.handle(asked);
  REQUIRE(made.status == 201);
  CHECK(header_of(made, "location") ==
        "https://tracker.test/tracker/api/v3/repos/argus/incidents/issues/1");
  json::object const issue = body_of(made).as_object();
  for (char const* key : {"id",
                          "node_id",
                          "number",
                          "title",
                          "user",
                          "labels",
                          "state",
                          "state_reason",
                          "locked",
                          "assignee",
                          "assignees",
                          "milestone",
                          "comments",
                          "created_at",
                          "updated_at",
                          "closed_at",
                          "author_association",
                          "body",
                          "url",
                          "html_url",
                          "comments_url",
                          "labels_url",
                          "repository_url",
                          "events_url"}) {
    CAPTURE(key);
    CHECK(issue.contains(key));
  }
  CHECK(text_at(made, "/html_url") == "https://tracker.test/tracker/argus/incidents/issues/1");
  CHECK(text_at(made, "/user/login") == "argus-bot");
  CHECK(text_at(made, "/labels/0/name") == "bug"); // as the repository spells it
  CHECK(text_at(made, "/labels/0/default") == "true");
  CHECK(text_at(made, "/labels/1/name") == "argus-ticket");
  CHECK(text_at(made, "/labels/1/color") == "ededed");
  CHECK(text_at(made, "/assignee/login") == "visitor");
  CHECK(text_at(made, "/state_reason") == "null");
  CHECK(text_at(made, "/author_association") == "COLLABORATOR");
  CHECK(text_at(made, "/created_at") == "2025-02-03T00:00:00Z");
}

TEST_CASE("bodies that are refused", "[tracker]") {
  world w;
  struct refused {
    std::string body;
    unsigned status;
    std::string message;
  };
  std::string const deep(100, '[');
  for (refused const& r : {
           refused{"{", 400, "Problems parsing JSON"},
           refused{"{\"title\":\"t\"} x", 400, "Problems parsing JSON"},
           refused{"{\"title\":\"\xC3\"}", 400, "Problems parsing JSON"},
           refused{"{\"title\":\"\xED\xA0\x80\"}", 400, "Problems parsing JSON"},
           refused{"{\"title\":\"\\ud800\"}", 400, "Problems parsing JSON"},
           refused{deep, 400, "Problems parsing JSON"},
           refused{"[]", 400, "Body should be a JSON object"},
           refused{"\"title\"", 400, "Body should be a JSON object"},
           refused{"", 422, "Invalid request.\n\n\"title\" wasn't supplied."},
           refused{"{}", 422, "Invalid request.\n\n\"title\" wasn't supplied."},
           refused{R"({"title":null})", 422,
                   "Invalid request.\n\nFor 'properties/title', nil is not a string or integer."},
           refused{R"({"title":{"a":[1]}})", 422,
                   "Invalid request.\n\nFor 'properties/title', {\"a\"=>[1]} is not a string or "
                   "integer."},
           refused{R"({"title":"t","body":[]})", 422,
                   "Invalid request.\n\nFor 'properties/body', [] is not a string."},
           refused{R"({"title":"t","labels":"a"})", 422,
                   "Invalid request.\n\nFor 'properties/labels', \"a\" is not an array."},
           refused{R"({"title":"t","labels":null})", 422,
                   "Invalid request.\n\nFor 'properties/labels', nil is not an array."},
           refused{R"({"title":"t","labels":[null]})", 422,
                   "Invalid request.\n\nFor 'items', nil is not a string or object."},
           refused{R"({"title":"t","assignees":[1]})", 422,
                   "Invalid request.\n\nFor 'items', 1 is not a string."},
           refused{R"({"title":"t","assignees":["nobody"]})", 422, "Validation Failed"},
           refused{R"({"title":"t","milestone":1})", 422, "Validation Failed"},
           refused{R"({"title":" \n"})", 422, "Validation Failed"},
       }) {
    CAPTURE(r.body);
    response const answer = w.post(issues_path, r.body);
    CHECK(answer.status == r.status);
    CHECK(message_of(answer) == r.message);
    CHECK(text_at(answer, "/status") == std::to_string(r.status));
  }
  CHECK(w.api.issue_count("argus/incidents") == 0);
  response const blank = w.post(issues_path, R"({"title":""})");
  CHECK(text_at(blank, "/errors/0") ==
        R"({"resource":"Issue","code":"missing_field","field":"title"})");
  CHECK(text_at(blank, "/documentation_url") ==
        "https://docs.github.com/rest/issues/issues#create-an-issue");
}

TEST_CASE("lengths count in code points", "[tracker]") {
  world w;
  auto const repeat = [](std::size_t count) {
    std::string text;
    while (count-- > 0) text += "\xF0\x9F\x94\xA5"; // one code point, four bytes
    return text;
  };
  auto const create = [&](std::string const& title, std::string const& body) {
    return w.post(issues_path, json::serialize(json::object{{"title", title}, {"body", body}}));
  };
  CHECK(create(repeat(256), repeat(65536)).status == 201);
  response const title = create(repeat(257), "");
  CHECK(title.status == 422);
  CHECK(text_at(title, "/errors/0/message") == "title is too long (maximum is 256 characters)");
  CHECK(text_at(title, "/errors/0/code") == "custom");
  CHECK(text_at(create("t", repeat(65537)), "/errors/0/message") ==
        "body is too long (maximum is 65536 characters)");

  auto const say = [&](std::string const& text) {
    return w.post("/repos/argus/incidents/issues/1/comments",
                  json::serialize(json::object{{"body", text}}));
  };
  CHECK(say(repeat(65536)).status == 201);
  CHECK(text_at(say(repeat(65537)), "/errors/0/message") ==
        "Body is too long (maximum is 65536 characters)");
  CHECK(text_at(say(" "), "/errors/0/message") == "Body cannot be blank");
  CHECK(say(" ").status == 422);

  auto const labelled = [&](std::string const& name) {
    return w.post("/repos/argus/incidents/issues/1/labels",
                  json::serialize(json::object{{"labels", {name}}}));
  };
  CHECK(labelled(repeat(50)).status == 200);
  CHECK(labelled(repeat(51)).status == 422);
  CHECK(text_at(labelled(repeat(51)), "/errors/0/resource") == "Label");
}

TEST_CASE("without push access labels, assignees and milestone are dropped silently", "[tracker]") {
  world w;
  response const made =
      w.post(issues_path, R"({"title":"t","labels":["bug"],"assignees":["nobody"],"milestone":7})",
             "reader");
  REQUIRE(made.status == 201);
  CHECK(text_at(made, "/labels") == "[]");
  CHECK(text_at(made, "/assignees") == "[]");
  CHECK(text_at(made, "/author_association") == "NONE");
  std::string const path = std::string(issues_path) + "/1";
  response const changed = w.patch(path, R"({"title":"u","labels":["bug"]})", "reader");
  CHECK(changed.status == 200);
  CHECK(text_at(changed, "/labels") == "[]");
  CHECK(text_at(changed, "/title") == "u");
  response const refused = w.post(path + "/labels", R"(["bug"])", "reader");
  CHECK(refused.status == 403);
  CHECK(message_of(refused) == "Must have admin rights to Repository.");
  CHECK(w.patch(path, R"({"title":"v"})", "stranger").status == 403); // not his issue
  CHECK(w.post(path + "/comments", R"({"body":"b"})", "stranger").status == 201);
  CHECK(w.post("/repos/argus/incidents/labels", R"({"name":"n"})", "reader").status == 404);
  w.api.add_user("triage", {.login = "triager", .access = role::triage});
  CHECK(w.post(path + "/labels", R"(["bug"])", "triage").status == 200);
  CHECK(message_of(w.post(path + "/labels", R"(["new"])", "triage")) ==
        "You do not have permission to create labels on this repository.");
  CHECK(text_at(w.get("/repos/argus/incidents", "reader"), "/permissions/push") == "false");
  CHECK(text_at(w.get("/repos/argus/incidents"), "/permissions/push") == "true");
}

TEST_CASE("repositories in all states", "[tracker]") {
  world w;
  w.api.add_repository({.full_name = "argus/secret",
                        .is_private = true,
                        .roles = {{"Visitor", role::write}, {"stranger", role::none}}});
  w.api.add_repository({.full_name = "argus/none", .has_issues = false});
  w.api.add_repository({.full_name = "argus/old", .archived = true});
  std::string const title = R"({"title":"t"})";

  CHECK(w.get("/repos/ARGUS/Incidents").status == 200);
  CHECK(text_at(w.get("/repos/ARGUS/Incidents"), "/full_name") == "argus/incidents");
  CHECK(w.get("/repos/argus/missing").status == 404);
  CHECK(w.get("/repos/argus/secret", "stranger").status == 404);
  CHECK(w.post("/repos/argus/secret/issues", title, "stranger").status == 404);
  CHECK(w.post("/repos/argus/secret/issues", title, "reader").status == 201);
  CHECK(message_of(w.post("/repos/argus/none/issues", title)) ==
        "Issues are disabled for this repo");
  CHECK(w.post("/repos/argus/none/issues", title).status == 410);
  CHECK(w.get("/repos/argus/none/issues").status == 410);
  CHECK(w.post("/repos/argus/old/issues", title).status == 403);
  CHECK(message_of(w.post("/repos/argus/old/issues", title)) ==
        "Repository was archived so is read-only.");
  CHECK(w.get("/repos/argus/old/issues").status == 200);
  CHECK(text_at(w.get("/repos/argus/old"), "/archived") == "true");
}

TEST_CASE("a moved repository redirects to its id", "[tracker]") {
  world w;
  w.api.move_repository("argus/incidents", "noc/tickets");
  std::string const id = text_at(w.get("/repos/noc/tickets"), "/id");
  response const read = w.get("/repos/Argus/incidents/issues?labels=a,b&state=all");
  CHECK(read.status == 301);
  CHECK(message_of(read) == "Moved Permanently");
  CHECK(header_of(read, "location") ==
        "https://tracker.test/api/v3/repositories/" + id + "/issues?labels=a%2Cb&state=all");
  CHECK(text_at(read, "/url") == header_of(read, "location"));
  response const written = w.post(issues_path, R"({"title":"t"})");
  CHECK(written.status == 307);
  CHECK(header_of(written, "location") ==
        "https://tracker.test/api/v3/repositories/" + id + "/issues");
  CHECK(w.api.issue_count("noc/tickets") == 0);
  CHECK(w.post("/repositories/" + id + "/issues", R"({"title":"t"})").status == 201);
  CHECK(numbers(w.get("/repositories/" + id + "/issues")) == "1");
  CHECK(w.get("/repositories/77/issues").status == 404);
  CHECK(w.api.statistics()["POST /repositories/{id}/issues"] == 1);
}

TEST_CASE("closing and reopening", "[tracker]") {
  world w;
  w.post(issues_path, R"({"title":"t"})");
  std::string const path = std::string(issues_path) + "/1";
  w.now += std::chrono::hours{1};
  response const closed = w.patch(path, R"({"state":"closed","state_reason":"not_planned"})");
  CHECK(text_at(closed, "/state") == "closed");
  CHECK(text_at(closed, "/state_reason") == "not_planned");
  CHECK(text_at(closed, "/closed_at") == "2025-02-03T01:00:00Z");
  CHECK(text_at(closed, "/closed_by/login") == "argus-bot");
  CHECK(text_at(w.patch(path, R"({"state":"closed","state_reason":"completed"})"),
                "/state_reason") == "not_planned");
  response const opened = w.patch(path, R"({"state":"open"})");
  CHECK(text_at(opened, "/state_reason") == "reopened");
  CHECK(text_at(opened, "/closed_at") == "null");
  CHECK(text_at(w.patch(path, R"({"state":"closed"})"), "/state_reason") == "completed");
  for (char const* wrong :
       {R"({"state":"resolved"})", R"({"state_reason":"fixed"})", R"({"state":1})",
        R"({"state":"open","state_reason":"completed"})", R"({"title":""})", R"({"title":null})"}) {
    CAPTURE(wrong);
    CHECK(w.patch(path, wrong).status == 422);
  }
  CHECK(w.api.find_issue("argus/incidents", 1)->closed);
  w.api.add_issue("argus/incidents", {.author = "visitor"});
  CHECK(w.patch("/repos/argus/incidents/issues/2", R"({"state":"closed"})").status == 200);
  CHECK(w.patch("/repos/argus/incidents/issues/2", R"({"state":"open"})", "reader").status ==
        422); // closed by another
}

TEST_CASE("locked and deleted issues", "[tracker]") {
  world w;
  w.api.add_issue("argus/incidents", {.locked = true});
  response const refused =
      w.post("/repos/argus/incidents/issues/1/comments", R"({"body":"b"})", "reader");
  CHECK(refused.status == 403);
  CHECK(message_of(refused) == "Unable to create comment because issue is locked.");
  CHECK(w.post("/repos/argus/incidents/issues/1/comments", R"({"body":"b"})").status ==
        201); // writers may
  w.api.change_issue("argus/incidents", 1, [](issue& i) { i.removed = true; });
  CHECK(w.get("/repos/argus/incidents/issues/1").status == 410);
  CHECK(numbers(w.get(issues_path)).empty());
  CHECK(w.get("/repos/argus/incidents/issues/2").status == 404);
}

TEST_CASE("labels of an issue and of a repository", "[tracker]") {
  world w;
  w.api.add_issue("argus/incidents", {});
  std::string const path = "/repos/argus/incidents/issues/1/labels";
  CHECK(text_at(w.post(path, R"({"labels":["One two","BUG"]})"), "/1/name") == "bug");
  CHECK(text_at(w.get(path), "/0/url") ==
        "https://tracker.test/api/v3/repos/argus/incidents/labels/One%20two");
  CHECK(w.get("/repos/argus/incidents/labels/one%20TWO").status == 200);
  CHECK(w.api.handle(world::make("DELETE", path + "/one%20two")).status == 200);
  CHECK(w.api.handle(world::make("DELETE", path + "/one%20two")).status == 404);
  CHECK(message_of(w.api.handle(world::make("DELETE", path + "/x"))) == "Label does not exist");
  CHECK(text_at(w.api.handle(world::make("PUT", path, R"(["x"])")), "").find("bug") ==
        std::string::npos);
  CHECK(w.post(path, "").status == 422);
  CHECK(w.post(path, "3").status == 400);
  CHECK(w.post(path, R"({"labels":3})").status == 422);

  std::string const labels = "/repos/argus/incidents/labels";
  CHECK(w.post(labels, R"({"name":"fresh","color":"AABBCC","description":"d"})").status == 201);
  CHECK(text_at(w.post(labels, R"({"name":"Fresh"})"), "/errors/0/code") == "already_exists");
  CHECK(w.post(labels, R"({"name":"n","color":"#AABBCC"})").status == 422);
  CHECK(text_at(w.post(labels, json::serialize(json::object{{"name", std::string(51, 'x')}})),
                "/errors/0/message") == "name is too long (maximum is 50 characters)");
  CHECK(w.post(labels, "{}").status == 422);
}

TEST_CASE("hooks: faults, prepared answers, changed replies, statistics", "[tracker]") {
  world w;
  w.api.set_next_responses({{.status = 502, .headers = {}, .body = "bad gateway"}});
  CHECK(w.post(issues_path, R"({"title":"t"})").status == 502);
  CHECK(w.api.issue_count("argus/incidents") == 0);
  w.api.set_reply_hook([](request const&, response& answer) { answer.drop = true; });
  CHECK(w.post(issues_path, R"({"title":"t"})").drop);
  CHECK(w.api.issue_count("argus/incidents") == 1); // the reply was lost, the issue was not
  w.api.set_reply_hook({});
  w.api.set_fault([&](request const& asked) -> std::optional<response> {
    if (asked.method != "POST") return std::nullopt;
    return response{.status = 500 + static_cast<unsigned>(w.api.issue_count("argus/incidents")),
                    .headers = {},
                    .body = {}};
  });
  CHECK(w.post(issues_path, R"({"title":"t"})").status == 501);
  CHECK(w.get(issues_path).status == 200);
  statistics const seen = w.api.statistics();
  CHECK(seen.total == 4);
  CHECK(seen["POST /repos/{owner}/{repo}/issues"] == 1);
  CHECK(seen["GET /repos/{owner}/{repo}/issues"] == 1);
  CHECK(seen.by_status.at(502) == 1);
  w.api.reset_statistics();
  CHECK(w.api.statistics().total == 0);
}
