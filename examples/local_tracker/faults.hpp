#pragma once
// How a connection can fail, at every point of its life. A test's hook is asked at each point and
// may strike there.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace local_tracker {

enum class fault_point {
  at_connect,   ///< right after accept, before any byte
  at_handshake, ///< the client's first TLS bytes are there; the handshake never ends
  in_request,   ///< while the request is read; nothing of it is applied
  in_reply      ///< while the reply is sent; the request is applied, unless `applied` is false
};

enum class fault_manner {
  reset,  ///< RST. What the kernel has not sent by then is lost too.
  close,  ///< FIN, without TLS's goodbye; what the client still sends is thrown away
  silence ///< the connection stays open; nothing is read or said until the peer or the server ends
};

/// A place in a reply by its name.
enum class reply_part {
  none,        ///< `after_bytes` or `after_fraction` says it
  status_line, ///< after the status line and its line end
  half_header, ///< in the middle of the header fields
  half_body,   ///< in the middle of the body
  whole        ///< after the last byte, where it would end or keep the connection otherwise
};

/// in_reply with nothing else set is "applied, but the reply is lost".
struct connection_fault {
  fault_point at = fault_point::in_reply;
  fault_manner how = fault_manner::reset;
  /// in_request: so many bytes of head and body are read at most, and then it strikes. in_reply: so
  /// many bytes of the serialised reply (status line, header, body) are sent before it strikes.
  /// More than there are means all of them: the fault strikes in any case.
  std::size_t after_bytes = 0;
  /// From 0 to 1: that part of the request or reply, in place of `after_bytes`. A request has to
  /// show its head before its length is known; one in chunks counts as its head alone.
  double after_fraction = -1;
  reply_part part = reply_part::none; ///< in_reply: goes before the two above
  /// in_reply: false has the request not reach the API; a 502 is what is sent or broken off then.
  bool applied = true;
};

/// What the hook is asked about.
struct connection_event {
  fault_point at = fault_point::at_connect;
  std::size_t connection = 0; ///< counts from 0, in the order of their acceptance
  std::size_t request = 0;    ///< requests on this server whose heads were read before this one's
  /// Empty where the request's head has not been read.
  std::string method{};
  std::string target{};
};

/// Asked at each point, in the server's thread; an answer for another point than the event's counts
/// as none. in_request asks twice: before the first byte, where a fault after 0 bytes ends the
/// connection instead of waiting for a request, and, unless that gave a fault, with method and
/// target. in_reply asks before the request is applied.
using connection_fault_hook =
    std::function<std::optional<connection_fault>(connection_event const&)>;

/// Faults by chance, the same ones for the same seed and order of requests. Only API requests
/// count.
struct random_fault_options {
  unsigned lose_replies_percent = 0;  ///< of the writes: applied, and no byte of the reply is sent
  unsigned fail_requests_percent = 0; ///< of all: reset somewhere in the request, nothing applied
  std::uint64_t seed = 1;
  std::string path_prefix{}; ///< the API's
};
connection_fault_hook random_faults(random_fault_options const& options);

} // namespace local_tracker
