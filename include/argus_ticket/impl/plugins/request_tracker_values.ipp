#ifndef ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_VALUES_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_VALUES_IPP

// The values of custom fields: how RT has to be given them, and how it shows them.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/impl/plugins/request_tracker_replies.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/timestamp.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace argus_ticket::plugins::detail {

/// What a text in the shape of a time says, read as UTC where it names no zone.
struct rt_time {
  std::chrono::sys_seconds then{};
  bool has_zone = false;
  bool is_day = false;
};

inline std::optional<rt_time> rt_time_of(std::string_view text) {
  auto const read = [](std::string_view full) -> std::optional<std::chrono::sys_seconds> {
    auto const then = parse_timestamp(full);
    if (!then) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(then->instant);
  };
  if (auto const then = read(text)) return rt_time{*then, true, false};
  std::string full{text};
  bool const is_utc = full.ends_with(" UTC");
  if (is_utc) full.resize(full.size() - 4);
  bool const is_day = full.size() == 10;
  if (is_day) full += "T00:00:00";
  if (full.size() == 16) full += ":00";
  if (full.size() != 19) return std::nullopt;
  if (full[10] == ' ') full[10] = 'T';
  if (auto const then = read(full + 'Z')) return rt_time{*then, is_utc, is_day};
  return std::nullopt;
}

inline std::string rt_text_of(std::chrono::sys_seconds then) {
  std::string text = to_string(timestamp{then}).substr(0, 19);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text + " UTC";
}

/// A value as RT is given it. Of a time with a `Z` RT drops the hours.
inline std::string rt_value(std::string const& given) {
  auto const time = rt_time_of(given);
  return time && time->has_zone ? rt_text_of(time->then) : given;
}

/// Whether a value that RT shows is the one that it was given. Times come back in another form:
/// those that name no zone were in the account's, of which nothing is known here.
inline bool is_same_rt_value(std::string_view shown, std::string_view given) {
  constexpr std::chrono::hours farthest_zone{14};
  if (shown == given) return true;
  auto const there = rt_time_of(shown), wanted = rt_time_of(given);
  if (!there || !wanted) return false;
  if (there->is_day) return std::chrono::floor<std::chrono::days>(wanted->then) == there->then;
  if (there->has_zone && !wanted->has_zone)
    return std::chrono::abs(there->then - wanted->then) <= farthest_zone;
  return there->then == wanted->then && there->has_zone == wanted->has_zone;
}

inline bool has_rt_value(std::vector<std::string> const& shown, std::string const& given) {
  return std::any_of(shown.begin(), shown.end(),
                     [&](std::string const& one) { return is_same_rt_value(one, given); });
}

/// Those of the fields that a ticket has otherwise, with the values that are there already behind
/// their own: RT replaces the values of a field that has several, and takes the first one for a
/// field that has one.
inline std::vector<custom_field> changed_rt_fields(std::vector<custom_field> const& fields,
                                                   boost::json::value const& record) {
  std::vector<custom_field> changed;
  for (custom_field one : fields) {
    auto const there = rt_field(record, one.name);
    bool const is_there =
        there && std::all_of(one.values.begin(), one.values.end(),
                             [&](std::string const& own) { return has_rt_value(*there, own); });
    if (is_there) continue;
    std::vector<std::string> const own = one.values;
    if (there)
      for (std::string const& value : *there)
        if (std::none_of(own.begin(), own.end(),
                         [&](std::string const& mine) { return is_same_rt_value(value, mine); }))
          one.values.push_back(value);
    changed.push_back(std::move(one));
  }
  return changed;
}

/// The fields whose times stand in a ticket shifted by the offset of the account's time zone, which
/// RT takes off whatever zone a time names; with values that are right once it is taken off.
inline std::vector<custom_field> shifted_rt_times(std::vector<custom_field> const& fields,
                                                  boost::json::value const& record) {
  constexpr std::chrono::hours farthest_zone{14};
  std::vector<custom_field> shifted;
  for (custom_field const& one : fields) {
    auto const there = rt_field(record, one.name);
    if (!there || there->size() != 1 || one.values.size() != 1) continue;
    auto const shown = rt_time_of(there->front()), wanted = rt_time_of(one.values.front());
    if (!shown || !wanted || !shown->has_zone || !wanted->has_zone) continue;
    auto const offset = wanted->then - shown->then;
    if (offset == std::chrono::seconds{0} || std::chrono::abs(offset) > farthest_zone) continue;
    custom_field right = one; // with its name
    right.values.front() = rt_text_of(wanted->then + offset);
    shifted.push_back(std::move(right));
  }
  return shifted;
}

} // namespace argus_ticket::plugins::detail

#endif
