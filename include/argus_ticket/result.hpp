#ifndef ARGUS_TICKET_RESULT_HPP
#define ARGUS_TICKET_RESULT_HPP

#include <argus_ticket/error.hpp>

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <boost/throw_exception.hpp>

#include <stdexcept>

namespace argus_ticket {

/**
 * What every operation returns: a value, or an @ref error.
 *
 * `has_value()`, `operator bool`, `operator*`, `operator->`, `error()`; `value()` throws
 * @ref ticket_error where there is none.
 */
template <class T>
using result = boost::system::result<T, error>;

/// The only type of exception that leaves the library: thrown by `result::value()` and by the
/// constructors of clients.
class ticket_error : public std::runtime_error {
 public:
  explicit ticket_error(argus_ticket::error e)
      : std::runtime_error(to_string(e)), error_(std::move(e)) {}

  [[nodiscard]] argus_ticket::error const& error() const noexcept { return error_; }

 private:
  argus_ticket::error error_;
};

/// Found by `boost::system::result` when `value()` is called on an error.
[[noreturn]] inline void throw_exception_from_error(error const& e,
                                                    boost::source_location const& where) {
  boost::throw_exception(ticket_error{e}, where);
}

} // namespace argus_ticket

#endif
