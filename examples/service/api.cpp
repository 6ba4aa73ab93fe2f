#include "api.hpp"

#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/incident_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace at = argus_ticket;
namespace json = boost::json;

namespace service {
namespace {

reply json_reply(unsigned status, json::object const& body) {
  return {status, "application/json", json::serialize(body) + '\n', {}};
}

reply refusal_of(unsigned status, at::error const& e) {
  json::object o{{"code", to_string(e.code)}, {"message", at::document::clean_line(e.message)}};
  if (!e.problems.empty()) {
    json::array problems;
    for (at::problem const& p : e.problems)
      problems.push_back(json::object{{"where", at::document::clean_line(p.where)},
                                      {"what", at::document::clean_line(p.what)}});
    o["problems"] = std::move(problems);
  }
  return json_reply(status, {{"error", std::move(o)}});
}

/// What was not accepted. To send it again does no harm, whatever the cause.
reply not_accepted(at::error const& e) {
  switch (e.code) {
  case at::errc::invalid_incident:
  case at::errc::refused:
    return refusal_of(400, e);
  case at::errc::outbox_full:
  case at::errc::store_failed: {
    reply r = refusal_of(503, e);
    r.headers.emplace_back("Retry-After", "30");
    return r;
  }
  default:
    return refusal_of(500, e);
  }
}

reply not_allowed(char const* allowed) {
  reply r = refusal(405, "method_not_allowed", std::string{"only "} + allowed + " is allowed here");
  r.headers.emplace_back("Allow", allowed);
  return r;
}

/// A page in a browser may send to this machine whatever needs no leave; JSON is not among that.
bool is_json(std::string const& content_type) {
  std::string type = content_type.substr(0, content_type.find(';'));
  type.erase(type.find_last_not_of(" \t") + 1);
  for (char& c : type) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return type == "application/json";
}

} // namespace

reply refusal(unsigned status, std::string_view code, std::string_view message) {
  return json_reply(status, {{"error", json::object{{"code", code}, {"message", message}}}});
}

reply api::submit(request const& asked, bool close) {
  if (!is_json(asked.content_type))
    return refusal(415, "unsupported_media_type", "the Content-Type must be application/json");
  auto const from = at::parse_incident(asked.body);
  if (!from) return refusal_of(400, from.error());
  auto const accepted = close ? tickets_.submit_close(*from) : tickets_.submit(*from);
  if (!accepted) return not_accepted(accepted.error());
  return json_reply(202, {{"entry", accepted->id}, {"renewed", accepted->was_waiting}});
}

reply api::health() {
  auto const stats = tickets_.stats();
  if (!stats) return refusal_of(503, stats.error());
  return json_reply(200, {{"status", "ok"},
                          {"waiting", stats->waiting},
                          {"delivering", stats->delivering},
                          {"dead", stats->dead}});
}

reply api::answer(request const& asked) {
  bool const closes = asked.path == "/incidents/close";
  if (asked.path == "/incidents" || closes)
    return asked.method == "POST" ? submit(asked, closes) : not_allowed("POST");
  bool const is_health = asked.path == "/healthz";
  if (is_health || asked.path == "/metrics") {
    if (asked.method != "GET") return not_allowed("GET");
    if (is_health) return health();
    return {200, exposition_type, exposition_of(metrics_), {}};
  }
  return refusal(404, "not_found",
                 "there is POST /incidents, POST /incidents/close, GET /healthz and GET /metrics");
}

} // namespace service
