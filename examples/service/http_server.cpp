#include "http_server.hpp"

#include "api.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <set>
#include <utility>

namespace service {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

auto into(error_code& ec) { return asio::redirect_error(asio::use_awaitable, ec); }

using http_reply = http::response<http::string_body>;

http_reply to_beast(reply from, bool keep_alive) {
  http_reply to{static_cast<http::status>(from.status), 11};
  to.set(http::field::content_type, from.content_type);
  to.set(http::field::cache_control, "no-store");
  for (auto const& [name, value] : from.headers) to.set(name, value);
  to.body() = std::move(from.body);
  to.keep_alive(keep_alive);
  to.prepare_payload();
  return to;
}

request from_beast(http::request<http::string_body>& from) {
  request to;
  to.method = std::string{from.method_string()};
  std::string_view const target{from.target().data(), from.target().size()};
  to.path = target.substr(0, target.find('?'));
  to.content_type = std::string{from[http::field::content_type]};
  to.body = std::move(from.body());
  return to;
}

/// What to say of a request that could not be read; status 0: nothing, nobody listens.
reply unreadable(error_code const& ec) {
  if (ec == http::error::body_limit)
    return refusal(413, "too_large", "the request's body is too large");
  if (ec == http::error::header_limit)
    return refusal(431, "too_large", "the request's header is too large");
  reply nothing;
  nothing.status = 0;
  bool const is_of_http = ec.category() == make_error_code(http::error::bad_method).category();
  if (!is_of_http || ec == http::error::end_of_stream || ec == http::error::partial_message)
    return nothing;
  return refusal(400, "bad_request", "the request is no HTTP that is understood here");
}

} // namespace

/// Connections live on one thread and need no locks; handlers run on threads of their own.
class http_server::state {
 public:
  state(server_options options, handler answer)
      : options_(std::move(options)), answer_(std::move(answer)),
        handlers_(static_cast<std::size_t>(options_.threads)), acceptor_(context_),
        signals_(context_, SIGTERM, SIGINT) {
    tcp::endpoint const at{asio::ip::make_address(options_.address), options_.port};
    acceptor_.open(at.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address{true});
    acceptor_.bind(at);
    acceptor_.listen();
  }
  ~state() { handlers_.join(); }
  state(state const&) = delete;
  state& operator=(state const&) = delete;

  [[nodiscard]] std::string url() const {
    tcp::endpoint const at = acceptor_.local_endpoint();
    std::string const host = at.address().to_string();
    return "http://" + (at.address().is_v6() ? '[' + host + ']' : host) + ':' +
           std::to_string(at.port()) + '/';
  }

  std::chrono::milliseconds run(std::chrono::milliseconds grace,
                                std::function<void()> const& on_signal) {
    std::chrono::steady_clock::time_point end;
    signals_.async_wait([&](error_code, int) {
      end = std::chrono::steady_clock::now() + grace;
      on_signal();
      stop(end);
    });
    asio::co_spawn(context_, accept(), asio::detached);
    context_.run();
    auto const left = end - std::chrono::steady_clock::now();
    return (std::max)(std::chrono::duration_cast<std::chrono::milliseconds>(left), 1ms);
  }

 private:
  void stop(std::chrono::steady_clock::time_point end) {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    // Whoever waits for a request has been promised nothing.
    for (beast::tcp_stream* stream : reading_) stream->cancel();
    asio::co_spawn(context_, wait_for_connections(end), asio::detached);
  }
  asio::awaitable<void> wait_for_connections(std::chrono::steady_clock::time_point end) {
    while (connections_ > 0 && std::chrono::steady_clock::now() < end) co_await rest(10ms);
    context_.stop();
  }

  asio::awaitable<void> rest(std::chrono::milliseconds time) {
    asio::steady_timer timer{context_, time};
    error_code ignored;
    co_await timer.async_wait(into(ignored));
  }

  asio::awaitable<void> accept() {
    while (!stopping_) {
      if (connections_ >= options_.most_connections) {
        co_await rest(20ms);
        continue;
      }
      error_code ec;
      tcp::socket socket = co_await acceptor_.async_accept(into(ec));
      if (stopping_) co_return;
      if (ec) {
        co_await rest(100ms); // too many files are open, perhaps
        continue;
      }
      ++connections_;
      asio::co_spawn(context_, serve(std::move(socket)), [this](std::exception_ptr const&) {
        --connections_; // out of memory, at worst: that connection alone is gone
      });
    }
  }

  /// Among those that are reading, for as long as it lives.
  class reader {
   public:
    reader(std::set<beast::tcp_stream*>& all, beast::tcp_stream& self) : all_(all), self_(&self) {
      all_.insert(self_);
    }
    reader(reader const&) = delete;
    reader& operator=(reader const&) = delete;
    ~reader() { all_.erase(self_); }

   private:
    std::set<beast::tcp_stream*>& all_;
    beast::tcp_stream* self_;
  };

  asio::awaitable<void> serve(tcp::socket socket) {
    beast::tcp_stream stream{std::move(socket)};
    beast::flat_buffer buffer;
    bool goes_on = true;
    while (goes_on && !stopping_) {
      http::request_parser<http::string_body> parser;
      parser.body_limit(options_.body_limit);
      parser.header_limit(16 * 1024);
      error_code ec;
      {
        reader const mark{reading_, stream};
        co_await read(stream, buffer, parser, ec);
      }

      reply answer;
      if (ec) {
        answer = unreadable(ec);
        goes_on = false;
        if (answer.status == 0) break;
      } else {
        request asked = from_beast(parser.get());
        goes_on = parser.get().keep_alive();
        answer = co_await handled(std::move(asked));
      }
      goes_on = goes_on && !stopping_;
      http_reply message = to_beast(std::move(answer), goes_on);
      stream.expires_after(options_.timeout);
      co_await http::async_write(stream, message, into(ec));
      if (ec) break;
    }
    co_await hang_up(stream);
  }

  /// Reads what still comes for a moment: to close at once would take the reply away from somebody
  /// who is still sending.
  asio::awaitable<void> hang_up(beast::tcp_stream& stream) {
    error_code ec;
    stream.socket().shutdown(tcp::socket::shutdown_send, ec);
    std::array<char, 4096> unread{};
    stream.expires_after(1s);
    while (!ec && !stopping_) co_await stream.async_read_some(asio::buffer(unread), into(ec));
  }

  asio::awaitable<void> read(beast::tcp_stream& stream, beast::flat_buffer& buffer,
                             http::request_parser<http::string_body>& parser, error_code& ec) {
    stream.expires_after(options_.timeout);
    co_await http::async_read_header(stream, buffer, parser, into(ec));
    if (ec) co_return;
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on{http::status::continue_, 11};
      co_await http::async_write(stream, go_on, into(ec));
      if (ec) co_return;
    }
    co_await http::async_read(stream, buffer, parser, into(ec));
  }

  /// The handler's answer, from a thread where it may block.
  asio::awaitable<reply> handled(request asked) {
    auto const on_its_thread = [](handler const& answer, request of) -> asio::awaitable<reply> {
      try {
        co_return answer(of);
      } catch (std::exception const&) { // out of memory
      }
      co_return refusal(500, "internal_error", "the request could not be answered");
    };
    reply answer = co_await asio::co_spawn(handlers_, on_its_thread(answer_, std::move(asked)),
                                           asio::use_awaitable);
    co_return answer;
  }

  server_options options_;
  handler answer_;
  std::set<beast::tcp_stream*> reading_; ///< Those that wait for a request, or a part of one.
  asio::io_context context_{1};          ///< With the connections' coroutines, where any are left.
  asio::thread_pool handlers_;
  tcp::acceptor acceptor_;
  asio::signal_set signals_;
  std::size_t connections_ = 0;
  bool stopping_ = false;
};

http_server::http_server(server_options options, handler answer)
    : state_(std::make_unique<state>(std::move(options), std::move(answer))) {}
http_server::~http_server() = default;

std::string http_server::url() const { return state_->url(); }

std::chrono::milliseconds http_server::run(std::chrono::milliseconds grace,
                                           std::function<void()> const& on_signal) {
  return state_->run(grace, on_signal);
}

} // namespace service
