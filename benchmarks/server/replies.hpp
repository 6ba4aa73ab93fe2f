#pragma once
// What the server answers, computed before the first request.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

/// Replies by method and target, as GitHub (or a self-hosted instance of it) would give them:
/// - POST .../repos/OWNER/NAME/issues: 201 and the issue in the file NAME.json;
/// - GET the same: an empty list; GET .../labels too;
/// - GET .../repos/OWNER/NAME: a repository.
class replies {
 public:
  /// @param origin The server's own, `https://localhost:PORT`.
  replies(std::filesystem::path const& folder, std::string const& origin);

  /// The whole reply, header and body.
  [[nodiscard]] std::string const& to(std::string_view method, std::string_view target) const;

 private:
  struct repository {
    std::string created; // the reply to a POST of an issue
    std::string itself;
  };

  std::map<std::string, repository, std::less<>> repositories_;
  std::string empty_list_;
  std::string not_found_;
};
