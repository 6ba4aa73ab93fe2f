#ifndef ARGUS_TICKET_IMPL_PLUGINS_GITLAB_ACCESS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_GITLAB_ACCESS_IPP

// Who GitLab says we are, and what the project lets us do.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/impl/plugins/gitlab_replies.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/gitlab.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

namespace argus_ticket::plugins {

operation<boost::json::value> gitlab::project_there() const {
  http::response const reply = co_await send(signed_with_token(http::get(project_url())));
  if (reply.status() != http::status::ok) co_return failed(reply, project());
  boost::json::value found = co_await support::json_of(reply);
  if (argus_ticket::detail::text_member(found, "path_with_namespace").empty())
    co_return support::bad_reply(reply, "the project has no path_with_namespace");
  co_return found;
}

operation<boost::json::value> gitlab::account() const {
  http::response const reply = co_await send(signed_with_token(http::get(api_ / "user")));
  if (reply.status() != http::status::ok) co_return failed(reply, "user");
  boost::json::value user = co_await support::json_of(reply);
  if (argus_ticket::detail::text_member(user, "username").empty() ||
      argus_ticket::detail::id_member(user, "id").empty())
    co_return support::bad_reply(reply, "the account has no name or id");
  co_return user;
}

operation<bool> gitlab::labels_stick(boost::json::value project) const {
  if (std::optional<bool> const told = detail::may_set_labels(project)) co_return *told;
  boost::json::value const user = co_await account();
  http::request request =
      http::get(project_url() / "members" / "all" / argus_ticket::detail::id_member(user, "id"));
  http::response const reply = co_await send(signed_with_token(std::move(request)));
  // Whoever is no member, or may not know: looking for one's own issues is right in any case.
  if (reply.status() == http::status::not_found || reply.status() == http::status::forbidden)
    co_return false;
  if (reply.status() != http::status::ok) co_return failed(reply, this->project());
  boost::json::value const member = co_await support::json_of(reply);
  co_return detail::has_reporter_level(member);
}

operation<check_report> gitlab::check() const {
  check_report report;
  boost::json::value const user = co_await account();
  report.account = support::presentable(argus_ticket::detail::text_member(user, "username"));
  boost::json::value const found = co_await project_there();
  report.target =
      support::presentable(argus_ticket::detail::text_member(found, "path_with_namespace"));
  auto const unusable = [&](char const* why) {
    return error{errc::target_not_found, outcome::rejected, why, report.target};
  };
  if (argus_ticket::detail::text_member(found, "issues_access_level") == "disabled" ||
      argus_ticket::detail::bool_member(found, "issues_enabled") == false)
    co_return unusable("issues are disabled in the project");
  if (argus_ticket::detail::bool_member(found, "archived") == true)
    co_return unusable("the project is archived, so it takes no issues");
  bool const has_labels = co_await labels_stick(found);
  if (!has_labels)
    report.warnings.push_back(
        {"labels", "may be dropped: the account is no more than a guest in this project"});
  co_return report;
}

} // namespace argus_ticket::plugins

#endif
