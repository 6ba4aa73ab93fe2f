// What the SQLite store costs, next to SQLite used by hand with the same durability. Prints lines
// of "name value bound"; nothing is asserted, since the machine may be busy. All is measured in
// rounds, the two sides taking turns; the ratio is the median of the rounds' ratios.
// usage: see run.sh

#include "bare_inserts.hpp"
#include "rounds.hpp"

#include <argus_ticket/outbox/sqlite_store.hpp>

#include <sys/resource.h>

namespace {

namespace at = argus_ticket;
using namespace std::chrono_literals;

std::string const payload(1024, 'x');
at::outbox_time const now{1'700'000'000s};

at::sqlite_store open_store(std::filesystem::path const& directory, std::string const& name) {
  return at::sqlite_store::open((directory / name).string()).value();
}

/// A key that looks like an incident's: they are in no order.
std::string key_of(std::uint64_t number) {
  std::uint64_t const mixed = (number + 1) * 0x9e3779b97f4a7c15u;
  char text[40];
  std::snprintf(text, sizeof text, "%08x-%04x-5%03x-a%03x-%012llx",
                static_cast<unsigned>(mixed >> 32), static_cast<unsigned>(mixed >> 16) & 0xffff,
                static_cast<unsigned>(mixed) & 0xfff, static_cast<unsigned>(number) & 0xfff,
                static_cast<unsigned long long>(mixed & 0xffffffffffff));
  return text;
}

/// Puts so many incidents into a store, a thousand at a time.
void fill(at::sqlite_store& store, std::uint64_t first, std::uint64_t count) {
  for (std::uint64_t done = 0; done < count;) {
    std::vector<at::new_entry> batch;
    for (; done < count && batch.size() < 1'000; ++done)
      batch.push_back({key_of(first + done), at::outbox_step::open, payload});
    store.insert(batch, {}, now).value();
  }
}

double submit_ratio(std::filesystem::path const& directory, int threads, int per_round) {
  std::string const suffix = std::to_string(threads) + ".db";
  at::sqlite_store store = open_store(directory, "ours" + suffix);
  bare_inserts bare((directory / ("bare" + suffix)).string(), threads);
  std::atomic<std::uint64_t> next = 0;
  return median_ratio(
      15,
      [&] {
        return seconds(threads, per_round, [&](int thread) {
          bare.insert(thread, key_of(next++), payload, now.time_since_epoch().count());
        });
      },
      [&] {
        return seconds(threads, per_round, [&](int) {
          at::new_entry const entry{key_of(next++), at::outbox_step::open, payload};
          store.insert({&entry, 1}, {}, now).value();
        });
      });
}

double claim_ratio(std::filesystem::path const& directory) {
  at::sqlite_store few = open_store(directory, "few.db");
  at::sqlite_store many = open_store(directory, "many.db");
  fill(few, 0, 10'000);
  fill(many, 0, 100'000);
  few.begin_delivery(now).value();
  many.begin_delivery(now).value();
  std::uint64_t next = 1'000'000;
  constexpr int per_round = 400;
  auto const deliver = [&](at::sqlite_store& store) {
    double const taken = seconds(1, per_round, [&](int) {
      auto const claim = store.claim(now, now + 60s).value().claim;
      store.settle(claim->lease, {}, now).value();
    });
    fill(store, next, per_round); // as many wait in the next round
    next += per_round;
    return taken;
  };
  return median_ratio(25, [&] { return deliver(many); }, [&] { return deliver(few); });
}

/// The most memory that this process ever had, after 100,000 incidents came one by one and 20,000
/// of them went. To be measured in a process of its own.
double resident_mib(std::filesystem::path const& directory) {
  at::sqlite_store store = open_store(directory, "resident.db");
  seconds(8, 12'500, [&, next = std::make_shared<std::atomic<std::uint64_t>>(0)](int) {
    at::new_entry const entry{key_of((*next)++), at::outbox_step::open, payload};
    store.insert({&entry, 1}, {}, now).value();
  });
  store.begin_delivery(now).value();
  seconds(8, 2'500, [&](int) {
    auto const claim = store.claim(now, now + 60s).value().claim;
    store.settle(claim->lease, {}, now).value();
  });
  store.stats().value();
  std::uint64_t after = 0;
  for (;;) {
    at::entry_filter part;
    part.after = after;
    auto const listed = store.list(part).value();
    if (listed.empty()) break;
    after = listed.back().id;
  }
  struct ::rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

} // namespace

int main(int argc, char** argv) {
  temporary_directory const directory(argc > 1 ? argv[1] : ".");
  double const resident = in_child([&] { return resident_mib(directory.path()); });
  std::printf("submit_rate_ratio %.2f 0.8\n", submit_ratio(directory.path(), 1, 400));
  std::printf("submit_rate_ratio_8_threads %.2f 0.8\n", submit_ratio(directory.path(), 8, 100));
  std::printf("claim_cost_ratio %.2f 1.2\n", claim_ratio(directory.path()));
  std::printf("resident_mib_with_100000 %.1f 64\n", resident);
}
