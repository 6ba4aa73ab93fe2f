#ifndef ARGUS_TICKET_TESTS_FUZZ_GITHUB_SERVER_HPP
#define ARGUS_TICKET_TESTS_FUZZ_GITHUB_SERVER_HPP

#include "notation.hpp"

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/result.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace fuzz {

inline constexpr std::string_view token = "ghp_6Xq0vTz9SECRET";

/// A reply as it is written in an input.
inline argus_ticket::http::response reply_of(std::string_view text) {
  auto const line = [&] {
    std::size_t const end = (std::min)(text.find('\n'), text.size());
    std::string_view const taken = text.substr(0, end);
    text.remove_prefix((std::min)(end + 1, text.size()));
    return taken;
  };
  std::string_view const first = line();
  int status = 0;
  std::from_chars(first.data(), first.data() + first.size(), status);
  if (status < 100 || status > 999) status = 200; // transports take no other
  argus_ticket::http::headers fields;
  for (std::string_view field = line(); !field.empty(); field = line()) {
    std::size_t const colon = (std::min)(field.find(':'), field.size());
    std::string_view value = field.substr((std::min)(colon + 1, field.size()));
    value.remove_prefix((std::min)(value.find_first_not_of(' '), value.size()));
    fields.add({std::string{field.substr(0, colon)}, std::string{value}});
  }
  return {status, std::move(fields), std::string{text}};
}

/// Answers requests with the replies of an input, one after the other, and remembers both.
class github_server {
 public:
  using request = argus_ticket::http::request;
  using reply = argus_ticket::result<argus_ticket::http::response>;

  /// The marks: {r}eply, {f}ailure, {m}arker of the ticket, that of its {c}omment, {t}oken.
  github_server(std::string_view input, std::string marker, std::string_view comment_marker)
      : marker_(std::move(marker)), comment_marker_(std::move(comment_marker)) {
    std::string text;
    char begun = '\0';
    auto const end = [&] {
      says_token_ = says_token_ || text.find(token) != std::string::npos;
      if (begun == 'r') replies_.push_back(reply_of(text));
      if (begun == 'f') replies_.push_back(no_reply(argus_ticket::outcome::ambiguous));
      text.clear();
    };
    for (piece const& p : pieces_of(input, "rfmct")) {
      if (p.mark == 'm') text += marker_;
      if (p.mark == 'c') text += comment_marker_;
      if (p.mark == 't') text += token;
      if (p.mark == 'r' || p.mark == 'f') {
        end();
        begun = p.mark;
      }
      text += p.bytes;
    }
    end();
  }

  reply answer(request const& r) {
    require(exchanges_.size() < 200, "an operation ends");
    learn_comment_marker(r.body());
    std::size_t const at = exchanges_.size();
    reply given = at < replies_.size() ? replies_[at] : no_reply(argus_ticket::outcome::ambiguous);
    exchanges_.push_back({r, given});
    return given;
  }

  /// What each request must be, whatever is answered: no ticket gets two comments, for one.
  /// @param most_tickets How many creates of a ticket there may be; each but the first only after a
  /// look for the one before, where that may have been done.
  void judge_requests(std::size_t most_tickets) const {
    std::size_t tickets = 0;
    std::set<std::string_view> commented;
    bool unknown = false; // whether there is one
    for (exchange const& e : exchanges_) {
      request const& asked = e.asked;
      std::string const url = asked.url().string();
      std::string_view const path = asked.url().path();
      require(asked.url().origin() == "https://api.github.com" &&
                  (path == "/user" || path == project || path == issues || is_of_an_issue(path)),
              "a request goes to the repository", url);
      require(argus_ticket::http::url::parse(url) == asked.url(), "a URL is well formed", url);
      require(asked.headers().get("Authorization") == "Bearer " + std::string{token},
              "a request has the token", url);
      // What the server said, such as an account's name or a page's query, it may hear again.
      require(says_token_ || to_string(asked).find(token) == std::string::npos,
              "it does not show it", to_string(asked));
      if (creates(asked) && path.ends_with("/comments"))
        require(commented.insert(path).second, "no comment is written twice", story());
      if (path != issues) continue;
      if (creates(asked)) {
        require(++tickets <= most_tickets && !unknown, "no ticket is opened twice", story());
        unknown = may_be_done(e);
      } else if (e.given && e.given->status() == 200) {
        unknown = false;
      }
    }
  }
  /// Whether a reply that decides the operation was none, or said no.
  [[nodiscard]] bool refused_what_counts() const {
    return std::any_of(exchanges_.begin(), exchanges_.end(), [](exchange const& e) {
      std::string_view const path = e.asked.url().path();
      if (path.ends_with("/labels")) return false; // becomes a warning
      if (path == "/user" && e.given && e.given->status() == 403)
        return false; // an app has no user
      return !e.given || e.given->status() != (creates(e.asked) ? 201 : 200);
    });
  }
  /// Whether something was asked for that the server may have made.
  [[nodiscard]] bool may_have_created() const {
    return std::any_of(exchanges_.begin(), exchanges_.end(), may_be_done);
  }
  /// The same, where nobody looked for it afterwards.
  [[nodiscard]] bool leaves_open_what_is() const {
    bool unknown = false;
    for (exchange const& e : exchanges_) {
      std::string_view const path = e.asked.url().path();
      if (creates(e.asked))
        unknown = may_be_done(e);
      else if (e.given && e.given->status() == 200 &&
               (path == issues || path.ends_with("/comments")))
        unknown = false;
    }
    return unknown;
  }
  [[nodiscard]] bool was_asked_to_change(std::string_view number) const {
    return std::any_of(exchanges_.begin(), exchanges_.end(), [&](exchange const& e) {
      return e.asked.method() == argus_ticket::http::method::patch &&
             e.asked.url().path().ends_with('/' + std::string{number});
    });
  }
  /// Whether an issue of that number stood in a reply, or one with our marker in its body.
  [[nodiscard]] bool has_told_of(std::string_view number) const { return tells(number, ""); }
  [[nodiscard]] bool has_marked(std::string_view number) const { return tells(number, marker_); }
  /// Whether a comment with that id stood in a reply.
  [[nodiscard]] bool has_told_of_comment(std::string_view id) const { return tells(id, "", "id"); }
  [[nodiscard]] bool has_marked_comment(std::string_view id) const {
    return tells(id, comment_marker_, "id");
  }
  /// Requests and replies, for people.
  [[nodiscard]] std::string story() const {
    std::string text;
    for (auto const& [asked, given] : exchanges_)
      text += to_string(asked) + "\n=> " +
              (given ? std::to_string(given->status()) + ' ' + given->body() : "no reply") + '\n';
    return text;
  }

 private:
  static constexpr std::string_view project = "/repos/octo/tickets";
  static constexpr std::string_view issues = "/repos/octo/tickets/issues";

  struct exchange {
    request asked;
    reply given;
  };

  static bool is_of_an_issue(std::string_view path) {
    if (!path.starts_with(std::string{issues} + '/')) return false;
    path.remove_prefix(issues.size() + 1);
    std::string_view const number = path.substr(0, path.find('/'));
    path.remove_prefix(number.size());
    return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos &&
           (path.empty() || path == "/comments" || path == "/labels");
  }
  static bool creates(request const& r) {
    return r.idempotency() == argus_ticket::http::idempotency::creates;
  }
  static bool may_be_done(exchange const& e) {
    if (!creates(e.asked)) return false;
    if (!e.given) return true;
    int const status = e.given->status();
    bool const later = status == 503 && !e.given->header("Retry-After").empty();
    return status < 300 || (status >= 500 && !later);
  }
  static reply no_reply(argus_ticket::outcome then) {
    return argus_ticket::error{argus_ticket::errc::connection_failed, then, "no reply"};
  }
  /// A client's comments have a marker with a random key each, which the server hears first.
  void learn_comment_marker(std::string_view body) {
    std::size_t const start = body.find("<!-- argus-ticket:v1 comment=");
    if (start == std::string_view::npos) return;
    body.remove_prefix(start);
    std::string const heard{body.substr(0, body.find("-->") + 3)};
    for (reply& one : replies_) {
      if (!one) continue;
      std::string text = one->body();
      for (std::size_t at = 0; (at = text.find(comment_marker_, at)) != std::string::npos;
           at += heard.size())
        text.replace(at, comment_marker_.size(), heard);
      one = argus_ticket::http::response{one->status(), one->headers(), std::move(text)};
    }
    comment_marker_ = heard;
  }
  bool tells(std::string_view id, std::string_view body, std::string_view member = "number") const {
    auto const is_it = [&](boost::json::value const& value) {
      return argus_ticket::detail::id_member(value, member) == id &&
             argus_ticket::detail::text_member(value, "body").find(body) != std::string_view::npos;
    };
    return std::any_of(exchanges_.begin(), exchanges_.end(), [&](exchange const& e) {
      std::string unused;
      auto const json =
          argus_ticket::detail::parse_json(e.given ? e.given->body() : std::string{}, unused);
      if (!json) return false;
      if (auto const* list = json->if_array())
        return std::any_of(list->begin(), list->end(), is_it);
      return is_it(*json);
    });
  }

  std::string marker_;
  std::string comment_marker_;
  bool says_token_ = false;
  std::vector<reply> replies_;
  std::vector<exchange> exchanges_;
};

} // namespace fuzz

#endif
