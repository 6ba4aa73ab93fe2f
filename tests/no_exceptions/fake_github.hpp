#pragma once
// A transport of a user's own, without exceptions and without Asio: a GitHub in memory, as far as
// the operations of this test go.

#include <argus_ticket/http/transport.hpp>

#include <boost/json.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace test {

namespace at = argus_ticket;

struct fake_issue {
  std::string title;
  std::string body;
  std::string state = "open";
  boost::json::array labels;
  std::vector<std::string> comments;
};

/// Copies share the issues.
class fake_github {
 public:
  static constexpr std::string_view repository = "https://api.github.com/repos/octo/tickets";

  at::result<at::http::response> send(at::http::request const& r, at::http::deadline) {
    ++world_->requests;
    if (world_->is_down)
      return at::error{at::errc::connection_failed, at::outcome::not_applied,
                       "the network is down"};
    std::string const url = r.url().string();
    boost::json::value const body =
        r.body().empty() ? boost::json::value{} : boost::json::parse(r.body());
    if (!url.starts_with(repository)) return reply(404, {{"message", "Not Found"}});
    std::string_view rest = std::string_view{url}.substr(repository.size());
    std::string_view const path = rest.substr(0, rest.find('?'));
    if (path.empty())
      return reply(200, {{"full_name", "octo/tickets"}, {"permissions", {{"push", true}}}});
    if (path == "/issues" && r.method() == at::http::method::post) {
      fake_issue& made = world_->issues.emplace_back();
      change(made, body.as_object());
      return reply(201, shown(world_->issues.size()));
    }
    if (path == "/issues") return list(rest);
    return of_issue(r.method(), path.substr(std::string_view{"/issues/"}.size()), body);
  }

  [[nodiscard]] std::vector<fake_issue> const& issues() const { return world_->issues; }
  [[nodiscard]] int requests() const { return world_->requests; }
  void set_down(bool is_down) { world_->is_down = is_down; }

 private:
  struct world {
    std::vector<fake_issue> issues;
    int requests = 0;
    bool is_down = false;
  };

  static at::http::response reply(int status, boost::json::value const& body) {
    return {status, {}, boost::json::serialize(body)};
  }

  static void change(fake_issue& one, boost::json::object const& by) {
    auto const text = [&](char const* key, std::string& into) {
      if (auto const* value = by.if_contains(key)) into = value->as_string().c_str();
    };
    text("title", one.title);
    text("body", one.body);
    text("state", one.state);
    if (auto const* labels = by.if_contains("labels")) one.labels = labels->as_array();
  }

  [[nodiscard]] boost::json::object shown(std::size_t number) const {
    fake_issue const& one = world_->issues[number - 1];
    boost::json::array labels;
    for (auto const& name : one.labels) labels.push_back(boost::json::object{{"name", name}});
    return {{"id", 1000 + number},
            {"number", number},
            {"title", one.title},
            {"body", one.body},
            {"state", one.state},
            {"labels", labels},
            {"user", {{"login", "argus-bot"}}},
            {"author_association", "COLLABORATOR"},
            {"html_url", "https://github.com/octo/tickets/issues/" + std::to_string(number)}};
  }

  [[nodiscard]] at::http::response list(std::string_view target) const {
    boost::json::array all;
    for (std::size_t i = world_->issues.size(); i > 0; --i)
      for (auto const& label : world_->issues[i - 1].labels)
        if (target.find("labels=" + std::string{label.as_string()}) != std::string_view::npos)
          all.push_back(shown(i));
    return reply(200, all);
  }

  at::http::response of_issue(at::http::method method, std::string_view path,
                              boost::json::value const& body) {
    std::size_t const number = static_cast<std::size_t>(path.empty() ? 0 : path.front() - '0');
    if (number == 0 || number > world_->issues.size())
      return reply(404, {{"message", "Not Found"}});
    fake_issue& one = world_->issues[number - 1];
    if (!path.substr(1).starts_with("/comments")) {
      if (method == at::http::method::patch) change(one, body.as_object());
      return reply(200, shown(number));
    }
    if (method == at::http::method::post) one.comments.emplace_back(body.at("body").as_string());
    boost::json::array all;
    for (std::size_t i = 0; i < one.comments.size(); ++i)
      all.push_back(
          {{"id", 100 * number + i},
           {"body", one.comments[i]},
           {"user", {{"login", "argus-bot"}}},
           {"author_association", "COLLABORATOR"},
           {"html_url", "https://github.com/octo/tickets/issues/" + std::to_string(number) +
                            "#issuecomment-" + std::to_string(i)}});
    return method == at::http::method::post ? reply(201, all.back()) : reply(200, all);
  }

  std::shared_ptr<world> world_ = std::make_shared<world>();
};

static_assert(at::http::transport<fake_github>);

} // namespace test
