#include <boost/beast/http.hpp>

#include <algorithm>
#include <local_tracker/reply_bytes.hpp>
#include <sstream>

namespace local_tracker::detail {

namespace http = boost::beast::http;

constexpr std::size_t piece_size = std::size_t{64} * 1024;

reply_bytes::reply_bytes(response answer, unsigned version, bool keep, bool without_body) {
  http::response<http::empty_body> message;
  message.version(version);
  message.result(answer.status);
  for (header const& h : answer.headers) message.insert(h.name, h.value);
  message.set(http::field::server, "local_tracker");
  message.keep_alive(keep);
  body_ = std::move(answer.body);
  std::size_t const size = answer.repeat_body.value_or(body_.size());
  if (answer.repeat_body) {
    if (body_.empty()) body_.push_back(' ');
    period_ = body_.size();
    std::string const once = body_;
    while (body_.size() < period_ + piece_size) body_ += once;
  }
  // 204 and 304 have no length. A cut body keeps the length that it should have had.
  if (answer.status != 204 && answer.status != 304) message.content_length(size);
  if (!without_body) body_size_ = answer.cut_after ? std::min(*answer.cut_after, size) : size;
  std::ostringstream text;
  text << message.base();
  head_ = std::move(text).str();
}

std::size_t reply_bytes::place_of(connection_fault const& fault) const {
  std::size_t const status_line = head_.find("\r\n") + 2;
  switch (fault.part) {
  case reply_part::status_line:
    return status_line;
  case reply_part::half_header:
    return (status_line + head_.size()) / 2;
  case reply_part::half_body:
    return head_.size() + body_size_ / 2;
  case reply_part::whole:
    return size();
  case reply_part::none:
    break;
  }
  return place_in(fault, size());
}

std::string_view reply_bytes::piece(std::size_t offset, std::size_t end) {
  std::size_t const most = std::min(piece_size, end - offset);
  if (offset < head_.size()) return std::string_view(head_).substr(offset, most);
  std::size_t const in_body = offset - head_.size();
  return std::string_view(body_).substr(period_ == 0 ? in_body : in_body % period_, most);
}

std::size_t place_in(connection_fault const& fault, std::size_t size) {
  if (fault.after_fraction < 0) return std::min(fault.after_bytes, size);
  double const part = std::min(fault.after_fraction, 1.0) * static_cast<double>(size);
  return std::min(static_cast<std::size_t>(part), size);
}

} // namespace local_tracker::detail
