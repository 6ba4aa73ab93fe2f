#pragma once
// A reply as the bytes that go over the connection. Not for users.

#include <local_tracker/faults.hpp>
#include <local_tracker/values.hpp>
#include <string>
#include <string_view>

namespace local_tracker::detail {

/// The head is in memory; a body that repeats is made while it is sent.
class reply_bytes {
 public:
  reply_bytes() = default;
  reply_bytes(response answer, unsigned version, bool keep, bool without_body);

  std::size_t head_size() const { return head_.size(); }
  std::size_t size() const { return head_.size() + body_size_; }
  /// Where a fault in this reply strikes.
  std::size_t place_of(connection_fault const& fault) const;
  /// Some bytes from `offset` on, before `end`; never none. Valid until the next call.
  std::string_view piece(std::size_t offset, std::size_t end);

 private:
  std::string head_;
  std::string body_;          ///< where it repeats: enough of it for a large piece
  std::size_t period_ = 0;    ///< where it repeats: after so many bytes
  std::size_t body_size_ = 0; ///< of what is sent; more than is in body_ where it repeats
};

/// `after_bytes` or `after_fraction` of so many bytes.
std::size_t place_in(connection_fault const& fault, std::size_t size);

} // namespace local_tracker::detail
