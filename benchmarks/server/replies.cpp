#include <fstream>
#include <iterator>
#include <server/replies.hpp>

namespace {

std::string reply_of(std::string_view status, std::string_view body) {
  std::string text = "HTTP/1.1 ";
  text += status;
  // The header fields that GitHub's replies have.
  text += "\r\nServer: benchmark\r\nDate: Tue, 15 Nov 2022 08:12:31 GMT\r\n"
          "Content-Type: application/json; charset=utf-8\r\nContent-Length: " +
          std::to_string(body.size()) +
          "\r\nCache-Control: private, max-age=60, s-maxage=60\r\n"
          "Vary: Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding\r\n"
          "ETag: \"644b5b0155e6404a9cc4bd9d8b1ae730\"\r\n"
          "X-OAuth-Scopes: repo\r\nX-Accepted-OAuth-Scopes: \r\n"
          "X-GitHub-Media-Type: github.v3; format=json\r\n"
          "X-GitHub-Api-Version-Selected: 2022-11-28\r\n"
          "X-RateLimit-Limit: 5000\r\nX-RateLimit-Remaining: 4999\r\n"
          "X-RateLimit-Reset: 1668503551\r\nX-RateLimit-Used: 1\r\n"
          "X-RateLimit-Resource: core\r\n"
          "X-GitHub-Request-Id: 8E2A:5F1C:1A2B3C:4D5E6F:63734A2F\r\n\r\n";
  return text += body;
}

} // namespace

replies::replies(std::filesystem::path const& folder, std::string const& origin)
    : empty_list_(reply_of("200 OK", "[]")),
      not_found_(reply_of("404 Not Found", R"({"message":"Not Found"})")) {
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file{entry.path(), std::ios::binary};
    std::string const issue{std::istreambuf_iterator<char>{file}, {}};
    std::string const name = entry.path().stem().string();
    std::string const full_name = "octo/" + name;
    repositories_[name] = {
        reply_of("201 Created", issue),
        reply_of("200 OK", R"({"id":1296269,"name":")" + name + R"(","full_name":")" + full_name +
                               R"(","url":")" + origin + "/api/v3/repos/" + full_name +
                               R"(","has_issues":true,"archived":false,"private":false,)"
                               R"("permissions":{"admin":false,"push":true,"pull":true}})")};
  }
}

std::string const& replies::to(std::string_view method, std::string_view target) const {
  target = target.substr(0, target.find('?'));
  std::size_t const repos = target.find("/repos/");
  if (repos == std::string_view::npos) return not_found_;
  target.remove_prefix(repos + 7);
  std::size_t const owner = target.find('/');
  if (owner == std::string_view::npos) return not_found_;
  target.remove_prefix(owner + 1);
  std::size_t const end = target.find('/');
  auto const found = repositories_.find(target.substr(0, end));
  if (found == repositories_.end()) return not_found_;
  if (end == std::string_view::npos) return found->second.itself;
  std::string_view const what = target.substr(end + 1);
  if (what == "issues" && method == "POST") return found->second.created;
  return what == "issues" || what == "labels" ? empty_list_ : not_found_;
}
