// This library, sending as it comes: no peer waits for limits or repeats anything.

#include <peers/argus_ticket_blocking.hpp>

int main(int count, char** arguments) {
  return peer_main(
      count, arguments,
      run_blocking_peer<
          at::policies<at::default_renderer, at::real_clock, at::no_retry, at::no_pacing>>);
}
