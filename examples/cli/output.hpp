#ifndef ARGUS_TICKET_CLI_OUTPUT_HPP
#define ARGUS_TICKET_CLI_OUTPUT_HPP

#include "clients.hpp"
#include "redactor.hpp"

#include <argus_ticket/outbox/delivery.hpp>

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/**
 * What the program says: results to standard output, errors and warnings to standard error; with
 * `--json` everything to standard output, as one object, or one a line where there are several
 * results.
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

  /// An incident that an outbox has accepted.
  void accepted(argus_ticket::submission const& what, argus_ticket::outbox_step step,
                std::string_view title);
  /// What one delivery of an outbox came to.
  void delivery(argus_ticket::delivery const& d);
  void entry(argus_ticket::outbox_entry const& e);
  /// How many entries were requeued or discarded, and which were not there to be.
  void count(std::string_view verb, std::size_t n, std::vector<std::uint64_t> const& missing);
  void stats(argus_ticket::outbox_stats const& s);

  void warning(std::string_view text);
  void error(argus_ticket::error const& e);
  /// What is wrong with the command line.
  void usage_error(std::string_view what);

  /// Writes out what was said, and repeats it on standard error where that fails. @return Whether
  /// standard output took it all.
  [[nodiscard]] bool flush();
  /// The same for a part of a long output, which is not repeated.
  [[nodiscard]] bool flush_part();

 private:
  void say(std::string_view line);
  void say(boost::json::object const& value);
  void complain(std::string_view line) const;
  void warnings(std::vector<argus_ticket::problem> const& list) const;
  [[nodiscard]] boost::json::array to_json(std::vector<argus_ticket::problem> const& list) const;
  [[nodiscard]] boost::json::object to_json(argus_ticket::ticket const& t) const;
  [[nodiscard]] boost::json::object to_json(argus_ticket::error const& e) const;
  /// An error fit to be printed.
  [[nodiscard]] argus_ticket::error printable(argus_ticket::error const& e) const;
  [[nodiscard]] std::string line_of(std::string_view verb, argus_ticket::ticket const& t) const;

  bool json_ = false;
  redactor texts_;
  std::string said_;
};

} // namespace cli

#endif
