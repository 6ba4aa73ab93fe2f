#ifndef ARGUS_TICKET_IMPL_TRANSPORT_FAILURE_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_FAILURE_IPP

#include <argus_ticket/transport/detail/failure.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace argus_ticket::detail::https {

/// OpenSSL's reason code; 0 where the error is not one of TLS.
inline int tls_reason(boost::system::error_code const& ec) noexcept {
  if (ec.category() != boost::asio::error::get_ssl_category()) return 0;
  return ERR_GET_REASON(static_cast<unsigned long>(ec.value()));
}

bool is_end(boost::system::error_code const& ec) noexcept {
  // OpenSSL 3 reports a connection that ends without close_notify as an error of its own.
  return ec == boost::asio::error::eof || ec == boost::asio::ssl::error::stream_truncated ||
         tls_reason(ec) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
}

std::string reason(boost::system::error_code const& ec) {
  if (is_end(ec)) return "the connection was closed";
  if (int const code = tls_reason(ec); code != 0) {
    char const* text = ERR_reason_error_string(static_cast<unsigned long>(ec.value()));
    return text != nullptr ? text : "TLS error " + std::to_string(code);
  }
  return ec.message();
}

bool refuses_client_certificate(boost::system::error_code const& ec) noexcept {
  switch (tls_reason(ec)) {
  case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
  case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
  case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
  case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
  case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
  case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
  case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
  case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
    return true;
  default:
    return false;
  }
}

error failure_maker::tls(boost::system::error_code ec, SSL* session, progress sent) const {
  if (refuses_client_certificate(ec))
    return refused(errc::tls_failed, sent,
                   peer_ + " refuses the client certificate, or asks for one: " + reason(ec));
  switch (tls_reason(ec)) {
  case 0: // TCP
    return failed(errc::connection_failed, sent,
                  "the TLS handshake with " + peer_ + " failed: " + reason(ec));
  case SSL_R_CERTIFICATE_VERIFY_FAILED: {
    long const cause = SSL_get_verify_result(session);
    bool const other_host =
        cause == X509_V_ERR_HOSTNAME_MISMATCH || cause == X509_V_ERR_IP_ADDRESS_MISMATCH;
    return refused(errc::tls_failed, sent,
                   "the certificate of " + peer_ +
                       (other_host ? " is for another host: " : " is not trusted: ") +
                       X509_verify_cert_error_string(cause));
  }
  case SSL_R_UNSUPPORTED_PROTOCOL:
  case SSL_R_WRONG_SSL_VERSION:
  case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    return refused(errc::tls_failed, sent, peer_ + " does not speak TLS 1.2 or newer");
  case SSL_R_WRONG_VERSION_NUMBER:
  case SSL_R_HTTP_REQUEST:
    return refused(errc::tls_failed, sent, peer_ + " does not speak TLS");
  case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
  case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY:
  case SSL_R_TLSV1_UNRECOGNIZED_NAME:
    return refused(errc::tls_failed, sent, peer_ + " refuses the TLS handshake: " + reason(ec));
  default:
    return failed(errc::tls_failed, sent,
                  "the TLS handshake with " + peer_ + " failed: " + reason(ec));
  }
}

} // namespace argus_ticket::detail::https

#endif
