#pragma once
// The values that the tracker is made of. No sockets, no JSON, nothing of argus_ticket.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <local_tracker/limits.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace local_tracker {

struct header {
  std::string name;
  std::string value;
};

/// What the API is asked: a request without a connection.
struct request {
  std::string method = "GET";
  std::string target = "/";
  std::vector<header> headers;
  std::string body;

  /// The header's value, or null where there is none. Names compare case-insensitively.
  std::string const* find(std::string_view name) const;
  request& set(std::string name, std::string value);
};

/// What the API answers. All after the body is for tests: how the *connection* behaves.
struct response {
  unsigned status = 200;
  std::vector<header> headers{};
  std::string body{};

  std::chrono::milliseconds delay{};      ///< wait that long before the first byte
  bool drop = false;                      ///< close the connection instead of answering
  std::optional<std::size_t> cut_after{}; ///< send only so many bytes of the body, then close
  std::chrono::milliseconds drip{};       ///< send the body byte by byte, that long before each
  /// Send a body of so many bytes: `body` (or a space) again and again. It is never in memory
  /// whole.
  std::optional<std::size_t> repeat_body{};

  std::string const* find(std::string_view name) const;
  response& set(std::string name, std::string value);
};

/// What a user may do in a repository; each role includes the ones before it.
enum class role { none, read, triage, write, admin };

struct user {
  std::string login;
  std::uint64_t id = 0;
  role access = role::none; ///< in every repository that does not say otherwise
  std::string type = "User";
};

struct label {
  std::uint64_t id = 0;
  std::string name;
  std::string color = "ededed";
  std::optional<std::string> description{};
  bool is_default = false;
};

struct comment {
  std::uint64_t id = 0;
  std::string author;
  std::string body;
  std::chrono::sys_seconds created_at{};
  std::chrono::sys_seconds updated_at{};
};

struct issue {
  std::uint64_t id = 0;
  unsigned number = 0;
  std::string title;
  std::optional<std::string> body{};
  std::string author;
  std::vector<std::string> labels; ///< names as the repository spells them
  std::vector<std::string> assignees;
  bool closed = false;
  std::optional<std::string> state_reason{};
  bool locked = false;
  bool pull_request = false; ///< pull requests are issues in GitHub's lists
  bool removed = false;      ///< deleted on the web page: answers 410
  std::chrono::sys_seconds created_at{};
  std::chrono::sys_seconds updated_at{};
  std::optional<std::chrono::sys_seconds> closed_at{};
  std::string closed_by;
  std::vector<comment> comments;
};

/// How a repository is made.
struct repository_options {
  std::string full_name; ///< "owner/name"
  bool is_private = false;
  bool archived = false;
  bool has_issues = true;
  std::map<std::string, role> roles{}; ///< by login; goes before the user's own `access`
};

/// How an issue is put into a repository by a test, past all checks.
struct issue_options {
  std::string title = "An issue";
  std::optional<std::string> body{};
  std::string author = "argus-bot";
  std::vector<std::string> labels{};
  bool closed = false;
  bool locked = false;
  bool pull_request = false;
  std::optional<std::chrono::sys_seconds> created_at{}; ///< else now
  std::optional<std::chrono::sys_seconds> updated_at{}; ///< else as created
};

/// What was asked so far. Routes read "POST /repos/{owner}/{repo}/issues".
struct statistics {
  std::size_t total = 0;
  std::map<std::string, std::size_t> by_route;
  std::map<unsigned, std::size_t> by_status;
  violation_counts violations; ///< of the limits

  std::size_t operator[](std::string const& route) const {
    auto const found = by_route.find(route);
    return found == by_route.end() ? 0 : found->second;
  }
};

} // namespace local_tracker
