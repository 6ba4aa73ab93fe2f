#ifndef ARGUS_TICKET_SECRET_HPP
#define ARGUS_TICKET_SECRET_HPP

#include <argus_ticket/detail/config.hpp>

#include <iosfwd>
#include <string>
#include <string_view>

namespace argus_ticket {

/**
 * A token or password that does not show itself.
 *
 * It has no stream operator and converts to nothing; the text is read by @ref expose alone, and is
 * overwritten in memory when the object ends, is assigned to, or is moved from.
 *
 * Guarantees: those of a @ref value.
 */
class secret {
 public:
  /// An empty secret, which settings refuse.
  secret() noexcept = default;
  /// Takes the text over, and overwrites what is left of it in `value`.
  explicit secret(std::string value) noexcept : value_(std::move(value)) { wipe(value); }
  secret(secret const&) = default;
  secret(secret&& other) noexcept
      : value_(std::move(other.value_)), problem_(std::move(other.problem_)) {
    wipe(other.value_);
  }
  secret& operator=(secret other) noexcept {
    wipe(value_); // swapping short texts leaves the end of the longer one behind the shorter
    value_.swap(other.value_);
    problem_.swap(other.problem_);
    return *this;
  }
  ~secret() { wipe(value_); }

  /// Reads the file at a path, of at most 64 KiB; white space at its end is left out. Never throws:
  /// a file that cannot be read gives an empty secret whose @ref problem says so.
  [[nodiscard]] static ARGUS_TICKET_DECL secret from_file(std::string const& path);
  /// Reads the environment variable of that name. Never throws: where it is not set, see @ref
  /// problem.
  [[nodiscard]] static ARGUS_TICKET_DECL secret from_environment(std::string const& name);

  /// Whether there is no text, be it that none was given or that it could not be read.
  [[nodiscard]] bool empty() const noexcept { return value_.empty(); }
  /// The text itself. Valid until this object is changed or ends.
  [[nodiscard]] std::string_view expose() const noexcept { return value_; }
  /// Why it could not be read; empty where it could. Holds no secret.
  [[nodiscard]] std::string const& problem() const noexcept { return problem_; }

  friend std::ostream& operator<<(std::ostream&, secret const&) = delete;

 private:
  static ARGUS_TICKET_DECL void wipe(std::string& text) noexcept;

  std::string value_;
  std::string problem_;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/secret.ipp>
#endif

#endif
