#pragma once
// What stands behind `github_api`: its state, and what the parts of the API share. Not for users.

#include <boost/json.hpp>

#include <deque>
#include <local_tracker/github_api.hpp>
#include <local_tracker/text.hpp>
#include <mutex>
#include <set>
#include <unordered_map>

namespace local_tracker::detail {

namespace json = boost::json;
using time_point = std::chrono::sys_seconds;
using exact_time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Both orders that lists come in, so that a late `since` looks at few issues.
struct issue_order {
  std::set<std::pair<time_point, unsigned>> by_created;
  std::set<std::pair<time_point, unsigned>> by_updated;

  void add(issue const& value);
  void remove(issue const& value);
};

struct repository {
  std::uint64_t id = 0;
  std::string owner;
  std::string name;
  bool is_private = false;
  bool archived = false;
  bool has_issues = true;
  std::map<std::string, role> roles;   ///< by lower-case login
  std::map<std::string, label> labels; ///< by lower-case name
  std::deque<issue> issues;            ///< number n stands at n - 1
  issue_order order;
  std::unordered_map<std::string, issue_order> order_by_label; ///< by the label's own spelling
  time_point created_at{};

  std::string full_name() const { return owner + '/' + name; }
  issue* find(std::uint64_t number) {
    return number >= 1 && number <= issues.size() ? &issues[number - 1] : nullptr;
  }
  issue const* find(std::uint64_t number) const {
    return const_cast<repository*>(this)->find(number);
  }
  issue& add(issue value);
  /// Puts another value in an issue's place and keeps all orders right. Nothing else may change the
  /// times, the labels or the removal of an issue that is in the repository.
  void replace(issue& old, issue value);
  void touch(issue& value, time_point when); ///< sets updated_at in the same way

 private:
  void enter(issue const& value);
  void leave(issue const& value);
};

/// What a user has spent of the limits.
struct usage {
  time_point start{}; ///< of the primary limit's hour
  unsigned used = 0;
  std::deque<exact_time> creations;                   ///< in the last hour
  std::deque<std::pair<exact_time, unsigned>> points; ///< in the last minute
  unsigned points_sum = 0;
  std::optional<exact_time> last_write{};
  unsigned in_flight = 0;
};

struct state {
  api_options options;
  std::string origin = "https://127.0.0.1";
  std::map<std::string, user> users_by_token;
  std::deque<repository> repositories;
  std::unordered_map<std::string, std::size_t> by_name;    ///< lower-case "owner/name" -> index
  std::unordered_map<std::string, std::size_t> moved_from; ///< the same, for former names
  std::map<std::string, usage> usages; ///< by login; "" is everybody without a token
  violation_counts violations{};
  std::uint64_t last_id = 1000;
  std::uint64_t requests = 0;

  exact_time exact_now() const;
  time_point now() const { return std::chrono::floor<std::chrono::seconds>(exact_now()); }
  unsigned primary_limit() const;
  usage& usage_of(user const* who);
  void forget_usage(); ///< but not what is in flight
  user const* find_token(request const& asked) const;
  std::string root() const { return origin + options.path_prefix; }
  std::string api_root() const { return root() + "/api/v3"; }
  user const* find_user(std::string_view login) const;
  repository* find_repository(std::string_view full_name);
  role role_of(user const* who, repository const& where) const;
  label& make_label(repository& where, std::string_view name);
  std::uint64_t next_id() { return ++last_id; }
};

/// An answer that ends a request early.
struct refusal {
  unsigned status = 0;
  std::string message;
  json::array errors{};
  std::vector<header> headers{};
  std::string documentation{}; ///< else the route's
};

/// One request on its way through the API.
struct call {
  state& s;
  request const& asked;
  local_tracker::target at;
  user const* who = nullptr;
  repository* where = nullptr;
  role access = role::none;
  time_point now{};
  exact_time exact_now{};
  std::uint64_t number = 0; ///< {issue_number} of the path
  std::string name{};       ///< {name} of the path
  std::string_view documentation{};
  response answer{};

  void reply(unsigned status, json::value const& body);
};

// json_views.cpp: GitHub's JSON of our values.
json::object user_json(state const& s, std::string_view login);
json::object label_json(state const& s, repository const& where, label const& value);
json::array labels_json(state const& s, repository const& where, issue const& value);
json::object issue_json(state const& s, repository const& where, issue const& value);
json::object comment_json(state const& s, repository const& where, issue const& on,
                          comment const& value);
json::object repository_json(state const& s, repository const& where, role access);
json::object own_user_json(state const& s, user const& value);

// validation.cpp: bodies and fields, refused in GitHub's words.
json::object parse_object(std::string const& body);
json::value parse_body(std::string const& body);
std::string ruby_inspect(json::value const& value);
json::object field_error(std::string_view resource, std::string_view field, std::string_view code,
                         std::string_view message = {});
[[noreturn]] void refuse_invalid(json::array errors);
[[noreturn]] void refuse_shape(std::string const& detail);
struct text_field {
  bool given = false;
  std::optional<std::string> value{};
};
text_field take_text(json::object const& body, std::string_view key, bool number_too = false);
/// Strings or objects with a "name"; nothing where the key is missing.
std::optional<std::vector<std::string>> take_labels(json::object const& body, std::string_view key,
                                                    bool null_is_shape);
std::vector<std::string> label_names(json::array const& values);
void check_title(std::string const& title, json::array& errors);
void check_issue_body(std::string const& body, json::array& errors);
void check_label_names(std::vector<std::string> const& names);

// routes.cpp
/// Finds the route and runs it; `route` gets its name for the statistics.
void run_route(call& c, std::string& route);

// issues.cpp
void list_issues(call& c);
void create_issue(call& c);
void get_issue(call& c);
void patch_issue(call& c);
void list_comments(call& c);
void create_comment(call& c);
void list_issue_labels(call& c);
void add_issue_labels(call& c);
void set_issue_labels(call& c);
void remove_issue_label(call& c);
issue& issue_of(call& c);
void need_writable(call const& c);

// limits.cpp
bool is_write(request const& asked);
void begin_hour(call& c); ///< a new one, where the user's is over
void show_limit(call& c); ///< in the answer's headers
/// Takes this request off all limits but those of creations; refuses it where one is used up.
void spend(call& c, bool free_of_charge);
void count_creation(call& c); ///< the same for those

// paging.cpp
struct paging {
  std::size_t per_page = 30;
  std::size_t page = 1;
  std::size_t begin(std::size_t total) const { return std::min((page - 1) * per_page, total); }
  std::size_t end(std::size_t total) const { return std::min(begin(total) + per_page, total); }
};
paging paging_of(call const& c);
/// Sets `Link` as GitHub does: `path` is below "/repositories/{id}".
void link_pages(call& c, paging const& pages, std::size_t total, std::string const& path);
/// The request's query with some values replaced or added, encoded.
std::string query_with(call const& c,
                       std::vector<std::pair<std::string, std::string>> const& changes,
                       std::vector<std::string_view> const& without = {});

} // namespace local_tracker::detail

namespace local_tracker {

struct github_api::implementation {
  mutable std::mutex lock;
  detail::state s;
  fault_hook fault;
  reply_hook on_reply;
  std::deque<response> next;
  local_tracker::statistics counts;
};

} // namespace local_tracker
