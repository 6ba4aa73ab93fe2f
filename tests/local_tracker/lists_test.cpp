// Lists: filters, order, pages, and their speed with many issues.
#include "../support/catch.hpp"
#include "world.hpp"

using namespace tracker_tests;

namespace {

std::string list(world& w, std::string const& query) {
  return numbers(w.get(std::string(issues_path) + query));
}

/// The address after rel="…" in a Link header, as a path below /api/v3; empty where there is none.
std::string link_to(response const& answer, std::string const& relation) {
  std::string const links = header_of(answer, "link");
  auto const end = links.find(">; rel=\"" + relation + '"');
  if (end == std::string::npos) return "";
  auto const begin = links.rfind('<', end) + 1;
  std::string const root = "https://tracker.test/api/v3";
  REQUIRE(links.compare(begin, root.size(), root) == 0);
  return links.substr(begin + root.size(), end - begin - root.size());
}

} // namespace

TEST_CASE("filters and order of a list", "[tracker]") {
  world w;
  auto const at = [&](int hours) { return w.now + std::chrono::hours{hours}; };
  w.api.add_issue("argus/incidents",
                  {.labels = {"a", "B"}, .created_at = at(1), .updated_at = at(9)});
  w.api.add_issue("argus/incidents", {.author = "visitor", .labels = {"a"}, .created_at = at(2)});
  w.api.add_issue("argus/incidents", {.labels = {"b"}, .closed = true, .created_at = at(3)});
  w.api.add_issue("argus/incidents", {.labels = {"a"}, .pull_request = true, .created_at = at(4)});

  CHECK(list(w, "") == "4 2 1");
  CHECK(list(w, "?state=closed") == "3");
  CHECK(list(w, "?state=all") == "4 3 2 1");
  CHECK(list(w, "?state=all&direction=asc") == "1 2 3 4");
  CHECK(list(w, "?state=all&sort=updated") == "1 4 3 2");
  CHECK(list(w, "?labels=A,b&state=all") == "1");
  CHECK(list(w, "?labels=a%2CB&state=all") == "1");
  CHECK(list(w, "?labels=missing&state=all").empty()); // and not everything, as Gitea would
  CHECK(list(w, "?creator=VISITOR") == "2");
  CHECK(list(w, "?assignee=none&labels=a") == "4 2 1");
  CHECK(list(w, "?since=2025-02-03T03:00:00Z&state=all") == "4 3 1");
  CHECK(list(w, "?since=2025-02-03T04:00:00Z") == "4 1"); // the bound is part of it
  CHECK(list(w, "?since=2025-02-03T04:00:00%2B01:00&state=all") == "4 3 1");
  CHECK(list(w, "?since=2025-02-03T04:00:00.5Z&state=all&sort=updated&direction=asc") == "4 1");
  for (char const* wrong : {"?since=yesterday", "?since=2025-02-30T00:00:00Z",
                            "?since=2025-02-03T04:00:00+01:00", // + is a space
                            "?state=resolved", "?sort=age", "?direction=up"}) {
    CAPTURE(wrong);
    CHECK(w.get(std::string(issues_path) + wrong).status == 422);
  }
  CHECK(text_at(w.get(std::string(issues_path)), "/0/pull_request/html_url") ==
        "https://tracker.test/argus/incidents/pull/4");

  w.post("/repos/argus/incidents/issues/2/comments", R"({"body":"b"})");
  CHECK(list(w, "?state=all&sort=comments") == "2 4 3 1");
  CHECK(list(w, "?since=2025-02-03T09:00:00Z") == "1");
  w.now += std::chrono::hours{10};
  w.patch("/repos/argus/incidents/issues/2", R"({"title":"touched"})");
  CHECK(list(w, "?since=2025-02-03T09:00:00Z") == "2 1");
}

TEST_CASE("pages and their links", "[tracker]") {
  world w;
  for (int i = 0; i < 7; ++i) w.api.add_issue("argus/incidents", {});
  std::string const base = "<https://tracker.test/api/v3/repositories/" +
                           text_at(w.get("/repos/argus/incidents"), "/id") + "/issues";

  CHECK(header_of(w.get(issues_path), "link").empty());
  response const first = w.get(std::string(issues_path) + "?per_page=3");
  CHECK(numbers(first) == "7 6 5");
  CHECK(header_of(first, "link") ==
        base + "?per_page=3&page=2>; rel=\"next\", " + base + "?per_page=3&page=3>; rel=\"last\"");
  response const second = w.get(std::string(issues_path) + "?page=2&per_page=3");
  CHECK(numbers(second) == "4 3 2");
  CHECK(header_of(second, "link") == base + "?page=1&per_page=3>; rel=\"prev\", " + base +
                                         "?page=3&per_page=3>; rel=\"next\", " + base +
                                         "?page=3&per_page=3>; rel=\"last\", " + base +
                                         "?page=1&per_page=3>; rel=\"first\"");
  response const last = w.get(link_to(second, "last"));
  CHECK(numbers(last) == "1");
  CHECK(link_to(last, "next").empty());
  CHECK(numbers(w.get(std::string(issues_path) + "?page=99")).empty());
  CHECK(numbers(w.get(std::string(issues_path) + "?per_page=0&page=-1")) == "7 6 5 4 3 2 1");
  CHECK(w.get(std::string(issues_path) + "?page=18446744073709551615&per_page=100").status == 200);
}

TEST_CASE("cursor pages as on github.com", "[tracker]") {
  world w{{.cursor_pagination = true}};
  for (int i = 0; i < 7; ++i) w.api.add_issue("argus/incidents", {});
  response const first = w.get(std::string(issues_path) + "?per_page=3");
  CHECK(link_to(first, "last").empty());
  w.api.add_issue("argus/incidents", {}); // shifts nothing
  response const second = w.get(link_to(first, "next"));
  CHECK(numbers(second) == "4 3 2");
  response const third = w.get(link_to(second, "next"));
  CHECK(numbers(third) == "1");
  CHECK(link_to(third, "next").empty());
  CHECK(w.get(std::string(issues_path) + "?per_page=100&page=99").status == 200);
  CHECK(message_of(w.get(std::string(issues_path) + "?per_page=100&page=100"))
            .starts_with("Pagination with the page parameter is not supported"));
  CHECK(w.get(std::string(issues_path) + "?after=!!").status == 422);
}

TEST_CASE("comments in pages", "[tracker]") {
  world w;
  w.api.add_issue("argus/incidents", {});
  std::string const path = "/repos/argus/incidents/issues/1/comments";
  for (int i = 1; i <= 3; ++i) {
    w.post(path, R"({"body":"b)" + std::to_string(i) + "\"}");
    w.now += std::chrono::hours{1};
  }
  response const page = w.get(path + "?per_page=2");
  CHECK(text_at(page, "/0/body") == "b1");
  CHECK(text_at(w.get(link_to(page, "next")), "/0/body") == "b3");
  CHECK(text_at(w.get(path + "?since=2025-02-03T01:00:00Z"), "/0/body") == "b2");
  CHECK(text_at(w.get("/repos/argus/incidents/issues/1"), "/comments") == "3");
}

TEST_CASE("lists stay fast with 10,000 issues", "[tracker]") {
  world w{{.rate_limit = 1'000'000}};
  for (int i = 0; i < 10'000; ++i) {
    w.api.add_issue("argus/incidents", {.body = std::string(500, 'x'), .labels = {"argus-ticket"}});
    w.now += std::chrono::minutes{1};
  }
  auto const last_hour = "&since=2025-02-09T21:40:00Z"; // 10,000 minutes after the third
  auto const start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i)
    CHECK(body_of(w.get(std::string(issues_path) + "?labels=argus-ticket&state=all&per_page=100" +
                        last_hour))
              .as_array()
              .size() == 60);
  for (int i = 0; i < 20; ++i)
    CHECK(body_of(w.get(std::string(issues_path) + "?labels=argus-ticket&per_page=100&page=50"))
              .as_array()
              .size() == 100);
  auto const spent = std::chrono::steady_clock::now() - start;
  // Milliseconds each where it is right; the bound is for slow machines under a sanitizer.
  CHECK(spent < std::chrono::seconds{10});
}

TEST_CASE("the index of labels follows every change", "[tracker]") {
  world w;
  auto const with = [&](std::string const& names, std::string const& more = "") {
    return list(w, "?state=all&labels=" + names + more);
  };
  w.api.add_issue("argus/incidents", {.labels = {"a", "a", "Bug"}});
  w.post(issues_path, R"({"title":"t","labels":["A","b"]})");
  CHECK(with("a") == "2 1");
  CHECK(with("a,b") == "2");
  CHECK(with("BUG") == "1");
  w.now += std::chrono::hours{1};
  std::string const later = "&since=2025-02-03T01:00:00Z&sort=updated";
  CHECK(with("a", later).empty());
  std::string const first = "/repos/argus/incidents/issues/1";
  w.post(first + "/labels", R"(["c"])");
  CHECK(with("c") == "1");
  CHECK(with("a", later) == "1");
  w.api.handle(world::make("DELETE", first + "/labels/A"));
  CHECK(with("a") == "2");
  w.api.handle(world::make("PUT", first + "/labels", R"(["b"])"));
  CHECK(with("c").empty());
  CHECK(with("bug").empty());
  CHECK(with("b") == "2 1");
  w.patch(first, R"({"labels":["d"]})");
  CHECK(with("b") == "2");
  CHECK(with("d") == "1");
  w.now += std::chrono::hours{1};
  w.post("/repos/argus/incidents/issues/2/comments", R"({"body":"b"})");
  CHECK(with("b", "&since=2025-02-03T02:00:00Z") == "2");
  w.api.change_issue("argus/incidents", 1, [&](issue& i) {
    i.labels = {"B", "new"};
    i.updated_at = w.now + std::chrono::hours{1};
  });
  CHECK(with("b", "&sort=updated") == "1 2");
  CHECK(with("new") == "1");
  CHECK(with("d").empty());
  w.api.change_issue("argus/incidents", 1, [](issue& i) { i.removed = true; });
  CHECK(with("b") == "2");
  CHECK(with("new").empty());
  CHECK(list(w, "?state=all") == "2");
  w.api.change_issue("argus/incidents", 1, [](issue& i) { i.removed = false; });
  CHECK(with("new") == "1");
}

// Hidden: it prints a ratio and asserts none, as other programs may run beside it.
TEST_CASE("a rare label costs the same among many issues", "[.measure]") {
  auto const cost = [](int issues) {
    world w{{.rate_limit = 1'000'000}};
    for (int i = 0; i < issues; ++i)
      w.api.add_issue("argus/incidents", {.labels = {"argus-ticket", "key-" + std::to_string(i)}});
    auto const start = std::chrono::steady_clock::now();
    for (int i = 0; i < 200; ++i)
      CHECK(numbers(w.get(std::string(issues_path) + "?labels=argus-ticket,key-7&state=all" +
                          "&since=2025-02-03T00:00:00Z")) == "8");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  double const few = cost(10);
  double const many = cost(10'000);
  WARN("a list by a rare label among 10,000 issues takes " << many / few
                                                           << " times as long as among 10");
}
