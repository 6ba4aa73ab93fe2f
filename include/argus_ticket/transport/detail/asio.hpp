#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_ASIO_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_ASIO_HPP

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>

namespace argus_ticket::detail::https {

namespace asio = boost::asio;
using boost::system::error_code;
using time_point = std::chrono::steady_clock::time_point;

/// The completion token of every step: a `co_await` that fills an error code and does not throw.
[[nodiscard]] inline auto into(error_code& ec) {
  return asio::redirect_error(asio::use_awaitable, ec);
}

} // namespace argus_ticket::detail::https

#endif
