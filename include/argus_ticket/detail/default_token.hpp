#ifndef ARGUS_TICKET_DETAIL_DEFAULT_TOKEN_HPP
#define ARGUS_TICKET_DETAIL_DEFAULT_TOKEN_HPP

namespace argus_ticket::detail {

/// For clients whose transport has no token of its own.
struct no_token {};

template <class Transport>
struct default_token {
  using type = no_token;
};
template <class Transport>
  requires requires { typename Transport::default_completion_token_type; }
struct default_token<Transport> {
  using type = typename Transport::default_completion_token_type;
};
/// What an asynchronous operation is completed by where nothing is said.
template <class Transport>
using default_token_t = typename default_token<Transport>::type;

} // namespace argus_ticket::detail

#endif
