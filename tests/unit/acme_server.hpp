#pragma once
// A model of the made-up ticket system of acme.hpp: it keeps tickets and comments, and lets one
// request fail in any of the ways in which a network can.

#include "running.hpp"

#include <argus_ticket/detail/json.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace test {

/// An acme whose comments can be found again by their keys.
struct noting_acme : acme {
  using acme::acme;

  static std::string comment_marker(at::incident_key const& key) { return "[" + key.value + "]"; }

  /// It is answered with the comments, a line each.
  at::operation<std::optional<at::comment>> find_comment(at::ticket_ref which,
                                                         at::incident_key key) const {
    at::http::request request = at::http::get(base_ / "tickets" / which.number / "comments");
    at::http::response const reply = co_await at::send(with_token(std::move(request)));
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    if (reply.body().find(comment_marker(key)) == std::string::npos)
      co_return std::optional<at::comment>{};
    at::comment found;
    found.id = "found";
    co_return std::optional<at::comment>(std::move(found));
  }
};

static_assert(at::finds_comments<noting_acme> && !at::finds_comments<acme>);

/// How a request fails.
enum class fault {
  not_sent,        ///< Not a byte of it left.
  sent_not_done,   ///< It was sent, nothing was done, and nobody knows.
  done_reply_lost, ///< It was done, and nobody knows.
};

class acme_server {
 public:
  struct ticket {
    std::string number;
    std::string key;
    bool closed = false;
    std::vector<std::string> comments;
    std::string text{}; ///< As it was opened.
  };
  std::vector<ticket> tickets; // in the order in which they were opened

  /// Called before a ticket is opened and after, such as by somebody else who opens one.
  std::function<void()> before_create = [] {};
  std::function<void()> after_create = [] {};
  /// For what it says yes to, the server fails.
  std::function<bool(at::http::request const&)> fails = [](auto const&) { return false; };

  ticket& open(std::string key) {
    return tickets.emplace_back(
        ticket{std::to_string(tickets.size() + 17), std::move(key), false, {}});
  }
  ticket& numbered(std::string_view number) {
    for (ticket& t : tickets)
      if (t.number == number) return t;
    throw std::out_of_range("no such ticket");
  }
  std::size_t open_count() const {
    std::size_t n = 0;
    for (ticket const& t : tickets) n += t.closed ? 0 : 1;
    return n;
  }

  /// Lets the request of that number, from 0, fail so.
  void fail_at(std::size_t number, fault how) { failure_ = {number, how}; }
  void never_fail_again() { failure_.reset(); }
  std::size_t requests() const { return came_; }

  at::result<at::http::response> answer(at::http::request const& r) {
    std::size_t const number = came_++;
    if (!failure_ || failure_->first != number) return carry_out(r);
    if (failure_->second == fault::not_sent) return refused_connection();
    if (failure_->second == fault::done_reply_lost) (void)carry_out(r);
    return lost_reply();
  }
  /// A transport to it; the server must outlive it.
  at::testing::mock_transport transport() {
    at::testing::mock_transport t;
    t.answer_by([this](at::http::request const& r) { return answer(r); });
    return t;
  }

 private:
  at::http::response carry_out(at::http::request const& r) {
    if (fails(r)) return {422, {}, "no"};
    std::string problem;
    auto const body = at::detail::parse_json(r.body().empty() ? "{}" : r.body(), problem).value();
    std::string const path = r.url().path().substr(std::string_view{"/api/tickets"}.size());
    if (path.empty() && r.method() == at::http::method::post) {
      before_create();
      ticket& made = open(std::string{at::detail::text_member(body, "key")});
      made.text = at::detail::text_member(body, "text");
      std::string const opened = made.number;
      after_create();
      return {201, {}, opened};
    }
    if (path.empty()) return list(at::http::query_parameter(r.url(), "key").value());
    std::string const number = path.substr(1, path.find('/', 1) - 1);
    ticket& found = numbered(number);
    if (!path.ends_with("/comments")) {
      if (r.method() == at::http::method::put && body.get_object().contains("state"))
        found.closed = at::detail::text_member(body, "state") != "open";
      return {200, {}, number};
    }
    if (r.method() == at::http::method::post) {
      found.comments.emplace_back(at::detail::text_member(body, "text"));
      return {201, {}, "c"};
    }
    std::string all;
    for (std::string const& c : found.comments) all += c + '\n';
    return {200, {}, all};
  }
  at::http::response list(std::string const& key) const {
    std::string all;
    for (ticket const& t : tickets)
      if (t.key == key) all += (all.empty() ? "" : " ") + t.number + (t.closed ? "!" : "");
    return {all.empty() ? 404 : 200, {}, all};
  }

  std::optional<std::pair<std::size_t, fault>> failure_;
  std::size_t came_ = 0;
};

} // namespace test
