// What GitHub's server answers, to each operation, by hand and through a client. The input's first
// letter chooses the operation; each {r} begins a reply: a line with the status, lines with
// headers, an empty line, the body. {f} is no reply at all. {m} is our marker, {c} that of our
// comment, {t} the token.

#include "errors.hpp"
#include "github_server.hpp"

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

namespace {

namespace at = argus_ticket;
using at::plugins::github;
using fuzz::github_server;
using fuzz::require;

/// A clock that stands still but for sleep.
struct still_clock {
  std::chrono::milliseconds slept{0};

  std::chrono::system_clock::time_point now() const {
    return std::chrono::sys_days{std::chrono::year{2026} / 11 / 11} + slept;
  }
  std::chrono::steady_clock::time_point steady_now() const {
    return std::chrono::steady_clock::time_point{} + slept;
  }
  void sleep_for(std::chrono::milliseconds time) { slept += time; }
};

using client =
    at::basic_client<github, at::testing::mock_transport,
                     at::policies<at::default_renderer, still_clock, at::no_retry, at::no_pacing>>;

github::settings settings() {
  return {.endpoint = "https://github.com/",
          .authentication = {.token = at::secret{std::string{fuzz::token}}},
          .information = {.project_namespace_and_name = "octo/tickets"}};
}

at::incident incident() {
  at::incident i;
  i.pk = 10101;
  i.source.pk = 11;
  i.start_time = at::parse_timestamp("2026-11-11T11:11:11+01:00");
  i.description = "Link down";
  return i;
}

at::draft draft() {
  at::draft d;
  d.title = "Link down";
  d.body = "text";
  d.labels = {"net"};
  d.key = at::key_of(incident());
  return d;
}

template <class T>
at::result<T> by_hand(at::operation<T> what, github_server& server) {
  what.start();
  while (!what.done())
    if (auto const* request = what.request())
      what.resume(server.answer(*request));
    else
      what.resume();
  return what.take();
}

void judge_value(at::ticket const& t, github_server const& server) {
  require(t.system == "github" && !t.id.empty() && !t.number.empty() && t.number != "0",
          "a ticket has an id and a number", t.id, t.number);
  require(at::http::url::parse(t.url).has_value(), "a ticket has a page", t.url);
  require(t.state != at::ticket_state::unknown, "a ticket is open or closed");
  require(server.has_told_of(t.number), "a ticket is one that the server told of", t.number);
  fuzz::judge(t.warnings);
}
void judge_value(std::vector<at::ticket> const& found, github_server const& server) {
  for (at::ticket const& t : found) {
    judge_value(t, server);
    require(server.has_marked(t.number), "what was found has our marker", t.number);
  }
}
void judge_value(at::comment const& c, github_server const& server) {
  require(!c.id.empty(), "a comment has an id");
  require(c.url.empty() || at::http::url::parse(c.url.substr(0, c.url.find('#'))).has_value(),
          "a comment has a page or none", c.url);
  require(server.has_told_of_comment(c.id), "a comment is one that the server told of", c.id);
  fuzz::judge(c.warnings);
}
void judge_value(std::optional<at::ticket> const& found, github_server const& server) {
  if (found) judge_value(*found, server);
}
void judge_value(std::optional<at::comment> const& found, github_server const& server) {
  if (!found) return;
  judge_value(*found, server);
  require(server.has_marked_comment(found->id), "what was found has our marker", found->id);
}
void judge_value(at::check_report const& r, github_server const&) {
  require(!r.target.empty(), "a check names the repository");
  fuzz::judge_text(r.account, "account");
  fuzz::judge_text(r.target, "target");
  fuzz::judge(r.warnings);
}

/// What holds for each operation, however it ended.
template <class T>
void judge(at::result<T> const& ended, github_server const& server) {
  server.judge_requests(1);
  if (ended) {
    require(!server.refused_what_counts(), "a reply that is no success never counts as one",
            server.story());
    judge_value(*ended, server);
    return;
  }
  at::error const& e = ended.error();
  fuzz::judge(e);
  require(e.code != at::errc::internal_error, "nothing was thrown", to_string(e));
  require(e.code != at::errc::rate_limited ||
              (e.retry_after && e.outcome == at::outcome::not_applied),
          "a limit says when to come back", to_string(e));
  require(!server.may_have_created() || e.outcome == at::outcome::ambiguous,
          "what may have been done is not called undone", to_string(e), server.story());
}

/// No text that the client made shows the token, and no server's message the half of it that is
/// left where the message is cut.
template <class T>
void judge_secrecy(at::result<T> const& ended, std::string_view input) {
  if (ended) {
    if constexpr (requires { ended->warnings; })
      for (at::problem const& p : ended->warnings)
        require((p.where + p.what).find(fuzz::token) == std::string::npos,
                "a warning shows no secret", p.where, p.what);
    return;
  }
  at::error const& e = ended.error();
  fuzz::judge_secrecy(e, fuzz::token);
  std::string_view const half = fuzz::token.substr(0, fuzz::token.size() / 2);
  if (input.find(half) == std::string_view::npos)
    require(e.server_message.find(half) == std::string::npos, "half of the token is not shown",
            e.server_message);
}

/// One operation of the plugin by hand, then the same of a client, with the same replies.
/// @param changes Whether it changes the ticket that it is about.
template <class Operation, class Call>
void run(std::string_view input, Operation operation, Call call, bool changes = false) {
  at::incident_key const key = at::key_of(incident());
  {
    github_server server{input, github::marker(key), github::comment_marker(key)};
    github const plugin{settings()};
    judge(by_hand(operation(plugin), server), server);
  }
  github_server server{input, github::marker(key), github::comment_marker(key)};
  at::testing::mock_transport transport;
  transport.answer_by([&](at::http::request const& r) { return server.answer(r); });
  client tickets{settings(), transport};
  auto const ended = call(tickets);
  server.judge_requests(2); // find_or_create tries again what is not there
  if (ended) {
    judge_value(*ended, server);
    if constexpr (requires { ended->number; })
      require(changes || !server.was_asked_to_change(ended->number),
              "a ticket that was opened or found stays as it is", server.story());
  } else {
    fuzz::judge(ended.error());
    require(!server.leaves_open_what_is() || ended.error().outcome == at::outcome::ambiguous,
            "what may have been done is not called undone", to_string(ended.error()),
            server.story());
  }
  judge_secrecy(ended, input);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const input = fuzz::as_text(data, size).substr(1);
  at::incident const from = incident();
  at::ticket_query query;
  query.key = at::key_of(from);
  switch (data[0]) {
  case 'c':
    run(
        input, [](auto const& p) { return p.create(draft()); },
        [&](client& c) { return c.create(from); });
    break;
  case 'f':
    query.since = from.start_time;
    run(
        input, [&](auto const& p) { return p.find(query); },
        [&](client& c) { return c.find(from); });
    break;
  case 'o':
    run(
        input, [&](auto const& p) { return p.find(query); },
        [&](client& c) { return c.find_or_create(from); });
    break;
  case 'd':
    run(
        input, [&](auto const& p) { return p.find_comment("17", query.key); },
        [](client& c) { return c.comment("17", "text"); });
    break;
  case 'g':
    run(input, [](auto const& p) { return p.get("17"); }, [](client& c) { return c.get("17"); });
    break;
  case 'n': {
    // What stands before the first reply is the ticket that a user asks for.
    std::string const which = fuzz::pieces_of(input, "rf").front().bytes;
    run(
        input, [&](auto const& p) { return p.get(which); },
        [&](client& c) { return c.get(which); });
    break;
  }
  case 'u':
    run(
        input, [](auto const& p) { return p.update("17", draft()); },
        [&](client& c) { return c.update("17", from); }, true);
    break;
  case 'm':
    run(
        input, [](auto const& p) { return p.comment("17", "text"); },
        [](client& c) { return c.comment("17", "text"); });
    break;
  case 'x':
    run(
        input, [](auto const& p) { return p.close("17", at::close_reason::completed); },
        [](client& c) { return c.close("17"); }, true);
    break;
  case 'p':
    run(
        input, [](auto const& p) { return p.reopen("17"); },
        [](client& c) { return c.reopen("17"); }, true);
    break;
  case 'k':
    run(input, [](auto const& p) { return p.check(); }, [](client& c) { return c.check(); });
    break;
  default:
    break;
  }
  return 0;
}
