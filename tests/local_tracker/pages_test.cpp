// The pages: whatever a ticket says stays text.
#include "../support/catch.hpp"
#include "world.hpp"

#include <local_tracker/pages.hpp>

using namespace tracker_tests;

namespace {

response page(world& w, std::string path) {
  return handle_page(w.api, request{"GET", std::move(path), {}, {}});
}

bool has(response const& answer, std::string_view text) {
  return answer.body.find(text) != std::string::npos;
}

} // namespace

TEST_CASE("hostile text is harmless on a page", "[tracker]") {
  world w;
  std::string const hostile =
      "<script>alert(1)</script>\n\n<img src=x onerror=alert(2)>\n\n[go](javascript:alert(3)) "
      "[data](data:text/html;base64,PHNjcmlwdD4=) <iframe src=//evil.example></iframe>\n\n"
      "```\"><script>\nx</script>\n```\n\n\"'><b onmouseover=alert(4)>\xFF end";
  w.api.add_issue("argus/incidents", {.title = hostile,
                                      .body = hostile,
                                      .author = "\"><script>",
                                      .labels = {"<script>l</script>"}});
  w.api.change_issue("argus/incidents", 1, [&](issue& i) {
    i.comments.push_back({7, "<script>", hostile, w.now, w.now});
  });
  for (char const* path :
       {"/argus/incidents/issues/1", "/argus/incidents/issues", "/argus/incidents"}) {
    CAPTURE(path);
    response const answer = page(w, path);
    CHECK(answer.status == 200);
    for (char const* bad :
         {"<script", "<img", "<iframe", "<b ", "href=\"javascript:", "href=\"data:"}) {
      CAPTURE(bad);
      CHECK_FALSE(has(answer, bad));
    }
    CHECK(has(answer, "&lt;script&gt;alert(1)&lt;/script&gt;")); // the title, for people to read
    CHECK(header_of(answer, "content-security-policy")
              .starts_with("default-src 'none'; style-src 'sha256-"));
    CHECK(header_of(answer, "x-content-type-options") == "nosniff");
  }
}

TEST_CASE("Markdown comes out as GitHub would show it", "[tracker]") {
  std::string const html = render_markdown(
      "| a | b |\n|---|---|\n| 1 | ~~2~~ |\n\nhttps://example.org/x <!-- argus -->\n");
  CHECK(html.find("<td><del>2</del></td>") != std::string::npos);
  CHECK(html.find("<a href=\"https://example.org/x\">") != std::string::npos);
  CHECK(html.find("argus") == std::string::npos);
  CHECK(render_markdown(std::string("a\0b", 3))
            .find("a\xEF\xBF\xBD"
                  "b") != std::string::npos);
  CHECK(render_markdown("").empty());
}

TEST_CASE("which pages there are", "[tracker]") {
  world w{{.path_prefix = "/tracker"}};
  w.api.add_repository({.full_name = "argus/secret", .is_private = true});
  w.api.add_issue("argus/secret", {});
  for (int i = 0; i < 60; ++i) w.api.add_issue("argus/incidents", {});
  CHECK(page(w, "/tracker/").status == 200);
  CHECK(page(w, "/tracker").status == 200);
  CHECK_FALSE(has(page(w, "/tracker/"), "secret"));
  CHECK(has(page(w, "/tracker/argus/incidents/issues"), "/tracker/argus/incidents/issues?page=2"));
  CHECK(has(page(w, "/tracker/argus/incidents/issues?page=2"),
            "/tracker/argus/incidents/issues/1\""));
  for (char const* path :
       {"/", "/argus/incidents/issues/1", "/tracker/argus/secret/issues/1", "/tracker/argus/secret",
        "/tracker/argus/incidents/issues/0", "/tracker/argus/incidents/issues/x", "/tracker/argus",
        "/tracker/a/b/c", "/tracker/argus/incidents/issues/1/2", "/tracker/%00/%ff"}) {
    CAPTURE(path);
    CHECK(page(w, path).status == 404);
  }
  w.api.move_repository("argus/incidents", "noc/tickets");
  CHECK(header_of(page(w, "/tracker/argus/incidents/issues/3"), "location") ==
        "https://tracker.test/tracker/noc/tickets/issues/3");
  CHECK(header_of(page(w, "/tracker/argus/incidents/issues/%0d%0aX:y"), "location") ==
        "https://tracker.test/tracker/noc/tickets/issues");
  CHECK(handle_page(w.api, request{"POST", "/tracker/", {}, {}}).status == 405);
  CHECK(is_api_request(w.api, request{"GET", "/tracker/api/v3/user", {}, {}}));
  CHECK_FALSE(is_api_request(w.api, request{"GET", "/api/v3/user", {}, {}}));
}

TEST_CASE("a script can ask what is in the tracker", "[tracker]") {
  world w{{.path_prefix = "/tracker"}};
  w.api.add_repository({.full_name = "argus/other"});
  w.api.add_repository({.full_name = "argus/secret", .is_private = true});
  w.api.add_issue("argus/incidents", {.title = "T \"1\"", .body = "B <!-- marker -->"});
  w.api.add_issue("argus/incidents", {.labels = {"a"}, .closed = true});
  w.api.add_issue("argus/other", {});
  w.api.add_issue("argus/secret", {});
  request comment =
      world::make("POST", "/repos/argus/incidents/issues/1/comments", R"({"body":"said"})");
  comment.target.insert(0, "/tracker");
  REQUIRE(w.api.handle(comment).status == 201);
  auto const ask = [&](std::string const& what) {
    return handle_page(w.api, {.target = "/tracker/_tracker/" + what, .headers = {}, .body = {}});
  };

  response const all = ask("issues.json");
  CHECK(header_of(all, "content-type") == "application/json; charset=utf-8");
  CHECK(text_at(all, "/count") == "3"); // nothing private
  CHECK(numbers({.body = text_at(all, "/issues")}) == "1 2 1");
  CHECK(text_at(all, "/issues/0/repository") == "argus/incidents");
  CHECK(text_at(all, "/issues/0/title") == "T \"1\"");
  CHECK(text_at(all, "/issues/0/body") == "B <!-- marker -->");
  CHECK(text_at(all, "/issues/0/state") == "open");
  CHECK(text_at(all, "/issues/0/comments_count") == "1");
  CHECK(text_at(all, "/issues/0/comments/0") == "said");
  CHECK(text_at(all, "/issues/1/state") == "closed");
  CHECK(text_at(all, "/issues/1/body") == "null");
  CHECK(text_at(all, "/issues/1/labels/0") == "a");

  response const page = ask("issues.json?repository=argus/incidents&per_page=1&page=2");
  CHECK(text_at(page, "/count") == "2");
  CHECK(numbers({.body = text_at(page, "/issues")}) == "2");
  CHECK(text_at(ask("issues.json?per_page=2&page=9"), "/issues") == "[]");
  CHECK(text_at(ask("statistics.json"), "/total") == "1");
  CHECK(text_at(ask("statistics.json"), "/violations/write_gap") == "0");
  CHECK(ask("other.json").status == 404);

  for (int i = 0; i < 10'000; ++i) w.api.add_issue("argus/other", {.body = std::string(1000, 'x')});
  CHECK(body_of(ask("issues.json")).at("issues").as_array().size() == 10'003);
}
