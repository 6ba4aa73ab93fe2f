#pragma once
// The table of replies that are no success, or only look like one.

#include "faults.hpp"

#include <chrono>

namespace faults {

namespace replies {

/// The request's credentials, which a server may repeat in whatever it says.
inline std::string echo(lt::request const& asked) {
  std::string const* said = asked.find("Authorization");
  return said == nullptr ? "nobody" : *said;
}

/// A status with words of GitHub's kind.
inline instead status(unsigned code, std::vector<lt::header> headers = {},
                      std::string const& words = "No.") {
  return {[=](lt::request const& asked) {
    lt::response reply{code, headers};
    reply.set("Content-Type", "application/json; charset=utf-8");
    reply.body = R"({"message": ")" + words + " You are " + echo(asked) + R"("})";
    return reply;
  }};
}

/// The same for a request that was done: a gateway had not the patience to wait for it.
inline afterwards done_but(unsigned code, std::vector<lt::header> headers = {}) {
  return {[=](lt::request const& asked, lt::response& reply) {
    reply = status(code, headers).reply(asked);
  }};
}

inline std::string const other_shape = R"({"hello": "world"})";

inline std::string html(lt::request const& asked) {
  return "<!doctype html><html><body>Sign in, " + echo(asked) + "</body></html>";
}

/// 200 with that body, and nothing done.
inline instead ok(std::function<void(lt::request const&, lt::response&)> body) {
  return {[=](lt::request const& asked) {
    lt::response reply{200, {{"Content-Type", "application/json; charset=utf-8"}}};
    body(asked, reply);
    return reply;
  }};
}

inline void as_html(lt::request const& asked, lt::response& reply) {
  reply.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  reply.body = html(asked);
}
inline void cut(lt::request const& asked, lt::response& reply) {
  if (reply.body.empty()) reply.body = R"({"id": 1, "login": ")" + echo(asked) + R"("})";
  reply.body.resize(reply.body.size() / 2);
}
inline void other(lt::request const&, lt::response& reply) { reply.body = other_shape; }
inline void huge(lt::request const&, lt::response& reply) {
  reply.repeat_body = std::size_t{100} * 1024 * 1024;
}
inline void drip(lt::request const&, lt::response& reply) {
  if (reply.body.empty()) reply.body = other_shape;
  reply.body += std::string(2'000, ' ');
  reply.drip = std::chrono::milliseconds{20};
}

enum class to { same_host, other_host, plain_http };

/// A redirect. Only the stage knows its servers, so they stand here by these names.
inline instead redirect(unsigned code, to where) {
  return {[=](lt::request const& asked) {
    char const* const server = where == to::same_host    ? ""
                               : where == to::other_host ? "https://OTHER-HOST"
                                                         : "http://OTHER-PORT";
    bool const has_query = asked.target.find('?') != std::string::npos;
    lt::response reply{code};
    reply.set("Location", server + asked.target + (has_query ? "&" : "?") + "moved=1");
    return reply;
  }};
}

} // namespace replies

// clang-format off
inline std::vector<fault> reply_faults() {
  using enum ends;
  using enum at::errc;
  using enum replies::to;
  namespace r = replies;
  std::vector<lt::header> const soon{{"Retry-After", "1"}};
  std::vector<lt::header> const used_up{{"X-RateLimit-Limit", "60"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1"}};
  std::vector<lt::header> const date{{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"Retry-After", "Sun, 06 Nov 1994 08:49:38 GMT"}};
  std::string const primary = "API rate limit exceeded for user ID 1.";
  std::string const secondary = "You have exceeded a secondary rate limit.";
  std::vector<fault> all{
    // name                                  a safe request  a write         code                 what happens
    {"400",                                  rejected,       rejected,       refused,             r::status(400)},
    {"401",                                  rejected,       rejected,       bad_credentials,     r::status(401)},
    {"403",                                  rejected,       rejected,       not_permitted,       r::status(403)},
    {"403, primary limit",                   not_applied,    not_applied,    rate_limited,        r::status(403, used_up, primary)},
    {"403, secondary limit, Retry-After",    not_applied,    not_applied,    rate_limited,        r::status(403, soon, secondary)},
    {"403, secondary limit",                 not_applied,    not_applied,    rate_limited,        r::status(403, {}, secondary)},
    {"404",                                  rejected,       rejected,       target_not_found,    r::status(404),           ticket_not_found},
    {"408",                                  rejected,       rejected,       refused,             r::status(408)},
    {"409",                                  rejected,       rejected,       refused,             r::status(409)},
    {"410",                                  rejected,       rejected,       target_not_found,    r::status(410),           ticket_not_found},
    {"422",                                  rejected,       rejected,       refused,             r::status(422)},
    {"429, Retry-After",                     not_applied,    not_applied,    rate_limited,        r::status(429, soon)},
    {"429, Retry-After as a date",           not_applied,    not_applied,    rate_limited,        r::status(429, date)},
    {"429",                                  not_applied,    not_applied,    rate_limited,        r::status(429)},
    {"500",                                  not_applied,    ambiguous,      server_failed,       r::status(500)},
    {"502",                                  not_applied,    ambiguous,      server_failed,       r::status(502)},
    {"503, Retry-After",                     not_applied,    not_applied,    server_failed,       r::status(503, soon)},
    {"503, Retry-After as a date",           not_applied,    not_applied,    server_failed,       r::status(503, date)},
    {"503",                                  not_applied,    ambiguous,      server_failed,       r::status(503)},
    {"504",                                  not_applied,    ambiguous,      server_failed,       r::status(504)},
    {"500, done",                            not_applied,    ambiguous,      server_failed,       r::done_but(500)},
    {"502, done",                            not_applied,    ambiguous,      server_failed,       r::done_but(502)},
    {"503, done",                            not_applied,    ambiguous,      server_failed,       r::done_but(503)},
    {"504, done",                            not_applied,    ambiguous,      server_failed,       r::done_but(504)},

    // A write follows 307 and 308 on its own host alone; credentials go to no other one.
    {"301 to the same host",                 answered,       rejected,       redirect_refused,    r::redirect(301, same_host)},
    {"302 to the same host",                 answered,       rejected,       redirect_refused,    r::redirect(302, same_host)},
    {"307 to the same host",                 answered,       answered,       redirect_refused,    r::redirect(307, same_host)},
    {"308 to the same host",                 answered,       answered,       redirect_refused,    r::redirect(308, same_host)},
    {"301 to another host",                  rejected,       rejected,       redirect_refused,    r::redirect(301, other_host)},
    {"302 to another host",                  rejected,       rejected,       redirect_refused,    r::redirect(302, other_host)},
    {"307 to another host",                  rejected,       rejected,       redirect_refused,    r::redirect(307, other_host)},
    {"308 to another host",                  rejected,       rejected,       redirect_refused,    r::redirect(308, other_host)},
    {"301 to http",                          rejected,       rejected,       redirect_refused,    r::redirect(301, plain_http)},
    {"302 to http",                          rejected,       rejected,       redirect_refused,    r::redirect(302, plain_http)},
    {"307 to http",                          rejected,       rejected,       redirect_refused,    r::redirect(307, plain_http)},
    {"308 to http",                          rejected,       rejected,       redirect_refused,    r::redirect(308, plain_http)},

    {"200 with HTML",                        not_applied,    ambiguous,      bad_reply,           r::ok(r::as_html)},
    {"200 with half of a JSON text",         not_applied,    ambiguous,      bad_reply,           r::ok(r::cut)},
    {"200 with JSON of another shape",       not_applied,    ambiguous,      bad_reply,           r::ok(r::other)},
    {"200 with 100 MB",                      not_applied,    ambiguous,      bad_reply,           r::ok(r::huge)},
    {"200 that drips",                       not_applied,    ambiguous,      timed_out,           r::ok(r::drip)},
    {"done, HTML",                           not_applied,    ambiguous,      bad_reply,           afterwards{r::as_html}},
    {"done, half of a JSON text",            not_applied,    ambiguous,      bad_reply,           afterwards{r::cut}},
    {"done, JSON of another shape",          not_applied,    ambiguous,      bad_reply,           afterwards{r::other}},
    {"done, 100 MB",                         not_applied,    ambiguous,      bad_reply,           afterwards{r::huge}},
    {"done, the reply drips",                not_applied,    ambiguous,      timed_out,           afterwards{r::drip}},
  };
  for (fault& one : all) {
    one.takes_all_time = one.code == timed_out;
    one.is_unreadable = one.code == bad_reply && one.name.find("100 MB") == std::string::npos;
  }
  return all;
}
// clang-format on

} // namespace faults
