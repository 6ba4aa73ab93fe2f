#ifndef ARGUS_TICKET_IMPL_SECRET_IPP
#define ARGUS_TICKET_IMPL_SECRET_IPP

#include <argus_ticket/secret.hpp>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace argus_ticket {

void secret::wipe(std::string& text) noexcept {
  // The capacity, not the size: a shorter text may have been written over a longer one. A function
  // that the compiler cannot know keeps it from leaving out writes that nobody reads again.
  static void* (*const volatile overwrite)(void*, int, std::size_t) = &std::memset;
  text.resize(text.capacity());
  overwrite(text.data(), 0, text.size());
  text.clear();
}

secret secret::from_file(std::string const& path) {
  constexpr std::size_t limit = std::size_t{64} * 1024;
  secret read;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    read.problem_ = "the file '" + path + "' cannot be opened";
    return read;
  }
  read.value_.reserve(limit + 1); // one piece of memory, so that no copy is left behind
  std::array<char, 4096> buffer;
  while (read.value_.size() <= limit &&
         (file.read(buffer.data(), buffer.size()), file.gcount() > 0))
    read.value_.append(buffer.data(), static_cast<std::size_t>(file.gcount()));
  buffer.fill('\0');
  bool const too_large = read.value_.size() > limit;
  std::size_t const end = read.value_.find_last_not_of(" \t\r\n");
  read.value_.resize(end == std::string::npos ? 0 : end + 1);
  if (too_large) {
    wipe(read.value_);
    read.problem_ = "the file '" + path + "' is larger than 64 KiB";
  } else if (file.bad()) {
    wipe(read.value_);
    read.problem_ = "the file '" + path + "' cannot be read";
  } else if (read.value_.empty()) {
    read.problem_ = "the file '" + path + "' is empty";
  }
  return read;
}

secret secret::from_environment(std::string const& name) {
  secret read;
  char const* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0')
    read.problem_ = "the environment variable " + name + " is not set";
  else
    read.value_ = value;
  return read;
}

} // namespace argus_ticket

#endif
