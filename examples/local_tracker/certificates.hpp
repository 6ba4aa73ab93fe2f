#pragma once
// Throwaway certificates for tests and demonstrations: a CA and what it signs. Private keys stay in
// memory.

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace local_tracker {

struct certificate {
  std::string certificate_pem;
  std::string private_key_pem;
};

struct leaf_options {
  std::string common_name = "localhost";
  std::vector<std::string> names{"DNS:localhost", "IP:127.0.0.1", "IP:::1"};
  std::chrono::system_clock::time_point not_before =
      std::chrono::system_clock::now() - std::chrono::hours{1};
  std::chrono::system_clock::time_point not_after =
      std::chrono::system_clock::now() + std::chrono::hours{24 * 30};
  bool self_signed = false; ///< signed by its own key instead of the CA's
  bool for_client = false;  ///< for mTLS: may authenticate a client, not a server
};

class certificate_authority {
 public:
  explicit certificate_authority(std::string const& common_name = "local_tracker throwaway CA");
  ~certificate_authority();
  certificate_authority(certificate_authority&&) noexcept;
  certificate_authority& operator=(certificate_authority&&) noexcept;

  std::string const& pem() const; ///< what clients must trust
  certificate issue(leaf_options const& options = {}) const;

  /// Writes "ca.pem" into the folder, which is made where it is missing; returns the file's path.
  std::filesystem::path write(std::filesystem::path const& directory) const;

 private:
  struct implementation;
  std::unique_ptr<implementation> implementation_;
};

} // namespace local_tracker
