#ifndef ARGUS_TICKET_TESTING_DETAIL_CONFORMANCE_FAULTS_HPP
#define ARGUS_TICKET_TESTING_DETAIL_CONFORMANCE_FAULTS_HPP

#include <argus_ticket/detail/json.hpp>
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
      s.check(s.network.times_meddled() == 1, what + " sent no request that is marked as creating");
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

/// A reply in which a member is null, or each URL leads elsewhere than to a page.
inline std::vector<std::string> broken_variants(std::string const& body) {
  std::vector<std::string> all;
  std::string problem;
  auto const json = argus_ticket::detail::parse_json(body, problem);
  auto const* object = json ? json->if_object() : nullptr;
  if (object == nullptr) return all;
  boost::json::object without_pages = *object;
  for (auto& member : without_pages)
    if (auto* text = member.value().if_string(); text != nullptr && http::url::parse(*text))
      *text = "javascript:alert(1)";
  all.push_back(boost::json::serialize(without_pages));
  for (auto const& member : *object) {
    boost::json::object lacking = *object;
    lacking[member.key()] = nullptr;
    all.push_back(boost::json::serialize(lacking));
  }
  return all;
}

template <class Stage>
bool believes_no_half_reply(Stage& s) {
  std::string body;
  int status = 0;
  meddling listening;
  listening.concerns = &creates;
  listening.is_delivered = true;
  listening.reply = [&](auto const&, http::response const* there) -> result<http::response> {
    body = there->body();
    status = there->status();
    return *there;
  };
  s.network.meddle(listening);
  incident const from = s.make_incident();
  if (!s.succeeded(s.tickets.create(from), "create")) return true;
  for (std::string const& variant : broken_variants(body)) {
    s.network.instead_of_next_create(http::response{status, {}, variant}, false);
    auto const ended = s.tickets.create(from);
    if (!ended) continue;
    s.check(!ended->id.empty() && !ended->number.empty() && http::url::parse(ended->url),
            "this reply counts as a ticket: " + variant);
  }
  return true;
}

/// A ticket is there. Each request of a look-up fails once in each way: another ticket must not
/// come of it.
template <class Stage>
bool creates_only_what_is_not_there(Stage& s) {
  if constexpr (!finds_tickets<typename Stage::plugin_type>) {
    return false;
  } else {
    struct {
      char const* what;
      result<http::response> reply;
    } const faults[]{
        {"no reply", no_reply(outcome::ambiguous, progress::all_sent)},
        {"a 500", http::response{500, {}, "{}"}},
        {"a 403", http::response{403, {}, "{}"}},
        {"a 200 that is a page", http::response{200, {}, "<html>please sign in</html>"}},
        {"a 200 with an empty object", http::response{200, {}, "{}"}},
        {"an empty 200", http::response{200, {}, ""}},
    };
    incident const from = s.make_incident();
    auto const opened = s.tickets.find_or_create(from);
    if (!s.succeeded(opened, "find_or_create")) return true;
    s.settle();
    for (auto const& fault : faults) {
      bool was_reached = true;
      for (int at = 0; was_reached; ++at) {
        int reads = 0;
        meddling how;
        how.concerns = [&reads, at](http::request const& r) {
          return r.idempotency() == http::idempotency::safe && reads++ == at;
        };
        how.reply = [&](auto const&, auto const*) { return fault.reply; };
        std::size_t const before = s.sent(http::idempotency::creates);
        s.network.meddle(how);
        auto const ended = s.tickets.find_or_create(from);
        was_reached = s.network.times_meddled() > 0;
        std::string const what =
            "with " + std::string{fault.what} + " to look-up " + std::to_string(at + 1);
        s.check(s.sent(http::idempotency::creates) == before, what + " another ticket is created");
        s.check(!ended || ended->number == opened->number, what + " another ticket is found");
      }
    }
    s.network.stop_meddling();
    return true;
  }
}

/// Lists that say that they go on at another server.
template <class Stage>
bool follows_nobody_elsewhere(Stage& s) {
  if constexpr (!finds_tickets<typename Stage::plugin_type>) {
    return false;
  } else {
    incident const from = s.make_incident();
    if (!s.succeeded(s.tickets.create(from), "create")) return true;
    s.settle();
    meddling how;
    how.concerns = [](http::request const& r) {
      return r.idempotency() == http::idempotency::safe;
    };
    how.is_delivered = how.is_lasting = true;
    how.reply = [](auto const&, http::response const* there) -> result<http::response> {
      constexpr char const* elsewhere = "https://elsewhere.example/list?page=2";
      http::headers headers;
      headers.add({"Link", std::string{"<"} + elsewhere + ">; rel=\"next\""});
      std::string problem;
      auto json = argus_ticket::detail::parse_json(there->body(), problem);
      if (auto* object = json ? json->if_object() : nullptr)
        for (char const* key : {"next_page", "next", "nextPage"}) (*object)[key] = elsewhere;
      return http::response{there->status(), std::move(headers),
                            json ? boost::json::serialize(*json) : there->body()};
    };
    s.network.meddle(how);
    (void)s.tickets.find(from); // what it ends in is free: where the requests go is not
    s.network.stop_meddling();
    s.check(s.network.requests().size() > 1, "nothing was sent");
    return true;
  }
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
    http::response const reply{one.status, std::move(headers), "{}"};
    s.network.instead_of_next_create(reply, false);
    auto const ended = s.tickets.create(s.make_incident());
    std::string const what = "a " + std::to_string(one.status);
    if (!s.check(ended.has_error(), what + " counts as a ticket")) continue;
    errc const code = ended.error().code;
    bool is_known = code == one.code;
    // Some systems say the same of a target that is not there and of one that is not permitted.
    if (one.code == errc::not_permitted || one.code == errc::target_not_found)
      is_known = code == errc::not_permitted || code == errc::target_not_found;
    if constexpr (explains_errors<typename Stage::plugin_type>)
      is_known = is_known || code == Stage::plugin_type::error_of(reply).code;
    s.check(is_known, what + " is told as " + to_string(ended.error()));
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
  meddling how;
  how.concerns = &creates;
  how.reply = [&](http::request const& r, auto const*) {
    for (http::field const& f : r.headers())
      if (f.sensitive) secrets.push_back(f.value.substr(f.value.rfind(' ') + 1));
    return indiscreet_refusal(r);
  };
  s.network.meddle(how);
  auto const ended = s.tickets.create(s.make_incident());
  s.check(ended.has_error(), "a refusal that repeats the credentials counts as a ticket");
  s.check(!secrets.empty() || !s.has_secrets(),
          "the request has no header that is marked as sensitive");
  for (std::string const& one : secrets)
    s.check(ended || to_string(ended.error()).find(one) == std::string::npos,
            "the error shows a secret");
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
    auto const all = s.tickets_of(from); // settles
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
  play("a look-up that fails makes no second ticket",
       [](auto& s) { return creates_only_what_is_not_there(s); });
  play("what was not sent was not applied", [](auto& s) { return knows_what_was_not_sent(s); });
  play("a reply that is no ticket is no success",
       [](auto& s) { return takes_no_nonsense_for_a_ticket(s); });
  play("half a reply is no ticket", [](auto& s) { return believes_no_half_reply(s); });
  play("each refusal has its error and outcome", [](auto& s) { return tells_refusals_apart(s); });
  play("no error shows a secret", [](auto& s) { return shows_no_secret(s); });
  play("lists lead to no other server", [](auto& s) { return follows_nobody_elsewhere(s); });
  play("two tickets of one incident become one", [](auto& s) { return mends_duplicates(s); });
}

} // namespace argus_ticket::testing::detail

#endif
