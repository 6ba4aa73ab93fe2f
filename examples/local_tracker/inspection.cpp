#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <local_tracker/inspection.hpp>

namespace local_tracker {

namespace json = boost::json;

namespace {

/// A positive number of the query, or `otherwise`.
std::size_t number_of(target const& at, std::string_view name, std::size_t otherwise) {
  std::size_t value = 0;
  if (std::string const* const text = at.find(name); text != nullptr)
    std::from_chars(text->data(), text->data() + text->size(), value);
  return value > 0 ? value : otherwise;
}

json::object issue_entry(std::string const& repository, issue const& value) {
  json::array comments;
  for (comment const& c : value.comments) comments.emplace_back(c.body);
  json::object entry{{"repository", repository},
                     {"number", value.number},
                     {"title", value.title},
                     {"body", nullptr},
                     {"state", value.closed ? "closed" : "open"},
                     {"labels", json::array(value.labels.begin(), value.labels.end())},
                     {"author", value.author},
                     {"created_at", iso_time(value.created_at)},
                     {"comments_count", value.comments.size()},
                     {"comments", std::move(comments)}};
  if (value.body) entry["body"] = *value.body;
  return entry;
}

std::string all_issues(github_api const& api, target const& at) {
  std::size_t const per_page = number_of(at, "per_page", 1'000'000'000);
  std::size_t const first = (std::min<std::size_t>(number_of(at, "page", 1), 1'000'000'000) - 1) *
                            std::min<std::size_t>(per_page, 1'000'000'000);
  std::string const* const only = at.find("repository");
  std::size_t count = 0;
  std::size_t shown = 0;
  // As text, issue by issue: the values of many issues would take several times its space.
  std::string list;
  for (std::string const& repository : api.public_repositories()) {
    if (only != nullptr && !same_text(*only, repository)) continue;
    for (issue const& value : api.issues(repository)) {
      if (count++ < first || shown == per_page) continue;
      list += (shown++ == 0 ? "\n" : ",\n") + json::serialize(issue_entry(repository, value));
    }
  }
  return "{\"count\":" + std::to_string(count) + ",\"issues\":[" + list + "\n]}\n";
}

std::string all_statistics(github_api const& api) {
  statistics const seen = api.statistics();
  json::object by_route;
  for (auto const& [route, times] : seen.by_route) by_route[route] = times;
  json::object by_status;
  for (auto const& [status, times] : seen.by_status) by_status[std::to_string(status)] = times;
  violation_counts const& v = seen.violations;
  json::object violations{{"primary", v.primary},
                          {"creations_per_minute", v.creations_per_minute},
                          {"creations_per_hour", v.creations_per_hour},
                          {"points", v.points},
                          {"write_gap", v.write_gap},
                          {"concurrent", v.concurrent}};
  return json::serialize(json::object{{"total", seen.total},
                                      {"by_route", std::move(by_route)},
                                      {"by_status", std::move(by_status)},
                                      {"violations", std::move(violations)}}) +
         '\n';
}

} // namespace

response handle_inspection(github_api const& api, target const& at) {
  std::string const what = at.segments.size() == 2 ? at.segments[1] : "";
  response answer;
  answer.set("Content-Type", "application/json; charset=utf-8")
      .set("X-Content-Type-Options", "nosniff")
      .set("Cache-Control", "no-store");
  if (what == "issues.json") {
    answer.body = all_issues(api, at);
  } else if (what == "statistics.json") {
    answer.body = all_statistics(api);
  } else {
    answer.status = 404;
    answer.body = "{\"message\":\"Not Found\"}\n";
  }
  return answer;
}

} // namespace local_tracker
