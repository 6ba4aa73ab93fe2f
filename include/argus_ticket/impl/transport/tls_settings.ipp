#ifndef ARGUS_TICKET_IMPL_TRANSPORT_TLS_SETTINGS_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_TLS_SETTINGS_IPP

#include <argus_ticket/transport/detail/tls_settings.hpp>

#include <boost/asio/buffer.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>

namespace argus_ticket::detail::https {

inline bool can_be_opened(std::string const& path) { return std::ifstream{path}.good(); }

/// Adds a problem with a file, where there is one.
inline void check_file(std::vector<problem>& problems, char const* option, std::string const& path,
                       boost::system::error_code const& ec, char const* what) {
  if (!ec) return;
  problems.push_back(
      {option, '\'' + path + "' " + (can_be_opened(path) ? what : "cannot be opened")});
}

tls_settings::tls_settings(https_options const& options, std::vector<problem>& problems)
    : context_(boost::asio::ssl::context::tls_client),
      own_authorities_(!options.ca_file.empty() || !options.ca_pem.empty()) {
  SSL_CTX* const native = context_.native_handle();
  // SSL_CTX_set_min_proto_version, without its cast
  SSL_CTX_ctrl(native, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_2_VERSION, nullptr);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  context_.set_verify_mode(boost::asio::ssl::verify_peer);
  trust(options, problems);
  present(options, problems);
  ERR_clear_error();
}

void tls_settings::trust(https_options const& options, std::vector<problem>& problems) {
  boost::system::error_code ec;
  if (!options.ca_file.empty()) {
    context_.load_verify_file(options.ca_file, ec);
    check_file(problems, "https_options.ca_file", options.ca_file, ec,
               "is no PEM file with certificates");
  }
  if (options.ca_pem.empty()) return;
  if (options.ca_pem.find("-----BEGIN ") != std::string::npos)
    context_.add_certificate_authority(boost::asio::buffer(options.ca_pem), ec);
  else
    ec = boost::asio::error::invalid_argument;
  if (ec) problems.push_back({"https_options.ca_pem", "has no certificates in PEM form"});
}

void tls_settings::present(https_options const& options, std::vector<problem>& problems) {
  // Without a callback OpenSSL would ask for the password on the terminal.
  context_.set_password_callback(
      [password = options.client_key_password](std::size_t,
                                               boost::asio::ssl::context_base::password_purpose) {
        return std::string{password.expose()};
      });
  if (options.client_certificate_file.empty() || options.client_key_file.empty()) return;
  boost::system::error_code ec;
  context_.use_certificate_chain_file(options.client_certificate_file, ec);
  check_file(problems, "https_options.client_certificate_file", options.client_certificate_file, ec,
             "is no PEM file with certificates");
  bool const has_certificate = !ec;
  context_.use_private_key_file(options.client_key_file, boost::asio::ssl::context::pem, ec);
  check_file(problems, "https_options.client_key_file", options.client_key_file, ec,
             has_certificate ? "is no PEM file with the key of the client certificate, or is "
                               "encrypted with another password"
                             : "is no PEM file with a key");
}

boost::asio::ssl::context& tls_settings::context() {
  if (!own_authorities_)
    std::call_once(system_authorities_, [this] {
      boost::system::error_code ignored; // without authorities no certificate is trusted
      context_.set_default_verify_paths(ignored);
    });
  return context_;
}

} // namespace argus_ticket::detail::https

#endif
