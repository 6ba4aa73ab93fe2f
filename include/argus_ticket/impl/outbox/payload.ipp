#ifndef ARGUS_TICKET_IMPL_OUTBOX_PAYLOAD_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_PAYLOAD_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/incident_json.hpp>
#include <argus_ticket/outbox/payload.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace argus_ticket {

std::string to_json_text(outbox_payload const& payload) {
  boost::json::object object;
  object["incident"] = to_json(payload.incident);
  if (!payload.text.empty()) object["text"] = payload.text;
  if (!payload.key.empty()) object["key"] = payload.key;
  if (payload.reason != close_reason::completed) object["reason"] = "not_planned";
  if (!payload.parts.empty()) {
    object["parts"] = boost::json::array(payload.parts.begin(), payload.parts.end());
    object["done"] = payload.done;
  }
  return boost::json::serialize(object);
}

result<outbox_payload> payload_from_json(std::string_view text) {
  auto const damaged = [](std::string what) {
    return error{errc::invalid_incident, outcome::rejected,
                 "the entry's payload " + std::move(what), "payload"};
  };
  // Metadata may be as deep as any text, and stand in an incident in the payload.
  constexpr std::size_t deepest = detail::json_max_depth + 2;
  std::string problem;
  auto const parsed = detail::parse_json(text, problem, deepest);
  if (!parsed) return damaged(std::move(problem));
  auto const* from = detail::member(*parsed, "incident");
  if (from == nullptr) return damaged("has no incident");
  result<incident> read = incident_from_json(*from);
  if (!read) return std::move(read).error();
  outbox_payload payload;
  payload.incident = std::move(*read);
  payload.text = detail::text_member(*parsed, "text");
  payload.key = detail::text_member(*parsed, "key");
  if (detail::text_member(*parsed, "reason") == "not_planned")
    payload.reason = close_reason::not_planned;
  if (auto const* parts = detail::member(*parsed, "parts"); parts != nullptr && parts->is_array())
    for (boost::json::value const& part : parts->get_array()) {
      auto const* one = part.if_string();
      if (one == nullptr) return damaged("has a part that is no text"); // the others would shift
      payload.parts.emplace_back(one->data(), one->size());
    }
  if (auto const* done = detail::member(*parsed, "done"))
    if (auto const* number = done->if_int64(); number != nullptr && *number >= 0)
      payload.done = (std::min)(static_cast<std::size_t>(*number), payload.parts.size());
  if (!payload.parts.empty() && payload.done >= payload.parts.size())
    return damaged("has no part that is left to be done");
  return payload;
}

} // namespace argus_ticket

#endif
