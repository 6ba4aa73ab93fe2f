#ifndef ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_REPLY_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_REPLY_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace argus_ticket::plugins::support {

std::string presentable(std::string_view server_text) {
  return document::cut(document::clean_line(server_text.substr(0, 4096)), 500,
                       document::length_unit::code_points);
}

error bad_reply(http::response const& reply, std::string what) {
  error e{errc::bad_reply, outcome::ambiguous, std::move(what)};
  e.http_status = reply.status();
  return e;
}

error error_of(http::response const& reply) {
  auto const made = [&](errc code, outcome what, std::string message) {
    error e{code, what, std::move(message)};
    e.http_status = reply.status();
    e.retry_after = retry_after(reply);
    return e;
  };
  int const status = reply.status();
  switch (status) {
  case http::status::unauthorized:
    return made(errc::bad_credentials, outcome::rejected, "the credentials were refused");
  case http::status::forbidden:
    return made(errc::not_permitted, outcome::rejected, "the credentials do not permit this");
  case http::status::not_found:
  case http::status::gone:
    return made(errc::target_not_found, outcome::rejected, "it does not exist or cannot be seen");
  case http::status::too_many_requests:
    return made(errc::rate_limited, outcome::not_applied, "the server asks to come back later");
  case http::status::service_unavailable:
    if (auto later = made(errc::server_failed, outcome::not_applied, "the server is unavailable");
        later.retry_after)
      return later;
    break;
  default:
    break;
  }
  if (status >= 500) return made(errc::server_failed, outcome::ambiguous, "the server failed");
  if (status >= 400)
    return made(errc::refused, outcome::rejected, "the server refused the request");
  if (status >= 300)
    return made(errc::redirect_refused, outcome::rejected, "the server points elsewhere");
  return made(errc::bad_reply, outcome::ambiguous, "the status is not the one that is documented");
}

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
  namespace chrono = std::chrono;
  constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu",
                                                     "Fri", "Sat", "Sun"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(25) != " GMT" || text.substr(3, 2) != ", " ||
      text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' || text[22] != ':')
    return std::nullopt;
  auto const number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (char const c : text.substr(at, size)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  if (std::find(weekdays.begin(), weekdays.end(), text.substr(0, 3)) == weekdays.end())
    return std::nullopt;
  auto const name = std::find(months.begin(), months.end(), text.substr(8, 3));
  int const d = number(5, 2), y = number(12, 4), h = number(17, 2), m = number(20, 2),
            s = number(23, 2);
  if (name == months.end() || d < 1 || y < 0 || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 ||
      s > 60)
    return std::nullopt;
  chrono::year_month_day const date{chrono::year{y},
                                    chrono::month{static_cast<unsigned>(name - months.begin()) + 1},
                                    chrono::day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  return chrono::sys_days{date} + chrono::hours{h} + chrono::minutes{m} + chrono::seconds{s};
}

std::optional<std::chrono::seconds> retry_after(http::response const& reply) {
  namespace chrono = std::chrono;
  std::string_view const text = reply.header("Retry-After");
  if (text.empty()) return std::nullopt;
  constexpr chrono::seconds longest = chrono::hours{24};
  if (text.find_first_not_of("0123456789") == std::string_view::npos) {
    // A number too large to be read is a long time too.
    chrono::seconds::rep value = longest.count();
    std::from_chars(text.data(), text.data() + text.size(), value);
    return (std::min)(chrono::seconds{value}, longest);
  }
  auto const then = parse_http_date(text);
  auto const now = parse_http_date(reply.header("Date"));
  if (!then || !now) return std::nullopt;
  return std::clamp(*then - *now, chrono::seconds{0}, longest);
}

result<boost::json::value> json_of(http::response const& reply) {
  std::string problem;
  if (auto parsed = argus_ticket::detail::parse_json(reply.body(), problem))
    return std::move(*parsed);
  return bad_reply(reply, "the reply " + problem);
}

result<ticket> checked(ticket read, http::response const& reply) {
  if (read.id.empty() || read.number.empty() || read.number == "0")
    return bad_reply(reply, "the reply is no ticket: it has no id or number");
  if (!http::url::parse(read.url))
    return bad_reply(reply, "the ticket has no valid http or https URL");
  if (read.state == ticket_state::unknown)
    return bad_reply(reply, "the ticket has no state that is known");
  return read;
}

} // namespace argus_ticket::plugins::support

#endif
