#include "client.hpp"

#include <argus_ticket/transport/async_https.hpp>
#include <argus_ticket/transport/detail/async_connection.hpp>
#include <argus_ticket/transport/detail/blocking_connection.hpp>
#include <argus_ticket/transport/detail/reply_reader.hpp>
#include <argus_ticket/transport/https.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/value.hpp>

#include <cstdlib>
#include <thread>

namespace transport_test {

bool is_asynchronous() { return std::getenv("TRANSPORT_TESTS_ASYNC") != nullptr; }

struct client::carrier {
  carrier() = default;
  carrier(carrier const&) = delete;
  carrier& operator=(carrier const&) = delete;
  virtual ~carrier() = default;
  virtual at::result<at::http::response> send(at::http::request const&, at::http::deadline) = 0;
  virtual void close_idle() = 0;
};

struct client::blocking final : client::carrier {
  explicit blocking(at::https_options options) : transport(std::move(options)) {}
  at::result<at::http::response> send(at::http::request const& r, at::http::deadline d) override {
    return transport.send(r, d);
  }
  void close_idle() override { transport.close_idle(); }

  at::https_transport transport;
};

struct client::asynchronous final : client::carrier {
  explicit asynchronous(at::https_options options)
      : transport(threads.get_executor(), std::move(options)) {}
  at::result<at::http::response> send(at::http::request const& r, at::http::deadline d) override {
    return transport.async_send(r, d, boost::asio::use_future).get();
  }
  void close_idle() override { transport.close_idle(); }

  boost::asio::thread_pool threads{2};
  at::async_https_transport transport;
};

client::client(at::https_options options) {
  if (is_asynchronous())
    carrier_ = std::make_shared<asynchronous>(std::move(options));
  else
    carrier_ = std::make_shared<blocking>(std::move(options));
}

at::result<at::http::response> client::send(at::http::request const& request,
                                            std::chrono::milliseconds within) const {
  return carrier_->send(request, std::chrono::steady_clock::now() + within);
}

at::result<at::http::response> client::get(std::string const& where) const {
  return send(at::http::get(url(where)));
}

at::result<at::http::response> client::post(std::string const& where,
                                            std::string const& body) const {
  return send(at::http::post(url(where)).json(boost::json::value(body)));
}

void client::close_idle() const { carrier_->close_idle(); }

std::vector<at::problem> problems_at_construction(at::https_options options) {
  if (is_asynchronous()) {
    boost::asio::io_context io;
    auto made = at::async_https_transport::make(io.get_executor(), std::move(options));
    return made ? std::vector<at::problem>{} : made.error().problems;
  }
  auto made = at::https_transport::make(std::move(options));
  return made ? std::vector<at::problem>{} : made.error().problems;
}

std::string exception_at_construction(at::https_options options) {
  try {
    boost::asio::io_context io;
    if (is_asynchronous())
      (void)at::async_https_transport{io.get_executor(), std::move(options)};
    else
      (void)at::https_transport{std::move(options)};
    return {};
  } catch (at::ticket_error const& e) {
    return e.what();
  }
}

namespace {

namespace https = at::detail::https;

https::procedure<void> looking_up(https::connection& with, https::time_point limit,
                                  https::endpoints& found, https::error_code& ec) {
  std::string const host = "host.example";
  std::string const port = "443";
  with.limit(limit);
  co_await with.look_up(host, port, found, ec);
  with.unlimit();
}

struct lookup_owner : https::procedure_owner {
  lookup_owner(https::procedure<void> p, bool& e) : running(std::move(p)), ended(e) {}
  virtual ~lookup_owner() = default;
  void went_on() override { ended = running.done(); }
  https::procedure<void> running;
  bool& ended;
};

} // namespace

lookup_outcome look_up(std::chrono::milliseconds taking, std::chrono::milliseconds limit,
                       std::optional<std::chrono::milliseconds> cancelled_after) {
  auto const slow = [taking](std::string const&, std::string const&, https::error_code&) {
    std::this_thread::sleep_for(taking);
    https::endpoints found(2);
    return found;
  };
  https::error_code ec;
  https::endpoints found;
  auto const start = std::chrono::steady_clock::now();
  boost::asio::io_context context;
  bool expired = false, ended = false;
  if (is_asynchronous()) {
    auto const with = std::make_shared<https::async_connection>(context.get_executor(), slow);
    auto owner = std::make_shared<lookup_owner>(looking_up(*with, start + limit, found, ec), ended);
    boost::asio::steady_timer cancel{context};
    if (cancelled_after) {
      cancel.expires_after(*cancelled_after);
      cancel.async_wait([&](https::error_code) { with->cancel(); });
    }
    with->serve(owner);
    owner->running.start();
    owner.reset(); // what is under way holds it
    context.run();
    expired = with->expired();
  } else {
    https::blocking_connection with{context.get_executor(), slow};
    auto running = looking_up(with, start + limit, found, ec);
    running.start();
    ended = running.done();
    expired = with.expired();
  }
  return {ended, ec ? ec.message() : "", found.size(), expired,
          std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                start)};
}

reading read_reply(std::string const& bytes, std::size_t piece, bool ends, std::size_t header_limit,
                   std::size_t body_limit) {
  boost::beast::flat_buffer room;
  at::detail::https::reply_reader reader{room, header_limit, body_limit};
  for (std::size_t at = 0; at < bytes.size() && !reader.done() && !reader.bad(); at += piece) {
    std::string const part = bytes.substr(at, piece);
    reader.commit(boost::asio::buffer_copy(reader.space(), boost::asio::buffer(part)));
  }
  if (ends) reader.end();
  reading read{reader.done(), reader.bad() ? reader.problem() : "", 0, {}, 0};
  if (!reader.done()) return read;
  auto const reply = reader.take();
  read.status = reply.status();
  read.body = reply.body();
  read.headers = reply.headers().size();
  return read;
}

at::http::url url(std::string const& text) { return at::http::url::parse(text).value(); }

} // namespace transport_test
