// This library as it is unless the user says it otherwise: with pacing and retries.

#include <peers/argus_ticket_blocking.hpp>

int main(int count, char** arguments) {
  return peer_main(count, arguments, run_blocking_peer<at::policies<>>);
}
