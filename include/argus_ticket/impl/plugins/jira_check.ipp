#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_CHECK_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_CHECK_IPP

// What will not work with these settings, told before the first incident.

#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/jira.hpp>

namespace argus_ticket::plugins {

operation<check_report> jira::check() const {
  check_report report;
  boost::json::value const user = co_await fetch(api_ / "myself", "myself");
  report.account = support::presentable(argus_ticket::detail::text_member(user, "displayName"));
  if (report.account.empty()) report.account = support::presentable(detail::jira_account(user));
  boost::json::object const reference = co_await project_reference();
  std::string const named{std::string_view{reference.begin()->value().get_string()}};
  boost::json::value const project =
      co_await fetch(api_ / "project" / named, settings_.information.project_key_or_id);
  report.target = support::presentable(argus_ticket::detail::text_member(project, "key"));
  auto const unusable = [&](errc code, std::string why) {
    return error{code, outcome::rejected, std::move(why), report.target};
  };
  if (report.target.empty()) co_return unusable(errc::bad_reply, "the project has no key");
  if (argus_ticket::detail::bool_member(project, "archived") == true)
    co_return unusable(errc::target_not_found, "the project is archived, so it takes no issues");
  std::string types;
  bool has_type = false;
  for (boost::json::value const& one :
       detail::jira_list(argus_ticket::detail::member(project, "issueTypes"))) {
    std::string const called{argus_ticket::detail::text_member(one, "name")};
    has_type = has_type || http::iequals(called, type()) ||
               argus_ticket::detail::id_member(one, "id") == type();
    types += (types.empty() ? "" : ", ") + called;
  }
  if (!has_type)
    co_return unusable(errc::invalid_settings, "the project has no issue type '" +
                                                   support::presentable(type()) +
                                                   "'; it has: " + support::presentable(types));
  constexpr char const* needed = "BROWSE_PROJECTS,CREATE_ISSUES,EDIT_ISSUES,ADD_COMMENTS,"
                                 "TRANSITION_ISSUES";
  boost::json::value const permissions = co_await fetch(
      (api_ / "mypermissions").with("projectKey", report.target).with("permissions", needed),
      report.target);
  auto const may = [&](char const* what) {
    auto const* one = detail::jira_at(permissions, {"permissions", what});
    return one == nullptr || argus_ticket::detail::bool_member(*one, "havePermission") != false;
  };
  if (!may("CREATE_ISSUES"))
    co_return unusable(errc::not_permitted, "the account may not create issues in the project");
  if (!may("EDIT_ISSUES")) report.warnings.push_back({"update", "is not permitted to the account"});
  if (!may("ADD_COMMENTS"))
    report.warnings.push_back({"comment", "is not permitted to the account"});
  if (!may("TRANSITION_ISSUES"))
    report.warnings.push_back({"close", "is not permitted to the account"});
  std::vector<custom_field> wanted = settings_.information.custom_fields_set;
  for (field_mapping const& one : settings_.information.custom_fields_mapping) {
    custom_field field;
    field.name = one.name;
    wanted.push_back(std::move(field));
  }
  std::erase_if(wanted, [](custom_field const& one) { return detail::is_jira_labels(one.name); });
  std::vector<detail::jira_field> const known = co_await fields_for(wanted);
  for (custom_field const& one : wanted)
    if (detail::jira_fields_named(known, one.name).empty())
      report.warnings.push_back({"field '" + support::presentable(one.name) + "'",
                                 detail::no_such_jira_field(known, one.name)});
  std::string key_field = settings_.information.key_field;
  if (!key_field.empty()) {
    detail::jira_field const carrier = co_await detail::jira_key_field(known, key_field);
    key_field = carrier.id;
  }
  auto const on_form = co_await as_result(form());
  if (!on_form) { // old servers have none
    report.warnings.push_back({"the form for new issues",
                               "could not be read, so that nobody knows which fields can be set"});
    co_return report;
  }
  auto const has = [&](std::string_view id) {
    return std::find(on_form->begin(), on_form->end(), id) != on_form->end();
  };
  if (!has(key_field.empty() ? "labels" : std::string_view{key_field})) {
    error e{errc::invalid_settings, outcome::rejected,
            key_field.empty() ? "the form for new issues has no labels: name a text field on it, "
                                "for the key"
                              : "is not on the form for new issues",
            "TICKET_INFORMATION.key_field"};
    co_return e;
  }
  for (custom_field const& one : wanted)
    if (auto const found = detail::jira_fields_named(known, one.name);
        found.size() == 1 && !has(found.front().id))
      report.warnings.push_back(
          {"field '" + support::presentable(one.name) + "'", "is not on the form for new issues"});
  co_return report;
}

} // namespace argus_ticket::plugins

#endif
