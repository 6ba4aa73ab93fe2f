// The gate that every request passes (User-Agent, credentials, limits, version), and what tests
// see.
#include <algorithm>
#include <array>
#include <cstdio>
#include <local_tracker/state.hpp>
#include <ranges>

namespace local_tracker {

using namespace detail;

namespace detail {
namespace {

/// The token of `Authorization: Bearer T` or `token T`; empty where the scheme is another one.
std::string_view token_of(std::string_view value) {
  auto const space = value.find(' ');
  std::string_view const scheme = value.substr(0, space);
  if (space == value.npos || (!same_text(scheme, "bearer") && !same_text(scheme, "token")))
    return {};
  return value.substr(space + 1);
}

} // namespace

void call::reply(unsigned status, json::value const& body) {
  answer.status = status;
  answer.body = json::serialize(body);
}

void issue_order::add(issue const& value) {
  by_created.emplace(value.created_at, value.number);
  by_updated.emplace(value.updated_at, value.number);
}

void issue_order::remove(issue const& value) {
  by_created.erase({value.created_at, value.number});
  by_updated.erase({value.updated_at, value.number});
}

void repository::enter(issue const& value) {
  if (value.removed) return;
  order.add(value);
  for (std::string const& label_name : value.labels) order_by_label[label_name].add(value);
}

void repository::leave(issue const& value) {
  order.remove(value);
  for (std::string const& label_name : value.labels) {
    auto const found = order_by_label.find(label_name);
    if (found == order_by_label.end()) continue; // twice the same label
    found->second.remove(value);
    if (found->second.by_created.empty()) order_by_label.erase(found);
  }
}

issue& repository::add(issue value) {
  value.number = static_cast<unsigned>(issues.size() + 1);
  issue& stored = issues.emplace_back(std::move(value));
  enter(stored);
  return stored;
}

void repository::replace(issue& old, issue value) {
  leave(old);
  old = std::move(value);
  enter(old);
}

void repository::touch(issue& value, time_point when) {
  leave(value);
  value.updated_at = when;
  enter(value);
}

exact_time state::exact_now() const {
  if (options.clock) return options.clock();
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

user const* state::find_token(request const& asked) const {
  std::string const* const given = asked.find("Authorization");
  if (given == nullptr) return nullptr;
  auto const found = users_by_token.find(std::string(token_of(*given)));
  return found == users_by_token.end() ? nullptr : &found->second;
}

user const* state::find_user(std::string_view login) const {
  for (auto const& [token, known] : users_by_token)
    if (same_text(known.login, login)) return &known;
  return nullptr;
}

repository* state::find_repository(std::string_view full_name) {
  auto const found = by_name.find(lower(full_name));
  return found == by_name.end() ? nullptr : &repositories[found->second];
}

role state::role_of(user const* who, repository const& where) const {
  if (who == nullptr) return role::none;
  if (same_text(who->login, where.owner)) return role::admin;
  auto const found = where.roles.find(lower(who->login));
  return found != where.roles.end() ? found->second : who->access;
}

label& state::make_label(repository& where, std::string_view name) {
  auto [found, made] = where.labels.try_emplace(lower(name));
  if (made) {
    found->second.id = next_id();
    found->second.name = name;
  }
  return found->second;
}

} // namespace detail

namespace {

constexpr std::string_view user_agent_missing =
    "Request forbidden by administrative rules. Please make sure your request has a User-Agent "
    "header "
    "(https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). "
    "Check "
    "https://developer.github.com for other possible causes.\n";

user const* authenticate(call const& c) {
  user const* const found = c.s.find_token(c.asked);
  if (found == nullptr && c.asked.find("Authorization") != nullptr)
    throw refusal{401, "Bad credentials", {}, {}, "https://docs.github.com/rest"};
  return found;
}

void check_version(call& c) {
  std::string const* const asked = c.asked.find("X-GitHub-Api-Version");
  auto const& versions = c.s.options.api_versions;
  if (asked == nullptr || std::find(versions.begin(), versions.end(), *asked) != versions.end()) {
    c.answer.set("X-GitHub-Api-Version-Selected", asked != nullptr ? *asked : versions.front());
    return;
  }
  std::string list;
  for (std::string const& version : std::views::reverse(versions))
    list += (list.empty() ? "\"" + version + "\" (most recent)" : ", \"" + version + '"');
  throw refusal{
      400,
      "The version you specified in the \"X-GitHub-API-Version\" request header, \"" + *asked +
          "\", is not a supported version. The following versions are currently supported: " +
          list + ".",
      {},
      {},
      "https://docs.github.com/rest/overview/api-versions"};
}

void check_accept(call const& c) {
  std::string const* const accept = c.asked.find("Accept");
  if (accept == nullptr || blank(*accept)) return;
  std::string const text = lower(*accept);
  for (char const* known : {"*/*", "application/*", "application/json", "application/vnd.github"})
    if (text.find(known) != text.npos) return;
  throw refusal{415,
                "Unsupported 'Accept' header: '" + *accept + "'. Must accept 'application/json'.",
                {},
                {},
                "https://docs.github.com/v3/media"};
}

void refuse(call& c, refusal const& why) {
  std::string const documentation =
      !why.documentation.empty() ? why.documentation
                                 : "https://docs.github.com/rest" + std::string(c.documentation);
  json::object body{{"message", why.message}};
  for (header const& h : why.headers) {
    c.answer.set(h.name, h.value);
    if (h.name == "Location") body["url"] = h.value;
  }
  if ((why.status == 422 && why.message == "Validation Failed") || !why.errors.empty())
    body["errors"] = why.errors;
  body["documentation_url"] = documentation;
  if (why.status >= 400) body["status"] = std::to_string(why.status);
  c.reply(why.status, body);
}

/// Below "{prefix}/api/v3", or nothing.
bool strip_root(std::vector<std::string>& segments, std::string const& prefix) {
  std::vector<std::string> root = parse_target(prefix + "/api/v3").segments;
  if (segments.size() < root.size() || !std::equal(root.begin(), root.end(), segments.begin()))
    return false;
  segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(root.size()));
  return true;
}

void pass_gate(call& c, std::string& route) {
  std::string const* const agent = c.asked.find("User-Agent");
  if (agent == nullptr || blank(*agent)) {
    c.answer.status = 403;
    c.answer.set("Content-Type", "text/html; charset=utf-8");
    c.answer.body = user_agent_missing;
    return;
  }
  if (!strip_root(c.at.segments, c.s.options.path_prefix)) throw refusal{404, "Not Found"};
  begin_hour(c); // everybody's, as long as it is nobody's
  show_limit(c);
  c.who = authenticate(c);
  if (c.who == nullptr && !c.s.options.anonymous_reads)
    throw refusal{401, "Requires authentication"};
  spend(c, c.at.segments == std::vector<std::string>{"rate_limit"});
  check_version(c);
  check_accept(c);
  run_route(c, route);
}

response answer_of(state& s, request const& asked, std::string& route) {
  call c{s, asked, parse_target(asked.target)};
  c.exact_now = s.exact_now();
  c.now = std::chrono::floor<std::chrono::seconds>(c.exact_now);
  std::array<char, 64> id{};
  ++s.requests;
  std::snprintf(id.data(), id.size(), "%04X:%04X:%06X:%06X:%08X", 0x7F00U, 1U,
                static_cast<unsigned>(s.requests & 0xFFFFFF), 0x10CA1U,
                static_cast<unsigned>(c.now.time_since_epoch().count() & 0xFFFFFFFF));
  c.answer.set("Content-Type", "application/json; charset=utf-8")
      .set("Date", http_date(c.now))
      .set("X-GitHub-Media-Type", "github.v3; format=json")
      .set("X-GitHub-Request-Id", id.data())
      .set("X-Content-Type-Options", "nosniff");
  try {
    pass_gate(c, route);
  } catch (refusal const& why) {
    refuse(c, why);
  }
  return std::move(c.answer);
}

} // namespace

github_api::github_api(api_options options) : implementation_(std::make_unique<implementation>()) {
  std::string& prefix = options.path_prefix;
  while (prefix.ends_with('/')) prefix.pop_back();
  if (!prefix.empty() && !prefix.starts_with('/')) prefix.insert(0, 1, '/');
  implementation_->s.options = std::move(options);
}

github_api::~github_api() = default;

response github_api::handle(request const& asked) {
  fault_hook fault;
  reply_hook on_reply;
  std::optional<response> instead;
  {
    std::lock_guard const held{implementation_->lock};
    fault = implementation_->fault;
    on_reply = implementation_->on_reply;
    ++implementation_->counts.total;
    if (!implementation_->next.empty()) {
      instead = std::move(implementation_->next.front());
      implementation_->next.pop_front();
    }
  }
  if (!instead && fault) instead = fault(asked);
  std::string route = asked.method + " (unknown)";
  response answer;
  {
    std::lock_guard const held{implementation_->lock};
    if (instead) {
      answer = std::move(*instead);
      route = asked.method + " (answered by a test)";
    } else {
      try {
        answer = answer_of(implementation_->s, asked, route);
      } catch (std::exception const& problem) {
        answer = {500,
                  {{"Content-Type", "application/json; charset=utf-8"}},
                  "{\"message\":\"Server Error\"}"};
        std::fprintf(stderr, "local_tracker: %s\n", problem.what());
      }
    }
    ++implementation_->counts.by_route[route];
    ++implementation_->counts.by_status[answer.status];
  }
  if (on_reply) on_reply(asked, answer);
  return answer;
}

} // namespace local_tracker
