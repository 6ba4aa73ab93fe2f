#ifndef ARGUS_TICKET_SETTINGS_FIELDS_HPP
#define ARGUS_TICKET_SETTINGS_FIELDS_HPP

#include <argus_ticket/fixed_string.hpp>
#include <argus_ticket/incident.hpp>
#include <argus_ticket/secret.hpp>

#include <algorithm>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace argus_ticket {

/// Where the value of a label (or field) comes from: an attribute of the incident or one of its
/// tags. In JSON `"level"` or `{"tag": "host"}`.
///
/// Guarantees: those of a @ref value.
struct mapping_source {
  std::string name;    ///< Of an attribute in Argus's JSON, or a tag's key.
  bool is_tag = false; ///< Which of the two.

  /// An attribute of the name `n`, such as `source.name`.
  [[nodiscard]] static mapping_source attribute(std::string n) { return {std::move(n), false}; }
  /// The tags with the key `n`.
  [[nodiscard]] static mapping_source tag(std::string n) { return {std::move(n), true}; }
  bool operator==(mapping_source const&) const = default;
};

/// A field of a ticket that a site has added, by the name that people give it in the ticket system,
/// with its values as texts. In JSON a dictionary: `{"Room": "B-12", "Teams": ["core", "noc"]}`.
struct custom_field {
  std::string name;                ///< As people see it in the ticket system.
  std::vector<std::string> values; ///< One, unless the field takes several.

  bool operator==(custom_field const&) const = default;
};

/// A custom field whose value an incident has. In JSON a dictionary: `{"Room": {"tag": "room"}}`.
struct field_mapping {
  std::string name;      ///< Of the custom field.
  mapping_source source; ///< Where its value comes from.

  bool operator==(field_mapping const&) const = default;
};

namespace detail {

/// Whether a text is empty, or `:` and a number from 1 to 65535.
[[nodiscard]] constexpr bool is_port(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != ':' || text.size() > 6) return false;
  int number = 0;
  for (char c : text.substr(1)) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  return number > 0 && number < 65'536;
}

} // namespace detail

/// What is wrong with the form of an endpoint, given as text; empty where nothing is.
[[nodiscard]] constexpr std::string_view endpoint_problem(std::string_view text) {
  auto const starts_with = [&](std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char wanted, char c) {
             return (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) == wanted;
           });
  };
  if (!starts_with("https://") && !starts_with("http://"))
    return "must start with https://, such as https://github.com/";
  // find_first_of, not find, which is no constant expression to GCC 12 with -fsanitize=undefined.
  text.remove_prefix(starts_with("https://") ? 8 : 7);
  for (char c : text)
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f)
      return "must not contain spaces or control characters";
  std::string_view const host = text.substr(0, text.find_first_of("/?#"));
  if (host.empty() || host.front() == ':') return "has no host";
  // NOLINTNEXTLINE(performance-faster-string-find): the same
  if (host.find_first_of("@") != std::string_view::npos)
    return "must not contain a user name or password; put them into the authentication";
  if (text.find_first_of("?#") != std::string_view::npos)
    return "must not have a query or fragment";
  bool const is_address = host.front() == '[';
  std::size_t const end = host.find_first_of(is_address ? "]" : ":");
  std::string_view const port =
      end == std::string_view::npos ? std::string_view{} : host.substr(end + (is_address ? 1 : 0));
  if ((is_address && end == std::string_view::npos) || !detail::is_port(port))
    return "has a malformed host or port: write host, host:port or [address]:port";
  return {};
}

/// What is wrong with the text `owner/name`, or with `group/subgroup/name` where groups may nest;
/// empty where nothing is.
[[nodiscard]] constexpr std::string_view project_problem(std::string_view text, bool may_nest) {
  constexpr std::string_view what = "must be owner/name, such as githubtraining/hellogitworld";
  constexpr std::string_view nested = "must be namespace/name, such as group/subgroup/project";
  std::size_t segments = 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || text[i] == '/') {
      if (length == 0) return may_nest ? nested : what;
      std::string_view const segment = text.substr(i - length, length);
      if (segment == "." || segment == "..") return may_nest ? nested : what;
      ++segments;
      length = 0;
      continue;
    }
    char const c = text[i];
    bool const allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!allowed) return "may contain letters, digits, '-', '_', '.' and '/' only";
    ++length;
  }
  if (segments < 2 || (segments > 2 && !may_nest)) return may_nest ? nested : what;
  return {};
}

/// A literal whose form was checked when it was compiled. Converts to texts.
///
/// @tparam Text The literal.
/// Guarantees: those of a @ref value.
template <fixed_string Text>
struct checked_literal {
  /// The characters; valid for ever.
  constexpr operator std::string_view() const noexcept { return Text.view(); }
  /// A copy of the characters.
  operator std::string() const { return std::string{Text.view()}; }
};

inline namespace literals {

/// `"https://github.com/"_endpoint`: a malformed `Text` does not compile. Gives a @ref
/// checked_literal.
template <fixed_string Text>
[[nodiscard]] consteval auto operator""_endpoint() {
  static_assert(endpoint_problem(Text.view()).empty(),
                "argus_ticket: this literal is no endpoint: write https://host/ with an optional "
                "port and path, without user name, query or fragment");
  return checked_literal<Text>{};
}

/// `"owner/name"_project`: a malformed `Text` does not compile. Gives a @ref checked_literal.
template <fixed_string Text>
[[nodiscard]] consteval auto operator""_project() {
  static_assert(project_problem(Text.view(), true).empty(),
                "argus_ticket: this literal is no project: write owner/name, of letters, digits, "
                "'-', '_' and '.'");
  return checked_literal<Text>{};
}

} // namespace literals

/// Whether a settings type has a member for a field, of a type that fits.
template <class Settings, class Field>
concept has_setting = requires(Settings& s) { Field::of(s); };

/**
 * The settings that plugins choose from; for authors of plugins. A plugin lists its own as `using
 * setting_fields = std::tuple<fields::endpoint, ...>`. Each has
 * - `setting`: which of Argus's four settings it belongs to;
 * - `key`: under which key of that dictionary; empty for `TICKET_ENDPOINT`;
 * - `about`: what it means, for people;
 * - `required`: whether a plugin cannot do without it;
 * - `of`: a reference to its member in a settings type; does not compile where there is none;
 * - `problem`, where values may be wrong: what is wrong with one, empty where nothing is;
 * - `diagnose`, where it is required: a compile error that says what member to add;
 * - `takes_number`, where a text may be an id: true, so that in JSON it may be an integer.
 *
 * Errors: none. Exception safety: nothing is thrown. Thread safety: without state.
 * Object lifetimes: `of` refers into its argument; all texts are constants.
 */
namespace fields {

/// `TICKET_ENDPOINT`, a URL: its form is checked by @ref endpoint_problem.
struct endpoint {
  static constexpr std::string_view setting = "TICKET_ENDPOINT";
  static constexpr std::string_view key{};
  static constexpr std::string_view about = "link to the ticket system";
  static constexpr bool required = true;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.endpoint))
    requires std::convertible_to<decltype((s.endpoint)), std::string_view>
  {
    return s.endpoint;
  }
  static constexpr std::string_view problem(std::string_view v) { return endpoint_problem(v); }

  template <class S>
  static consteval void diagnose() {
    static_assert(has_setting<S, endpoint>,
                  "argus_ticket: these settings lack the endpoint: add a member `std::string "
                  "endpoint` or `static constexpr auto endpoint = \"https://...\"_endpoint`");
    if constexpr (requires { typename std::bool_constant<(std::string_view{S::endpoint}, true)>; })
      static_assert(endpoint_problem(S::endpoint).empty(),
                    "argus_ticket: the constant `endpoint` of these settings is no endpoint: write "
                    "https://host/");
  }
};

/// `token` of a system that takes nothing else.
struct token {
  static constexpr std::string_view setting = "TICKET_AUTHENTICATION_SECRET";
  static constexpr std::string_view key = "token";
  static constexpr std::string_view about = "access token";
  static constexpr bool required = true;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.authentication.token))
    requires std::convertible_to<decltype((s.authentication.token)), secret const&>
  {
    return s.authentication.token;
  }
  /// A header cannot carry all that a file or variable may hold by mistake.
  static std::string_view problem(secret const& v) {
    for (char c : v.expose())
      if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f)
        return "must not contain spaces or control characters";
    return {};
  }
  template <class S>
  static consteval void diagnose() {
    static_assert(has_setting<S, token>,
                  "argus_ticket: these settings lack the token: add a member `authentication` with "
                  "a member `argus_ticket::secret token`");
  }
};

/// The token of a system that lets people in by name and password as well.
struct optional_token {
  static constexpr std::string_view setting = token::setting;
  static constexpr std::string_view key = token::key;
  static constexpr std::string_view about = "access token; or a user name and a password";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.authentication.token)) {
    return s.authentication.token;
  }
  static std::string_view problem(secret const& v) { return token::problem(v); }
};

/// `username`, with a @ref password.
struct username {
  static constexpr std::string_view setting = "TICKET_AUTHENTICATION_SECRET";
  static constexpr std::string_view key = "username";
  static constexpr std::string_view about = "user name, in place of a token";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.authentication.username)) {
    return s.authentication.username;
  }
  /// What stands in front of the colon of Basic authentication (RFC 7617, 2).
  static constexpr std::string_view problem(std::string_view v) {
    for (char const c : v)
      if (c == ':' || static_cast<unsigned char>(c) < ' ' || c == 0x7f)
        return "must not contain colons or control characters";
    return {};
  }
};

/// `password` of that user.
struct password {
  static constexpr std::string_view setting = "TICKET_AUTHENTICATION_SECRET";
  static constexpr std::string_view key = "password";
  static constexpr std::string_view about = "password of that user";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.authentication.password)) {
    return s.authentication.password;
  }
};

/// `project_namespace_and_name`, whose groups may nest where `MayNest` says so.
template <bool MayNest>
struct project {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "project_namespace_and_name";
  static constexpr std::string_view about = MayNest ? "group/subgroup/name" : "owner/name";
  static constexpr bool required = true;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.project_namespace_and_name))
    requires std::convertible_to<decltype((s.information.project_namespace_and_name)),
                                 std::string_view>
  {
    return s.information.project_namespace_and_name;
  }
  static constexpr std::string_view problem(std::string_view v) {
    return project_problem(v, MayNest);
  }
  template <class S>
  static consteval void diagnose() {
    static_assert(has_setting<S, project>,
                  "argus_ticket: these settings lack the project: add a member `information` with "
                  "a member `std::string project_namespace_and_name`");
    if constexpr (requires {
                    typename std::bool_constant<(
                        std::string_view{decltype(S::information)::project_namespace_and_name},
                        true)>;
                  })
      static_assert(
          project_problem(decltype(S::information)::project_namespace_and_name, MayNest).empty(),
          "argus_ticket: the constant `project_namespace_and_name` of these settings is no "
          "project: write owner/name");
  }
};

/// `labels_set`: a list of labels.
struct labels_set {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "labels_set";
  static constexpr std::string_view about = "labels for every ticket";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.labels_set)) {
    return s.information.labels_set;
  }
};

/// `labels_mapping`: a list of @ref mapping_source.
struct labels_mapping {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "labels_mapping";
  static constexpr std::string_view about = "attributes and tags whose values become labels";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.labels_mapping)) {
    return s.information.labels_mapping;
  }
};

/// `custom_fields_set`: a list of @ref custom_field.
struct custom_fields_set {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "custom_fields_set";
  static constexpr std::string_view about = "custom fields for every ticket";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.custom_fields_set)) {
    return s.information.custom_fields_set;
  }
};

/// `custom_fields_mapping`: a list of @ref field_mapping.
struct custom_fields_mapping {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "custom_fields_mapping";
  static constexpr std::string_view about = "custom fields whose values attributes and tags have";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.custom_fields_mapping)) {
    return s.information.custom_fields_mapping;
  }
};

/// `tenant`: a part of each key; see @ref key_of.
struct tenant {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "tenant";
  static constexpr std::string_view about = "tells apart installations that share a ticket system";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.tenant)) {
    return s.information.tenant;
  }
};

/// `allow_plain_http`: a `bool`.
struct allow_plain_http {
  static constexpr std::string_view setting = "TICKET_INFORMATION";
  static constexpr std::string_view key = "allow_plain_http";
  static constexpr std::string_view about = "permits http:// to other hosts than this one";
  static constexpr bool required = false;

  template <class S>
  static constexpr auto of(S& s) -> decltype((s.information.allow_plain_http)) {
    return s.information.allow_plain_http;
  }
};

} // namespace fields

// The same as named concepts, for users' own settings types and for overloads.

/// A settings type `S` with @ref argus_ticket::fields::endpoint "endpoint".
template <class S>
concept has_endpoint = has_setting<S, fields::endpoint>;
/// A settings type `S` with @ref argus_ticket::fields::token "token".
template <class S>
concept has_token = has_setting<S, fields::token>;
/// A settings type `S` with @ref argus_ticket::fields::project "project".
template <class S>
concept has_project = has_setting<S, fields::project<true>>;
/// A settings type `S` with @ref argus_ticket::fields::labels_set "labels_set".
template <class S>
concept has_labels_set = has_setting<S, fields::labels_set>;
/// A settings type `S` with @ref argus_ticket::fields::labels_mapping "labels_mapping".
template <class S>
concept has_labels_mapping = has_setting<S, fields::labels_mapping>;

} // namespace argus_ticket

#endif
