#pragma once
// The table of faults of a connection, in the order of its life.

#include "faults.hpp"

namespace faults {

namespace places {

using lt::fault_manner;
using lt::fault_point;

inline lt::connection_fault connect(fault_manner how) {
  return {.at = fault_point::at_connect, .how = how};
}
inline lt::connection_fault handshake(fault_manner how) {
  return {.at = fault_point::at_handshake, .how = how};
}
/// When so much of the request was read: bytes, or a part of it.
inline lt::connection_fault request(std::size_t bytes, fault_manner how) {
  return {.at = fault_point::in_request, .how = how, .after_bytes = bytes};
}
inline lt::connection_fault request(double part, fault_manner how) {
  return {.at = fault_point::in_request, .how = how, .after_fraction = part};
}
/// The request is done. `none`: not a byte of the reply is sent.
inline lt::connection_fault reply(lt::reply_part part, fault_manner how) {
  return {.at = fault_point::in_reply, .how = how, .part = part};
}
/// A gateway's reply: the server has seen nothing of the request.
inline lt::connection_fault gateway(lt::reply_part part, fault_manner how) {
  return {.at = fault_point::in_reply, .how = how, .part = part, .applied = false};
}

} // namespace places

// clang-format off
inline std::vector<fault> connection_faults() {
  using enum ends;
  using enum at::errc;
  using enum lt::fault_manner;
  using enum lt::reply_part;
  namespace p = places;
  std::vector<fault> all{
    // name                                  a safe request  a write         code                 what happens
    {"name: not known",                      not_applied,    not_applied,    connection_failed,   detour::no_such_name},
    {"connect: refused",                     not_applied,    not_applied,    connection_failed,   detour::closed_port},
    {"connect: not answered",                not_applied,    not_applied,    timed_out,           detour::full_queue},
    {"connect: reset",                       not_applied,    not_applied,    connection_failed,   p::connect(reset)},
    {"connect: close",                       not_applied,    not_applied,    connection_failed,   p::connect(close)},
    {"connect: silence",                     not_applied,    not_applied,    timed_out,           p::connect(silence)},

    {"certificate: not trusted",             rejected,       rejected,       tls_failed,          detour::untrusted},
    {"handshake: reset",                     not_applied,    not_applied,    connection_failed,   p::handshake(reset)},
    {"handshake: close",                     not_applied,    not_applied,    connection_failed,   p::handshake(close)},
    {"handshake: silence",                   not_applied,    not_applied,    timed_out,           p::handshake(silence)},

    // The server reads nothing; whether a byte has left by then, only the client knows.
    {"request, 0 bytes: reset",              not_applied,    as_far_as_sent, connection_failed,   p::request(std::size_t{0}, reset)},
    {"request, 0 bytes: close",              not_applied,    as_far_as_sent, connection_failed,   p::request(std::size_t{0}, close)},
    {"request, 0 bytes: silence",            not_applied,    ambiguous,      timed_out,           p::request(std::size_t{0}, silence)},
    {"request, 1 byte: reset",               not_applied,    ambiguous,      connection_failed,   p::request(std::size_t{1}, reset)},
    {"request, 1 byte: close",               not_applied,    ambiguous,      connection_failed,   p::request(std::size_t{1}, close)},
    {"request, 1 byte: silence",             not_applied,    ambiguous,      timed_out,           p::request(std::size_t{1}, silence)},
    {"request, half: reset",                 not_applied,    ambiguous,      connection_failed,   p::request(0.5, reset)},
    {"request, half: close",                 not_applied,    ambiguous,      connection_failed,   p::request(0.5, close)},
    {"request, half: silence",               not_applied,    ambiguous,      timed_out,           p::request(0.5, silence)},
    {"request, whole: reset",                not_applied,    ambiguous,      connection_failed,   p::request(1.0, reset)},
    {"request, whole: close",                not_applied,    ambiguous,      connection_failed,   p::request(1.0, close)},
    {"request, whole: silence",              not_applied,    ambiguous,      timed_out,           p::request(1.0, silence)},

    // Done, and the reply is lost.
    {"reply, 0 bytes: reset",                not_applied,    ambiguous,      connection_failed,   p::reply(none, reset)},
    {"reply, 0 bytes: close",                not_applied,    ambiguous,      connection_failed,   p::reply(none, close)},
    {"reply, 0 bytes: silence",              not_applied,    ambiguous,      timed_out,           p::reply(none, silence)},
    {"reply, status line: reset",            not_applied,    ambiguous,      connection_failed,   p::reply(status_line, reset)},
    {"reply, status line: close",            not_applied,    ambiguous,      connection_failed,   p::reply(status_line, close)},
    {"reply, status line: silence",          not_applied,    ambiguous,      timed_out,           p::reply(status_line, silence)},
    {"reply, mid-header: reset",             not_applied,    ambiguous,      connection_failed,   p::reply(half_header, reset)},
    {"reply, mid-header: close",             not_applied,    ambiguous,      connection_failed,   p::reply(half_header, close)},
    {"reply, mid-header: silence",           not_applied,    ambiguous,      timed_out,           p::reply(half_header, silence)},
    {"reply, mid-body: reset",               not_applied,    ambiguous,      connection_failed,   p::reply(half_body, reset)},
    {"reply, mid-body: close",               not_applied,    ambiguous,      connection_failed,   p::reply(half_body, close)},
    {"reply, mid-body: silence",             not_applied,    ambiguous,      timed_out,           p::reply(half_body, silence)},
    // A whole reply counts, however the connection ends after it.
    {"reply, whole: reset",                  answered,       answered,       connection_failed,   p::reply(whole, reset)},
    {"reply, whole: close",                  answered,       answered,       connection_failed,   p::reply(whole, close)},
    {"reply, whole: silence",                answered,       answered,       connection_failed,   p::reply(whole, silence)},

    // Not done: the beginning of a gateway's reply says no more than no reply.
    {"gateway, status line: reset",          not_applied,    ambiguous,      connection_failed,   p::gateway(status_line, reset)},
    {"gateway, status line: close",          not_applied,    ambiguous,      connection_failed,   p::gateway(status_line, close)},
    {"gateway, mid-header: reset",           not_applied,    ambiguous,      connection_failed,   p::gateway(half_header, reset)},
    {"gateway, mid-header: close",           not_applied,    ambiguous,      connection_failed,   p::gateway(half_header, close)},
    {"gateway, mid-body: reset",             not_applied,    ambiguous,      connection_failed,   p::gateway(half_body, reset)},
    {"gateway, mid-body: close",             not_applied,    ambiguous,      connection_failed,   p::gateway(half_body, close)},
    {"gateway, mid-body: silence",           not_applied,    ambiguous,      timed_out,           p::gateway(half_body, silence)},
    {"gateway, whole: close",                not_applied,    ambiguous,      server_failed,       p::gateway(whole, close)},
  };
  for (fault& one : all) {
    one.takes_all_time = one.code == timed_out;
    one.breaks_kept = one.name == "request, half: reset" || one.name == "request, whole: close" ||
                      one.name == "reply, 0 bytes: reset" || one.name == "reply, 0 bytes: close";
  }
  return all;
}
// clang-format on

} // namespace faults
