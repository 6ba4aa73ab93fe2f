// What the check must not object to.
#include <chrono>
#include <string>

/**
 * @page seeded_value value
 * What holds of values.
 * @par Errors
 * none.
 * @par Exception safety
 * nothing is thrown.
 * @par Thread safety
 * that of an `int`.
 * @par Object lifetimes
 * it owns what it holds.
 */

/// Letters.
namespace argus_ticket {

/// Why something failed.
enum class errc {
  timed_out, ///< It took too long.
  refused    ///< Nobody wants it.
};

/// A time in milliseconds since 1970.
using store_time = std::chrono::time_point<std::chrono::system_clock>;

/// A value or an error.
/// @tparam T The value's type.
template <class T>
class result;

/// What is counted and limited.
struct limits {
  std::size_t body = 0;               ///< How many bytes.
  std::chrono::seconds pause{1};      ///< Between two of them.
  store_time due{};                   ///< When it ends.
  limits(std::size_t b) : body(b) {}  // sets what is public
  bool operator==(limits const&) const = default;
};

/// A text without errors of its own. Guarantees: those of a @ref seeded_value.
class label {
 public:
  /// Cuts a text to that many bytes.
  /// @param text  Any bytes.
  /// @param limit How many may stay.
  /// @return The beginning of the text.
  static std::string cut(std::string text, std::size_t limit);
  /// The text itself.
  std::string const& text() const;
};

/**
 * Sends letters.
 *
 * Errors: `timed_out`, and `refused` where nobody lives there.
 * Exception safety: `std::bad_alloc` at most. Thread safety: all members may be called at once.
 * Object lifetimes: letters are copied.
 * Cancellation: `terminal`.
 *
 * The members that each letter box has:
 * - `address`, `town`: where it is.
 *
 * @tparam Paper What is written on.
 */
template <class Paper>
class post {
 public:
  std::string address; // described above
  std::string town;

  /// Sends a letter and returns its number.
  result<int> send(std::string letter);
  /// As @ref send, without blocking; the token gets the number.
  template <class Token>
  auto async_send(std::string letter, Token token);
};

/// A box for letters. Guarantees: those of a @ref seeded_value. Members: those of @ref post.
class letter_box {
 public:
  std::string town;
};

/// Reads what a neighbour has sent as text. `errc::refused` where it is none.
///
/// Wire format: RFC 8259.
result<int> parse_incident(std::string text);

namespace detail {
int undocumented(int a);
}

/// Letter boxes.
namespace plugins {
/// A letter box. Wire format: https://example.org/letters. Guarantees: those of a @ref seeded_value.
class mail {
 public:
  /// Puts a letter in. @return Its number.
  int create(std::string letter);
};
} // namespace plugins
} // namespace argus_ticket
