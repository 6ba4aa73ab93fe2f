#ifndef ARGUS_TICKET_TESTING_DETAIL_CONFORMANCE_LIFE_HPP
#define ARGUS_TICKET_TESTING_DETAIL_CONFORMANCE_LIFE_HPP

#include <argus_ticket/testing/detail/conformance_stage.hpp>

#include <optional>
#include <string>

namespace argus_ticket::testing::detail {

// What happens to tickets where nothing goes wrong. Each behaviour is a function of the stage that
// returns false where the plugin lacks an operation.

/// What is said once, with the key of a comment.
template <class Stage>
result<comment> say_once(Stage& s, ticket const& about, std::string text, incident_key const& key,
                         bool was_tried) {
  return s.tickets.run("comment", [&](auto const& plugin, auto&) {
    ticket_ref const which(about);
    return argus_ticket::detail::comment_once(plugin, which, std::move(text), key, was_tried);
  });
}

template <class Stage>
bool names_missing_settings(Stage& s) {
  using plugin = typename Stage::plugin_type;
  auto const problems = check_settings<plugin>(typename plugin::settings{});
  for_each_setting<plugin>([&]<class Field>() {
    if constexpr (Field::required)
      s.check(std::any_of(problems.begin(), problems.end(),
                          [](problem const& p) { return p.where == setting_name<Field>(); }),
              setting_name<Field>() + " may be missing, although it is required");
  });
  return true;
}

template <class Stage>
bool checks_account_and_target(Stage& s) {
  if constexpr (!checks_access<typename Stage::plugin_type>) {
    return false;
  } else {
    auto const report = s.tickets.check();
    if (!s.succeeded(report, "check")) return true;
    s.check(!report->target.empty(), "check names no target");
    for (problem const& one : report->warnings)
      s.fail("check warns: " + one.where + ' ' + one.what);
    s.check(s.sent(http::idempotency::safe) == s.network.requests().size(),
            "check sends something else than reads");
    return true;
  }
}

template <class Stage>
bool opens_one_ticket(Stage& s) {
  using plugin = typename Stage::plugin_type;
  if constexpr (!finds_tickets<plugin>) {
    return false;
  } else {
    incident const from = s.make_incident();
    auto const nothing = s.tickets.find(from);
    if (s.succeeded(nothing, "the first look"))
      s.check(!nothing->has_value(), "there is a ticket before one was opened");
    auto const opened = s.tickets.find_or_create(from);
    if (!s.succeeded(opened, "find_or_create")) return true;
    s.check(opened->created, "the ticket is not said to be new");
    s.check(opened->system == std::string_view{plugin::name},
            "the ticket's system is '" + opened->system + "'");
    s.check(opened->state == ticket_state::open, "the new ticket is not open");
    s.check(!opened->number.empty() && !opened->id.empty(), "the ticket has no number or id");
    s.check(http::url::parse(opened->url).has_value(), "'" + opened->url + "' is no page");
    s.check(Stage::visible(opened->title) == from.description,
            "the title reads '" + opened->title + "'");
    s.check_whole(*opened);
    s.check(s.sent(http::idempotency::creates) == 1, "more or less than one request creates");

    s.settle();
    auto const again = s.tickets.find_or_create(from);
    if (!s.succeeded(again, "the second find_or_create")) return true;
    s.check(!again->created && again->number == opened->number && again->url == opened->url,
            "the second find_or_create gives another ticket");
    s.check(s.sent(http::idempotency::creates) == 1, "the second find_or_create creates");
    auto const other = s.tickets.find(s.make_incident("other"));
    if (s.succeeded(other, "the look for another incident"))
      s.check(!other->has_value(), "the ticket is found for another incident");
    return true;
  }
}

template <class Stage>
bool sends_what_preview_shows(Stage& s) {
  incident const from = s.make_incident();
  auto const preview = s.tickets.preview(from);
  auto const opened = s.tickets.create(from);
  if (!s.succeeded(preview, "preview") || !s.succeeded(opened, "create")) return true;
  if (s.check(!s.network.requests().empty(), "nothing was sent")) {
    http::request const& first = s.network.requests().front();
    s.check(first.url().string() == preview->url().string() && first.body() == preview->body(),
            "what was sent first is not what preview shows");
  }
  return true;
}

template <class Stage>
bool gets_by_number_and_page(Stage& s) {
  if constexpr (!gets_tickets<typename Stage::plugin_type>) {
    return false;
  } else {
    auto const opened = s.tickets.create(s.make_incident());
    if (!s.succeeded(opened, "create")) return true;
    for (std::string const& name : {opened->number, opened->url}) {
      auto const got = s.tickets.get(name);
      if (s.succeeded(got, "get " + name))
        s.check(got->number == opened->number && got->id == opened->id,
                "get " + name + " gives another ticket");
    }
    // No server has that many.
    s.failed_as(s.tickets.get(opened->number + "99999999"), errc::ticket_not_found,
                "get of a ticket that is not there");
    std::size_t const before = s.network.requests().size();
    for (std::string const& name :
         {std::string{}, std::string{"../1"}, opened->number + "/../1", opened->number + "?a=b",
          "https://elsewhere.example/" + opened->number, std::string{"javascript:alert(1)"}})
      s.failed_as(s.tickets.get(name), errc::ticket_not_found, "get of '" + name + "'");
    s.check(s.network.requests().size() == before, "something was sent for what is no ticket");
    return true;
  }
}

template <class Stage>
bool writes_texts_anew(Stage& s) {
  using plugin = typename Stage::plugin_type;
  if constexpr (!updates_tickets<plugin> || !finds_tickets<plugin>) {
    return false;
  } else {
    incident from = s.make_incident();
    auto const opened = s.tickets.find_or_create(from);
    if (!s.succeeded(opened, "find_or_create")) return true;
    from.description = "Link <gw-3> is flapping";
    auto const updated = s.tickets.update(*opened, from);
    if (s.succeeded(updated, "update")) {
      s.check(Stage::visible(updated->title) == from.description,
              "the title still reads '" + updated->title + "'");
      s.check_whole(*updated);
    }
    s.settle();
    auto const found = s.tickets.find(from);
    if (s.succeeded(found, "the look after the update"))
      s.check(found->has_value() && (*found)->number == opened->number,
              "the ticket is not found any more after the update");
    s.failed_as(s.tickets.update(*opened, s.make_incident("another")), errc::not_ours,
                "update with another incident");
    return true;
  }
}

template <class Stage>
bool comments_once(Stage& s) {
  using plugin = typename Stage::plugin_type;
  if constexpr (!comments_tickets<plugin>) {
    return false;
  } else {
    auto const opened = s.tickets.create(s.make_incident());
    if (!s.succeeded(opened, "create")) return true;
    auto const said = s.tickets.comment(*opened, "/close @all <b>not</b> #1");
    if (s.succeeded(said, "comment")) s.check(!said->id.empty(), "the comment has no id");
    if constexpr (gets_tickets<plugin>) {
      auto const after = s.tickets.get(*opened);
      if (s.succeeded(after, "get"))
        s.check(after->state == ticket_state::open, "a comment's text changed the ticket's state");
    }
    if constexpr (finds_comments<plugin>) {
      auto const parts = argus_ticket::detail::comment_parts(
          s.tickets.plugin(), argus_ticket::detail::text_document("once"), s.tickets.policies());
      incident_key const key =
          argus_ticket::detail::derived_key(argus_ticket::key_of(s.make_incident()), "said once");
      std::size_t const before = s.sent(http::idempotency::creates);
      error lost{errc::timed_out, outcome::ambiguous, "no reply came"};
      lost.progress = progress::all_sent;
      s.network.instead_of_next_create(lost, true);
      auto const first = say_once(s, *opened, parts.front(), key, false);
      auto const second = say_once(s, *opened, parts.front(), key, true);
      if (s.succeeded(first, "a comment whose reply was lost") &&
          s.succeeded(second, "the same one again"))
        s.check(first->id == second->id && s.sent(http::idempotency::creates) == before + 1,
                "a comment with the same key was written twice");
    }
    return true;
  }
}

template <class Stage>
bool closes_and_reopens(Stage& s) {
  using plugin = typename Stage::plugin_type;
  if constexpr (!closes_tickets<plugin>) {
    return false;
  } else {
    incident const from = s.make_incident();
    auto const opened = s.tickets.create(from);
    if (!s.succeeded(opened, "create")) return true;
    for (char const* time : {"close", "the second close"}) {
      auto const closed = s.tickets.close(*opened);
      if (s.succeeded(closed, time))
        s.check(closed->state == ticket_state::closed, std::string{time} + " leaves it open");
    }
    if constexpr (finds_tickets<plugin>) {
      s.settle();
      auto const found = s.tickets.find(from);
      if (s.succeeded(found, "the look for a closed ticket"))
        s.check(found->has_value() && (*found)->state == ticket_state::closed,
                "a closed ticket is not found as such");
    }
    if constexpr (reopens_tickets<plugin>) {
      for (char const* time : {"reopen", "the second reopen"}) {
        auto const reopened = s.tickets.reopen(*opened);
        if (s.succeeded(reopened, time))
          s.check(reopened->state == ticket_state::open, std::string{time} + " leaves it closed");
      }
      auto const closed = s.tickets.close(*opened, close_reason::not_planned);
      if (s.succeeded(closed, "close as not planned"))
        s.check(closed->state == ticket_state::closed &&
                    closed->closed_as.value_or(close_reason::not_planned) ==
                        close_reason::not_planned,
                "close as not planned is not kept");
    }
    return true;
  }
}

template <class Stage>
bool keeps_long_texts(Stage& s) {
  using plugin = typename Stage::plugin_type;
  constexpr document::text_limits limits = plugin::limits;
  incident from = s.make_incident();
  from.description += std::string((std::min)(limits.title, std::size_t{10'000}), 'x');
  // What comments must take is looked at where it does not take megabytes.
  constexpr bool is_short = limits.body <= 300'000;
  std::string const first = "begins" + std::string(58, 'y');
  std::string const last = "ends" + std::string(60, 'y');
  if (is_short) {
    from.tags.push_back(incident_tag::from("note=" + first));
    for (std::size_t length = 0; length < limits.body + limits.body / 8; length += 64)
      from.tags.push_back(incident_tag::from("note=" + std::string(64, 'y')));
    from.tags.push_back(incident_tag::from("note=" + last));
  }
  auto const opened = s.tickets.create(from);
  if (!s.succeeded(opened, "create of a long text")) return true;
  s.check_whole(*opened);
  s.check(document::length(opened->title, limits.unit) <= limits.title, "the title is too long");
  if (is_short && comments_tickets<plugin>)
    for (std::string const& part : {first, last}) {
      auto const& all = s.network.requests();
      s.check(std::any_of(
                  all.begin(), all.end(),
                  [&](http::request const& r) { return r.body().find(part) != std::string::npos; }),
              "'" + part.substr(0, 6) + "...' of a long text was not sent");
    }
  return true;
}

template <class Stage>
bool forges_no_marker(Stage& s) {
  using plugin = typename Stage::plugin_type;
  if constexpr (!marks_bodies<plugin> || !finds_tickets<plugin>) {
    return false;
  } else {
    incident const victim = s.make_incident("victim");
    incident from = s.make_incident();
    from.description = plugin::marker(argus_ticket::detail::key_for(s.tickets.plugin(), victim));
    from.tags.push_back(incident_tag::from("note=" + from.description));
    if (!s.succeeded(s.tickets.create(from), "create")) return true;
    s.settle();
    auto const found = s.tickets.find(victim);
    if (s.succeeded(found, "the look for the other incident"))
      s.check(!found->has_value(), "an incident's text passes for another one's marker");
    return true;
  }
}

template <class Stage>
bool fills_in_a_page(Stage& s) {
  using plugin = typename Stage::plugin_type;
  if constexpr (!prefills_tickets<plugin>) {
    return false;
  } else {
    incident const from = s.make_incident();
    auto const url = s.tickets.prefilled_url(from);
    if (!s.succeeded(url, "prefilled_url")) return true;
    s.check(url->size() <= plugin::longest_url, "the filled-in page's URL is too long");
    s.check(http::url::parse(*url).has_value(), "the filled-in page's URL is none");
    s.check(s.network.requests().empty(), "something was sent for a URL");
    return true;
  }
}

template <class Play>
void play_life(Play const& play) {
  play("each required setting that is missing is named",
       [](auto& s) { return names_missing_settings(s); });
  play("check names the target, and only reads",
       [](auto& s) { return checks_account_and_target(s); });
  play("an incident gets one ticket", [](auto& s) { return opens_one_ticket(s); });
  play("preview shows what is sent", [](auto& s) { return sends_what_preview_shows(s); });
  play("a ticket is got by its number and by its page",
       [](auto& s) { return gets_by_number_and_page(s); });
  play("an update keeps the ticket findable, and is its incident's",
       [](auto& s) { return writes_texts_anew(s); });
  play("comments are text, and are written once", [](auto& s) { return comments_once(s); });
  play("closing and reopening can be repeated", [](auto& s) { return closes_and_reopens(s); });
  play("long texts are whole", [](auto& s) { return keeps_long_texts(s); });
  play("an incident's text forges no marker", [](auto& s) { return forges_no_marker(s); });
  play("the new ticket page is filled in", [](auto& s) { return fills_in_a_page(s); });
}

} // namespace argus_ticket::testing::detail

#endif
