#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_REPLY_READER_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_REPLY_READER_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/response.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace argus_ticket::detail::https {

/**
 * Makes a reply of bytes, wherever they come from: no I/O.
 *
 * Replies with 1xx are skipped. Usage: read into @ref space, @ref commit what came, until
 * @ref done or @ref bad; @ref end where the stream ends.
 */
class reply_reader {
 public:
  enum class scope {
    whole_reply,
    header_only ///< The answer to CONNECT: what comes after it is no body.
  };

  /// @param room Where bytes stand until they are read; empty. Must outlive this object.
  ARGUS_TICKET_DECL reply_reader(boost::beast::flat_buffer& room, std::size_t header_limit,
                                 std::size_t body_limit, scope s = scope::whole_reply);

  /// Where to put the bytes that come next.
  [[nodiscard]] ARGUS_TICKET_DECL boost::asio::mutable_buffer space();
  ARGUS_TICKET_DECL void commit(std::size_t count);
  /// The stream has ended in order, which may be a reply's end.
  ARGUS_TICKET_DECL void end();

  [[nodiscard]] bool begun() const noexcept { return begun_; }
  [[nodiscard]] bool done() const noexcept { return done_; }
  [[nodiscard]] bool bad() const noexcept { return ec_.failed(); }
  /// What is bad, to stand after "the reply of x:443 ".
  [[nodiscard]] ARGUS_TICKET_DECL std::string problem() const;
  /// Once done: whether the connection may carry another request.
  [[nodiscard]] bool keeps_alive() const { return parser_->keep_alive() && buffer_.size() == 0; }
  /// Once done: whether bytes came after the end.
  [[nodiscard]] bool has_more() const noexcept { return buffer_.size() != 0; }
  [[nodiscard]] int status() const { return static_cast<int>(parser_->get().result_int()); }
  /// Once done, and once.
  [[nodiscard]] ARGUS_TICKET_DECL http::response take();

 private:
  using parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

  ARGUS_TICKET_DECL void restart();
  ARGUS_TICKET_DECL void parse();

  std::size_t header_limit_;
  std::size_t body_limit_;
  std::size_t header_size_ = 0; // of what was read of it
  scope scope_;
  boost::beast::flat_buffer& buffer_;
  std::optional<parser> parser_;
  boost::system::error_code ec_;
  int skipped_ = 0;
  bool begun_ = false;
  bool done_ = false;
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/reply_reader.ipp>
#endif

#endif
