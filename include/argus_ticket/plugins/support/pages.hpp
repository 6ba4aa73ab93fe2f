#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_PAGES_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_PAGES_HPP

#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/operation.hpp>
#include <argus_ticket/result.hpp>

#include <boost/json/array.hpp>

#include <string>
#include <utility>

namespace argus_ticket::plugins::support {

/**
 * A way through the pages of a list, along the links in the replies' `Link` headers (RFC 8288).
 *
 *     support::page_walk walk(first, "issues");
 *     while (!walk.is_done()) {
 *       http::response const reply = co_await send(http::get(walk.page()));
 *       ...
 *       boost::json::array const issues = co_await walk.read(reply);
 *       ...
 *       co_await walk.advance(reply);
 *     }
 *
 * Of a link only the query is taken: credentials go nowhere else.
 *
 * Errors: `bad_reply`. Guarantees: those of a @ref value.
 */
class page_walk {
 public:
  /// Stands at the first page.
  /// @param first Where that is.
  /// @param what What is listed, for errors: "issues".
  page_walk(http::url first, std::string what) : page_(std::move(first)), what_(std::move(what)) {}

  /// Whether there is no further page.
  [[nodiscard]] bool is_done() const noexcept { return is_done_; }
  /// The page to be asked for.
  [[nodiscard]] http::url const& page() const noexcept { return page_; }

  /// What stands on the page. @return `errc::bad_reply` where it is no list.
  [[nodiscard]] ARGUS_TICKET_DECL result<boost::json::array>
  read(http::response const& reply) const;

  /// Moves on to the next page. @return `errc::bad_reply` where the link to it cannot be used, or
  /// after a thousand pages: an endless list is a fault of the server, and what is not known to be
  /// absent must not be created.
  [[nodiscard]] ARGUS_TICKET_DECL result<void> advance(http::response const& reply);

 private:
  http::url page_;
  std::string what_;
  int pages_ = 0;
  bool is_done_ = false;
};

/**
 * Looks at what a list holds, page by page, until something has been found.
 *
 * @param walk Where the list begins.
 * @param sign Makes a request of this plugin's of a plain one.
 * @param failed The error of a reply that is no 200.
 * @param visit Called with each entry and its reply; a `result<bool>`, true to look no further.
 * @return When done, or the first error: one of `failed`, of `visit`, `errc::bad_reply`, or the
 *         transport's.
 */
template <class Sign, class Failed, class Visit>
operation<void> for_each_listed(page_walk walk, Sign sign, Failed failed, Visit visit) {
  while (!walk.is_done()) {
    http::response const reply = co_await send(sign(http::get(walk.page())));
    if (reply.status() != http::status::ok) co_return failed(reply);
    boost::json::array const entries = co_await walk.read(reply);
    for (boost::json::value const& one : entries) {
      bool const is_enough = co_await visit(one, reply);
      if (is_enough) co_return result<void>{};
    }
    co_await walk.advance(reply);
  }
  co_return result<void>{};
}

} // namespace argus_ticket::plugins::support

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/support/pages.ipp>
#endif

#endif
