#pragma once
// Certificates of one throwaway CA, and clients that trust it.

#include "client.hpp"
#include "printing.hpp"
#include "scripted_server.hpp"

#include <local_tracker/certificates.hpp>

namespace test {

inline local_tracker::certificate_authority const& authority() {
  static local_tracker::certificate_authority const one;
  return one;
}

inline server_tls server_certificate(local_tracker::leaf_options const& options = {}) {
  auto const made = authority().issue(options);
  return server_tls{.certificate_pem = made.certificate_pem,
                    .private_key_pem = made.private_key_pem};
}

inline client trusting(at::https_options options = {}) {
  options.ca_pem = authority().pem();
  return client{std::move(options)};
}

} // namespace test
