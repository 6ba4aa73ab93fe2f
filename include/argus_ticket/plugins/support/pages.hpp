#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_PAGES_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_PAGES_HPP

#include <argus_ticket/http/response.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/result.hpp>

#include <boost/json/array.hpp>

#include <string>

namespace argus_ticket::plugins::support {

/**
 * A way through the pages of a list, along the links in the replies' `Link` headers (RFC 8288).
 *
 *     support::page_walk walk(first, "issues");
 *     while (!walk.is_done()) {
 *       http::response const reply = co_await send(http::get(walk.page()));
 *       ...
 *       boost::json::array const issues = co_await walk.read(reply);
 *     }
 *
 * Of a link only the query is taken: credentials go nowhere else. A value; of one thread.
 */
class page_walk {
 public:
  /// @param what What is listed, for errors: "issues".
  page_walk(http::url first, std::string what) : page_(std::move(first)), what_(std::move(what)) {}

  [[nodiscard]] bool is_done() const noexcept { return is_done_; }
  /// The page to be asked for.
  [[nodiscard]] http::url const& page() const noexcept { return page_; }

  /// What stands on the page; moves on to the next one.
  /// @return `errc::bad_reply` where it is no list, where the link to the next page cannot be used,
  /// or after a thousand pages: an endless list is a fault of the server, and what is not known to
  /// be absent must not be created.
  [[nodiscard]] ARGUS_TICKET_DECL result<boost::json::array> read(http::response const& reply);

 private:
  http::url page_;
  std::string what_;
  int pages_ = 0;
  bool is_done_ = false;
};

} // namespace argus_ticket::plugins::support

#include <argus_ticket/impl/plugins/pages.ipp>

#endif
