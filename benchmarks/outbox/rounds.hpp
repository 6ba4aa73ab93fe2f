#pragma once
// Measuring by turns, and a directory that goes at the end.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

class temporary_directory {
 public:
  explicit temporary_directory(std::filesystem::path const& where) {
    std::string pattern = (where / "outbox_benchmark_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      std::perror(pattern.c_str());
      std::exit(1);
    }
    path_ = pattern;
  }
  temporary_directory(temporary_directory const&) = delete;
  temporary_directory& operator=(temporary_directory const&) = delete;
  ~temporary_directory() { std::filesystem::remove_all(path_); }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// How long so many threads take for so many calls each of `work(thread)`.
template <class F>
double seconds(int threads, int calls, F const& work) {
  auto const begin = std::chrono::steady_clock::now();
  std::vector<std::thread> others;
  auto const all = [&](int thread) {
    for (int i = 0; i < calls; ++i) work(thread);
  };
  for (int t = 1; t < threads; ++t) others.emplace_back(all, t);
  all(0);
  for (auto& thread : others) thread.join();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// What `theirs` takes over what `ours` takes: both give seconds and take turns, and who begins
/// changes. The first round does not count.
template <class Theirs, class Ours>
double median_ratio(int rounds, Theirs const& theirs, Ours const& ours) {
  std::vector<double> ratios;
  for (int round = 0; round <= rounds; ++round) {
    double a = 0, b = 0;
    if (round % 2 == 0) {
      a = theirs();
      b = ours();
    } else {
      b = ours();
      a = theirs();
    }
    if (round > 0) ratios.push_back(a / b);
  }
  std::sort(ratios.begin(), ratios.end());
  return ratios[ratios.size() / 2];
}

/// Computes a number in a child process, so that its memory is its own.
template <class F>
double in_child(F const& compute) {
  int ends[2];
  if (::pipe(ends) != 0) std::abort();
  ::pid_t const child = ::fork();
  if (child == 0) {
    double const answer = compute();
    ::_exit(::write(ends[1], &answer, sizeof answer) == sizeof answer ? 0 : 1);
  }
  ::close(ends[1]);
  double answer = -1;
  if (::read(ends[0], &answer, sizeof answer) != sizeof answer) answer = -1;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return answer;
}
