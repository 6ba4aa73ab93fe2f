#pragma once
// What all peers have in common: how they are told what to do, and how they say how long it took.
//
// A peer is started with PORT CA_FILE FOLDER TEXTS, where FOLDER/TEXTS.incident.json is an incident
// and FOLDER/TEXTS.ticket.json the ticket that it makes (title, body, labels). It opens tickets in
// octo/TEXTS at localhost:PORT. On its standard input it reads lines "COUNT IN_FLIGHT"; for each it
// opens one ticket that does not count, then COUNT of them, and writes a line
// "SECONDS CPU_SECONDS". What goes wrong ends it.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <sys/resource.h>

struct peer_arguments {
  std::string port;
  std::string ca_file;
  std::string folder;
  std::string texts;

  [[nodiscard]] std::string authority() const { return "localhost:" + port; }
  [[nodiscard]] std::string path() const { return "/api/v3/repos/octo/" + texts + "/issues"; }
  [[nodiscard]] std::string incident() const { return read(".incident.json"); }
  [[nodiscard]] std::string ticket() const { return read(".ticket.json"); }

 private:
  [[nodiscard]] std::string read(char const* suffix) const {
    std::ifstream file{folder + '/' + texts + suffix, std::ios::binary};
    if (!file) throw std::runtime_error("cannot read the texts " + texts);
    return {std::istreambuf_iterator<char>{file}, {}};
  }
};

/// What every peer knows at the end of each ticket.
struct opened_ticket {
  long long number = 0;
  std::string url;
};

inline void check(opened_ticket const& opened) {
  if (opened.number > 0 && opened.url.starts_with("https://")) return;
  std::cerr << "this is no ticket: " << opened.number << ' ' << opened.url << '\n';
  std::exit(1);
}

inline double cpu_seconds() {
  ::rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](::timeval const& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// @param run_round Opens `count` tickets, `in_flight` at a time.
template <class Round>
void answer_rounds(Round run_round) {
  int count = 0, in_flight = 0;
  while (std::cin >> count >> in_flight) {
    run_round(in_flight, in_flight);
    double const cpu = cpu_seconds();
    auto const begin = std::chrono::steady_clock::now();
    run_round(count, in_flight);
    std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - begin;
    std::printf("%.9f %.9f\n", taken.count(), cpu_seconds() - cpu);
    std::fflush(stdout);
  }
}

/// The `main` of a peer. @param run Given the arguments; calls @ref answer_rounds.
template <class Run>
int peer_main(int count, char** arguments, Run run) try {
  if (count != 5) return std::cerr << "usage: PEER PORT CA_FILE FOLDER TEXTS\n", 2;
  run(peer_arguments{arguments[1], arguments[2], arguments[3], arguments[4]});
  return 0;
} catch (std::exception const& e) {
  std::cerr << arguments[0] << ": " << e.what() << '\n';
  return 1;
}

/// The same for one that opens a ticket after the other.
template <class Open>
void answer_rounds_one_by_one(Open open) {
  answer_rounds([&](int count, int) {
    for (int i = 0; i < count; ++i) check(open());
  });
}
