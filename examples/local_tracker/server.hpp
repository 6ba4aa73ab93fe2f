#pragma once
// The tracker as an HTTPS server on 127.0.0.1. It runs in threads of its own until it is destroyed.

#include <chrono>
#include <cstddef>
#include <local_tracker/certificates.hpp>
#include <local_tracker/faults.hpp>
#include <local_tracker/github_api.hpp>
#include <memory>
#include <string>

namespace local_tracker {

enum class tls_version { v1_0, v1_1, v1_2, v1_3 };

struct server_options {
  unsigned short port = 0; ///< 0: any free one
  std::string host_name =
      "127.0.0.1"; ///< in the URLs of answers; the socket is on 127.0.0.1 in any case
  api_options api{};
  leaf_options leaf{};
  std::shared_ptr<certificate_authority const>
      authority{}; ///< signs the leaf; a new one where there is none
  tls_version tls_min = tls_version::v1_2;
  tls_version tls_max = tls_version::v1_3;
  std::string client_ca_pem{}; ///< where given, clients must show a certificate of this CA (mTLS)
  std::size_t header_limit = std::size_t{64} * 1024;
  std::size_t body_limit = std::size_t{1024} * 1024;
  std::chrono::milliseconds idle_timeout{60'000};
  std::chrono::milliseconds request_timeout{30'000}; ///< for the TLS handshake and for each request
};

class server {
 public:
  /// Listens when it returns; throws where the port is taken.
  explicit server(server_options options = {});
  ~server(); ///< closes all connections and waits for the threads
  server(server const&) = delete;
  server& operator=(server const&) = delete;

  unsigned short port() const;
  std::string const& ca_pem() const;
  std::string endpoint() const; ///< "https://127.0.0.1:PORT/", with the path prefix
  github_api& api();
  /// Connections accepted so far: keep-alive shows here.
  std::size_t connections() const;

  /// Has connections fail where the hook says so; an empty one ends that. See faults.hpp.
  void set_connection_fault(connection_fault_hook hook);
  /// Faults of that kind that struck so far.
  std::size_t faults() const;

 private:
  struct implementation;
  std::unique_ptr<implementation> implementation_;
};

} // namespace local_tracker
