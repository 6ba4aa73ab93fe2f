#pragma once
// What RT's traps are told with, over the model and over a real RT alike. A site is one of them:
//
//     std::string endpoint();                       // where RT's pages are
//     at::secret token(std::string const& user);
//     transport_type transport();                   // a handle, to be copied
//     std::int64_t pk();                            // another one each time
//     std::string old_ticket();                     // people's, in General, of 2020-02-02
//     transport_type, clock_type
//
// Its people: bot and later_bot, and staff, who may do everything; low, who may open tickets and
// see them; blind, who may only open them; idle, who only sees the queues; stranger, who is
// nobody's colleague and may open tickets. Queues: General with the custom fields IdemKey, Room,
// Teams (several values), Day (a time), Date and Digits (checked by RT); `it's "a/b" \ 50%` without
// fields; Repairs with statuses of its own: reported, in repair, repaired, scrapped; and Disabled.

#include "../support/conforming.hpp"
#include "../support/incident.hpp"
#include "../support/plain_policies.hpp"

#include <boost/json.hpp>

namespace rt_behaviours {

namespace at = argus_ticket;
using at::errc;
using at::outcome;
using at::plugins::request_tracker;

template <class Site>
using client_of = at::client<"request_tracker", typename Site::transport_type, at::builtin_plugins,
                             test::plain_policies<typename Site::clock_type>>;

template <class Site>
at::settings<"request_tracker"> settings(Site& site, std::string const& user = "bot") {
  at::settings<"request_tracker"> s;
  s.endpoint = site.endpoint();
  s.authentication.token = site.token(user);
  s.information.queue = "General";
  return s;
}

template <class Site>
client_of<Site> client(Site& site, at::settings<"request_tracker"> own) {
  return client_of<Site>{std::move(own), site.transport()};
}
template <class Site>
client_of<Site> client(Site& site, std::string const& user = "bot") {
  return client(site, settings(site, user));
}

/// A plugin's operation by itself.
template <class Site, class T>
at::result<T> run(Site& site, at::operation<T> what) {
  auto transport = site.transport();
  typename Site::clock_type clock;
  return at::detail::run_blocking(std::move(what), transport, clock,
                                  at::detail::deadline_in(clock, std::chrono::seconds{10}));
}

/// What somebody else does by REST.
template <class Site>
at::http::response sent(Site& site, std::string const& user, at::http::method method,
                        std::string const& path, boost::json::value const& body = nullptr) {
  at::http::request request{method, *at::http::url::parse(site.endpoint() + "REST/2.0/" + path),
                            at::http::idempotency::creates};
  auto signed_request = std::move(request).authorization("token", site.token(user));
  auto const full =
      body.is_null() ? signed_request : at::http::request{std::move(signed_request).json(body)};
  auto transport = site.transport();
  typename Site::clock_type clock;
  auto reply = transport.send(full, at::detail::deadline_in(clock, std::chrono::seconds{10}));
  if (!reply) FAIL(to_string(reply.error()));
  INFO(reply->body());
  REQUIRE(reply->status() < 300);
  return *reply;
}

template <class Site>
boost::json::object record(Site& site, std::string const& number) {
  auto const reply = sent(site, "staff", at::http::method::get, "ticket/" + number);
  return boost::json::parse(reply.body()).as_object();
}

/// How many transactions of a type a ticket has.
template <class Site>
std::size_t count(Site& site, std::string const& number, char const* type) {
  boost::json::array const query{boost::json::object{{"field", "Type"}, {"value", type}}};
  auto const url = at::http::url::parse("http://x.example/")
                       ->with("query", boost::json::serialize(query))
                       .with("fields", "Type,Creator");
  auto const reply =
      sent(site, "staff", at::http::method::get, "ticket/" + number + "/history?" + url.query());
  return boost::json::parse(reply.body()).at("items").as_array().size();
}

template <class Site>
at::incident incident(Site& site, std::string description = "Netbox 11 <12345> down.") {
  return test::incident(site.pk(), std::move(description));
}

inline std::string all_warnings(at::ticket const& t) {
  std::string text;
  for (at::problem const& one : t.warnings) text += one.where + ' ' + one.what + '\n';
  return text;
}

} // namespace rt_behaviours
