#ifndef ARGUS_TICKET_PLUGINS_REQUEST_TRACKER_HPP
#define ARGUS_TICKET_PLUGINS_REQUEST_TRACKER_HPP

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

/// The settings that Request Tracker alone has.
namespace argus_ticket::fields::request_tracker {

/// `queue`: a text, or in JSON a number.
struct queue {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "queue";
  static constexpr std::string_view about = "name or number of the queue";
  static constexpr bool required = true;
  static constexpr bool takes_number = true;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.queue))
    requires std::convertible_to<decltype((s.information.queue)), std::string_view>
  {
    return s.information.queue;
  }
  template <class S>
  static consteval void diagnose() {
    static_assert(has_setting<S, queue>,
                  "argus_ticket: these settings lack the queue: add a member `information` with a "
                  "member `std::string queue`");
  }
};

/// `key_custom_field`: where the key stands besides.
struct key_custom_field {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "key_custom_field";
  static constexpr std::string_view about = "custom field that gets the incident's key";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.key_custom_field)) {
    return s.information.key_custom_field;
  }
  /// It stands in a search, where RT has no way to escape these.
  static constexpr std::string_view problem(std::string_view v) {
    for (char const c : v)
      for (char const special : std::string_view{"{}'\"\\"})
        if (c == special || static_cast<unsigned char>(c) < ' ')
          return "must not contain braces, quotes, backslashes or control characters";
    return {};
  }
};

/// Lists of addresses: `Cc` gets what is sent to requestors, `AdminCc` (where `Admin`) comments
/// too.
template <bool Admin>
struct watchers {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = Admin ? "admin_cc" : "cc";
  static constexpr std::string_view about =
      Admin ? "mail addresses that also get comments" : "mail addresses that get replies";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto& of(S& s)
    requires requires { s.information.cc, s.information.admin_cc; }
  {
    if constexpr (Admin)
      return s.information.admin_cc;
    else
      return s.information.cc;
  }
  static std::string_view problem(std::vector<std::string> const& all) {
    for (std::string const& one : all) {
      std::size_t const at = one.find('@');
      if (at == 0 || at == std::string::npos || at + 1 == one.size() || at != one.rfind('@') ||
          one.find_first_of("<>()[],;:\\\" \t\r\n") != std::string::npos)
        return "must be a list of addresses such as noc@example.org";
    }
    return {};
  }
};

/// What a status is for: a ticket whose incident is over is
/// - `resolved`, or
/// - `rejected` where nothing will be done about it;
/// - `open` is one that was opened again.
enum class status { resolved, rejected, open };

/// `Which` of the statuses of a queue whose lifecycle has other ones than RT's default lifecycle.
template <status Which>
struct status_name {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = Which == status::resolved   ? "resolved_status"
                                          : Which == status::rejected ? "rejected_status"
                                                                      : "open_status";
  static constexpr std::string_view about =
      Which == status::resolved   ? "status of tickets whose incident is over; resolved"
      : Which == status::rejected ? "status where nothing will be done about it; rejected"
                                  : "status of tickets that are opened again; open";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.resolved_status))
    requires(Which == status::resolved)
  {
    return s.information.resolved_status;
  }
  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.rejected_status))
    requires(Which == status::rejected)
  {
    return s.information.rejected_status;
  }
  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.open_status))
    requires(Which == status::open)
  {
    return s.information.open_status;
  }
};

/// `comments_are_replies`: a `bool`.
struct comments_are_replies {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "comments_are_replies";
  static constexpr std::string_view about = "sends comments to the ticket's requestors too";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.comments_are_replies)) {
    return s.information.comments_are_replies;
  }
};

} // namespace argus_ticket::fields::request_tracker

namespace argus_ticket::plugins {

/**
 * Request Tracker 5 by Best Practical, below a path prefix too.
 *
 * A ticket refers to the incident's own page, and is referred to by the incident's key,
 * `urn:argus-ticket:v1:<key>`. The page's link cannot serve as the key, since RT's search finds
 * links only by the whole of their target; and of one kind RT before 5.0.2 takes only one link
 * where it opens a ticket. A link needs no configuration and no rights beyond those to open a
 * ticket, and it survives: where people merge tickets, RT moves links to the ticket that stays, but
 * leaves custom fields behind. With `key_custom_field` the key stands in that field besides, and
 * either is enough to find the ticket again. A look-up is bounded neither by the queue, since a
 * ticket that people moved is still the incident's, nor by `ticket_query::since`, since one that
 * they merged is found in another one, which may be older. It is cheap all the same: RT compares
 * whole link targets and field values, and has an index of links.
 *
 * A found ticket counts only where it, or one that was merged into it, was opened by the account
 * in the settings according to the ticket's history. RT lets whoever may open a ticket set its
 * links, and even its `Creator`; but not what the history says. For another account, tickets of
 * the one before are not there. Nor does `update`, `close` or `reopen` touch what another account
 * has opened.
 *
 * A deleted ticket is not there. One into which others were merged is commented and reopened, but
 * not changed and not closed: it may be about more than the incident.
 *
 * RT cannot replace a ticket's text: `update` sets the subject and the custom fields, and adds the
 * new text, where it changed, as a comment. RT says of much that it refuses no more than a line in
 * a list, in the user's language: after each change, the ticket is read again.
 *
 * A time with a zone is written as `2026-11-23 08:00:00 UTC`, in fields of all types: RT reads no
 * other form in full that people understand too. It takes the offset of the account's own time zone
 * off nevertheless; where the ticket shows so, the time is written again with that added. A field
 * that has days only gets the day in UTC. A time that names no zone is in the account's.
 *
 * The account needs the rights CreateTicket, ShowTicket, SeeQueue and SeeCustomField;
 * CommentOnTicket and ShowTicketComments (or ReplyToTicket) for comments; ModifyTicket to close,
 * reopen and update; ModifyCustomField for custom fields. Without ShowTicket, tickets are opened
 * but never found again: they have a warning.
 *
 * Operations: `create`, `find`, `get`, `update`, `comment`, `close`, `reopen`, `check`, and the URL
 * of the "new ticket" page filled in.
 *
 * Errors: beside the transport's, `bad_credentials` (401), `not_permitted` (403),
 * `target_not_found` (403 or 404 of the queue), `ticket_not_found` (404, or deleted), `not_ours`,
 * `refused` (400, other 4xx, and a change that RT did not make), `server_failed` (5xx),
 * `bad_reply`.
 *
 * RT answers 400 both where it refuses to open a ticket and where it fails to by an error of its
 * own; either way nothing was opened. The two differ in the message alone, which is in the
 * account's language: both are `refused`, with RT's words.
 *
 * Wire format: RT REST 2, https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html; links, fields and
 * statuses as RT 5.0.3 treats them.
 * Guarantees: those of every @ref ticket_plugin, whose members it has.
 */
class request_tracker {
 public:
  static constexpr fixed_string name = "request_tracker";

  /// Argus's settings, by their names there; see @ref fields.
  struct settings {
    /// A token, or both a user name and a password. Where all are given, the token is used.
    struct authentication_type {
      secret token{};         ///< Of the account that opens tickets.
      std::string username{}; ///< With a password, in place of a token.
      secret password{};      ///< Of that user.
    };
    /// `TICKET_INFORMATION`.
    struct information_type {
      std::string queue{};                                ///< Its name or number.
      std::vector<custom_field> custom_fields_set{};      ///< Fields for every ticket.
      std::vector<field_mapping> custom_fields_mapping{}; ///< Fields with values of incidents.
      std::string key_custom_field{};      ///< Gets the incident's key; empty for none.
      std::vector<std::string> cc{};       ///< Mail addresses that get replies.
      std::vector<std::string> admin_cc{}; ///< Mail addresses that also get comments.
      std::string resolved_status{};       ///< Where empty, `resolved`.
      std::string rejected_status{};       ///< Where empty, `rejected`.
      std::string open_status{};           ///< Where empty, `open`.
      /// RT mails comments to few, replies to requestors; a reply reopens a closed ticket.
      bool comments_are_replies = false;
      std::string tenant{};          ///< A part of each key; see @ref key_of.
      bool allow_plain_http = false; ///< Permits http:// to other hosts than this one.
    };

    std::string endpoint{};               ///< Where RT's pages are: `https://rt.example.org/`.
    authentication_type authentication{}; ///< Who opens the tickets.
    information_type information{};       ///< Where, and with what.
  };
  using setting_fields =
      std::tuple<fields::endpoint, fields::optional_token, fields::username, fields::password,
                 fields::request_tracker::queue, fields::custom_fields_set,
                 fields::custom_fields_mapping, fields::request_tracker::key_custom_field,
                 fields::request_tracker::watchers<false>, fields::request_tracker::watchers<true>,
                 fields::request_tracker::status_name<fields::request_tracker::status::resolved>,
                 fields::request_tracker::status_name<fields::request_tracker::status::rejected>,
                 fields::request_tracker::status_name<fields::request_tracker::status::open>,
                 fields::request_tracker::comments_are_replies, fields::tenant,
                 fields::allow_plain_http>;
  /// Without a token, both a user name and a password are needed.
  [[nodiscard]] static ARGUS_TICKET_DECL std::vector<problem> problems_of(settings const& s);

  using dialect = document::request_tracker_html;
  /// RT cuts a subject behind 200 bytes. Texts may have megabytes; but looking for a comment, RT
  /// sends the texts of twenty.
  static constexpr document::text_limits limits{200, 100'000, document::length_unit::bytes};
  /// RT's web servers refuse URLs with more bytes.
  static constexpr std::size_t longest_url = 8'000;

  /// Takes settings in which `check_settings<request_tracker>(s)` found nothing.
  ARGUS_TICKET_DECL explicit request_tracker(settings s);

  ARGUS_TICKET_DECL operation<ticket> create(draft d) const;
  ARGUS_TICKET_DECL operation<std::vector<ticket>> find(ticket_query q) const;
  /// Of a ticket that was merged into another one, that other one.
  ARGUS_TICKET_DECL operation<ticket> get(ticket_ref which) const;
  /// Sets the subject and custom fields, to whose values those of others are added where a field
  /// has several; a text that changed becomes a comment.
  ARGUS_TICKET_DECL operation<ticket> update(ticket_ref which, draft d) const;
  ARGUS_TICKET_DECL operation<argus_ticket::comment> comment(ticket_ref which,
                                                             std::string text) const;
  ARGUS_TICKET_DECL operation<std::optional<argus_ticket::comment>>
  find_comment(ticket_ref which, incident_key key) const;
  ARGUS_TICKET_DECL operation<ticket> close(ticket_ref which, close_reason why) const;
  ARGUS_TICKET_DECL operation<ticket> reopen(ticket_ref which) const;
  ARGUS_TICKET_DECL operation<check_report> check() const;

  /// RT asks whoever follows it whether he wants to, since it comes from elsewhere. The ticket that
  /// is opened so belongs to people: it is not found by the key.
  [[nodiscard]] ARGUS_TICKET_DECL std::string prefilled_url(draft const& d) const;
  [[nodiscard]] ARGUS_TICKET_DECL mapped_fields fields_of(incident const& from) const;
  [[nodiscard]] static ARGUS_TICKET_DECL std::string comment_marker(incident_key const& key);
  [[nodiscard]] static ARGUS_TICKET_DECL error error_of(http::response const& reply);
  /// The target of the link by which a ticket is known as ours, and as that incident's where the
  /// key is not empty.
  [[nodiscard]] static ARGUS_TICKET_DECL std::string mark(incident_key const& key);

  /// Where the API is: `<endpoint>/REST/2.0`.
  [[nodiscard]] http::url const& api() const noexcept { return api_; }
  /// The page for people of the ticket of that number.
  [[nodiscard]] ARGUS_TICKET_DECL http::url page_url(std::string const& number) const;
  /// Whether a ticket is one of the server in the settings, in whatever queue.
  [[nodiscard]] ARGUS_TICKET_DECL bool is_reached(ticket const& known) const;
  [[nodiscard]] std::string const& tenant() const noexcept { return settings_.information.tenant; }

 private:
  /// A text of a ticket's, from its marker on, and the transaction that brought it; empty where
  /// there is none.
  struct marked_text {
    marked_text() = default;
    std::string transaction, from_marker;
  };
  ARGUS_TICKET_DECL http::request signed_with(http::request r) const;
  ARGUS_TICKET_DECL http::url ticket_url(std::string const& number) const;
  ARGUS_TICKET_DECL std::string status_for(close_reason why) const;
  ARGUS_TICKET_DECL std::string open_status() const;
  ARGUS_TICKET_DECL result<std::string> number_of(ticket_ref const& which) const;
  ARGUS_TICKET_DECL error ticket_failed(http::response const& reply,
                                        std::string const& number) const;
  ARGUS_TICKET_DECL ticket known_ticket(boost::json::value const& record) const;
  ARGUS_TICKET_DECL bool is_marked(boost::json::value const& record, incident_key const& key) const;
  ARGUS_TICKET_DECL bool has_any_key(boost::json::value const& record) const;
  ARGUS_TICKET_DECL boost::json::object fields_json(std::vector<custom_field> const& fields,
                                                    incident_key const& key) const;
  ARGUS_TICKET_DECL void note_dropped(boost::json::value const& record, draft const& wanted,
                                      ticket& into) const;
  ARGUS_TICKET_DECL void note_dropped_watchers(boost::json::value const& record,
                                               ticket& into) const;
  ARGUS_TICKET_DECL operation<boost::json::value> get_json(http::url where, std::string about,
                                                           bool is_target) const;
  ARGUS_TICKET_DECL operation<boost::json::value> record_of(std::string number) const;
  ARGUS_TICKET_DECL operation<boost::json::value> mended(std::string number,
                                                         boost::json::value record, draft d) const;
  ARGUS_TICKET_DECL operation<boost::json::value> own_record(std::string number) const;
  ARGUS_TICKET_DECL operation<ticket> as_ticket(boost::json::value record) const;
  ARGUS_TICKET_DECL operation<std::vector<std::string>> openers(std::string number) const;
  ARGUS_TICKET_DECL operation<std::size_t> own_openings(std::string number) const;
  [[nodiscard]] static ARGUS_TICKET_DECL result<void> refuse_merged(std::size_t openings,
                                                                    std::string const& number);
  ARGUS_TICKET_DECL operation<std::string> account() const;
  ARGUS_TICKET_DECL operation<std::string> queue_number() const;
  ARGUS_TICKET_DECL operation<std::string> put(std::string number,
                                               boost::json::object changes) const;
  ARGUS_TICKET_DECL operation<boost::json::value> record_after_change(std::string number) const;
  ARGUS_TICKET_DECL operation<marked_text> newest_text(std::string number,
                                                       std::string marker) const;
  ARGUS_TICKET_DECL operation<void> add_text(std::string number, draft d) const;
  ARGUS_TICKET_DECL operation<ticket> change_status(std::string number, std::string status) const;

  settings settings_;
  http::url web_; // pages for people
  http::url api_;
};

} // namespace argus_ticket::plugins

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/request_tracker.ipp>
#endif

#endif
