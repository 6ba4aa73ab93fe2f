// A server over HTTPS that does no more than the benchmarks need: on one thread, it answers each
// request with a reply that is ready.
// usage: benchmark_server REPLIES FOLDER SECONDS
// Writes FOLDER/ca.pem, which the peers trust, then FOLDER/port; ends when its standard input does,
// or after so many seconds. A repository whose name begins with "held" is answered after a second.

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iostream>
#include <local_tracker/certificates.hpp>
#include <memory>
#include <server/replies.hpp>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class session : public std::enable_shared_from_this<session> {
 public:
  session(tcp::socket socket, asio::ssl::context& tls, replies const& answers)
      : stream_(std::move(socket), tls), later_(stream_.get_executor()), answers_(answers) {}

  void start() {
    stream_.async_handshake(asio::ssl::stream_base::server,
                            [self = shared_from_this()](error_code ec) {
                              if (!ec) self->read();
                            });
  }

 private:
  void read() {
    stream_.async_read_some(asio::buffer(piece_),
                            [self = shared_from_this()](error_code ec, std::size_t count) {
                              if (!ec) self->take(count);
                            });
  }

  void take(std::size_t count) {
    constexpr std::size_t longest = std::size_t{4} * 1024 * 1024;
    received_.append(piece_.data(), count);
    answer_ = nullptr;
    if (received_.size() > longest || !find_answer()) return;
    if (answer_ == nullptr) return read();
    if (!held_) return write();
    later_.expires_after(std::chrono::seconds{1});
    later_.async_wait([self = shared_from_this()](error_code ec) {
      if (!ec) self->write();
    });
  }

  void write() {
    asio::async_write(stream_, asio::buffer(*answer_),
                      [self = shared_from_this()](error_code ec, std::size_t) {
                        if (!ec) self->read();
                      });
  }

  /// Takes one request out of what was received, where it is whole. @return Whether it is one.
  bool find_answer() {
    std::string_view const text = received_;
    std::size_t const end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) return true;
    std::string_view const header = text.substr(0, end);
    std::size_t const body = body_size(header);
    if (text.size() < end + 4 + body) return true;
    std::size_t const method = header.find(' ');
    if (method == std::string_view::npos) return false;
    std::size_t const target = header.find(' ', method + 1);
    if (target == std::string_view::npos) return false;
    std::string_view const path = header.substr(method + 1, target - method - 1);
    held_ = path.find("/held") != std::string_view::npos;
    answer_ = &answers_.to(header.substr(0, method), path);
    received_.erase(0, end + 4 + body);
    return true;
  }

  static std::size_t body_size(std::string_view header) {
    constexpr std::string_view name = "\r\ncontent-length:";
    auto const found =
        std::search(header.begin(), header.end(), name.begin(), name.end(), [](char a, char b) {
          return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
        });
    if (found == header.end()) return 0;
    std::string_view value =
        header.substr(static_cast<std::size_t>(found - header.begin()) + name.size());
    value.remove_prefix((std::min)(value.find_first_not_of(' '), value.size()));
    std::size_t size = 0;
    std::from_chars(value.data(), value.data() + value.size(), size);
    return size;
  }

  asio::ssl::stream<tcp::socket> stream_;
  asio::steady_timer later_;
  replies const& answers_;
  std::array<char, 32768> piece_;
  std::string received_;
  std::string const* answer_ = nullptr;
  bool held_ = false;
};

void accept(tcp::acceptor& from, asio::ssl::context& tls, replies const& answers) {
  from.async_accept([&](error_code ec, tcp::socket socket) {
    if (!ec) {
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      std::make_shared<session>(std::move(socket), tls, answers)->start();
    }
    accept(from, tls, answers);
  });
}

/// A server certificate for this machine, of an authority that only the peers trust.
void use_certificate(asio::ssl::context& tls, std::filesystem::path const& folder) {
  local_tracker::certificate_authority const authority{"benchmark"};
  authority.write(folder);
  local_tracker::certificate const own = authority.issue();
  tls.use_certificate_chain(asio::buffer(own.certificate_pem));
  tls.use_private_key(asio::buffer(own.private_key_pem), asio::ssl::context::pem);
}

} // namespace

int main(int count, char** arguments) try {
  if (count != 4) return std::cerr << "usage: benchmark_server REPLIES FOLDER SECONDS\n", 2;
  std::filesystem::path const folder = arguments[2];
  asio::ssl::context tls{asio::ssl::context::tls_server};
  use_certificate(tls, folder);
  asio::io_context context{1};
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
  std::string const port = std::to_string(acceptor.local_endpoint().port());
  replies const answers{arguments[1], "https://localhost:" + port};
  accept(acceptor, tls, answers);
  std::ofstream{folder / "port"} << port << std::flush;

  asio::posix::stream_descriptor input{context, 0};
  char byte = 0;
  input.async_read_some(asio::buffer(&byte, 1), [&](error_code, std::size_t) { context.stop(); });
  context.run_for(std::chrono::seconds{std::stoi(arguments[3])});
} catch (std::exception const& e) {
  std::cerr << e.what() << '\n';
  return 1;
}
