#ifndef ARGUS_TICKET_TESTING_MOCK_TRANSPORT_HPP
#define ARGUS_TICKET_TESTING_MOCK_TRANSPORT_HPP

#include <argus_ticket/http/transport.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#ifdef ARGUS_TICKET_SEPARATE_COMPILATION
#include <argus_ticket/basic_client.hpp> // clients over it are not compiled already
#endif

namespace argus_ticket::testing {

/// One request that a @ref mock_transport waits for, and what it answers. Made by
/// `mock_transport::expect`; each function refines it and returns it.
///
/// Errors: those that it is told to answer with. Guarantees: those of a @ref value.
class expectation {
 public:
  /// As `mock_transport::expect` makes it.
  expectation(http::method method, std::string url) : method_(method), url_(std::move(url)) {}

  /// The request must have a header of that name and value. The values of sensitive headers are
  /// compared, but not shown.
  ARGUS_TICKET_DECL expectation& with_header(std::string name, std::string value);
  /// The request's query must have a parameter of that name and value (after unescaping).
  ARGUS_TICKET_DECL expectation& with_query(std::string name, std::string value);
  /// The request's body must be JSON that has these members with these values; others are free.
  ARGUS_TICKET_DECL expectation& with_json(std::string members);
  /// The request's body must contain this text.
  ARGUS_TICKET_DECL expectation& with_body_containing(std::string text);

  /// Answers with a reply of that status, body and headers. Where neither this nor @ref fail is
  /// called, it is an empty 200.
  ARGUS_TICKET_DECL expectation& reply(int status, std::string body = {},
                                       std::vector<http::field> headers = {});
  /// Answers with no reply but an error, as a transport would.
  ARGUS_TICKET_DECL expectation& fail(error instead_of_a_reply);

  /// What of a request is not as expected; empty where everything is.
  [[nodiscard]] ARGUS_TICKET_DECL std::string mismatch(http::request const& r) const;
  /// Method and URL, for messages.
  [[nodiscard]] ARGUS_TICKET_DECL std::string description() const;
  /// What it answers: a reply, or an error.
  [[nodiscard]] result<http::response> const& answer() const noexcept { return answer_; }

 private:
  using check = std::function<std::string(http::request const&)>;

  http::method method_;
  std::string url_;
  std::vector<check> checks_;
  result<http::response> answer_ = http::response{http::status::ok, {}, {}};
};

/**
 * A transport for tests: answers requests from a script, in order, without a network.
 *
 *     at::testing::mock_transport server;
 *     server.expect(at::http::method::post, "https://api.github.com/repos/o/r/issues")
 *         .with_json(R"({"title": "Link down"})")
 *         .reply(201, R"({...})");
 *     at::client<"github", at::testing::mock_transport> tickets{settings, server};
 *     ...
 *     REQUIRE(server.problems() == "");
 *
 * A request that is not the expected one is answered with `errc::internal_error` and noted in
 * @ref problems. A cheap handle: copies share one script, so the test keeps one and gives one away.
 *
 * Errors: those that the script says, and `internal_error` for what it does not expect.
 * Exception safety: `std::bad_alloc` at most, and what the function of @ref answer_by throws.
 * Thread safety: one thread at a time. Object lifetimes: those of a handle.
 */
class mock_transport {
 public:
  /// Adds a request to the script. The reference is valid until the next call.
  /// @param method What it must be.
  /// @param url An absolute URL. Its query is compared where it has one; see `with_query`.
  /// @return What refines it, and says what it is answered with.
  ARGUS_TICKET_DECL expectation& expect(http::method method, std::string url);

  /// Lets the request of that number (from 0) fail instead of being answered; it still counts as
  /// having come.
  ARGUS_TICKET_DECL void fail_at(std::size_t number, error instead_of_a_reply);

  /// Answers every request by a function instead of the script, such as a model of a server.
  ARGUS_TICKET_DECL void
  answer_by(std::function<result<http::response>(http::request const&)> server);

  /// What went otherwise than the script says, a line each; empty where nothing did and every
  /// expected request has come. Shows no secret.
  [[nodiscard]] ARGUS_TICKET_DECL std::string problems() const;
  /// The requests that came, in order.
  [[nodiscard]] ARGUS_TICKET_DECL std::vector<http::request> const& requests() const;

  /// Answers the request as the script or the function says; the deadline is not heeded.
  ARGUS_TICKET_DECL result<http::response> send(http::request const& r, http::deadline until);

 private:
  struct script {
    std::vector<expectation> expected;
    std::vector<http::request> came;
    std::vector<std::pair<std::size_t, error>> failures;
    std::function<result<http::response>(http::request const&)> server;
    std::string problems;
  };
  std::shared_ptr<script> script_ = std::make_shared<script>();
};

/**
 * Runs a test once for each request that it sends, letting that request fail.
 *
 * @param run     Called with a fresh number n from 0 up; lets request n fail (`fail_at`) and
 * returns how many requests came. The loop ends when request n did not come.
 * @return How many failure points there were.
 */
template <class Run>
std::size_t for_each_failure_point(Run run) {
  std::size_t point = 0;
  while (run(point) > point) ++point;
  return point;
}

} // namespace argus_ticket::testing

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/testing/mock_transport.ipp>
#endif

#endif
