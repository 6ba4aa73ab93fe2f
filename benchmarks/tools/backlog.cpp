// What a claim costs in the memory store, by how many entries wait.
// usage: backlog ENTRIES CLAIMS
// Prints the microseconds that a claim and its settling take.

#include <argus_ticket/outbox/memory_store.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  namespace at = argus_ticket;
  using namespace std::chrono_literals;
  if (count != 3) return std::fputs("usage: backlog ENTRIES CLAIMS\n", stderr), 2;
  int const entries = std::atoi(arguments[1]), claims = std::atoi(arguments[2]);
  at::outbox_time const now{1'700'000'000s};
  at::memory_store store;
  std::string const payload(1024, 'x');
  auto const insert = [&](int number) {
    at::new_entry const entry{"key-" + std::to_string(number), at::outbox_step::open, payload};
    store.insert({&entry, 1}, {}, now).value();
  };
  for (int i = 0; i < entries; ++i) insert(i);
  std::chrono::duration<double, std::micro> taken{};
  for (int i = 0; i < claims; ++i) {
    auto const begin = std::chrono::steady_clock::now();
    auto const claimed = store.claim(now, now + 60s).value().claim;
    store.settle(claimed->lease, {}, now).value();
    taken += std::chrono::steady_clock::now() - begin;
    insert(entries + i); // as many wait for the next one
  }
  std::printf("%f\n", taken.count() / claims);
}
