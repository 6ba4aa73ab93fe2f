#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <atomic>
#include <local_tracker/pages.hpp>
#include <local_tracker/server.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>

namespace local_tracker {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

int openssl_version(tls_version version) {
  switch (version) {
  case tls_version::v1_0:
    return TLS1_VERSION;
  case tls_version::v1_1:
    return TLS1_1_VERSION;
  case tls_version::v1_2:
    return TLS1_2_VERSION;
  default:
    return TLS1_3_VERSION;
  }
}

void require(bool fine, char const* what) {
  if (!fine) throw std::runtime_error(std::string("local tracker: ") + what);
}

asio::ssl::context make_context(server_options const& options, certificate const& leaf) {
  asio::ssl::context context{asio::ssl::context::tls_server};
  SSL_CTX* const native = context.native_handle();
  require(SSL_CTX_set_min_proto_version(native, openssl_version(options.tls_min)) == 1,
          "cannot set the least TLS version");
  require(SSL_CTX_set_max_proto_version(native, openssl_version(options.tls_max)) == 1,
          "cannot set the greatest TLS version");
  if (options.tls_min < tls_version::v1_2) {
    // Tests need servers as bad as that; OpenSSL refuses SHA-1 signatures above level 0.
    SSL_CTX_set_security_level(native, 0);
    require(SSL_CTX_set_cipher_list(native, "ALL:@SECLEVEL=0") == 1, "cannot set the ciphers");
  }
  context.use_certificate_chain(asio::buffer(leaf.certificate_pem));
  context.use_private_key(asio::buffer(leaf.private_key_pem), asio::ssl::context::pem);
  if (!options.client_ca_pem.empty()) {
    context.add_certificate_authority(asio::buffer(options.client_ca_pem));
    context.set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
    // A session that is resumed has been verified before, but only under the same id.
    require(SSL_CTX_set_session_id_context(native, reinterpret_cast<unsigned char const*>("local"),
                                           5) == 1,
            "no session id");
  }
  return context;
}

/// What all sessions share. Everything runs in the one thread of `context`.
struct shared_state {
  server_options options;
  github_api api;
  std::atomic<std::size_t> connections{0};
  std::set<class session*> sessions;
  std::optional<asio::ssl::context> tls;
  asio::io_context context{1}; // last, so that what still waits in it goes first

  explicit shared_state(server_options given) : options(std::move(given)), api(options.api) {}
};

/// One connection: handshake, then requests until one side closes.
class session : public std::enable_shared_from_this<session> {
 public:
  session(tcp::socket socket, shared_state& shared)
      : shared_(shared), stream_(std::move(socket), *shared.tls), timer_(shared.context) {
    shared_.sessions.insert(this);
  }
  ~session() { shared_.sessions.erase(this); }

  void start() {
    expire_after(shared_.options.request_timeout);
    stream_.async_handshake(asio::ssl::stream_base::server,
                            [self = shared_from_this()](error_code failed) {
                              if (!failed) self->read();
                            });
  }

  void stop() {
    timer_.cancel();
    beast::get_lowest_layer(stream_).close();
  }

 private:
  void expire_after(std::chrono::milliseconds time) {
    beast::get_lowest_layer(stream_).expires_after(time);
  }

  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_.options.header_limit));
    parser_->body_limit(shared_.options.body_limit);
    // The idle time ends with the first byte of a request; what follows must come in the request's
    // time.
    expire_after(shared_.options.idle_timeout);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code failed, std::size_t) {
                              if (failed) return self->refuse(failed);
                              self->read_body();
                            });
  }

  void read_body() {
    expire_after(shared_.options.request_timeout);
    if (http::token_list{parser_->get()[http::field::expect]}.exists("100-continue")) {
      answer_ = {http::status::continue_, 11};
      answer_.prepare_payload();
      serializer_.emplace(answer_);
      return http::async_write(stream_, *serializer_,
                               [self = shared_from_this()](error_code failed, std::size_t) {
                                 if (!failed) self->read_rest();
                               });
    }
    read_rest();
  }

  void read_rest() {
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](error_code failed, std::size_t) {
                       if (failed) return self->refuse(failed);
                       self->respond();
                     });
  }

  /// What cannot be read as HTTP gets a last word where a client may be listening.
  void refuse(error_code failed) {
    unsigned const status =
        failed == http::error::body_limit     ? 413
        : failed == http::error::header_limit ? 431
        : failed.category() == http::make_error_code(http::error::bad_method).category() &&
                failed != http::error::end_of_stream && failed != http::error::partial_message
            ? 400
            : 0;
    if (status == 0) return close();
    response answer;
    answer.status = status;
    answer.set("Content-Type", "text/plain; charset=utf-8");
    answer.body = failed.message() + '\n';
    send(std::move(answer), 11, false, false);
  }

  void respond() {
    auto& message = parser_->get();
    request asked;
    asked.method = std::string(message.method_string());
    asked.target = std::string(message.target());
    for (auto const& field : message)
      asked.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    asked.body = std::move(message.body());
    response answer;
    try {
      answer = is_api_request(shared_.api, asked) ? shared_.api.handle(asked)
                                                  : handle_page(shared_.api, asked);
    } catch (std::exception const& problem) { // a test's hook may throw
      answer = {
          500, {{"Content-Type", "text/plain; charset=utf-8"}}, std::string(problem.what()) + '\n'};
    }
    unsigned const version = message.version();
    bool const keep = message.keep_alive();
    bool const head = asked.method == "HEAD";
    if (answer.delay.count() <= 0) return finish(std::move(answer), version, keep, head);
    beast::get_lowest_layer(stream_).expires_never();
    timer_.expires_after(answer.delay);
    timer_.async_wait([self = shared_from_this(), answer = std::move(answer), version, keep,
                       head](error_code failed) mutable {
      if (!failed) self->finish(std::move(answer), version, keep, head);
    });
  }

  void finish(response answer, unsigned version, bool keep, bool head) {
    // Closed at once and without TLS's goodbye, as a crash would do it.
    if (answer.drop) return stop();
    send(std::move(answer), version, keep, head);
  }

  void send(response answer, unsigned version, bool keep, bool head) {
    expire_after(shared_.options.request_timeout);
    std::optional<std::size_t> const cut = answer.cut_after;
    answer_ = {};
    answer_.version(version);
    answer_.result(answer.status);
    for (header const& h : answer.headers) answer_.insert(h.name, h.value);
    answer_.set(http::field::server, "local_tracker");
    answer_.keep_alive(keep && !cut);
    std::size_t const size = answer.body.size();
    if (!head) answer_.body() = std::move(answer.body);
    if (cut && !head) answer_.body().resize(std::min(*cut, size));
    // A cut body keeps the length that it should have had. 204 and 304 have none.
    if (answer.status != 204 && answer.status != 304) answer_.content_length(size);
    serializer_.emplace(answer_);
    http::async_write(stream_, *serializer_,
                      [self = shared_from_this(), keep, cut](error_code failed, std::size_t) {
                        if (failed || cut) return self->stop();
                        if (keep) return self->read();
                        self->close();
                      });
  }

  void close() {
    expire_after(std::chrono::seconds{5});
    stream_.async_shutdown([self = shared_from_this()](error_code) {});
  }

  shared_state& shared_;
  beast::ssl_stream<beast::tcp_stream> stream_;
  asio::steady_timer timer_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> answer_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
};

} // namespace

struct server::implementation {
  shared_state shared;
  std::shared_ptr<certificate_authority const> authority;
  tcp::acceptor acceptor;
  unsigned short port = 0;
  std::thread thread;

  explicit implementation(server_options options)
      : shared(std::move(options)), acceptor(shared.context) {
    authority = shared.options.authority ? shared.options.authority
                                         : std::make_shared<certificate_authority>();
    shared.tls.emplace(make_context(shared.options, authority->issue(shared.options.leaf)));
    tcp::endpoint const at{asio::ip::address_v4::loopback(), shared.options.port};
    error_code failed;
    acceptor.open(at.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address{true});
    if (!acceptor.bind(at, failed))
      acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
      throw std::runtime_error("cannot listen on port " + std::to_string(shared.options.port) +
                               ": " + failed.message());
    port = acceptor.local_endpoint().port();
    shared.api.set_origin("https://" + shared.options.host_name + ':' + std::to_string(port));
    accept();
    thread = std::thread{[this] { shared.context.run(); }};
  }

  ~implementation() {
    asio::post(shared.context, [this] {
      error_code ignored;
      acceptor.close(ignored);
      for (session* const open : shared.sessions) open->stop();
    });
    // Closed sockets end their handlers, and without handlers the thread ends.
    thread.join();
  }

  void accept() {
    acceptor.async_accept([this](error_code failed, tcp::socket socket) {
      if (!acceptor.is_open()) return;
      if (!failed) {
        ++shared.connections;
        error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        std::make_shared<session>(std::move(socket), shared)->start();
      }
      accept();
    });
  }
};

server::server(server_options options)
    : implementation_(std::make_unique<implementation>(std::move(options))) {}
server::~server() = default;

unsigned short server::port() const { return implementation_->port; }
std::string const& server::ca_pem() const { return implementation_->authority->pem(); }
std::string server::endpoint() const { return implementation_->shared.api.root_url() + '/'; }
github_api& server::api() { return implementation_->shared.api; }
std::size_t server::connections() const { return implementation_->shared.connections; }

} // namespace local_tracker
