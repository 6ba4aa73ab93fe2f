#ifndef ARGUS_TICKET_SERVICE_API_HPP
#define ARGUS_TICKET_SERVICE_API_HPP

#include "http_values.hpp"
#include "metrics.hpp"
#include "tickets.hpp"

namespace service {

/// What the service answers. Thread safety: as `tickets`.
class api {
 public:
  /// @param all Must outlive this.
  explicit api(tickets& all) : tickets_(all), metrics_(all) {}

  /// Blocks until what is to be durable is.
  [[nodiscard]] reply answer(request const& asked);

 private:
  reply submit(request const& asked, bool close);
  reply health();

  tickets& tickets_;
  metrics metrics_;
};

/// A reply that says what is wrong: `{"error": {"code": …, "message": …}}`.
[[nodiscard]] reply refusal(unsigned status, std::string_view code, std::string_view message);

} // namespace service

#endif
