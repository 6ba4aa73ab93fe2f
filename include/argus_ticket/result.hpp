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
 *
 * @tparam T The value's type; may be `void`.
 */
template <class T>
using result = boost::system::result<T, error>;

/// The only type of exception that leaves the library: thrown by `result::value()` and by the
/// constructors of clients.
///
/// Guarantees: those of a @ref value.
class ticket_error : public std::runtime_error {
 public:
  /// Its `what()` is the error as one text, made by @ref to_string.
  explicit ticket_error(argus_ticket::error e)
      : std::runtime_error(to_string(e)), error_(std::move(e)) {}

  /// What went wrong, with its outcome.
  [[nodiscard]] argus_ticket::error const& error() const noexcept { return error_; }

 private:
  argus_ticket::error error_;
};

/// Found by `boost::system::result` when `value()` is called on an error.
/// @param e     What is thrown in a @ref ticket_error.
/// @param where The line that called `value()`.
[[noreturn]] inline void throw_exception_from_error(error const& e,
                                                    boost::source_location const& where) {
  boost::throw_exception(ticket_error{e}, where);
}

} // namespace argus_ticket

#endif
