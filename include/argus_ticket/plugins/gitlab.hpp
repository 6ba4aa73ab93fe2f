#ifndef ARGUS_TICKET_PLUGINS_GITLAB_HPP
#define ARGUS_TICKET_PLUGINS_GITLAB_HPP

#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/fixed_string.hpp>
#include <argus_ticket/fwd.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugin_values.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <boost/json/fwd.hpp>

#include <string>
#include <tuple>
#include <vector>

namespace argus_ticket::fields {

/// `confidential` of @ref plugins::gitlab.
struct confidential {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "confidential";
  static constexpr std::string_view about = "opens tickets that only members of the project see";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.confidential)) {
    return s.information.confidential;
  }
};

/// `issue_type` of @ref plugins::gitlab.
struct issue_type {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "issue_type";
  static constexpr std::string_view about = "issue, incident, task or test_case";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.issue_type)) {
    return s.information.issue_type;
  }
  static constexpr std::string_view problem(std::string_view v) {
    for (std::string_view const known : {"issue", "incident", "task", "test_case"})
      if (v == known) return {};
    return "must be issue, incident, task or test_case";
  }
};

} // namespace argus_ticket::fields

namespace argus_ticket::plugins {

/**
 * GitLab: gitlab.com and self-hosted instances, below a path prefix too.
 *
 * A ticket is an issue with a hidden comment in its description that carries the incident's key,
 * and with two labels: `argus-ticket`, for people, and `argus-ticket-00` to `argus-ticket-ff` after
 * the key, so that a look-up lists a few issues however many there are. GitLab makes labels that
 * are missing. Where the account is no more than a guest, whose labels GitLab may drop silently,
 * the look-up lists the account's own issues instead. Either list is bounded by
 * `ticket_query::since`. A marker counts only in an issue that has the key's label, which only
 * members of the project can set; in a guest's look-up, only in one that the account itself opened.
 * So a ticket is lost from sight where people take that label off, or where a guest's account gets
 * a greater role.
 *
 * A token of another account than the one that opened the tickets finds them by that label, from
 * the role of a reporter up; a guest's does not: mind it where a project's token, which has an
 * account of its own, is replaced.
 *
 * GitLab keeps no reason why an issue is closed: the label `argus-ticket-not-planned` says so of
 * `close_reason::not_planned`.
 *
 * Operations: `create`, `find`, `get`, `update`, `comment`, `close`, `reopen`, `check`, and the
 * URL of the "new issue" page filled in, whose labels are set by a quick action.
 *
 * Errors: beside the transport's, `bad_credentials` (401), `not_permitted` (403; also of a write
 * where issues are disabled or the project is archived, of which `check` says `target_not_found`),
 * `rate_limited` (429, with `retry_after`), `target_not_found` (404: the project),
 * `ticket_not_found` (404), `not_ours`, `refused` (400, 409, 422 and other 4xx, such as 405 of a
 * project that was renamed; a state that an issue does not change to), `server_failed` (5xx),
 * `bad_reply`.
 *
 * Wire format: GitLab REST API, version 4, https://docs.gitlab.com/api/issues/,
 * https://docs.gitlab.com/api/notes/, https://docs.gitlab.com/api/projects/.
 * Guarantees: those of every @ref ticket_plugin, whose members it has.
 */
class gitlab {
 public:
  static constexpr fixed_string name = "gitlab";

  /// Argus's settings, by their names there; see @ref fields.
  struct settings {
    /// `TICKET_AUTHENTICATION_SECRET`.
    struct authentication_type {
      secret token{}; ///< A personal, group or project access token with the scope `api`.
    };
    /// `TICKET_INFORMATION`.
    struct information_type {
      std::string project_namespace_and_name{};     ///< `group/name`; groups may nest.
      std::vector<std::string> labels_set{};        ///< Labels for every ticket.
      std::vector<mapping_source> labels_mapping{}; ///< Whose values become labels.
      bool confidential = false;     ///< New issues are seen by members of the project alone.
      std::string issue_type{};      ///< `issue` (where empty), `incident`, `task` or `test_case`
      std::string tenant{};          ///< A part of each key; see @ref key_of.
      bool allow_plain_http = false; ///< Permits http:// to other hosts than this one.
    };

    std::string endpoint{}; ///< `https://gitlab.com/`, or the base of a self-hosted instance.
    authentication_type authentication{}; ///< Who opens the tickets.
    information_type information{};       ///< Where, and with what.
  };
  using setting_fields =
      std::tuple<fields::endpoint, fields::token, fields::project<true>, fields::labels_set,
                 fields::labels_mapping, fields::confidential, fields::issue_type, fields::tenant,
                 fields::allow_plain_http>;

  static constexpr bool has_no_use_for_incident_url = true;
  using dialect = document::gitlab_markdown;
  /// Of a text GitLab counts bytes: 1,000,000 of a comment and some more of a description, which
  /// this many code points are at most. Of a title it counts code points.
  static constexpr document::text_limits limits{255, 250'000, document::length_unit::code_points};
  /// GitLab's web servers refuse URLs with more bytes.
  static constexpr std::size_t longest_url = 8'000;

  /// Takes settings in which `check_settings<gitlab>(s)` found nothing.
  ARGUS_TICKET_DECL explicit gitlab(settings s);

  ARGUS_TICKET_DECL operation<ticket> create(draft d) const;
  ARGUS_TICKET_DECL operation<std::vector<ticket>> find(ticket_query q) const;
  ARGUS_TICKET_DECL operation<ticket> get(ticket_ref which) const;
  /// Title and description are replaced, the marker stays, labels are added to those that are
  /// there.
  ARGUS_TICKET_DECL operation<ticket> update(ticket_ref which, draft d) const;
  ARGUS_TICKET_DECL operation<argus_ticket::comment> comment(ticket_ref which,
                                                             std::string text) const;
  ARGUS_TICKET_DECL operation<std::optional<argus_ticket::comment>>
  find_comment(ticket_ref which, incident_key key) const;
  ARGUS_TICKET_DECL operation<ticket> close(ticket_ref which, close_reason why) const;
  ARGUS_TICKET_DECL operation<ticket> reopen(ticket_ref which) const;
  ARGUS_TICKET_DECL operation<check_report> check() const;

  [[nodiscard]] ARGUS_TICKET_DECL std::string prefilled_url(draft const& d) const;
  /// GitLab's labels have no commas and no tags: those become semicolons and parentheses.
  [[nodiscard]] ARGUS_TICKET_DECL mapped_labels labels_of(incident const& from) const;
  [[nodiscard]] static ARGUS_TICKET_DECL std::string marker(incident_key const& key);
  [[nodiscard]] static ARGUS_TICKET_DECL std::string comment_marker(incident_key const& key);
  [[nodiscard]] static ARGUS_TICKET_DECL error error_of(http::response const& reply);

  /// Where the API has the project: `<endpoint>/api/v4/projects/group%2Fname`.
  [[nodiscard]] ARGUS_TICKET_DECL http::url project_url() const;
  /// Where the API has an issue, by its number in the project.
  [[nodiscard]] ARGUS_TICKET_DECL http::url issue_url(std::string const& number) const;
  /// Whether a ticket is an issue of the project in the settings.
  [[nodiscard]] ARGUS_TICKET_DECL bool is_reached(ticket const& known) const;
  [[nodiscard]] std::string const& tenant() const noexcept { return settings_.information.tenant; }

 private:
  ARGUS_TICKET_DECL std::string const& project() const noexcept;
  ARGUS_TICKET_DECL http::request signed_with_token(http::request r) const;
  ARGUS_TICKET_DECL auto signer() const;
  ARGUS_TICKET_DECL http::url project_page() const;
  ARGUS_TICKET_DECL http::url issue_page(std::string const& number) const;
  ARGUS_TICKET_DECL result<std::string> number_of(ticket_ref const& which) const;
  ARGUS_TICKET_DECL error failed(http::response const& reply, std::string const& about) const;
  ARGUS_TICKET_DECL error ticket_failed(http::response const& reply,
                                        std::string const& number) const;
  ARGUS_TICKET_DECL operation<boost::json::value> issue_of(std::string number) const;
  ARGUS_TICKET_DECL operation<boost::json::value> own_issue(std::string number) const;
  ARGUS_TICKET_DECL operation<boost::json::value> project_there() const;
  ARGUS_TICKET_DECL operation<boost::json::value> account() const;
  ARGUS_TICKET_DECL operation<bool> labels_stick(boost::json::value project) const;
  ARGUS_TICKET_DECL operation<boost::json::value> put(std::string number,
                                                      boost::json::object changes) const;
  ARGUS_TICKET_DECL operation<ticket> change_state(std::string number, ticket_state wanted,
                                                   boost::json::object changes) const;

  settings settings_;
  http::url web_; // pages for people
  http::url api_;
};

} // namespace argus_ticket::plugins

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/gitlab.ipp>
#endif

#endif
