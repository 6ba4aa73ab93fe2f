#pragma once

#include "catch.hpp"

#include <filesystem>
#include <fstream>
#include <stdlib.h>
#include <string>
#include <unistd.h>

namespace test {

/// A file with that content, which is there as long as this object.
class temporary_file {
 public:
  explicit temporary_file(std::string const& content) {
    std::string pattern = (std::filesystem::temp_directory_path() / "argus_ticket_XXXXXX").string();
    int const descriptor = ::mkstemp(pattern.data());
    REQUIRE(descriptor >= 0);
    ::close(descriptor);
    path_ = pattern;
    std::ofstream{path_, std::ios::binary} << content;
  }
  temporary_file(temporary_file const&) = delete;
  temporary_file& operator=(temporary_file const&) = delete;
  ~temporary_file() { std::filesystem::remove(path_); }
  std::string const& path() const { return path_; }

 private:
  std::string path_;
};

} // namespace test
