#ifndef ARGUS_TICKET_OUTBOX_DETAIL_DELIVERY_LOCK_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_DELIVERY_LOCK_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/result.hpp>

#include <string>
#include <utility>

namespace argus_ticket::detail::outbox {

/**
 * The right to deliver from an outbox, held by one store object of all processes at a time.
 *
 * An exclusive `flock` on a file of its own, which is made with an owner's rights alone and never
 * removed. The kernel frees it when the process ends, however it ends; a program that the process
 * executes does not inherit it. Locks of this kind are held by an open file and not by a process,
 * so two stores in one process exclude each other too.
 */
class delivery_lock {
 public:
  delivery_lock() noexcept = default;
  delivery_lock(delivery_lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  delivery_lock& operator=(delivery_lock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  /// Closes the file and does not unlock it: in the child of a fork the parent keeps the lock.
  ARGUS_TICKET_DECL ~delivery_lock();

  /// @return the lock, or `errc::store_failed` where another one has it or the file cannot be made.
  [[nodiscard]] static ARGUS_TICKET_DECL result<delivery_lock> take(std::string const& path);

  [[nodiscard]] bool held() const noexcept { return file_ >= 0; }

 private:
  int file_ = -1;
};

} // namespace argus_ticket::detail::outbox

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/delivery_lock.ipp>
#endif

#endif
