#pragma once
// Child processes that use a store.

#include "store_fixture.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace test {

/// A child process that runs a function; its number is the exit status.
class child {
 public:
  template <class F>
  explicit child(F&& run) {
    REQUIRE(::pipe(pipe_) == 0);
    id_ = ::fork();
    REQUIRE(id_ >= 0);
    if (id_ == 0) ::_exit(run(pipe_[1]));
    ::close(pipe_[1]);
  }
  child(child const&) = delete;
  child& operator=(child const&) = delete;
  ~child() {
    if (id_ > 0) stop();
    ::close(pipe_[0]);
  }
  template <class T>
  bool read(T& value) {
    return ::read(pipe_[0], &value, sizeof value) == static_cast<ssize_t>(sizeof value);
  }
  void stop() {
    ::kill(id_, SIGKILL);
    wait();
  }
  int wait() {
    int status = 0;
    ::waitpid(std::exchange(id_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  int pipe_[2] = {-1, -1};
  ::pid_t id_ = -1;
};

template <class T>
void say(int pipe, T const& value) {
  (void)!::write(pipe, &value, sizeof value);
}

inline at::result<std::vector<at::submission>> insert(at::sqlite_store& store,
                                                      std::string const& key) {
  at::new_entry const entry{key, outbox_step::open, std::string(1'000, 'x')};
  return store.insert({&entry, 1}, {}, at_second(0));
}

} // namespace test
