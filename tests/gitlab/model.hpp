#pragma once
// A model of GitLab's REST API, as far as tickets need it, and stricter than GitLab: what its
// reference (https://docs.gitlab.com/api/issues/) does not name is refused, lists have two entries
// a page, and quick actions are carried out where the text has some.

#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/plugins/gitlab.hpp>
#include <argus_ticket/result.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

namespace at = argus_ticket;
namespace json = boost::json;

class gitlab_model {
 public:
  static constexpr char token[] = "glpat-0123456789abcdef-S";
  static constexpr char project[] = "net/core/tickets";

  static at::plugins::gitlab::settings
  settings(std::string endpoint = "https://gitlab.example.org/git/") {
    return {.endpoint = std::move(endpoint),
            .authentication = {.token = at::secret{token}},
            .information = {.project_namespace_and_name = project}};
  }

  struct issue {
    int iid = 0;
    std::string title, description, author, state = "opened", created_at, type = "issue";
    std::vector<std::string> labels;
    bool confidential = false;
    bool is_locked = false; ///< Takes no changes of its state, and says nothing of that.
    std::vector<std::string> notes;
  };

  std::string base = "https://gitlab.example.org/git"; ///< Below a path prefix.
  std::string account = "argus-bot";
  int access_level = 30;             ///< Of a developer; of a guest 10, of a stranger 0.
  bool tells_role = true;            ///< Not so of administrators and of groups that were invited.
  bool drops_labels_of_next = false; ///< As where the role changes in between.
  std::string now = "2026-11-12T00:00:00.000Z";
  bool issues_enabled = true;
  bool archived = false;
  std::vector<issue> issues;
  std::vector<std::string> commands; ///< Quick actions that a text of ours has set off.

  at::result<at::http::response> answer(at::http::request const& r) {
    if (r.headers().get("PRIVATE-TOKEN") != token)
      return reply(401, {{"message", "401 Unauthorized"}});
    std::string const start = at::http::url::parse(base)->path() + "/api/v4/";
    std::string_view path = r.url().path();
    if (!path.starts_with(start)) return reply(404, {{"error", "404 Not Found"}});
    path.remove_prefix(start.size());
    if (path == "user") return reply(200, {{"id", 7}, {"username", account}});
    if (!path.starts_with("projects/net%2Fcore%2Ftickets"))
      return reply(404, {{"message", "404 Project Not Found"}});
    path.remove_prefix(std::string_view{"projects/net%2Fcore%2Ftickets"}.size());
    if (path.empty()) return about_project();
    if (path == "/members/all/7")
      return access_level > 0 ? reply(200, {{"id", 7}, {"access_level", access_level}})
                              : reply(404, {{"message", "404 Not found"}});
    if (path == "/issues") return r.method() == at::http::method::get ? list(r) : create(r);
    if (!path.starts_with("/issues/")) return reply(404, {{"error", "404 Not Found"}});
    path.remove_prefix(8);
    issue* const which = with_iid(path.substr(0, path.find('/')));
    if (which == nullptr) return reply(404, {{"message", "404 Issue Not Found"}});
    if (path.ends_with("/notes"))
      return r.method() == at::http::method::get ? notes(r, *which) : add_note(r, *which);
    return r.method() == at::http::method::put ? change(r, *which) : reply(200, object(*which));
  }

  json::object object(issue const& i) const {
    return {{"id", 9000 + i.iid},
            {"iid", i.iid},
            {"project_id", 3},
            {"title", i.title},
            {"description", i.description},
            {"state", i.state},
            {"created_at", i.created_at},
            {"closed_at", i.state == "closed" ? json::value(now) : json::value(nullptr)},
            {"labels", json::array(i.labels.begin(), i.labels.end())},
            {"author", {{"id", 7}, {"username", i.author}}},
            {"confidential", i.confidential},
            {"issue_type", i.type},
            {"web_url", base + '/' + project + "/-/issues/" + std::to_string(i.iid)}};
  }

 private:
  static at::http::response reply(int status, json::value const& body,
                                  at::http::headers headers = {}) {
    return {status, std::move(headers), json::serialize(body)};
  }

  at::http::response about_project() const {
    json::value access = nullptr;
    if (access_level > 0 && tells_role)
      access = {{"access_level", access_level}, {"notification_level", 3}};
    return reply(200, {{"id", 3},
                       {"path_with_namespace", project},
                       {"issues_access_level", issues_enabled ? "enabled" : "disabled"},
                       {"archived", archived},
                       {"permissions", {{"project_access", access}, {"group_access", nullptr}}}});
  }

  issue* with_iid(std::string_view text) {
    for (issue& one : issues)
      if (std::to_string(one.iid) == text) return &one;
    return nullptr;
  }

  /// Members that the reference does not name, as the reply that refuses them.
  static std::optional<at::http::response> refused(json::object const& given,
                                                   std::vector<std::string_view> const& known) {
    for (auto const& member : given)
      if (std::find(known.begin(), known.end(), std::string_view{member.key()}) == known.end())
        return reply(400, {{"error", std::string{member.key()} + " is invalid"}});
    if (auto const* title = given.if_contains("title");
        title != nullptr && at::document::length(std::string_view{title->as_string()},
                                                 at::document::length_unit::code_points) > 255)
      return reply(400, {{"message", {{"title", {"is too long (maximum is 255 characters)"}}}}});
    return std::nullopt;
  }

  void add_labels(issue& to, std::string_view all) {
    if (access_level < 20 || std::exchange(drops_labels_of_next, false))
      return; // dropped, without a word
    for (std::istringstream words{std::string{all}}; words.good();) {
      std::string label;
      std::getline(words, label, ',');
      if (!label.empty() && std::find(to.labels.begin(), to.labels.end(), label) == to.labels.end())
        to.labels.push_back(label);
    }
  }

  /// Carries out the quick actions of a text: lines that begin with a slash and a letter.
  void act(std::string const& text) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);)
      if (line.size() > 1 && line[0] == '/' && line[1] >= 'a' && line[1] <= 'z' &&
          line.find('/', 1) == std::string::npos)
        commands.push_back(line);
  }

  at::http::response create(at::http::request const& r) {
    if (!issues_enabled) return reply(403, {{"message", "403 Forbidden"}});
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = refused(given, {"title", "description", "labels", "confidential", "issue_type"}))
      return *no;
    issue made;
    made.iid = static_cast<int>(issues.size()) + 1;
    made.title = given.at("title").as_string();
    made.description = given.at("description").as_string();
    made.author = account;
    made.created_at = now;
    if (auto const* wanted = given.if_contains("confidential"))
      made.confidential = wanted->as_bool();
    if (auto const* wanted = given.if_contains("issue_type")) made.type = wanted->as_string();
    add_labels(made, given.at("labels").as_string());
    act(made.description);
    issues.push_back(made);
    return reply(201, object(made));
  }

  at::http::response change(at::http::request const& r, issue& which) {
    json::object const given = json::parse(r.body()).as_object();
    // `labels` would replace those that people have set.
    if (auto no =
            refused(given, {"title", "description", "add_labels", "remove_labels", "state_event"}))
      return *no;
    if (auto const* title = given.if_contains("title")) which.title = title->as_string();
    if (auto const* text = given.if_contains("description")) {
      which.description = text->as_string();
      act(which.description);
    }
    if (auto const* labels = given.if_contains("add_labels"))
      add_labels(which, labels->as_string());
    if (auto const* label = given.if_contains("remove_labels"))
      std::erase(which.labels, std::string{label->as_string()});
    if (auto const* event = given.if_contains("state_event")) {
      if (*event != "close" && *event != "reopen")
        return reply(400, {{"error", "state_event does not have a valid value"}});
      if (!which.is_locked) which.state = *event == "close" ? "closed" : "opened";
    }
    return reply(200, object(which));
  }

  at::http::response add_note(at::http::request const& r, issue& which) {
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = refused(given, {"body"})) return *no;
    which.notes.emplace_back(given.at("body").as_string());
    act(which.notes.back());
    return reply(201, note(which, which.notes.size()));
  }
  static json::object note(issue const& which, std::size_t number) {
    return {{"id", which.iid * 1000 + static_cast<int>(number)},
            {"body", which.notes[number - 1]},
            {"system", false}};
  }
  at::http::response notes(at::http::request const& r, issue const& which) const {
    if (auto no = unknown_parameter(r, {"per_page", "page"})) return *no;
    json::array all;
    // GitLab itself tells of a new title, and quotes it.
    for (std::string const& text : which.notes)
      if (text.find("<!--") != std::string::npos)
        all.push_back({{"id", 1}, {"body", "changed the description: " + text}, {"system", true}});
    for (std::size_t i = which.notes.size(); i > 0; --i) all.push_back(note(which, i));
    return page(r, std::move(all));
  }

  static std::optional<at::http::response>
  unknown_parameter(at::http::request const& r, std::vector<std::string_view> const& known) {
    std::string const query = r.url().query();
    for (std::size_t at = 0; at < query.size();) {
      std::size_t const end = (std::min)(query.find('&', at), query.size());
      std::string const name = query.substr(at, query.find('=', at) - at);
      if (std::find(known.begin(), known.end(), name) == known.end())
        return reply(400, {{"error", name + " is no parameter of this list"}});
      at = end + 1;
    }
    return std::nullopt;
  }

  at::http::response list(at::http::request const& r) const {
    if (auto no = unknown_parameter(r, {"state", "order_by", "sort", "per_page", "page",
                                        "created_after", "labels", "scope"}))
      return *no;
    auto const wanted = [&](char const* name) { return at::http::query_parameter(r.url(), name); };
    json::array all;
    for (issue const& one : issues) {
      auto const label = wanted("labels");
      bool const has_label =
          !label || std::find(one.labels.begin(), one.labels.end(), *label) != one.labels.end();
      bool const is_own = wanted("scope") != "created_by_me" || one.author == account;
      auto const after = wanted("created_after");
      if (has_label && is_own && (!after || one.created_at > *after)) all.push_back(object(one));
    }
    if (wanted("sort") != "asc") std::reverse(all.begin(), all.end());
    return page(r, std::move(all));
  }

  /// Two entries a page, with GitLab's link to the next one.
  at::http::response page(at::http::request const& r, json::array all) const {
    std::size_t number = 1;
    if (auto const asked = at::http::query_parameter(r.url(), "page"))
      std::from_chars(asked->data(), asked->data() + asked->size(), number);
    std::size_t const from = (std::min)(all.size(), (number - 1) * 2);
    std::size_t const to = (std::min)(all.size(), from + 2);
    at::http::headers headers;
    if (to < all.size()) {
      std::string const query = r.url().query();
      std::string next = "page=" + std::to_string(number + 1);
      for (std::size_t at = 0; at < query.size();) {
        std::size_t const end = (std::min)(query.find('&', at), query.size());
        if (query.compare(at, 5, "page=") != 0) next += '&' + query.substr(at, end - at);
        at = end + 1;
      }
      headers.add({"Link", "<" + base + "/api/v4/elsewhere?" + next + ">; rel=\"next\""});
    }
    return reply(200,
                 json::array(all.begin() + static_cast<std::ptrdiff_t>(from),
                             all.begin() + static_cast<std::ptrdiff_t>(to)),
                 std::move(headers));
  }
};

} // namespace test
