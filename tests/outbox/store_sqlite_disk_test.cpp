// Files that may not be written, and a disk that is really full.
#include "store_child.hpp"
#include "store_fixture.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

using namespace test;

TEST_CASE("sqlite store: a file or directory that may not be written", "[store]") {
  temporary_directory const directory;
  {
    at::sqlite_store store = open_store(directory.file());
    REQUIRE(insert(store, "a").has_value());
  }
  bool const file_only = GENERATE(true, false);
  ::chmod(directory.file().c_str(), file_only ? 0444 : 0666);
  ::chmod(directory.path().c_str(), file_only ? 0777 : 0555);
  child reader([&](int pipe) {
    // The owner of the machine may write everything, so somebody else tries.
    if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) return 1;
    auto store = at::sqlite_store::open(directory.file());
    auto const failed = store ? insert(*store, "b").has_error() : true;
    if (!failed) return 2;
    at::error const e = store ? insert(*store, "b").error() : store.error();
    (void)!::write(pipe, e.message.data(), e.message.size());
    return e.code == at::errc::store_failed && e.outcome == at::outcome::not_applied ? 0 : 3;
  });
  std::string message;
  for (char byte; reader.read(byte);) message += byte;
  INFO(message);
  CHECK(reader.wait() == 0);
  CHECK((message.find("may not be written") != std::string::npos ||
         message.find("cannot be opened or made") != std::string::npos));
  ::chmod(directory.path().c_str(), 0700);
  ::chmod(directory.file().c_str(), 0600);
  CHECK(open_store(directory.file()).list({}).value().size() == 1);
}

TEST_CASE("sqlite store: a disk that is really full", "[store]") {
  temporary_directory const directory;
  child filler([&](int) {
    // A small disk in memory, that only this process sees; not everybody may have one.
    if (::unshare(::geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0) return 77;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", directory.path().c_str(), "tmpfs", 0, "size=300k") != 0)
      return 77;
    std::size_t accepted = 0;
    {
      auto store = at::sqlite_store::open(directory.file());
      if (!store) return 1;
      for (;; ++accepted) {
        auto const made = insert(*store, std::to_string(accepted));
        if (made) continue;
        if (made.error().code != at::errc::store_failed ||
            made.error().outcome != at::outcome::not_applied ||
            made.error().message.find("full") == std::string::npos)
          return 2;
        break;
      }
      if (accepted < 10 || store->list({.most = 10'000}).value().size() != accepted) return 3;
    }
    auto store = at::sqlite_store::open(directory.file());
    if (!store) return 4;
    return store->list({.most = 10'000}).value().size() == accepted ? 0 : 5;
  });
  int const status = filler.wait();
  if (status == 77)
    WARN("not tested: no disk of one's own may be mounted here");
  else
    CHECK(status == 0);
}
