#ifndef ARGUS_TICKET_TESTS_FUZZ_INCIDENT_TIMES_HPP
#define ARGUS_TICKET_TESTS_FUZZ_INCIDENT_TIMES_HPP

#include <argus_ticket/incident.hpp>

#include <algorithm>

namespace fuzz {

/// The years after 9999 have no text in RFC 3339, and a leap second leads there: such a time is
/// written as the last one that has a text.
inline bool has_a_text(std::optional<argus_ticket::timestamp> const& time) {
  constexpr argus_ticket::timestamp::instant_type end =
      std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1};
  return !time || *time == argus_ticket::infinity || time->instant + time->offset < end;
}

inline bool have_texts(argus_ticket::incident const& i) {
  return has_a_text(i.start_time) && has_a_text(i.end_time) &&
         std::all_of(i.tags.begin(), i.tags.end(), [](argus_ticket::incident_tag const& tag) {
           return has_a_text(tag.added_time);
         });
}

} // namespace fuzz

#endif
