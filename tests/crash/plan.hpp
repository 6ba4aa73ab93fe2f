#pragma once
// What the subject submits, and in which order: a function of the number of the operation alone, so
// that a process that was killed is followed by one that knows how to go on.

#include <argus_ticket/incident.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace crash {

namespace at = argus_ticket;

/// The threads that submit. Each has incidents of its own, since the order of what is submitted for
/// one incident counts.
constexpr int lanes = 2;

enum class action { open, open_again, update, comment, close, reopen };

inline char const* name_of(action what) {
  switch (what) {
  case action::open:
    return "open";
  case action::open_again:
    return "open_again";
  case action::update:
    return "update";
  case action::comment:
    return "comment";
  case action::close:
    return "close";
  case action::reopen:
    return "reopen";
  }
  return "";
}

/// A text that can be checked word by word: `words` marked words, `<name>w0`, `<name>w1`, ...
struct marked_text {
  std::string name;
  int words = 0;

  [[nodiscard]] std::string text() const {
    std::string all;
    for (int i = 0; i < words; ++i)
      all += name + 'w' + std::to_string(i) +
             (i % 8 == 7 ? "\n"
                         : " stands between words that say nothing, so that the text is a long "
                           "one ");
    return all;
  }
};

/// One call of the outbox: for several incidents only where it opens.
struct planned {
  struct item {
    std::int64_t pk = 0;
    marked_text text;
  };
  action what = action::open;
  std::vector<item> items; ///< None: there is nothing to do.
};

class plan {
 public:
  plan(int lane, std::int64_t first_pk) : lane_(lane), first_pk_(first_pk) {}

  /// The operation of that number. `attempt` is above zero where it cannot be told whether an
  /// earlier one was accepted: a comment has another text then, since the outbox takes each call
  /// for a new comment. All else may be submitted again as it was.
  [[nodiscard]] planned at(std::int64_t number, int attempt) const {
    std::int64_t const round = number / steps;
    switch (number % steps) {
    case 0:
      return {action::open, {opened(round, 0)}};
    case 1:
      return {action::open, {opened(round, 1), opened(round, 2)}};
    case 2:
      return comment(round, 0, 0, attempt);
    case 3:
      return comment(round - 1, 1, 0, attempt);
    case 4:
      return comment(round - 1, 0, 1, attempt);
    case 5:
      return round % 2 == 0 ? about(action::update, round - 1, 2, 1) : planned{};
    case 6:
      return about(action::close, round - 1, 0);
    case 7:
      return about(action::open_again, round - 2, 1);
    case 8:
      return about(action::close, round - 2, 1);
    case 9:
      return round % 3 == 0 ? about(action::reopen, round - 2, 0) : planned{};
    case 10:
      return comment(round - 3, 1, 1, attempt); // its ticket is closed by now, and stays so
    case 11:
      return about(action::open_again, round - 3, 1);
    default:
      return about(action::close, round - 3, 0);
    }
  }

 private:
  static constexpr std::int64_t steps = 13;

  [[nodiscard]] std::int64_t pk_of(std::int64_t round, int which) const {
    return first_pk_ + (round * 3 + which) * lanes + lane_;
  }
  /// A ticket's text. 1,000 words take two pages of GitHub's, 2,000 three.
  [[nodiscard]] planned::item opened(std::int64_t round, int which, int revision = 0) const {
    int words = 1;
    if (which == 0 && round % 6 == 1) words = 1'000;
    if (which == 1 && round % 16 == 7) words = 2'000;
    std::int64_t const pk = pk_of(round, which);
    return {pk, {'t' + std::to_string(pk) + 'r' + std::to_string(revision), words}};
  }
  [[nodiscard]] planned about(action what, std::int64_t round, int which, int revision = 0) const {
    if (round < 0) return {};
    return {what, {opened(round, which, revision)}};
  }
  [[nodiscard]] planned comment(std::int64_t round, int which, int index, int attempt) const {
    if (round < 0) return {};
    std::int64_t const pk = pk_of(round, which);
    int const words = index == 1 && round % 12 == 2 ? 2'000 : 1 + static_cast<int>(round % 3);
    return {
        action::comment,
        {{pk,
          {'c' + std::to_string(pk) + 'n' + std::to_string(index) + 't' + std::to_string(attempt),
           words}}}};
  }

  int lane_;
  std::int64_t first_pk_;
};

inline at::incident incident_of(planned::item const& item, at::timestamp started) {
  at::incident i;
  i.pk = item.pk;
  i.start_time = started;
  i.source.pk = 1;
  i.source.name = "crash test";
  i.source.type = "test";
  i.description = "Incident " + std::to_string(item.pk) + ": " + item.text.text();
  return i;
}

} // namespace crash
