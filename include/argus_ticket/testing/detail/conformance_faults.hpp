#ifndef ARGUS_TICKET_TESTING_DETAIL_CONFORMANCE_FAULTS_HPP
#define ARGUS_TICKET_TESTING_DETAIL_CONFORMANCE_FAULTS_HPP

#include <argus_ticket/testing/detail/conformance_stage.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <optional>
#include <string>

namespace argus_ticket::testing::detail {

// What becomes of tickets where networks and servers fail. Only creates are meddled with: they are
// what must not come twice.

inline error no_reply(outcome ended, progress reached) {
  error e{ended == outcome::not_applied ? errc::connection_failed : errc::timed_out, ended,
          "no reply came"};
  e.progress = reached;
  return e;
}

/// Checks that an incident has one ticket that is not closed, and gives it.
template <class Stage>
std::optional<ticket> the_only_open_one(Stage& s, incident const& from) {
  std::optional<ticket> open;
  for (ticket const& one : s.tickets_of(from)) {
    if (one.state == ticket_state::closed) continue;
    if (open) s.fail("there are two: " + open->url + " and " + one.url);
    open = one;
  }
  s.check(open.has_value(), "there is no open ticket");
  return open;
}

template <class Stage>
bool survives_lost_replies(Stage& s) {
  if constexpr (!finds_tickets<typename Stage::plugin_type>) {
    return false;
  } else {
    struct {
      char const* what;
      result<http::response> reply;
    } const faults[]{
        {"no reply", no_reply(outcome::ambiguous, progress::all_sent)},
        {"a broken reply", no_reply(outcome::ambiguous, progress::reply_begun)},
        {"a gateway's 502", http::response{502, {}, "<html>bad gateway</html>"}},
        {"a 200 that is a page", http::response{200, {}, "<html>please sign in</html>"}},
    };
    for (auto const& fault : faults) {
      incident const from = s.make_incident(fault.what);
      s.network.instead_of_next_create(fault.reply, true);
      auto const opened = s.tickets.find_or_create(from);
      std::string const what = std::string{"find_or_create with "} + fault.what;
      s.check(!s.network.is_waiting(), what + " sent no request that is marked as creating");
      if (!s.succeeded(opened, what)) continue;
      auto const there = the_only_open_one(s, from);
      s.check(there && there->number == opened->number, what + " gives another ticket");
    }
    return true;
  }
}

template <class Stage>
bool knows_what_was_not_sent(Stage& s) {
  incident const from = s.make_incident();
  s.network.instead_of_next_create(no_reply(outcome::not_applied, progress::nothing_sent), false);
  auto const failed = s.tickets.create(from);
  s.failed_as(failed, errc::connection_failed, "create without a connection");
  if (!failed) s.check(failed.error().outcome == outcome::not_applied, "the outcome is not known");
  if constexpr (finds_tickets<typename Stage::plugin_type>) {
    s.check(s.tickets_of(from).empty(), "there is a ticket, although nothing was sent");
    auto const opened = s.tickets.find_or_create(from);
    if (s.succeeded(opened, "find_or_create afterwards"))
      s.check(opened->created, "find_or_create afterwards does not open one");
  }
  return true;
}

template <class Stage>
bool takes_no_nonsense_for_a_ticket(Stage& s) {
  struct {
    int status;
    char const* body;
  } const replies[]{{200, "<html>please sign in</html>"},
                    {201, ""},
                    {201, "{}"},
                    {201, "[]"},
                    {201, "null"},
                    {201, R"({"id": null, "number": -1, "key": {}})"},
                    {201, R"({"id": "1", "number": 1, "iid": 1, "key": "../1", "state": "open")"},
                    {204, ""},
                    {202, R"({"status": "queued"})"}};
  for (auto const& one : replies) {
    s.network.instead_of_next_create(http::response{one.status, {}, one.body}, false);
    auto const ended = s.tickets.create(s.make_incident());
    std::string const what = "a " + std::to_string(one.status) + " '" + one.body + '\'';
    if (!s.check(ended.has_error(), what + " counts as a ticket")) continue;
    s.check(ended.error().outcome == outcome::ambiguous,
            what + " is not ambiguous: " + to_string(ended.error()));
  }
  return true;
}

template <class Stage>
bool tells_refusals_apart(Stage& s) {
  struct {
    int status;
    errc code;
    outcome ended;
  } const refusals[]{{400, errc::refused, outcome::rejected},
                     {401, errc::bad_credentials, outcome::rejected},
                     {403, errc::not_permitted, outcome::rejected},
                     {404, errc::target_not_found, outcome::rejected},
                     {422, errc::refused, outcome::rejected},
                     {429, errc::rate_limited, outcome::not_applied},
                     {500, errc::server_failed, outcome::ambiguous},
                     {504, errc::server_failed, outcome::ambiguous}};
  for (auto const& one : refusals) {
    http::headers headers;
    if (one.status == 429) headers.add({"Retry-After", "17"});
    s.network.instead_of_next_create(http::response{one.status, std::move(headers), "{}"}, false);
    auto const ended = s.tickets.create(s.make_incident());
    std::string const what = "a " + std::to_string(one.status);
    s.failed_as(ended, one.code, what);
    if (ended) continue;
    s.check(ended.error().outcome == one.ended,
            what + " ends as " + std::string{to_string(ended.error().outcome)});
    s.check(ended.error().http_status == one.status, what + " is told as another status");
    if (one.status == 429)
      s.check(ended.error().retry_after == std::chrono::seconds{17},
              "Retry-After is not what the error says");
  }
  return true;
}

/// A refusal in all the shapes that ticket systems have, which repeats what the request's secret
/// headers say.
inline http::response indiscreet_refusal(http::request const& r) {
  boost::json::array said;
  for (http::field const& f : r.headers())
    if (f.sensitive) {
      said.emplace_back("you sent " + f.value);
      said.emplace_back("you sent " + f.value.substr(f.value.rfind(' ') + 1));
    }
  boost::json::object body;
  for (char const* key : {"errorMessages", "errors"}) body[key] = said;
  std::string all;
  for (boost::json::value const& one : said) all += std::string{one.get_string()} + ' ';
  for (char const* key : {"message", "error"}) body[key] = all;
  return http::response{400, {}, boost::json::serialize(body)};
}

template <class Stage>
bool shows_no_secret(Stage& s) {
  std::vector<std::string> secrets;
  s.network.instead_of_next_create([&](http::request const& r) {
    for (http::field const& f : r.headers())
      if (f.sensitive) secrets.push_back(f.value.substr(f.value.rfind(' ') + 1));
    return indiscreet_refusal(r);
  });
  auto const ended = s.tickets.create(s.make_incident());
  s.failed_as(ended, errc::refused, "a refusal that repeats the credentials");
  s.check(!secrets.empty(), "the request has no header that is marked as sensitive");
  for (std::string const& one : secrets) {
    if (!ended)
      s.check(to_string(ended.error()).find(one) == std::string::npos, "the error shows a secret");
    for (http::request const& r : s.network.requests()) {
      s.check(http::to_string(r).find(one) == std::string::npos,
              "a request shows a secret when it is printed");
      s.check(r.url().string().find(one) == std::string::npos, "a URL holds a secret");
    }
  }
  return true;
}

template <class Stage>
bool sends_to_one_place(Stage& s) {
  (void)s.tickets.create(s.make_incident());
  for (http::request const& r : s.network.requests()) {
    s.check(r.url().same_origin(s.network.requests().front().url()),
            "a request goes to another server: " + r.url().string());
    s.check((r.method() == http::method::get) <= (r.idempotency() == http::idempotency::safe),
            "a GET is not marked as safe");
  }
  return true;
}

template <class Stage>
bool mends_duplicates(Stage& s) {
  using plugin = typename Stage::plugin_type;
  if constexpr (!finds_tickets<plugin> || !closes_tickets<plugin>) {
    return false;
  } else {
    incident const from = s.make_incident();
    auto const first = s.tickets.create(from);
    auto const second = s.tickets.create(from);
    if (!s.succeeded(first, "create") || !s.succeeded(second, "the second create")) return true;
    auto const all = s.tickets_of(from);
    s.check(all.size() == 2 && all.front().number == first->number,
            "the two tickets of one incident are not found in the order of their opening");
    auto const kept = s.tickets.find_or_create(from);
    if (!s.succeeded(kept, "find_or_create")) return true;
    s.check(kept->number == first->number, "the one that was opened first is not kept");
    auto const open = the_only_open_one(s, from);
    s.check(open && open->number == first->number, "the wrong one is closed");
    return true;
  }
}

template <class Play>
void play_faults(Play const& play) {
  play("a lost reply makes no second ticket", [](auto& s) { return survives_lost_replies(s); });
  play("what was not sent was not applied", [](auto& s) { return knows_what_was_not_sent(s); });
  play("a reply that is no ticket is no success",
       [](auto& s) { return takes_no_nonsense_for_a_ticket(s); });
  play("each refusal has its error and outcome", [](auto& s) { return tells_refusals_apart(s); });
  play("no error and no request shows a secret", [](auto& s) { return shows_no_secret(s); });
  play("all requests go to one server", [](auto& s) { return sends_to_one_place(s); });
  play("two tickets of one incident become one", [](auto& s) { return mends_duplicates(s); });
}

} // namespace argus_ticket::testing::detail

#endif
