#ifndef ARGUS_TICKET_IMPL_OUTBOX_DELIVERY_LOCK_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_DELIVERY_LOCK_IPP

#include <argus_ticket/outbox/detail/delivery_lock.hpp>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace argus_ticket::detail::outbox {

delivery_lock::~delivery_lock() {
  if (file_ >= 0) ::close(file_);
}

result<delivery_lock> delivery_lock::take(std::string const& path) {
  auto const failed = [&](std::string words) -> result<delivery_lock> {
    return error{errc::store_failed, outcome::not_applied, std::move(words), path};
  };
  delivery_lock lock;
  do lock.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  while (lock.file_ < 0 && errno == EINTR);
  if (lock.file_ < 0)
    return failed("the file that says who delivers cannot be opened: " +
                  std::generic_category().message(errno));
  int locked = 0;
  do locked = ::flock(lock.file_, LOCK_EX | LOCK_NB);
  while (locked != 0 && errno == EINTR);
  if (locked == 0) return lock;
  if (errno == EWOULDBLOCK)
    return failed("another process, or another store in this one, delivers from this outbox");
  return failed("the file that says who delivers cannot be locked: " +
                std::generic_category().message(errno));
}

} // namespace argus_ticket::detail::outbox

#endif
