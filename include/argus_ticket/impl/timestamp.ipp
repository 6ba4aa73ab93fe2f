#ifndef ARGUS_TICKET_IMPL_TIMESTAMP_IPP
#define ARGUS_TICKET_IMPL_TIMESTAMP_IPP

#include <argus_ticket/timestamp.hpp>

#include <algorithm>

namespace argus_ticket {
namespace detail {

/// Takes digits and fixed characters off the front of a text.
class time_scanner {
 public:
  explicit time_scanner(std::string_view text) : rest_(text) {}

  bool digits(std::size_t count, int& value) {
    if (rest_.size() < count) return false;
    value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return false;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return true;
  }
  bool one_of(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) return false;
    taken_ = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }
  /// The digits after a decimal point, as microseconds.
  bool fraction(std::chrono::microseconds& value) {
    int scale = 100'000;
    bool any = false;
    for (int digit = 0; digits(1, digit); any = true) {
      value += std::chrono::microseconds{digit * scale};
      scale /= 10;
    }
    return any;
  }
  char taken() const { return taken_; }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  char taken_ = '\0';
};

inline void append_digits(std::string& text, long value, std::size_t width) {
  std::string const digits = std::to_string(value); // short
  if (digits.size() < width) text.append(width - digits.size(), '0');
  text += digits;
}

} // namespace detail

std::optional<timestamp> parse_timestamp(std::string_view text) {
  namespace chrono = std::chrono;
  detail::time_scanner scan(text);
  int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
  if (!scan.digits(4, y) || !scan.one_of("-") || !scan.digits(2, mo) || !scan.one_of("-") ||
      !scan.digits(2, d) || !scan.one_of("Tt ") || !scan.digits(2, h) || !scan.one_of(":") ||
      !scan.digits(2, mi) || !scan.one_of(":") || !scan.digits(2, s))
    return std::nullopt;
  chrono::year_month_day const date{chrono::year{y}, chrono::month{static_cast<unsigned>(mo)},
                                    chrono::day{static_cast<unsigned>(d)}};
  if (!date.ok() || h > 23 || mi > 59 || s > 60) return std::nullopt; // 60: a leap second
  chrono::microseconds fraction{0};
  if (scan.one_of(".") && !scan.fraction(fraction)) return std::nullopt;
  if (!scan.one_of("Zz+-")) return std::nullopt;
  chrono::minutes offset{0};
  if (scan.taken() == '+' || scan.taken() == '-') {
    int const sign = scan.taken() == '-' ? -1 : 1;
    int oh = 0, om = 0;
    if (!scan.digits(2, oh) || !scan.one_of(":") || !scan.digits(2, om) || oh > 23 || om > 59)
      return std::nullopt;
    offset = sign * (chrono::hours{oh} + chrono::minutes{om});
  }
  if (!scan.done()) return std::nullopt;
  return timestamp{chrono::sys_days{date} + chrono::hours{h} + chrono::minutes{mi} +
                       chrono::seconds{s} + fraction - offset,
                   offset};
}

void detail::append_timestamp(std::string& text, timestamp const& value) {
  namespace chrono = std::chrono;
  if (value == infinity) {
    text += "infinity";
    return;
  }
  // RFC 3339 has no years but 0000 to 9999: other times become the nearest that it can write.
  constexpr timestamp::instant_type first = chrono::sys_days{chrono::year{0} / chrono::January / 1};
  constexpr timestamp::instant_type last =
      chrono::sys_days{chrono::year{10000} / chrono::January / 1} - chrono::microseconds{1};
  auto const within = std::clamp(value.instant, first - chrono::days{2}, last + chrono::days{2});
  auto const local = std::clamp(within + value.offset, first, last);
  auto const midnight = chrono::floor<chrono::days>(local);
  chrono::year_month_day const date{midnight};
  auto const of_day = local - midnight;
  append_digits(text, int{date.year()}, 4);
  append_digits(text += '-', static_cast<long>(unsigned{date.month()}), 2);
  append_digits(text += '-', static_cast<long>(unsigned{date.day()}), 2);
  append_digits(text += 'T', chrono::duration_cast<chrono::hours>(of_day).count(), 2);
  append_digits(text += ':', chrono::duration_cast<chrono::minutes>(of_day).count() % 60, 2);
  append_digits(text += ':', chrono::duration_cast<chrono::seconds>(of_day).count() % 60, 2);
  if (auto const fraction = of_day % chrono::seconds{1}; fraction.count() != 0)
    append_digits(text += '.', fraction.count(), 6);
  if (value.offset.count() == 0) {
    text += 'Z';
    return;
  }
  text += value.offset.count() < 0 ? '-' : '+';
  auto const shift = value.offset.count() < 0 ? -value.offset : value.offset;
  append_digits(text, shift.count() / 60, 2);
  append_digits(text += ':', shift.count() % 60, 2);
}

std::string to_string(timestamp const& value) {
  std::string text;
  detail::append_timestamp(text, value);
  return text;
}

} // namespace argus_ticket

#endif
