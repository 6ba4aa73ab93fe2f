#ifndef ARGUS_TICKET_CLI_OUTPUT_HPP
#define ARGUS_TICKET_CLI_OUTPUT_HPP

#include "clients.hpp"
#include "redactor.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/**
 * What the program says: results to standard output, errors and warnings to standard error; with
 * `--json` everything as one object to standard output.
 *
 * No text reaches either but through a @ref redactor.
 */
class output {
 public:
  void use_json(bool yes) { json_ = yes; }
  [[nodiscard]] redactor& texts() noexcept { return texts_; }

  /// A ticket after an operation, e.g. `opened  #17  https://…  "title"`.
  void ticket(std::string_view verb, argus_ticket::ticket const& t);
  void no_ticket();
  void comment(argus_ticket::comment const& c);
  void check(std::string_view plugin, argus_ticket::check_report const& report);
  void request(argus_ticket::http::request const& r);
  void url(std::string const& url);
  void plugins(std::vector<plugin_info> const& all);

  void error(argus_ticket::error const& e);
  /// What is wrong with the command line.
  void usage_error(std::string_view what);

  /// Writes out what was said. @return Whether standard output took it all.
  [[nodiscard]] bool flush();

 private:
  void say(std::string line);
  void say(boost::json::object const& value);
  void complain(std::string_view line) const;
  void warnings(std::vector<argus_ticket::problem> const& list) const;
  [[nodiscard]] boost::json::array to_json(std::vector<argus_ticket::problem> const& list) const;
  [[nodiscard]] boost::json::object to_json(argus_ticket::ticket const& t) const;

  bool json_ = false;
  redactor texts_;
  std::string said_;
};

} // namespace cli

#endif
