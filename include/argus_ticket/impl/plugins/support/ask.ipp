#ifndef ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_ASK_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_ASK_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/plugins/support/ask.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

namespace argus_ticket::plugins::support {

operation<answer> ask(http::request request, int documented, std::string number) {
  http::response reply = co_await send(std::move(request));
  if (reply.status() != documented) {
    error failed = error_of(reply);
    if (!number.empty()) {
      failed.where = "ticket " + number;
      if (failed.code == errc::target_not_found) {
        failed.code = errc::ticket_not_found;
        failed.message = "there is no such ticket";
      }
    }
    co_return failed;
  }
  boost::json::value json = co_await json_of(reply);
  co_return answer(std::move(reply), std::move(json));
}

result<boost::json::array> list_in(answer const& from, std::string_view member) {
  auto const* found = argus_ticket::detail::member(from.json, member);
  if (found == nullptr || !found->is_array())
    return bad_reply(from.reply, "the reply has no list '" + std::string{member} + '\'');
  return found->get_array();
}

} // namespace argus_ticket::plugins::support

#endif
