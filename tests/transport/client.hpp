#pragma once
// The transports behind a boundary, so that just one file of these tests compiles Beast: the
// blocking one, or the asynchronous one where TRANSPORT_TESTS_ASYNC is set.

#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/result.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace transport_test {

namespace at = argus_ticket;
using namespace std::chrono_literals;

class client {
 public:
  explicit client(at::https_options options = {});

  at::result<at::http::response> send(at::http::request const& request,
                                      std::chrono::milliseconds within = 5s) const;
  at::result<at::http::response> get(std::string const& url) const;
  at::result<at::http::response> post(std::string const& url, std::string const& body = "{}") const;
  void close_idle() const;

 private:
  struct carrier;
  struct blocking;
  struct asynchronous;
  std::shared_ptr<carrier> carrier_;
};

/// The problems that `make` finds.
std::vector<at::problem> problems_at_construction(at::https_options options);
/// What the throwing constructor says.
std::string exception_at_construction(at::https_options options);

struct lookup_outcome {
  bool ended;        ///< who waited for it was told
  std::string error; ///< empty for none
  std::size_t addresses;
  bool expired; ///< the connection's limit has passed
  std::chrono::milliseconds took;
};
/// A name look-up that takes that long, waited for at most `limit`.
/// @param cancelled_after When it is cancelled, where the transport is asynchronous.
lookup_outcome look_up(std::chrono::milliseconds taking, std::chrono::milliseconds limit,
                       std::optional<std::chrono::milliseconds> cancelled_after = {});
/// Which of the two transports the tests run over.
bool is_asynchronous();

/// What a reply in pieces of that many bytes is read as.
struct reading {
  bool done;
  std::string problem; ///< empty for none
  int status;
  std::string body;
  std::size_t headers;
};
reading read_reply(std::string const& bytes, std::size_t piece, bool ends,
                   std::size_t header_limit = 1024, std::size_t body_limit = 1024);

at::http::url url(std::string const& text);

} // namespace transport_test
