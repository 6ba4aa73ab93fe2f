#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_IPP

#include <argus_ticket/detail/base64.hpp>
#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/adf.hpp>
#include <argus_ticket/document/jira_wiki.hpp>
#include <argus_ticket/impl/plugins/jira_replies.ipp>
#include <argus_ticket/impl/plugins/jira_values.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/jira.hpp>
#include <argus_ticket/plugins/support/fields.hpp>
#include <argus_ticket/plugins/support/labels.hpp>
#include <argus_ticket/plugins/support/markers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>

namespace argus_ticket::plugins {
namespace detail {

inline bool is_jira_cloud(jira::settings const& s) {
  return s.information.deployment.empty() ? !s.authentication.email.empty()
                                          : s.information.deployment == "cloud";
}

inline secret jira_credentials(jira::settings const& s) {
  auto const& a = s.authentication;
  if (is_jira_cloud(s)) return argus_ticket::detail::basic_credentials(a.email, a.token);
  if (a.token.empty()) return argus_ticket::detail::basic_credentials(a.username, a.password);
  return a.token;
}

/// The property that carries the key.
inline boost::json::object jira_property_value(std::string const& key) {
  boost::json::object value{{"version", 1}};
  if (!key.empty()) value["key"] = key;
  return value;
}

inline boost::json::array jira_properties(std::string_view name, boost::json::object value) {
  boost::json::object property{{"key", name}};
  property["value"] = std::move(value);
  return {std::move(property)};
}

} // namespace detail

std::vector<problem> jira::problems_of(settings const& s) {
  std::vector<problem> problems;
  auto const& a = s.authentication;
  std::string const where = "TICKET_AUTHENTICATION_SECRET";
  bool const is_cloud = detail::is_jira_cloud(s);
  bool const by_password = !a.username.empty() || !a.password.empty();
  if (a.token.empty() && (is_cloud || !by_password) && a.token.problem().empty())
    problems.push_back({where + ".token", "is missing or empty"});
  if (is_cloud && a.email.empty())
    problems.push_back({where + ".email", "is missing: Jira Cloud asks for it beside the token"});
  if (by_password && is_cloud)
    problems.push_back(
        {where + ".password", "is of no use with Jira Cloud: it takes an API token"});
  else if (by_password && !a.token.empty())
    problems.push_back({where + ".token", "is given beside a user name: keep one of the two"});
  else if (by_password && a.username.empty())
    problems.push_back({where + ".username", "is missing"});
  else if (by_password && a.password.empty() && a.password.problem().empty())
    problems.push_back({where + ".password", "is missing or empty"});
  auto const check_name = [&](std::string_view setting, std::string const& name) {
    for (char const* own : {"Summary", "Description", "Project", "Issue Type"})
      if (!detail::is_jira_labels(name) &&
          (http::iequals(name, own) || detail::is_own_jira_field(name))) {
        problems.push_back({"TICKET_INFORMATION." + std::string{setting} + '.' + name,
                            "is no custom field: this library writes it itself"});
        return;
      }
  };
  for (custom_field const& one : s.information.custom_fields_set)
    check_name("custom_fields_set", one.name);
  for (field_mapping const& one : s.information.custom_fields_mapping)
    check_name("custom_fields_mapping", one.name);
  return problems;
}

jira::jira(settings s)
    : settings_(std::move(s)), is_cloud_(detail::is_jira_cloud(settings_)),
      credentials_(detail::jira_credentials(settings_)),
      web_(http::url::parse(settings_.endpoint).value()),
      api_(web_ / "rest" / "api" / (is_cloud_ ? "3" : "2")) {}

http::request jira::signed_request(http::request r) const {
  bool const is_basic = is_cloud_ || settings_.authentication.token.empty();
  return std::move(r)
      .header("Accept", "application/json")
      .authorization(is_basic ? "Basic" : "Bearer", credentials_);
}

http::url jira::issue_url(std::string const& number) const { return api_ / "issue" / number; }

std::string jira::key_label(incident_key const& key) {
  return key.empty() ? std::string{} : std::string{detail::jira_key_label_start} + key.value;
}

error jira::error_of(http::response const& reply) { return detail::jira_error(reply); }

mapped_labels jira::labels_of(incident const& from) const {
  constexpr std::size_t longest_label = 255;
  std::vector<std::string> set = settings_.information.labels_set;
  for (custom_field const& one : settings_.information.custom_fields_set)
    if (detail::is_jira_labels(one.name))
      set.insert(set.end(), one.values.begin(), one.values.end());
  std::vector<mapping_source> mapping = settings_.information.labels_mapping;
  for (field_mapping const& one : settings_.information.custom_fields_mapping)
    if (detail::is_jira_labels(one.name)) mapping.push_back(one.source);
  mapped_labels mapped = support::map_labels(set, mapping, from, longest_label);
  std::vector<std::string> labels;
  for (std::string& label : mapped.labels) {
    std::replace(label.begin(), label.end(), ' ', '_');
    label = document::cut(label, longest_label, document::length_unit::utf16);
    // An incident's text must not pass for a label by which its ticket is known.
    if (detail::is_jira_key_label(label) || http::iequals(label, support::ticket_label)) continue;
    if (std::find(labels.begin(), labels.end(), label) == labels.end())
      labels.push_back(std::move(label));
  }
  mapped.labels = std::move(labels);
  return mapped;
}

mapped_fields jira::fields_of(incident const& from) const {
  auto set = settings_.information.custom_fields_set;
  auto mapping = settings_.information.custom_fields_mapping;
  auto const is_labels = [](auto const& one) { return detail::is_jira_labels(one.name); };
  std::erase_if(set, is_labels);
  std::erase_if(mapping, is_labels);
  return support::map_fields(set, mapping, from);
}

result<std::string> jira::number_of(ticket_ref const& which) const {
  std::string number = which.number;
  if (auto const page = http::url::parse(number)) {
    std::string const start = (web_ / "browse").path() + '/';
    if (page->same_origin(web_) && page->path().starts_with(start))
      number = page->path().substr(start.size());
  }
  if (!detail::is_jira_key(number))
    return error{errc::ticket_not_found, outcome::rejected,
                 "this is neither the key nor the page of an issue of this Jira", "ticket"};
  return number;
}

bool jira::is_reached(ticket const& known) const {
  if (known.url.empty()) return true;
  // An issue that people have moved has another project's key, and is ours all the same.
  return number_of(ticket_ref(known.url)).has_value();
}

error jira::ticket_failed(http::response const& reply, std::string const& number) const {
  error e = detail::jira_error(reply);
  e.where = "ticket " + number;
  if (e.code == errc::target_not_found) {
    e.code = errc::ticket_not_found;
    e.message = "the issue does not exist, or the account may not see it";
  }
  return e;
}

operation<boost::json::value> jira::fetch(http::url from, std::string about) const {
  http::response const reply = co_await send(signed_request(http::get(std::move(from))));
  if (reply.status() != http::status::ok) {
    error e = detail::jira_error(reply);
    e.where = about;
    co_return e;
  }
  co_return support::json_of(reply);
}

/// A text in the plugin's dialect, as the API takes it.
boost::json::value jira::text_in_format(std::string const& text) const {
  if (!is_cloud_) return boost::json::value(text);
  boost::system::error_code problem;
  boost::json::value document = boost::json::parse(text, problem);
  return problem ? detail::jira_rich_text(text) : document; // a text that nobody has rendered
}

} // namespace argus_ticket::plugins

#include <argus_ticket/impl/plugins/jira_check.ipp>
#include <argus_ticket/impl/plugins/jira_comments.ipp>
#include <argus_ticket/impl/plugins/jira_issues.ipp>
#include <argus_ticket/impl/plugins/jira_lookups.ipp>
#include <argus_ticket/impl/plugins/jira_workflow.ipp>

#endif
