#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_FAILURE_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_FAILURE_HPP

#include <argus_ticket/http/request.hpp>
#include <argus_ticket/result.hpp>

#include <boost/system/error_code.hpp>
#include <openssl/types.h>

#include <string>

namespace argus_ticket::detail::https {

/// What a failure of `send` means: whether the server may have done what it was asked.
[[nodiscard]] constexpr outcome outcome_after(progress sent, http::idempotency i) noexcept {
  return sent == progress::nothing_sent || i == http::idempotency::safe ? outcome::not_applied
                                                                        : outcome::ambiguous;
}

/// Makes the errors of one attempt to send one request. It knows no path, no header and no body, so
/// that no error shows any.
class failure_maker {
 public:
  /// @param peer `host:port` of the server.
  failure_maker(std::string origin, std::string peer, http::idempotency i)
      : origin_(std::move(origin)), peer_(std::move(peer)), idempotency_(i) {}

  [[nodiscard]] std::string const& peer() const noexcept { return peer_; }

  /// A failure that is judged by how much of the request has left.
  [[nodiscard]] error failed(errc code, progress sent, std::string message) const {
    return make(code, outcome_after(sent, idempotency_), sent, std::move(message));
  }
  /// A failure that trying again cannot help.
  [[nodiscard]] error refused(errc code, progress sent, std::string message) const {
    return make(code, outcome::rejected, sent, std::move(message));
  }
  /// A TLS handshake that failed, or an alert in place of a reply that tells of one.
  [[nodiscard]] ARGUS_TICKET_DECL error tls(boost::system::error_code, SSL* session,
                                            progress sent) const;

 private:
  error make(errc code, outcome o, progress sent, std::string message) const {
    error e{code, o, std::move(message), origin_};
    e.progress = sent;
    return e;
  }

  std::string origin_;
  std::string peer_;
  http::idempotency idempotency_;
};

/// The reason in words; what TLS and TCP call the end of a connection is one phrase.
[[nodiscard]] ARGUS_TICKET_DECL std::string reason(boost::system::error_code const&);
/// Whether the other side has closed the connection, with or without saying so.
[[nodiscard]] ARGUS_TICKET_DECL bool is_end(boost::system::error_code const&) noexcept;
/// Whether this is an alert by which a server refuses the client's certificate or the lack of one.
/// TLS 1.3 sends it after the client's handshake; the server has read no request then.
[[nodiscard]] ARGUS_TICKET_DECL bool
refuses_client_certificate(boost::system::error_code const&) noexcept;

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/failure.ipp>
#endif

#endif
