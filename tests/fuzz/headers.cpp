// What replies say in their headers: when to come back, where the next page is; and URLs. One line
// each: Retry-After (and the reset of a limit), Date, Link, a URL, a reference, how many requests a
// limit leaves.

#include "notation.hpp"

#include <argus_ticket/http/headers.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugins/support/rate_headers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace {

using argus_ticket::http::link_target;
using argus_ticket::http::url;
using fuzz::require;
namespace support = argus_ticket::plugins::support;

/// How long until a point in time, by the reply's own clock.
std::optional<std::chrono::seconds> until(std::optional<std::chrono::sys_seconds> then,
                                          std::string const& date) {
  using namespace std::chrono;
  auto const now = support::parse_http_date(date);
  if (!then || !now) return std::nullopt;
  return std::clamp(*then - *now, seconds{0}, seconds{hours{24}});
}

void judge_retry_after(std::string const& text, std::string const& date) {
  using namespace std::chrono;
  argus_ticket::http::headers fields;
  fields.add({"retry-after", text});
  fields.add({"DATE", date});
  argus_ticket::http::response const reply{429, fields, {}};
  auto const wait = support::retry_after(reply);
  if (wait) require(*wait >= seconds{0} && *wait <= hours{24}, "a wait is bounded", text);
  if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos) {
    bool const is_long = text.size() - (std::min)(text.find_first_not_of('0'), text.size()) > 5;
    require(wait == (std::min)(is_long ? seconds::max() : seconds{std::stol(text)}, //
                               seconds{hours{24}}),
            "a number is a wait", text);
  } else {
    require(wait == until(support::parse_http_date(text), date), "a date is a wait", text, date);
  }
}

void judge_reset(std::string const& left, std::string const& text, std::string const& date) {
  using namespace std::chrono;
  auto const reset_of = [&](std::string const& prefix) {
    argus_ticket::http::headers fields;
    fields.add({prefix + "-REMAINING", left});
    fields.add({prefix + "-reset", text});
    fields.add({"Date", date});
    return support::until_reset(argus_ticket::http::response{403, fields, {}});
  };
  auto const reset = reset_of("X-RateLimit");
  require(reset == reset_of("RateLimit"), "both names mean the same", text);
  if (!reset) return;
  require(left == "0", "the limit is used up", left);
  require(*reset > seconds{0} && *reset <= hours{24}, "a reset is bounded", text, date);
  auto const now = support::parse_http_date(date);
  long long value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  // A reset in the past, and one beyond any clock, are as near and as far as they can be.
  if (value <= 0) require(*reset == seconds{1}, "what is over is over", text);
  if (value > 400'000'000'000) require(*reset == hours{24}, "what is far is far", text, date);
  if (now && value > 100'000'000 && value < 400'000'000'000)
    require(*reset == std::clamp(seconds{value} - now->time_since_epoch(), seconds{0},
                                 seconds{hours{24}} - seconds{1}) +
                          seconds{1},
            "a time counts from the reply's own", text, date);
}

void judge_date(std::string const& date) {
  using namespace std::chrono;
  auto const read = support::parse_http_date(date);
  if (!read) return;
  year_month_day const day{floor<days>(*read)};
  hh_mm_ss const time{*read - floor<days>(*read)};
  char written[32];
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::snprintf(written, sizeof written, "%.3s, %02u %s %04d %02d:%02d:%02d GMT", date.c_str(),
                unsigned{day.day()}, months[unsigned{day.month()} - 1], int{day.year()},
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  if (date.substr(23, 2) != "60") // a leap second is the second after it
    require(date == written, "a date reads as it is written", date, written);
}

void judge_links(std::string const& link) {
  std::string_view const next = link_target(link, "next");
  if (!next.empty()) {
    std::size_t const at = static_cast<std::size_t>(next.data() - link.data());
    require(at > 0 && at + next.size() < link.size() && link[at - 1] == '<' &&
                link[at + next.size()] == '>',
            "a target stands in angle brackets", link, next);
    require(argus_ticket::http::iequals(link_target(link, "NEXT"), next), "case is no matter",
            link);
  }
  // The first link counts, whatever comes behind it.
  require(link_target("<a>; rel=\"prev NEXT\", " + link, "next") == "a", "the first counts", link);
  // What stands in quotes is no link and no relation.
  std::string quoted;
  for (char const c : link) quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  require(link_target("<a>; title=\"" + quoted + "\"; rel=prev, <b>; rel=next", "next") == "b",
          "a title is a title", link);
}

void judge_same(url const& u) {
  std::string const text = u.string();
  require(url::parse(text) == u, "what was read is written alike", text);
}

void judge_url(url const& u) {
  judge_same(u);
  std::string const text = u.string();
  require(std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; }),
          "a URL is printable", text);
  require(text == u.origin() + u.target() && u.path().starts_with('/'), "it has its parts", text);
  require(!u.host().empty() && u.host().find_first_of("@/?#\\%") == std::string::npos,
          "it has a host and nobody before it", text);
  int const port = std::stoi(u.port());
  require(port > 0 && port < 65536, "a port is one", text);
  require(!u.is_loopback() || u.host() == "localhost" || u.host() == "[::1]" ||
              (u.host().starts_with("127.") &&
               u.host().find_first_not_of("0123456789.") == std::string::npos),
          "this machine is known by few names", text);
}

void judge_extended(url const& u, std::string const& any) {
  url const below = u / any;
  judge_same(below);
  require(below.same_origin(u) && below.query() == u.query(), "a segment changes the path only",
          below.string());
  std::string const start = u.path().ends_with('/') ? u.path() : u.path() + '/';
  require(below.path().starts_with(start) &&
              below.path().find('/', start.size()) == std::string::npos,
          "a segment is one segment", below.string());
  url const asking = u.with_query("").with(any, any);
  judge_same(asking);
  require(asking.same_origin(u) && asking.path() == u.path(), "a parameter changes the query only",
          asking.string());
  require(query_parameter(asking, any) == any, "a parameter reads as it was written",
          asking.string());
}

/// Whether a reference begins with neither a scheme nor a host (RFC 3986, 4.2).
bool stays_here(std::string_view reference) {
  return !reference.starts_with("//") &&
         reference.substr(0, reference.find_first_of("/?#")).find(':') == std::string_view::npos;
}

/// A path without steps, as RFC 3986, 5.2.4 has it.
std::string without_steps(std::string_view path) {
  std::string kept;
  while (!path.empty()) {
    std::string_view const segment = path.substr(0, path.find('/', 1)); // with its slash
    path.remove_prefix(segment.size());
    if (segment == "/..") kept.erase((std::min)(kept.rfind('/'), kept.size()));
    if (segment != "/." && segment != "/..")
      kept += segment;
    else if (path.empty())
      kept += '/';
  }
  return kept;
}

/// Where a reference that stays here leads, as RFC 3986, 5.2.2 has it.
std::string target_of(url const& base, std::string_view reference) {
  reference = reference.substr(0, reference.find('#'));
  std::string_view const path = reference.substr(0, reference.find('?'));
  bool const asks = path.size() < reference.size();
  // An empty query is none.
  std::string const query{
      reference.substr(path.size() + 1 < reference.size() ? path.size() : reference.size())};
  if (path.empty()) return asks ? base.path() + query : base.target();
  if (path.starts_with('/')) return without_steps(path) + query;
  return without_steps(base.path().substr(0, base.path().rfind('/') + 1) + std::string{path}) +
         query;
}

void judge_resolved(url const& base, std::string const& reference) {
  auto const found = base.resolve(reference);
  if (auto const whole = url::parse(reference))
    require(found && found->same_origin(*whole), "a URL leads to its own origin", reference);
  if (!found) return;
  judge_url(*found);
  if (!stays_here(reference)) return;
  std::string const text = found->string();
  require(found->same_origin(base), "a relative reference stays here", base.string(), reference,
          text);
  // A base's own steps may be taken or not, and what is escaped may be written in another way.
  if (without_steps(base.path()) != base.path() ||
      (base.target() + reference).find('%') != std::string::npos)
    return;
  std::string const wanted = target_of(base, reference);
  require(found->target() == wanted, "a reference leads where it says", base.string(), reference,
          found->target(), wanted);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  std::string_view rest = fuzz::as_text(data, size);
  std::array<std::string, 6> lines;
  for (std::string& line : lines) {
    std::size_t const end = (std::min)(rest.find('\n'), rest.size());
    line = fuzz::filled_in(rest.substr(0, end), "", [](char) { return ""; });
    rest.remove_prefix((std::min)(end + 1, rest.size()));
  }
  auto const& [number, date, link, text, reference, left] = lines;
  judge_retry_after(number, date);
  judge_reset("0", number, date);
  judge_reset(left, number, date);
  judge_date(date);
  judge_links(link);
  if (auto const u = url::parse(text)) {
    judge_url(*u);
    judge_extended(*u, reference);
    judge_resolved(*u, reference);
    judge_resolved(*u, std::string{link_target(link, "next")});
  }
  return 0;
}
