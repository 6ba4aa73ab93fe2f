// How a session sends replies, whole, in drips or up to a fault.
#include <algorithm>
#include <local_tracker/session.hpp>

namespace local_tracker::detail {

void session::send(response answer, unsigned version, bool keep, bool head,
                   std::optional<connection_fault> fault) {
  // Closed at once and without TLS's goodbye, as a crash would do it.
  if (answer.drop) return stop();
  cut_ = answer.cut_after.has_value();
  keep_ = keep && !cut_;
  drip_ = answer.drip;
  reply_ = reply_bytes(std::move(answer), version, keep_, head);
  sent_ = 0;
  end_ = fault ? reply_.place_of(*fault) : reply_.size();
  strike_after_.reset();
  if (fault) strike_after_ = fault->how;
  write_next();
}

void session::write_next() {
  if (sent_ == end_) return reply_is_sent();
  if (drip_.count() <= 0 || sent_ < reply_.head_size()) return write_piece();
  beast::get_lowest_layer(stream_).expires_never();
  timer_.expires_after(drip_);
  timer_.async_wait([self = shared_from_this()](error_code failed) {
    if (!failed) self->write_piece();
  });
}

void session::write_piece() {
  std::string_view piece = reply_.piece(sent_, end_);
  if (drip_.count() > 0 && sent_ >= reply_.head_size()) piece = piece.substr(0, 1);
  expire_after(shared_.options.request_timeout);
  asio::async_write(stream_, asio::buffer(piece),
                    [self = shared_from_this()](error_code failed, std::size_t size) {
                      if (failed) return self->stop();
                      self->sent_ += size;
                      self->write_next();
                    });
}

void session::reply_is_sent() {
  in_flight_.reset();
  if (strike_after_) return strike(*strike_after_);
  if (cut_) return stop();
  if (keep_) return read();
  close();
}

} // namespace local_tracker::detail
