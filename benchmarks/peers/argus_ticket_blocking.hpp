#pragma once
// A peer that uses this library's blocking client, with policies.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/https.hpp>

#include <peers/rounds.hpp>

namespace at = argus_ticket;

inline at::settings<"github"> settings_of(peer_arguments const& arguments) {
  return {.endpoint = "https://" + arguments.authority() + "/",
          .authentication = {.token = at::secret{"benchmark"}},
          .information = {.project_namespace_and_name = "octo/" + arguments.texts}};
}

inline opened_ticket take(at::result<at::ticket> opened) {
  at::ticket const& t = opened.value();
  for (at::problem const& one : t.warnings) throw std::runtime_error(one.where + ' ' + one.what);
  return {std::atoll(t.number.c_str()), t.url};
}

template <class Policies>
void run_blocking_peer(peer_arguments const& arguments) {
  at::incident const incident = at::parse_incident(arguments.incident()).value();
  at::client<"github", at::https_transport, at::builtin_plugins, Policies> tickets{
      settings_of(arguments), at::https_transport{at::https_options{.ca_file = arguments.ca_file}}};
  answer_rounds_one_by_one([&] { return take(tickets.create(incident)); });
}
