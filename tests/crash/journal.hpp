#pragma once
// What was accepted, written down apart from the store, so that the store can be judged by it.

#include "plan.hpp"

#include <array>
#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace crash {

/**
 * A file that lines are only ever added to, each on the disk before `add` returns:
 *
 *     LANE NUMBER ATTEMPT begin ACTION PK:TEXT:WORDS[,PK:TEXT:WORDS...]
 *     LANE NUMBER ATTEMPT done
 */
class journal {
 public:
  /// Where a lane goes on: behind its last operation that is done, with the attempt that comes.
  struct position {
    std::int64_t number = 0;
    int attempt = 0;
  };

  explicit journal(std::string const& path) {
    std::ifstream before(path);
    std::string line;
    while (std::getline(before, line)) {
      std::istringstream words(line);
      std::size_t lane = 0;
      position at;
      std::string what;
      if (!(words >> lane >> at.number >> at.attempt >> what) || lane >= positions_.size())
        throw std::runtime_error("the journal is damaged: " + line);
      positions_[lane] =
          what == "done" ? position{at.number + 1, 0} : position{at.number, at.attempt + 1};
    }
    file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file_ < 0) throw std::runtime_error("the journal cannot be opened");
  }
  journal(journal const&) = delete;
  journal& operator=(journal const&) = delete;
  ~journal() { ::close(file_); }

  [[nodiscard]] position where(int lane) const {
    return positions_.at(static_cast<std::size_t>(lane));
  }

  void begin(int lane, position at, planned const& what) {
    std::string items;
    for (planned::item const& one : what.items)
      items += (items.empty() ? "" : ",") + std::to_string(one.pk) + ':' + one.text.name + ':' +
               std::to_string(one.text.words);
    add(prefix(lane, at) + "begin " + name_of(what.what) + ' ' + items);
  }
  void done(int lane, position at) { add(prefix(lane, at) + "done"); }

 private:
  static std::string prefix(int lane, position at) {
    return std::to_string(lane) + ' ' + std::to_string(at.number) + ' ' +
           std::to_string(at.attempt) + ' ';
  }
  void add(std::string line) {
    line += '\n'; // in one call, which no kill divides
    if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
        ::fdatasync(file_) != 0)
      throw std::runtime_error("the journal cannot be written");
  }

  std::array<position, lanes> positions_{};
  int file_ = -1;
};

} // namespace crash
