#pragma once
// Certificates of one throwaway CA, and clients that trust it.

#include "client.hpp"
#include "printing.hpp"
#include "scripted_server.hpp"

#include <filesystem>
#include <local_tracker/certificates.hpp>
#include <unistd.h>

namespace transport_test {

/// A folder of this process's own, removed at its end.
class scratch_folder {
 public:
  scratch_folder()
      : path_(std::filesystem::temp_directory_path() /
              ("argus_ticket_https_test." + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  scratch_folder(scratch_folder const&) = delete;
  scratch_folder& operator=(scratch_folder const&) = delete;

  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::filesystem::path const& folder() {
  static scratch_folder const one;
  return one.path();
}

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

} // namespace transport_test
