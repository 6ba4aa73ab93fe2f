#pragma once
// A tracker without sockets, and short words for asking it.

#include <boost/json.hpp>

#include <local_tracker/github_api.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace tracker_tests {

using namespace local_tracker;
namespace json = boost::json;

inline constexpr std::string_view issues_path = "/repos/argus/incidents/issues";

struct world {
  std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2025} / 2 / 3}};
  github_api api;

  explicit world(api_options options = {}) : api(std::move(options)) {
    api.set_clock([this] { return now; });
    api.set_origin("https://tracker.test");
    api.add_user("writer", {.login = "argus-bot", .access = role::write});
    api.add_user("reader", {.login = "visitor", .access = role::read});
    api.add_user("stranger", {.login = "stranger"});
    api.add_repository({.full_name = "argus/incidents"});
  }

  static request make(std::string method, std::string_view path, std::string body = {},
                      std::string token = "writer") {
    request asked{std::move(method), "/api/v3" + std::string(path), {}, std::move(body)};
    asked.set("User-Agent", "tests").set("Accept", "application/vnd.github+json");
    if (!token.empty()) asked.set("Authorization", "Bearer " + token);
    return asked;
  }

  response get(std::string_view path, std::string token = "writer") {
    return api.handle(make("GET", path, {}, std::move(token)));
  }
  response post(std::string_view path, std::string body, std::string token = "writer") {
    return api.handle(make("POST", path, std::move(body), std::move(token)));
  }
  response patch(std::string_view path, std::string body, std::string token = "writer") {
    return api.handle(make("PATCH", path, std::move(body), std::move(token)));
  }
};

inline json::value body_of(response const& answer) { return json::parse(answer.body); }

inline std::string text_at(response const& answer, std::string_view pointer) {
  boost::system::error_code failed;
  json::value const body = body_of(answer);
  json::value const* const found = body.find_pointer(pointer, failed);
  if (found == nullptr) return "(nothing at " + std::string(pointer) + ")";
  return found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
}

inline std::string message_of(response const& answer) { return text_at(answer, "/message"); }

inline std::string header_of(response const& answer, std::string_view name) {
  std::string const* const value = answer.find(name);
  return value != nullptr ? *value : "";
}

/// The numbers in a list of issues, e.g. "3 2 1".
inline std::string numbers(response const& answer) {
  json::value const body = body_of(answer);
  std::string text;
  for (json::value const& item : body.as_array())
    text += (text.empty() ? "" : " ") + json::serialize(item.at("number"));
  return text;
}

} // namespace tracker_tests
