#ifndef ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_PAGES_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_PAGES_IPP

#include <argus_ticket/http/headers.hpp>
#include <argus_ticket/plugins/support/pages.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <optional>

namespace argus_ticket::plugins::support {

result<boost::json::array> page_walk::read(http::response const& reply) const {
  auto list = json_of(reply);
  if (!list) return list.error();
  if (!list->is_array()) return bad_reply(reply, "the list of " + what_ + " is no list");
  return std::move(list->get_array());
}

result<void> page_walk::advance(http::response const& reply) {
  constexpr int most_pages = 1'000;
  std::string_view const next = http::link_target(reply.header("Link"), "next");
  if (next.empty()) {
    is_done_ = true;
    return {};
  }
  if (++pages_ == most_pages)
    return error{errc::bad_reply, outcome::not_applied,
                 "the list of " + what_ + " has more than 1,000 pages", page_.host()};
  std::optional<http::url> const target = page_.resolve(next);
  if (!target || target->query() == page_.query())
    return bad_reply(reply, "the list of " + what_ + " has no usable link to its next page");
  page_ = page_.with_query(target->query());
  return {};
}

} // namespace argus_ticket::plugins::support

#endif
