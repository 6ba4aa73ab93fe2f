#ifndef ARGUS_TICKET_IMPL_PLUGINS_GITHUB_ACCESS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_GITHUB_ACCESS_IPP

// Who GitHub says we are, and what the repository lets us do.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/impl/plugins/github_replies.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

namespace argus_ticket::plugins {

operation<boost::json::value> github::repository() const {
  std::string const& project = settings_.information.project_namespace_and_name;
  http::response const reply = co_await send(signed_with_token(http::get(repository_url())));
  if (reply.status() != http::status::ok) co_return failed(reply, project);
  boost::json::value found = co_await support::json_of(reply);
  if (argus_ticket::detail::text_member(found, "full_name").empty())
    co_return support::bad_reply(reply, "the repository has no name");
  co_return found;
}

operation<std::string> github::account() const {
  http::response const reply = co_await send(signed_with_token(http::get(api_ / "user")));
  // The token of a GitHub App's installation has no user.
  if (reply.status() == http::status::forbidden &&
      detail::github_error(reply).code == errc::not_permitted)
    co_return std::string{};
  if (reply.status() != http::status::ok) co_return failed(reply, "user");
  boost::json::value const user = co_await support::json_of(reply);
  std::string login{argus_ticket::detail::text_member(user, "login")};
  if (login.empty()) co_return support::bad_reply(reply, "the account has no login");
  co_return login;
}

operation<check_report> github::check() const {
  check_report report;
  report.account = support::presentable(co_await account());
  boost::json::value const found = co_await repository();
  report.target = support::presentable(argus_ticket::detail::text_member(found, "full_name"));
  auto const unusable = [&](char const* why) {
    return error{errc::target_not_found, outcome::rejected, why, report.target};
  };
  if (argus_ticket::detail::bool_member(found, "has_issues") == false)
    co_return unusable("issues are disabled in the repository");
  if (argus_ticket::detail::bool_member(found, "archived") == true)
    co_return unusable("the repository is archived, so it takes no issues");
  if (!detail::may_label(found))
    report.warnings.push_back(
        {"labels", "will be dropped: the account may not set labels in this repository"});
  co_return report;
}

} // namespace argus_ticket::plugins

#endif
