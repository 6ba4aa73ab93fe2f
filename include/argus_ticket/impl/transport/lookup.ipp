#ifndef ARGUS_TICKET_IMPL_TRANSPORT_LOOKUP_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_LOOKUP_IPP

#include <argus_ticket/detail/port_number.hpp>
#include <argus_ticket/transport/detail/lookup.hpp>

#include <boost/asio/io_context.hpp>

#include <system_error>
#include <thread>

namespace argus_ticket::detail::https {

endpoints system_lookup(std::string const& host, std::string const& port, error_code& ec) {
  asio::io_context context{1};
  asio::ip::tcp::resolver resolver{context};
  endpoints found;
  auto const results = resolver.resolve(host, port, asio::ip::resolver_base::numeric_service, ec);
  for (auto const& entry : results) found.push_back(entry.endpoint());
  return found;
}

std::optional<endpoints> known_endpoints(std::string const& host, std::string const& port,
                                         error_code& ec) {
  endpoints known;
  auto const number = port_number(port);
  if (!number) {
    ec = asio::error::invalid_argument;
    return known;
  }
  error_code no_address;
  if (auto const address = asio::ip::make_address(host, no_address); !no_address) {
    known.emplace_back(address, *number);
    return known;
  }
  // localhost is this machine, whatever a name server says (RFC 6761, 6.3): http is allowed to it.
  if (host != "localhost") return std::nullopt;
  known.emplace_back(asio::ip::address_v4::loopback(), *number);
  known.emplace_back(asio::ip::address_v6::loopback(), *number);
  return known;
}

std::shared_ptr<pending_lookup> pending_lookup::start(std::string host, std::string port,
                                                      std::function<void()> wake,
                                                      lookup_function lookup) {
  std::shared_ptr<pending_lookup> pending{new pending_lookup{std::move(wake)}};
  try {
    std::thread{[pending, host = std::move(host), port = std::move(port),
                 lookup = std::move(lookup)] {
      error_code failed;
      try {
        endpoints found = lookup(host, port, failed);
        pending->finish(std::move(found), failed);
      } catch (std::exception const&) {
        pending->finish({}, asio::error::no_memory);
      }
    }}.detach();
  } catch (std::system_error const&) {
    return nullptr;
  }
  return pending;
}

void pending_lookup::finish(endpoints found, error_code ec) {
  std::lock_guard const lock(mutex_);
  if (!ec && found.empty()) ec = asio::error::host_not_found;
  found_ = std::move(found);
  ec_ = ec;
  done_ = true;
  ended_.notify_all();
  if (wake_) wake_();
  wake_ = nullptr;
}

bool pending_lookup::wait(time_point limit) {
  std::unique_lock lock(mutex_);
  return ended_.wait_until(lock, limit, [this] { return done_; });
}

void pending_lookup::abandon() noexcept {
  std::lock_guard const lock(mutex_);
  wake_ = nullptr;
}

endpoints pending_lookup::take(error_code& ec) {
  std::lock_guard const lock(mutex_);
  ec = ec_;
  return std::move(found_);
}

} // namespace argus_ticket::detail::https

#endif
