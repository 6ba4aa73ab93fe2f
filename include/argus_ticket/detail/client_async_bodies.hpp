#ifndef ARGUS_TICKET_DETAIL_CLIENT_ASYNC_BODIES_HPP
#define ARGUS_TICKET_DETAIL_CLIENT_ASYNC_BODIES_HPP

#include <argus_ticket/detail/client_bodies.hpp>

#include <utility>

namespace argus_ticket {

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_create(incident const& from, Token&& token) {
  return start("create", detail::create_ticket(plugin_, policies_, from),
               std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_find(incident from, Token&& token) {
  static_assert(detail::diagnose_find<Plugin>::ok);
  return start("find", looking_up(std::move(from)), std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_find_or_create(incident const& from,
                                                                     Token&& token) {
  static_assert(detail::diagnose_find<Plugin>::ok);
  auto whole = finding_or_creating(from);
  return start_in_turn(from, "find_or_create", std::move(whole), std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_get(ticket_ref which, Token&& token) {
  static_assert(detail::diagnose_get<Plugin>::ok);
  return start("get", getting(std::move(which)), std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_update(ticket_ref which, incident from,
                                                             Token&& token) {
  static_assert(detail::diagnose_update<Plugin>::ok);
  return start("update",
               detail::update_ticket(plugin_, policies_, std::move(which), std::move(from)),
               std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_comment(ticket_ref which, std::string text,
                                                              Token&& token) {
  return async_comment(std::move(which), detail::text_document(std::move(text)),
                       std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_comment(ticket_ref which,
                                                              document::document text,
                                                              Token&& token) {
  static_assert(detail::diagnose_comment<Plugin>::ok);
  return start("comment", commenting(std::move(which), std::move(text)),
               std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_close(ticket_ref which, close_reason why,
                                                            Token&& token) {
  static_assert(detail::diagnose_close<Plugin>::ok);
  return start("close", closing(std::move(which), why), std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
  requires(!std::is_same_v<std::remove_cvref_t<Token>, close_reason>)
auto basic_client<Plugin, Transport, Policies>::async_close(ticket_ref which, Token&& token) {
  return async_close(std::move(which), close_reason::completed, std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_reopen(ticket_ref which, Token&& token) {
  static_assert(detail::diagnose_reopen<Plugin>::ok);
  return start("reopen", reopening(std::move(which)), std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class Token>
auto basic_client<Plugin, Transport, Policies>::async_check(Token&& token) {
  static_assert(detail::diagnose_check<Plugin>::ok);
  return start("check", checking(), std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class T, class Token>
auto basic_client<Plugin, Transport, Policies>::start(std::string_view name, operation<T> what,
                                                      Token&& token) {
  return start(async_call<T>{name, std::move(what), plugin_, transport_, policies_},
               std::forward<Token>(token));
}

template <class Plugin, class Transport, class Policies>
template <class T, class Token>
auto basic_client<Plugin, Transport, Policies>::start(async_call<T> call, Token&& token) {
  if constexpr (detail::diagnose_async<Transport, Token>::ok)
    return run_async(std::move(call), std::forward<Token>(token)); // of async.hpp
}

template <class Plugin, class Transport, class Policies>
template <class T, class Token>
auto basic_client<Plugin, Transport, Policies>::start_in_turn(incident const& from,
                                                              std::string_view name,
                                                              operation<T> what, Token&& token) {
  async_call<T> call{name, std::move(what), plugin_, transport_, policies_};
  call.failed = detail::caught(
      outcome::not_applied, [&] { call.turn.emplace(in_flight_, detail::key_for(plugin_, from)); });
  return start(std::move(call), std::forward<Token>(token));
}

} // namespace argus_ticket

#endif
