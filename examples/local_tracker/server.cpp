#include <local_tracker/server.hpp>
#include <local_tracker/session.hpp>
#include <stdexcept>
#include <thread>

namespace local_tracker {

using namespace detail;

namespace {

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

  // A thread that cannot be told to end, out of memory, could not be joined either.
  // NOLINTNEXTLINE(bugprone-exception-escape)
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
        std::size_t const number = shared.connections++;
        error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        std::make_shared<session>(std::move(socket), shared, number)->start();
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
std::size_t server::faults() const { return implementation_->shared.faults; }

void server::set_connection_fault(connection_fault_hook hook) {
  std::lock_guard const held{implementation_->shared.hook_lock};
  implementation_->shared.hook = std::move(hook);
}

} // namespace local_tracker
