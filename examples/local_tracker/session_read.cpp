// How a session reads requests.
#include <algorithm>
#include <local_tracker/pages.hpp>
#include <local_tracker/session.hpp>

namespace local_tracker::detail {

constexpr std::size_t most_at_once = std::size_t{16} * 1024; // as in one TLS record

void session::read() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(shared_.options.header_limit));
  parser_->body_limit(shared_.options.body_limit);
  event_.method.clear();
  event_.target.clear();
  taken_ = buffer_.size();
  head_size_ = 0;
  fault_place_.reset();
  request_fault_ = ask(fault_point::in_request);
  if (request_fault_ && request_fault_->after_fraction < 0)
    fault_place_ = request_fault_->after_bytes;
  // The idle time ends with the first byte of a request; all others must come in the request's
  // time.
  expire_after(taken_ == 0 ? shared_.options.idle_timeout : shared_.options.request_timeout);
  parse();
}

bool session::fault_is_due() const { return fault_place_ && *fault_place_ <= taken_; }

void session::read_some() {
  std::size_t most = most_at_once;
  if (fault_place_) most = std::min(most, *fault_place_ - taken_);
  stream_.async_read_some(buffer_.prepare(most),
                          [self = shared_from_this()](error_code failed, std::size_t size) {
                            if (failed) return self->close();
                            if (self->taken_ == 0)
                              self->expire_after(self->shared_.options.request_timeout);
                            self->taken_ += size;
                            self->buffer_.commit(size);
                            self->parse();
                          });
}

void session::parse() {
  for (;;) {
    if (fault_is_due() || (request_fault_ && parser_->is_done()))
      return strike(request_fault_->how);
    if (parser_->is_done()) return respond();
    if (buffer_.size() == 0) return read_some();
    bool const in_head = !parser_->is_header_done();
    error_code failed;
    std::size_t const used = parser_->put(buffer_.data(), failed);
    buffer_.consume(used);
    if (in_head) head_size_ += used;
    if (failed == http::error::need_more) return read_some();
    if (failed) return refuse(failed);
    if (in_head && parser_->is_header_done() && !head_is_read()) return;
  }
}

bool session::head_is_read() {
  parser_->eager(true);
  event_.request = shared_.heads++;
  event_.method = std::string(parser_->get().method_string());
  event_.target = std::string(parser_->get().target());
  if (!request_fault_) request_fault_ = ask(fault_point::in_request);
  if (request_fault_ && !fault_place_)
    fault_place_ =
        place_in(*request_fault_,
                 head_size_ + static_cast<std::size_t>(parser_->content_length().value_or(0)));
  if (fault_is_due()) return true;
  if (!http::token_list{parser_->get()[http::field::expect]}.exists("100-continue")) return true;
  static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(stream_, asio::buffer(go_on),
                    [self = shared_from_this()](error_code failed, std::size_t) {
                      if (!failed) self->parse();
                    });
  return false;
}

/// What cannot be read as HTTP gets a last word where a client may be listening.
void session::refuse(error_code failed) {
  unsigned const status = failed == http::error::body_limit     ? 413
                          : failed == http::error::header_limit ? 431
                                                                : 400;
  response answer;
  answer.status = status;
  answer.set("Content-Type", "text/plain; charset=utf-8");
  answer.body = failed.message() + '\n';
  send(std::move(answer), 11, false, false);
}

void session::respond() {
  auto& message = parser_->get();
  request asked;
  asked.method = event_.method;
  asked.target = event_.target;
  for (auto const& field : message)
    asked.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  asked.body = std::move(message.body());
  std::optional<connection_fault> const fault = ask(fault_point::in_reply);
  response answer;
  try {
    if (fault && !fault->applied)
      answer = {502, {{"Content-Type", "text/html; charset=utf-8"}}, "<h1>Bad Gateway</h1>\n"};
    else if (is_api_request(shared_.api, asked)) {
      in_flight_ = shared_.api.in_flight(asked);
      answer = shared_.api.handle(asked);
    } else
      answer = handle_page(shared_.api, asked);
  } catch (std::exception const& problem) { // a test's hook may throw
    answer = {
        500, {{"Content-Type", "text/plain; charset=utf-8"}}, std::string(problem.what()) + '\n'};
  }
  unsigned const version = message.version();
  bool const keep = message.keep_alive();
  bool const head = asked.method == "HEAD";
  if (answer.delay.count() <= 0) return send(std::move(answer), version, keep, head, fault);
  beast::get_lowest_layer(stream_).expires_never();
  timer_.expires_after(answer.delay);
  timer_.async_wait([self = shared_from_this(), answer = std::move(answer), version, keep, head,
                     fault](error_code failed) mutable {
    if (!failed) self->send(std::move(answer), version, keep, head, fault);
  });
}

} // namespace local_tracker::detail
