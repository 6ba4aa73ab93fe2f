#ifndef ARGUS_TICKET_IMPL_TRANSPORT_REPLY_READER_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_REPLY_READER_IPP

#include <argus_ticket/transport/detail/reply_reader.hpp>

#include <boost/beast/http/error.hpp>

#include <cstdint>
#include <utility>

namespace argus_ticket::detail::https {

reply_reader::reply_reader(boost::beast::flat_buffer& room, std::size_t header_limit,
                           std::size_t body_limit, scope s)
    : header_limit_(header_limit), body_limit_(body_limit), scope_(s), buffer_(room) {
  restart();
}

void reply_reader::restart() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(header_limit_));
  parser_->body_limit(std::uint64_t{body_limit_});
  header_size_ = 0;
  if (scope_ == scope::header_only) parser_->skip(true);
}

boost::asio::mutable_buffer reply_reader::space() {
  constexpr std::size_t piece = std::size_t{8} * 1024; // held by every connection
  return buffer_.prepare(piece);
}

void reply_reader::commit(std::size_t count) {
  buffer_.commit(count);
  begun_ = begun_ || count > 0;
  parse();
}

void reply_reader::parse() {
  namespace beast_http = boost::beast::http;
  constexpr int most_skipped = 16;
  // What is left of chunks ends with 0 CRLF CRLF. Beast 1.81 asserts that it sees no less of that.
  constexpr std::size_t last_chunk = 5;
  while (!done_ && !bad() && buffer_.size() > 0) {
    if (parser_->is_header_done() && parser_->chunked() && buffer_.size() < last_chunk) return;
    bool const in_header = !parser_->is_header_done();
    std::size_t const used = parser_->put(buffer_.data(), ec_);
    buffer_.consume(used);
    // Beast's own limit is for what comes at once: lines that come one by one begin it anew.
    if (in_header) header_size_ += used;
    if (header_size_ > header_limit_) ec_ = beast_http::error::header_limit;
    if (ec_ == beast_http::error::need_more) {
      // What cannot be read yet stays in the buffer: a line without an end must not fill it.
      ec_ = {};
      if (buffer_.size() > header_limit_) ec_ = beast_http::error::header_limit;
      return;
    }
    if (bad() || !parser_->is_done()) continue;
    if (status() >= 200)
      done_ = true;
    else if (status() < 100 || status() == 101 || ++skipped_ > most_skipped)
      ec_ = beast_http::error::bad_status; // 101: nobody asked to switch protocols
    else
      restart();
  }
}

void reply_reader::end() {
  if (done_ || bad()) return;
  if (!parser_->got_some()) {
    ec_ = boost::beast::http::error::partial_message;
    return;
  }
  parser_->put_eof(ec_);
  done_ = !bad() && parser_->is_done();
  if (!done_ || status() >= 200) return;
  ec_ = boost::beast::http::error::bad_status; // 021, which Beast takes for the end of a reply
  done_ = false;
}

std::string reply_reader::problem() const {
  namespace beast_http = boost::beast::http;
  if (ec_ == beast_http::error::header_limit)
    return "has a header of more than " + std::to_string(header_limit_) + " bytes";
  if (ec_ == beast_http::error::body_limit || ec_ == beast_http::error::buffer_overflow)
    return "is larger than " + std::to_string(body_limit_) + " bytes";
  if (ec_ == beast_http::error::partial_message) return "ends too early";
  return "is no HTTP: " + ec_.message();
}

http::response reply_reader::take() {
  auto message = parser_->release();
  http::headers headers;
  for (auto const& f : message)
    headers.add({std::string{f.name_string()}, std::string{f.value()}, false});
  return http::response{static_cast<int>(message.result_int()), std::move(headers),
                        std::move(message.body())};
}

} // namespace argus_ticket::detail::https

#endif
