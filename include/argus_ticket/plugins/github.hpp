#ifndef ARGUS_TICKET_PLUGINS_GITHUB_HPP
#define ARGUS_TICKET_PLUGINS_GITHUB_HPP

#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/fixed_string.hpp>
#include <argus_ticket/fwd.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugin_values.hpp>
#include <argus_ticket/plugins/support/ticket_label.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <boost/json/fwd.hpp>

#include <string>
#include <tuple>
#include <vector>

namespace argus_ticket::plugins {

/**
 * GitHub: github.com, GitHub Enterprise Cloud with its own host name (`*.ghe.com`) and GitHub
 * Enterprise Server.
 *
 * A ticket is an issue with a hidden comment in its body that carries the incident's key, and with
 * two labels: `argus-ticket`, for people, and `argus-ticket-00` to `argus-ticket-ff` after the key,
 * so that a look-up lists a few issues however many tickets there are, even in a storm of alerts.
 * Issues are listed, never searched: GitHub's search lags. Where the account may not set labels,
 * which GitHub then drops silently, the look-up lists that account's own issues instead. Either
 * list is bounded by `ticket_query::since`. A marker counts only in an issue of that account or of
 * a member of the repository, so that nobody else can pass an issue off as a ticket.
 *
 * Operations: `create`, `find`, `get`, `update`, `comment`, `close`, `reopen`, `check`, and the
 * URL of the "new issue" page filled in.
 *
 * Errors: beside the transport's, `bad_credentials` (401), `not_permitted` (403), `rate_limited`
 * (403 or 429 of a limit, with `retry_after`), `target_not_found` (404, 410; the
 * repository: also where issues are disabled or it is archived), `ticket_not_found` (the same, of
 * an issue), `not_ours`, `refused` (422 and other 4xx), `server_failed` (5xx), `bad_reply`.
 *
 * Limits: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
 * best-practices-for-using-the-rest-api beside it.
 *
 * Wire format: GitHub REST API, version 2022-11-28, https://docs.github.com/en/rest/issues.
 * Guarantees: those of every @ref ticket_plugin, whose members it has.
 */
class github {
 public:
  static constexpr fixed_string name = "github";

  /// Argus's settings, by their names there; see @ref fields.
  struct settings {
    /// `TICKET_AUTHENTICATION_SECRET`.
    struct authentication_type {
      secret token{}; ///< A personal access token (scope `repo`, or issues: read and write).
    };
    /// `TICKET_INFORMATION`.
    struct information_type {
      std::string project_namespace_and_name{};     ///< `owner/name`
      std::vector<std::string> labels_set{};        ///< Labels for every ticket.
      std::vector<mapping_source> labels_mapping{}; ///< Whose values become labels.
      std::string tenant{};                         ///< A part of each key; see @ref key_of.
      bool allow_plain_http = false; ///< Permits http:// to other hosts than this one.
    };

    std::string endpoint{}; ///< `https://github.com/`, or the base of a self-hosted instance.
    authentication_type authentication{}; ///< Who opens the tickets.
    information_type information{};       ///< Where, and with what.
  };
  using setting_fields =
      std::tuple<fields::endpoint, fields::token, fields::project<false>, fields::labels_set,
                 fields::labels_mapping, fields::tenant, fields::allow_plain_http>;

  static constexpr bool has_no_use_for_incident_url = true;
  using dialect = document::markdown;
  static constexpr document::text_limits limits{256, 65'536, document::length_unit::code_points};
  /// GitHub's servers refuse URLs with more bytes.
  static constexpr std::size_t longest_url = 8'000;
  /// The label that every ticket has.
  static constexpr std::string_view label = support::ticket_label;
  /// The label that tickets with that key have besides; empty where the key is.
  [[nodiscard]] static ARGUS_TICKET_DECL std::string key_label(incident_key const& key);

  /// Takes settings in which `check_settings<github>(s)` found nothing.
  ARGUS_TICKET_DECL explicit github(settings s);

  ARGUS_TICKET_DECL operation<ticket> create(draft d) const;
  ARGUS_TICKET_DECL operation<std::vector<ticket>> find(ticket_query q) const;
  ARGUS_TICKET_DECL operation<ticket> get(ticket_ref which) const;
  /// Title and body are replaced, the marker stays, labels are added to those that are there.
  ARGUS_TICKET_DECL operation<ticket> update(ticket_ref which, draft d) const;
  ARGUS_TICKET_DECL operation<argus_ticket::comment> comment(ticket_ref which,
                                                             std::string text) const;
  ARGUS_TICKET_DECL operation<std::optional<argus_ticket::comment>>
  find_comment(ticket_ref which, incident_key key) const;
  ARGUS_TICKET_DECL operation<ticket> close(ticket_ref which, close_reason why) const;
  ARGUS_TICKET_DECL operation<ticket> reopen(ticket_ref which) const;
  ARGUS_TICKET_DECL operation<check_report> check() const;

  [[nodiscard]] ARGUS_TICKET_DECL std::string prefilled_url(draft const& d) const;
  [[nodiscard]] ARGUS_TICKET_DECL mapped_labels labels_of(incident const& from) const;
  [[nodiscard]] static ARGUS_TICKET_DECL std::string marker(incident_key const& key);
  [[nodiscard]] static ARGUS_TICKET_DECL std::string comment_marker(incident_key const& key);
  /// What GitHub asks of a credential, with a second between two writes; on a self-hosted instance,
  /// whose administrator sets the limits, nothing but what its replies say is heeded.
  [[nodiscard]] ARGUS_TICKET_DECL rate_limits asked_of_clients() const;
  [[nodiscard]] static ARGUS_TICKET_DECL error error_of(http::response const& reply);

  /// Where the API is: `https://api.github.com/`, or `<endpoint>/api/v3`.
  [[nodiscard]] http::url const& api() const noexcept { return api_; }
  /// Where the API has the issue of that number.
  [[nodiscard]] ARGUS_TICKET_DECL http::url issue_url(std::string const& number) const;
  /// Whether a ticket is an issue of the repository in the settings.
  [[nodiscard]] ARGUS_TICKET_DECL bool is_reached(ticket const& known) const;
  [[nodiscard]] std::string const& tenant() const noexcept { return settings_.information.tenant; }

 private:
  struct candidate;

  ARGUS_TICKET_DECL http::url repository_url() const;
  ARGUS_TICKET_DECL http::request signed_with_token(http::request r) const;
  ARGUS_TICKET_DECL auto signer() const;
  ARGUS_TICKET_DECL result<std::string> number_of(ticket_ref const& which) const;
  ARGUS_TICKET_DECL error failed(http::response const& reply, std::string const& about) const;
  ARGUS_TICKET_DECL error ticket_failed(http::response const& reply,
                                        std::string const& number) const;
  ARGUS_TICKET_DECL operation<boost::json::value> issue_of(std::string number) const;
  ARGUS_TICKET_DECL operation<boost::json::value> own_issue(std::string number) const;
  ARGUS_TICKET_DECL operation<boost::json::value> repository() const;
  ARGUS_TICKET_DECL operation<std::string> account() const;
  ARGUS_TICKET_DECL operation<std::vector<candidate>> search(http::url list,
                                                             std::string wanted) const;
  ARGUS_TICKET_DECL operation<void> add_labels(std::string number,
                                               std::vector<std::string> names) const;
  ARGUS_TICKET_DECL operation<ticket> patch(std::string number, boost::json::object changes) const;

  settings settings_;
  std::string owner_;
  std::string project_;
  http::url web_; // pages for people
  http::url api_;
  http::url issues_; // where they are opened
};

} // namespace argus_ticket::plugins

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/github.ipp>
#endif

#endif
