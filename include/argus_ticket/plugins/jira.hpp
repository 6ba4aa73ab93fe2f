#ifndef ARGUS_TICKET_PLUGINS_JIRA_HPP
#define ARGUS_TICKET_PLUGINS_JIRA_HPP

#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/fixed_string.hpp>
#include <argus_ticket/fwd.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugin_values.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <boost/json/fwd.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// Settings that only Jira has.
namespace argus_ticket::fields::jira {

/// `email`, which makes it Jira Cloud.
struct email {
  static constexpr std::string_view setting = "TICKET_AUTHENTICATION_SECRET";
  static constexpr std::string_view key = "email";
  static constexpr std::string_view about = "whose API token it is; with it, this is Jira Cloud";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.authentication.email)) {
    return s.authentication.email;
  }
  static constexpr std::string_view problem(std::string_view v) {
    return fields::username::problem(v);
  }
};

/// `project_key_or_id`: a text, or in JSON a number.
struct project_key_or_id {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "project_key_or_id";
  static constexpr std::string_view about = "key, id or name of the project";
  static constexpr bool required = true;
  static constexpr bool takes_number = true;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.project_key_or_id))
    requires std::convertible_to<decltype((s.information.project_key_or_id)), std::string_view>
  {
    return s.information.project_key_or_id;
  }
  static constexpr std::string_view problem(std::string_view v) {
    for (char const c : v)
      if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
        return "must not contain control characters";
    return {};
  }
  template <class S>
  static consteval void diagnose() {
    static_assert(has_setting<S, project_key_or_id>,
                  "argus_ticket: these settings lack the project: add a member `information` with "
                  "a member `std::string project_key_or_id`");
  }
};

/// `type`: what kind of issue is opened.
struct type {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "type";
  static constexpr std::string_view about = "name or id of the issues' type; Task where empty";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.type)) {
    return s.information.type;
  }
};

/// `deployment`: Cloud or Data Center.
struct deployment {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "deployment";
  static constexpr std::string_view about = "cloud or data_center, where the e-mail does not tell";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.deployment)) {
    return s.information.deployment;
  }
  static constexpr std::string_view problem(std::string_view v) {
    return v == "cloud" || v == "data_center" ? std::string_view{} : "must be cloud or data_center";
  }
};

/// `key_field`: where the key stands in place of a label.
struct key_field {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "key_field";
  static constexpr std::string_view about = "custom field for the key, where labels cannot be set";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.key_field)) {
    return s.information.key_field;
  }
};

/// `close_transition`: how issues are closed.
struct close_transition {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "close_transition";
  static constexpr std::string_view about = "name of the transition that closes an issue";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.close_transition)) {
    return s.information.close_transition;
  }
};

/// `reopen_transition`: how issues are opened again.
struct reopen_transition {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "reopen_transition";
  static constexpr std::string_view about = "name of the transition that opens an issue again";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.reopen_transition)) {
    return s.information.reopen_transition;
  }
};

} // namespace argus_ticket::fields::jira

namespace argus_ticket::plugins {

namespace detail {
struct jira_field;
struct jira_changes;
} // namespace detail

/**
 * Jira: Cloud (REST API 3, Atlassian Document Format) and Data Center (REST API 2, wiki markup).
 *
 * A ticket is an issue with the labels `argus-ticket`, for people, and `argus-<key>`, by which JQL
 * finds it, and with an issue property `argus-ticket` that carries the key once more, where nobody
 * sees or edits it. Where labels cannot be set, a text field that `key_field` names carries the key
 * in their place. A look-up asks for the issues of the own account alone, in whatever project
 * people have moved them to, and what counts is not what the search says but the issue itself: its
 * creator, who can never be changed, must be the account in use, and its property (on servers that
 * keep none: its label or field) must carry the key. Labels, fields and properties alone can be
 * forged: whoever may open issues may set them. So tickets are tied to the account; a token may
 * change, the account may not.
 *
 * Search is bounded by the time of creation. Where it finds nothing, the answer counts only after
 * Jira has told who the account is: a request that Jira takes for anonymous finds nothing, too.
 * Jira Cloud's search lags: see `search_lag`.
 *
 * Closing and reopening are the workflow's transitions: to a status of the category "done", and to
 * one that is not; or those that the settings name. Of several, one is taken that says why by its
 * name, resolution or status, or at least not the opposite. `close_reason` becomes the resolution
 * where the transition has one, and is kept in the property.
 *
 * Custom fields are given by name; looked up, and written as their types ask, only where some are.
 * What Jira refuses of them is left out, with a warning, and the rest is sent once more. Data
 * Center is taken to render texts, of one line too, by its wiki renderer, as it does by default.
 *
 * Operations: `create`, `find`, `get`, `update`, `comment`, `close`, `reopen`, `check`.
 *
 * Errors: beside the transport's, `bad_credentials` (401, and where Jira says that the login
 * failed), `not_permitted` (403), `rate_limited` (429, with `retry_after`), `target_not_found` (the
 * project), `ticket_not_found` (404), `not_ours`, `refused` (400 and other 4xx, with a problem for
 * each field by its name; no transition leads there), `server_failed` (5xx), `bad_reply`,
 * `invalid_settings` (a field that `key_field` names is not there, or is none for a line of text).
 *
 * Wire format: https://developer.atlassian.com/cloud/jira/platform/rest/v3/,
 * https://developer.atlassian.com/server/jira/platform/rest/; which renderers are the default:
 * https://confluence.atlassian.com/display/ADMINJIRASERVER0913/Configuring+renderers.
 * Guarantees: those of every @ref ticket_plugin, whose members it has.
 */
class jira {
 public:
  static constexpr fixed_string name = "jira";

  /// Argus's settings, by their names there; see @ref fields.
  struct settings {
    /// `TICKET_AUTHENTICATION_SECRET`.
    struct authentication_type {
      secret token{};         ///< An API token (Cloud) or a personal access token (Data Center).
      std::string email{};    ///< Of the API token's account; with it, this is Jira Cloud.
      std::string username{}; ///< Data Center without a token.
      secret password{};      ///< Of that user.
    };
    /// `TICKET_INFORMATION`.
    struct information_type {
      std::string project_key_or_id{};       ///< `NET`, `10000` or `Network`
      std::string type{};                    ///< Name or id of the issue type; `Task` where empty.
      std::vector<std::string> labels_set{}; ///< Labels for every ticket.
      std::vector<mapping_source> labels_mapping{};       ///< Whose values become labels.
      std::vector<custom_field> custom_fields_set{};      ///< Fields for every ticket.
      std::vector<field_mapping> custom_fields_mapping{}; ///< Fields with values of incidents.
      std::string key_field{};         ///< Name or id of a text field; none: a label has the key.
      std::string close_transition{};  ///< Its name, or that of the status it leads to.
      std::string reopen_transition{}; ///< The same.
      std::string deployment{};        ///< `cloud`, `data_center`, or empty: by the e-mail.
      std::string tenant{};            ///< A part of each key; see @ref key_of.
      bool allow_plain_http = false;   ///< Permits http:// to other hosts than this one.
    };

    std::string endpoint{}; ///< `https://example.atlassian.net/`, or the base of an instance.
    authentication_type authentication{}; ///< Who opens the tickets.
    information_type information{};       ///< Where, and with what.
  };
  using setting_fields =
      std::tuple<fields::endpoint, fields::optional_token, fields::jira::email, fields::username,
                 fields::password, fields::jira::project_key_or_id, fields::jira::type,
                 fields::labels_set, fields::labels_mapping, fields::custom_fields_set,
                 fields::custom_fields_mapping, fields::jira::key_field,
                 fields::jira::close_transition, fields::jira::reopen_transition,
                 fields::jira::deployment, fields::tenant, fields::allow_plain_http>;
  /// A token is needed, or both a user name and a password, of which Cloud takes none; and fields
  /// that the library writes itself may not be among those of the settings.
  [[nodiscard]] static ARGUS_TICKET_DECL std::vector<problem> problems_of(settings const& s);

  using dialect = document::adf;
  template <class F>
  decltype(auto) visit_dialect(F f) const {
    return is_cloud_ ? f.template operator()<document::adf>()
                     : f.template operator()<document::jira_wiki>();
  }
  /// Java's characters. A document in Jira Cloud's format counts with all its markup.
  static constexpr document::text_limits limits{255, 32'767, document::length_unit::utf16};
  /// How long Jira Cloud's search may not see what was just created.
  static constexpr std::chrono::milliseconds search_lag{5'000};

  /// Takes settings in which `check_settings<jira>(s)` found nothing.
  ARGUS_TICKET_DECL explicit jira(settings s);

  ARGUS_TICKET_DECL operation<ticket> create(draft d) const;
  ARGUS_TICKET_DECL operation<std::vector<ticket>> find(ticket_query q) const;
  ARGUS_TICKET_DECL operation<ticket> get(ticket_ref which) const;
  /// Summary, description and custom fields are replaced; labels are added to those that are there.
  ARGUS_TICKET_DECL operation<ticket> update(ticket_ref which, draft d) const;
  ARGUS_TICKET_DECL operation<argus_ticket::comment> comment(ticket_ref which, std::string text,
                                                             incident_key key = {}) const;
  ARGUS_TICKET_DECL operation<std::optional<argus_ticket::comment>>
  find_comment(ticket_ref which, incident_key key) const;
  ARGUS_TICKET_DECL operation<ticket> close(ticket_ref which, close_reason why) const;
  ARGUS_TICKET_DECL operation<ticket> reopen(ticket_ref which) const;
  ARGUS_TICKET_DECL operation<check_report> check() const;

  /// Jira's labels have no spaces; those of others become underscores. A custom field `Labels` is
  /// no field, but more of them. Those by which the library knows its tickets are left out.
  [[nodiscard]] ARGUS_TICKET_DECL mapped_labels labels_of(incident const& from) const;
  [[nodiscard]] ARGUS_TICKET_DECL mapped_fields fields_of(incident const& from) const;
  [[nodiscard]] static ARGUS_TICKET_DECL error error_of(http::response const& reply);
  /// The label that tickets with that key have; empty where the key is.
  [[nodiscard]] static ARGUS_TICKET_DECL std::string key_label(incident_key const& key);

  /// Whether this is Jira Cloud, and not Data Center.
  [[nodiscard]] bool is_cloud() const noexcept { return is_cloud_; }
  /// Where the API is: `<endpoint>/rest/api/3`, or `/2` of Data Center.
  [[nodiscard]] http::url const& api() const noexcept { return api_; }
  /// Whether a ticket is an issue of this server: people may move one to another project.
  [[nodiscard]] ARGUS_TICKET_DECL bool is_reached(ticket const& known) const;
  [[nodiscard]] std::string const& tenant() const noexcept { return settings_.information.tenant; }

 private:
  using json_value = boost::json::value;
  using fields_list = std::vector<detail::jira_field>;

  ARGUS_TICKET_DECL http::request signed_request(http::request r) const;
  ARGUS_TICKET_DECL http::url issue_url(std::string const& number) const;
  ARGUS_TICKET_DECL result<std::string> number_of(ticket_ref const& which) const;
  ARGUS_TICKET_DECL error ticket_failed(http::response const& reply,
                                        std::string const& number) const;
  /// Asks for JSON. `about` is what an error is about.
  ARGUS_TICKET_DECL operation<json_value> fetch(http::url from, std::string about) const;
  /// The fields that problems are about, by name where Jira has told only their ids.
  ARGUS_TICKET_DECL operation<std::vector<problem>> named(std::vector<problem> problems,
                                                          fields_list known) const;
  ARGUS_TICKET_DECL json_value text_in_format(std::string const& text) const;
  ARGUS_TICKET_DECL result<argus_ticket::comment>
  comment_of(json_value const& from, std::string const& number, http::response const& reply) const;

  // The project, the account, the fields.
  ARGUS_TICKET_DECL operation<std::string> account() const;
  ARGUS_TICKET_DECL operation<boost::json::object> project_reference() const;
  ARGUS_TICKET_DECL operation<boost::json::object> project_by_name() const;
  ARGUS_TICKET_DECL operation<fields_list> fields_there() const;
  /// Those that the settings need; asks only where they need some.
  ARGUS_TICKET_DECL operation<fields_list> fields_for(std::vector<custom_field> wanted) const;
  /// The ids of the fields that the form for new issues has.
  ARGUS_TICKET_DECL operation<std::vector<std::string>> form() const;
  ARGUS_TICKET_DECL operation<std::string> key_field_id() const;
  ARGUS_TICKET_DECL operation<detail::jira_changes> changes_of(draft d) const;
  /// With those that are the library's own.
  ARGUS_TICKET_DECL std::vector<std::string> labels_for(draft const& d) const;
  std::string type() const {
    return settings_.information.type.empty() ? "Task" : settings_.information.type;
  }

  // Issues.
  ARGUS_TICKET_DECL std::string jql(ticket_query const& q, std::string const& key_field) const;
  ARGUS_TICKET_DECL operation<std::vector<std::string>> search(ticket_query q,
                                                               std::string key_field) const;
  ARGUS_TICKET_DECL operation<json_value> issue_of(std::string number, std::string key_field) const;
  ARGUS_TICKET_DECL operation<json_value> own_issue(std::string number,
                                                    std::string key_field) const;
  ARGUS_TICKET_DECL operation<ticket> change_state(std::string number, ticket_state wanted,
                                                   close_reason why) const;
  ARGUS_TICKET_DECL operation<std::string> take_transition(std::string number, std::string from,
                                                           ticket_state wanted,
                                                           close_reason why) const;
  ARGUS_TICKET_DECL operation<void> keep_reason(std::string number, json_value issue,
                                                std::string key, bool not_planned) const;

  settings settings_;
  bool is_cloud_;
  secret credentials_; // as they stand in the header, without the scheme
  http::url web_;      // pages for people
  http::url api_;
};

} // namespace argus_ticket::plugins

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/jira.ipp>
#endif

#endif
