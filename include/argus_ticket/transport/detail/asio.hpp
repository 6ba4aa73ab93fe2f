#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_ASIO_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_ASIO_HPP

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>

namespace argus_ticket::detail::https {

namespace asio = boost::asio;
using boost::system::error_code;
using time_point = std::chrono::steady_clock::time_point;

} // namespace argus_ticket::detail::https

#endif
