#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_WORKFLOW_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_WORKFLOW_IPP

// Closing and reopening: the transitions of an issue's workflow.

#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/jira.hpp>

#include <algorithm>
#include <tuple>

namespace argus_ticket::plugins {
namespace detail {

/// A transition that an issue may take now.
struct jira_transition {
  std::string id, name;
  std::string to;                   ///< The name of the status that it leads to.
  std::string category;             ///< `new`, `indeterminate` or `done`
  std::vector<std::string> missing; ///< Names of fields that it asks for, and nobody has filled in.
  std::vector<std::string> resolutions;
  bool needs_resolution = false;

  bool leads_to(ticket_state wanted) const {
    if (category.empty()) return false;
    return (category == "done") == (wanted == ticket_state::closed);
  }
};

inline jira_transition jira_transition_of(boost::json::value const& from) {
  jira_transition t;
  t.id = json::id_member(from, "id");
  t.name = json::text_member(from, "name");
  t.to = jira_text_at(from, {"to", "name"});
  t.category = jira_text_at(from, {"to", "statusCategory", "key"});
  auto const* member = json::member(from, "fields");
  auto const* fields = member == nullptr ? nullptr : member->if_object();
  if (fields == nullptr) return t;
  for (auto const& [id, about] : *fields) {
    bool const is_needed = json::bool_member(about, "required") == true &&
                           json::bool_member(about, "hasDefaultValue") != true;
    if (id == "resolution") {
      t.needs_resolution = is_needed;
      for (boost::json::value const& one : jira_list(json::member(about, "allowedValues")))
        if (std::string_view const name = json::text_member(one, "name"); !name.empty())
          t.resolutions.emplace_back(name);
    } else if (is_needed) {
      std::string_view const name = json::text_member(about, "name");
      t.missing.push_back(support::presentable(name.empty() ? std::string_view{id} : name));
    }
  }
  return t;
}

/// How well something that may say why an issue is closed says what is wanted; less is better.
inline int jira_misfit(std::optional<close_reason> says, close_reason wanted) {
  return says == wanted ? 0 : !says ? 1 : 2;
}

/// The resolution that says why; where none does and one must be given, one that does not say the
/// opposite, if there is one.
inline std::string jira_resolution(jira_transition const& by, close_reason why) {
  auto const best = std::min_element(
      by.resolutions.begin(), by.resolutions.end(), [&](auto const& a, auto const& b) {
        return jira_misfit(jira_reason(a), why) < jira_misfit(jira_reason(b), why);
      });
  if (best == by.resolutions.end()) return {};
  return jira_reason(*best) == why || by.needs_resolution ? *best : std::string{};
}

/// Why an issue is closed, as far as the name of a transition or a status tells.
inline std::optional<close_reason> jira_reason_of_step(std::string_view name) {
  auto const has = [&](std::string_view word) {
    for (std::size_t i = 0; i + word.size() <= name.size(); ++i)
      if (http::iequals(name.substr(i, word.size()), word)) return true;
    return false;
  };
  for (char const* word : {"won't", "wont", "cancel", "reject", "declin", "duplicate", "invalid",
                           "abandon", "discard", "not planned", "incomplete", "unresolved"})
    if (has(word)) return close_reason::not_planned;
  for (char const* word : {"done", "resolve", "fix", "complete", "solved"})
    if (has(word)) return close_reason::completed;
  return std::nullopt;
}

/// How well a transition that closes says what is wanted, itself and by its status.
inline std::pair<int, int> jira_misfit(jira_transition const& by, close_reason why) {
  int own = jira_misfit(jira_reason_of_step(by.name), why);
  // A resolution that must be given says it more plainly.
  if (by.needs_resolution && !by.resolutions.empty())
    own = (std::max)(own, jira_misfit(jira_reason(jira_resolution(by, why)), why));
  return {own, jira_misfit(jira_reason_of_step(by.to), why)};
}

inline std::string jira_transition_names(std::vector<jira_transition> const& all) {
  std::vector<std::string> names;
  for (jira_transition const& one : all) {
    // Appended: GCC 12 warns falsely (-Wrestrict) of an optimised sum that begins with a literal.
    std::string& name = names.emplace_back("'");
    name += support::presentable(one.name);
    name += "' to '";
    name += support::presentable(one.to);
    name += "'";
  }
  return names.empty() ? std::string{"none"} : support::joined(names, ", ");
}

/// The transition to take: that of the name, or of those to such a status that ask for nothing the
/// first that says why, or at least not the opposite.
inline result<jira_transition> chosen_transition(std::vector<jira_transition> const& all,
                                                 std::string const& name, ticket_state wanted,
                                                 close_reason why, std::string const& from) {
  auto const refused = [](std::string what) {
    return error{errc::refused, outcome::rejected, std::move(what)};
  };
  std::vector<jira_transition> fitting;
  for (jira_transition const& one : all)
    if (name.empty() ? one.leads_to(wanted)
                     : http::iequals(one.name, name) || http::iequals(one.to, name))
      fitting.push_back(one);
  if (fitting.empty())
    return refused(
        (name.empty() ? std::string{"the workflow leads to no status of the category "} +
                            (wanted == ticket_state::closed ? "done" : "to do or in progress")
                      : "the workflow has no transition '" + support::presentable(name) + "'") +
        " from '" + support::presentable(from) + "'; there are: " + jira_transition_names(all));
  bool const closes = wanted == ticket_state::closed;
  auto const rank = [&](jira_transition const& one) { // a new start rather than work under way
    return std::tuple{one.missing.size(), closes ? jira_misfit(one, why) : std::pair{0, 0},
                      one.category != "new"};
  };
  auto const best =
      std::min_element(fitting.begin(), fitting.end(),
                       [&](auto const& a, auto const& b) { return rank(a) < rank(b); });
  if (!best->missing.empty())
    return refused(
        "the transition '" + support::presentable(best->name) +
        "' asks for fields that nobody has filled in: " + support::joined(best->missing, ", "));
  return *best;
}

} // namespace detail

/// @return The transition's name.
operation<std::string> jira::take_transition(std::string number, std::string from,
                                             ticket_state wanted, close_reason why) const {
  http::url const transitions = issue_url(number) / "transitions";
  http::response const listed =
      co_await send(signed_request(http::get(transitions.with("expand", "transitions.fields"))));
  if (listed.status() != http::status::ok) co_return ticket_failed(listed, number);
  boost::json::value const list = co_await support::json_of(listed);
  std::vector<detail::jira_transition> all;
  for (boost::json::value const& one :
       detail::jira_list(argus_ticket::detail::member(list, "transitions")))
    all.push_back(detail::jira_transition_of(one));
  bool const closes = wanted == ticket_state::closed;
  auto const& information = settings_.information;
  auto chosen = detail::chosen_transition(
      all, closes ? information.close_transition : information.reopen_transition, wanted, why,
      from);
  if (!chosen) {
    error e = std::move(chosen).error();
    e.where = "ticket " + number;
    co_return e;
  }
  boost::json::object body;
  body["transition"] = boost::json::object{{"id", chosen->id}};
  std::string const resolution = closes ? detail::jira_resolution(*chosen, why) : std::string{};
  if (!resolution.empty()) {
    boost::json::object named{{"name", resolution}};
    body["fields"] = boost::json::object{{"resolution", std::move(named)}};
  }
  // Never repeated blindly: a workflow's global transitions may be taken again and again.
  http::request request = http::post(transitions).json(body);
  http::response const reply = co_await send(signed_request(std::move(request)));
  if (reply.status() != http::status::no_content && reply.status() != http::status::ok) {
    error refused = ticket_failed(reply, number);
    std::vector<detail::jira_field> unknown;
    refused.problems = co_await named(std::move(refused.problems), std::move(unknown));
    co_return refused;
  }
  co_return chosen->name;
}

operation<ticket> jira::change_state(std::string number, ticket_state wanted,
                                     close_reason why) const {
  std::string const key_field = co_await key_field_id();
  boost::json::value const issue = co_await own_issue(number, key_field);
  ticket const before = detail::jira_ticket(issue, web_);
  if (before.state == wanted) co_return before;
  std::string const from = detail::jira_text_at(issue, {"fields", "status", "name"});
  auto taken = co_await as_result(take_transition(number, from, wanted, why));
  // What the issue says now counts, where a reply was lost; and a look that fails must not make a
  // failure of a transition that was taken.
  auto after = co_await as_result(issue_of(number, key_field));
  bool const is_doubtful = !taken && taken.error().outcome == outcome::ambiguous;
  if (is_doubtful && after && detail::jira_ticket(*after, web_).state != wanted) {
    taken = co_await as_result(take_transition(number, from, wanted, why));
    after = co_await as_result(issue_of(number, key_field));
  }
  bool const is_there = after && detail::jira_ticket(*after, web_).state == wanted;
  if (!taken && !is_there) co_return taken.error();
  ticket changed = detail::jira_ticket(after ? *after : issue, web_);
  bool const not_planned = wanted == ticket_state::closed && why == close_reason::not_planned;
  auto const kept = co_await as_result(
      keep_reason(number, issue, detail::jira_mark_of(issue, key_field).only_key(), not_planned));
  if (!after) changed.state = wanted;
  if (changed.state == ticket_state::closed && not_planned)
    changed.closed_as = close_reason::not_planned;
  if (changed.state != wanted && taken)
    changed.warnings.push_back(
        {"status", "is not what the transition '" + support::presentable(*taken) + "' leads to"});
  if (!kept)
    changed.warnings.push_back({"reason", "could not be kept: " + to_string(kept.error())});
  co_return changed;
}

/// Writes into its property that an issue is closed as not planned, which Jira's resolution need
/// not say, or takes that out again. Asks for nothing where it says so already.
operation<void> jira::keep_reason(std::string number, boost::json::value issue, std::string key,
                                  bool not_planned) const {
  bool const says = detail::jira_text_at(
                        issue, {"properties", detail::jira_property, "closed_as"}) == "not_planned";
  if (says == not_planned) co_return result<void>{};
  boost::json::object value = detail::jira_property_value(key);
  if (not_planned) value["closed_as"] = "not_planned";
  http::request request =
      http::put(issue_url(number) / "properties" / detail::jira_property).json(value).low_urgency();
  http::response const reply = co_await send(signed_request(std::move(request)));
  if (reply.status() != http::status::ok && reply.status() != http::status::created &&
      reply.status() != http::status::no_content)
    co_return ticket_failed(reply, number);
  co_return result<void>{};
}

operation<ticket> jira::close(ticket_ref which, close_reason why) const {
  std::string number = co_await number_of(which);
  co_return co_await change_state(std::move(number), ticket_state::closed, why);
}

operation<ticket> jira::reopen(ticket_ref which) const {
  std::string number = co_await number_of(which);
  co_return co_await change_state(std::move(number), ticket_state::open, close_reason::completed);
}

} // namespace argus_ticket::plugins

#endif
