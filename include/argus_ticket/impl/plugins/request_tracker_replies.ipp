#ifndef ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_REPLIES_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_REPLIES_IPP

// What RT's searches and replies look like; the operations stand in request_tracker.ipp.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/http/headers.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/ticket.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace argus_ticket::plugins::detail {

namespace json = argus_ticket::detail;

/// What every link of ours begins with.
inline constexpr std::string_view rt_mark = "urn:argus-ticket:v1";

/// A text in TicketSQL.
inline std::string rt_quoted(std::string_view text) {
  std::string quoted = "'";
  for (char const c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '\'';
}

/// A search of what is not a ticket: records whose field has that value.
inline std::string rt_records_with(std::string_view field, std::string_view value) {
  boost::json::object one;
  one["field"] = field;
  one["value"] = value;
  boost::json::array all;
  all.push_back(std::move(one));
  return boost::json::serialize(all);
}

/// A way through the pages of a collection. RT's own links are not followed: behind a proxy they
/// lead to http. Collections whose members RT has to check one by one have no total and no link to
/// the next page. RT takes those that the account may not see out of pages that are cut already: a
/// short page need not be the last one, and only an empty one is taken for it.
class rt_page_walk {
 public:
  enum class rows { some_hidden, all_shown };

  /// @param size Entries of a page, of which RT gives 100 at most.
  rt_page_walk(http::url const& first, std::string what, std::size_t size = 100,
               rows shown = rows::some_hidden)
      : first_(first.with("per_page", std::to_string(size))), what_(std::move(what)), size_(size),
        is_all_shown_(shown == rows::all_shown) {}

  [[nodiscard]] bool is_done() const noexcept { return is_done_; }
  [[nodiscard]] http::url page() const {
    return number_ == 1 ? first_ : first_.with("page", std::to_string(number_));
  }

  [[nodiscard]] result<boost::json::array> read(http::response const& reply) {
    constexpr int most_pages = 1'000;
    auto body = support::json_of(reply);
    if (!body) return body.error();
    auto const* items = json::member(*body, "items");
    if (items == nullptr || !items->is_array())
      return support::bad_reply(reply, "the list of " + what_ + " is no list");
    auto const* total = json::member(*body, "total");
    bool const is_counted = total != nullptr && total->is_number();
    bool const is_last = is_all_shown_ && items->get_array().size() < size_;
    bool const has_next = !json::text_member(*body, "next_page").empty();
    is_done_ = items->get_array().empty() || (!has_next && (is_counted || is_last));
    if (!is_done_ && ++number_ > most_pages)
      return error{errc::bad_reply, outcome::not_applied,
                   "the list of " + what_ + " has more than 1,000 pages"};
    return items->get_array();
  }

 private:
  http::url first_;
  std::string what_;
  std::size_t size_;
  bool is_all_shown_;
  int number_ = 1;
  bool is_done_ = false;
};

/// The id of what a record refers to: `{"type": "user", "id": "root"}`.
inline std::string rt_reference(boost::json::value const& record, std::string_view key) {
  auto const* to = json::member(record, key);
  if (to == nullptr) return {};
  std::string_view const text = json::text_member(*to, "id");
  return text.empty() ? json::id_member(*to, "id") : std::string{text};
}

/// When a ticket was closed last; RT writes 1970 for never.
inline std::optional<timestamp> rt_closing_time(boost::json::value const& record) {
  auto const then = parse_timestamp(json::text_member(record, "Resolved"));
  return then && then->instant > timestamp::instant_type{} ? then : std::nullopt;
}

/// What RT's records call the two directions of a link: one leads to the incident's page, the other
/// holds its key.
inline constexpr std::string_view rt_refers_to = "refers-to";
inline constexpr std::string_view rt_referred_to_by = "referred-to-by";

/// The other ends of a ticket's links; nothing where the record does not tell them.
inline std::optional<std::vector<std::string>> rt_links(boost::json::value const& record,
                                                        std::string_view kind) {
  auto const* member = json::member(record, "_hyperlinks");
  auto const* list = member == nullptr ? nullptr : member->if_array();
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> targets;
  for (boost::json::value const& one : *list)
    if (json::text_member(one, "ref") == kind) targets.emplace_back(json::text_member(one, "_url"));
  return targets;
}

inline bool has_rt_link(boost::json::value const& record, std::string_view kind,
                        std::string_view target) {
  auto const links = rt_links(record, kind);
  return links && std::find(links->begin(), links->end(), target) != links->end();
}

inline bool has_rt_mark(boost::json::value const& record, std::string_view mark) {
  return has_rt_link(record, rt_referred_to_by, mark);
}

/// Whether a text may be a key of ours, and not something that people wrote.
inline bool is_key_shaped(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), [](char c, char in) {
    return in == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
}

/// The incident's page, as far as RT takes it: cut, it would lead elsewhere.
inline std::string rt_page_link(draft const& d) {
  constexpr std::size_t longest_target = 240;
  return d.incident_url.size() <= longest_target ? d.incident_url : std::string{};
}

/// Whether a custom field is the one that the settings name, by its name in any case or its number.
inline bool is_rt_field(boost::json::value const& one, std::string_view field) {
  return http::iequals(json::text_member(one, "name"), field) ||
         json::id_member(one, "id") == field;
}

/// The values of a custom field by its name or number; nothing where the ticket has no such field,
/// or the account may not see it.
inline std::optional<std::vector<std::string>> rt_field(boost::json::value const& record,
                                                        std::string_view field) {
  auto const* member = json::member(record, "CustomFields");
  auto const* list = member == nullptr ? nullptr : member->if_array();
  if (list == nullptr) return std::nullopt;
  for (boost::json::value const& one : *list) {
    if (!is_rt_field(one, field)) continue;
    std::vector<std::string> texts;
    auto const* values = json::member(one, "values");
    if (values != nullptr && values->is_array())
      for (boost::json::value const& v : values->get_array())
        if (v.is_string()) texts.emplace_back(v.get_string());
    return texts;
  }
  return std::nullopt;
}

/// Those of the addresses that are not among a ticket's people. One who has an account stands there
/// by the account's name, which need not be the address: as many of those as are nobody else's are
/// taken to be it.
inline std::vector<std::string> missing_rt_watchers(boost::json::value const& record,
                                                    std::string_view role,
                                                    std::vector<std::string> missing) {
  auto const* member = json::member(record, role);
  auto const* list = member == nullptr ? nullptr : member->if_array();
  std::size_t others = 0;
  if (list != nullptr)
    for (boost::json::value const& one : *list) {
      auto const known = std::find_if(missing.begin(), missing.end(), [&](std::string const& m) {
        return http::iequals(m, json::text_member(one, "id"));
      });
      if (known == missing.end())
        ++others;
      else
        missing.erase(known);
    }
  if (missing.size() <= others) missing.clear();
  return missing;
}

/// RT's own words: `message`, or a list of what it did and did not.
inline std::string rt_words(boost::json::value const& body) {
  auto const* list = body.if_array();
  if (list == nullptr) return std::string{json::text_member(body, "message")};
  std::string words;
  for (boost::json::value const& one : *list)
    if (one.is_string()) {
      if (!words.empty()) words += "; ";
      words.append(one.get_string().data(), one.get_string().size());
    }
  return words;
}

inline error rt_error(http::response const& reply) {
  error e = support::error_of(reply);
  if (auto const body = support::json_of(reply))
    e.server_message = support::presentable(rt_words(*body));
  return e;
}

/// What RT would not do, though it answered with success.
inline error rt_refusal(std::string const& number, std::string const& words) {
  error e{errc::refused, outcome::rejected, "RT did not make the change", "ticket " + number};
  e.server_message = words;
  return e;
}

/// What the key of each ticket text begins with, the first text's and later ones'; no comment's
/// does.
inline constexpr std::string_view rt_text_key_start = "text-";

/// Another key for each text.
inline incident_key rt_text_key(draft const& d) {
  incident_key key = argus_ticket::detail::derived_key(d.key, "text " + d.body);
  key.value.insert(0, rt_text_key_start);
  return key;
}

/// Whether the account may open tickets in a queue: then RT says where.
inline bool rt_permits_tickets(boost::json::value const& queue) {
  auto const* links = json::member(queue, "_hyperlinks");
  if (links != nullptr && links->is_array())
    for (boost::json::value const& one : links->get_array())
      if (json::text_member(one, "ref") == "create" && json::text_member(one, "type") == "ticket")
        return true;
  return false;
}

/// Whether a queue's tickets have a custom field of that name or number.
inline bool has_rt_field(boost::json::value const& queue, std::string_view field) {
  auto const* fields = json::member(queue, "TicketCustomFields");
  if (fields != nullptr && fields->is_array())
    for (boost::json::value const& one : fields->get_array())
      if (is_rt_field(one, field)) return true;
  return false;
}

/// The number of the transaction that a comment became, at the end of `Location`.
inline result<std::string> rt_transaction(http::response const& reply) {
  std::string_view where = reply.header("Location");
  constexpr std::string_view folder = "/transaction/";
  std::size_t const at = where.rfind(folder);
  where.remove_prefix(at == std::string_view::npos ? where.size() : at + folder.size());
  auto const body = support::json_of(reply);
  if (where.empty() || where.find_first_not_of("0123456789") != std::string_view::npos || !body ||
      !body->is_array())
    return support::bad_reply(reply, "the reply names no comment");
  return std::string{where};
}

} // namespace argus_ticket::plugins::detail

#endif
