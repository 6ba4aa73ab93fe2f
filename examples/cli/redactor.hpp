#ifndef ARGUS_TICKET_CLI_REDACTOR_HPP
#define ARGUS_TICKET_CLI_REDACTOR_HPP

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/**
 * What every text that is not our own goes through before it is printed.
 *
 * The library keeps secrets out of its messages, but a server may send one back, a user may put one
 * where it does not belong, and an incident may quote one. Control characters, which a terminal
 * would obey, become U+FFFD.
 */
class redactor {
 public:
  /// From now on the text is printed as `***`, also as it stands in a URL. Fewer than four
  /// characters are left alone: they stand everywhere by chance.
  void hide(std::string_view secret);
  /// Hides the user name's password in a URL such as `http://user:password@proxy:3128`.
  void hide_password_of(std::string_view url);
  /// Hides a text that is, by its looks, a token in the wrong place.
  void hide_if_secret(std::string_view text);

  /// A text for one line of output.
  [[nodiscard]] std::string line(std::string_view text) const;
  /// The same, with its line breaks and tabs.
  [[nodiscard]] std::string text(std::string_view text) const;

 private:
  [[nodiscard]] std::string masked(std::string text) const;

  std::vector<std::string> secrets_; // longest first
};

} // namespace cli

#endif
