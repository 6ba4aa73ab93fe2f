#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_TLS_SETTINGS_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_TLS_SETTINGS_HPP

#include <argus_ticket/transport/https_options.hpp>

#include <boost/asio/ssl/context.hpp>

#include <mutex>
#include <vector>

namespace argus_ticket::detail::https {

/// What all TLS connections of a transport share: trusted authorities, client certificate,
/// versions. Thread safety: @ref context may be called from several threads.
class tls_settings {
 public:
  /// Reads the files of the options and adds to the problems what is wrong with them.
  ARGUS_TICKET_DECL tls_settings(https_options const&, std::vector<problem>&);

  /// The system's authorities are read on the first call, as that takes a while.
  [[nodiscard]] ARGUS_TICKET_DECL boost::asio::ssl::context& context();

 private:
  ARGUS_TICKET_DECL void trust(https_options const&, std::vector<problem>&);
  ARGUS_TICKET_DECL void present(https_options const&, std::vector<problem>&);

  boost::asio::ssl::context context_;
  bool own_authorities_;
  std::once_flag system_authorities_;
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/tls_settings.ipp>
#endif

#endif
