#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <local_tracker/text.hpp>
#include <local_tracker/values.hpp>

namespace local_tracker {
namespace {

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower_char(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// The length of the UTF-8 sequence at the start of `text`, or 0 where it is none.
std::size_t sequence_length(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char const first = byte(0);
  if (first < 0x80) return 1;
  std::size_t const length = first < 0xC2   ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  // Overlong forms, surrogates and what lies past U+10FFFF.
  if (first == 0xE0 && byte(1) < 0xA0) return 0;
  if (first == 0xED && byte(1) > 0x9F) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

template <typename Headers>
std::string const* find_header(Headers const& headers, std::string_view name) {
  for (header const& h : headers)
    if (same_text(h.name, name)) return &h.value;
  return nullptr;
}

template <typename Headers>
void set_header(Headers& headers, std::string name, std::string value) {
  for (header& h : headers)
    if (same_text(h.name, name)) {
      h.value = std::move(value);
      return;
    }
  headers.push_back({std::move(name), std::move(value)});
}

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Exactly `count` digits from `text`, which is shortened by them.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

} // namespace

std::string const* request::find(std::string_view name) const { return find_header(headers, name); }
std::string const* response::find(std::string_view name) const {
  return find_header(headers, name);
}

request& request::set(std::string name, std::string value) {
  set_header(headers, std::move(name), std::move(value));
  return *this;
}

response& response::set(std::string name, std::string value) {
  set_header(headers, std::move(name), std::move(value));
  return *this;
}

std::string lower(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(), lower_char);
  return result;
}

bool same_text(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower_char(a) == lower_char(b); });
}

bool valid_utf8(std::string_view text) {
  while (!text.empty()) {
    std::size_t const length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\v\f") == text.npos; }

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      result += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      result += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

std::string form_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (char const c : text) {
    bool const plain = (c >= '0' && c <= '9') || (lower_char(c) >= 'a' && lower_char(c) <= 'z') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || c == '*';
    auto const byte = static_cast<unsigned char>(c);
    if (plain)
      result += c;
    else if (c == ' ')
      result += '+';
    else
      (result += '%') += {digits[byte >> 4], digits[byte & 15]};
  }
  return result;
}

std::string escape_html(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 16);
  for (char const c : text) {
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    case '\'':
      result += "&#39;";
      break;
    case '\0':
      result += "\xEF\xBF\xBD";
      break;
    default:
      result += c;
    }
  }
  return result;
}

std::string base64(std::string_view bytes) {
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::size_t const count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      result += k <= count ? alphabet[group >> (18 - 6 * k) & 63] : '=';
  }
  return result;
}

std::optional<std::string> from_base64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string result;
  std::uint32_t group = 0;
  int bits = 0;
  for (char const c : text) {
    std::size_t const digit = alphabet.find(c);
    if (digit == alphabet.npos) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      result += static_cast<char>(group >> bits & 255);
    }
  }
  return result;
}

std::string iso_time(std::chrono::sys_seconds when) {
  auto const day = std::chrono::floor<std::chrono::days>(when);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{when - day};
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return text.data();
}

std::string http_date(std::chrono::sys_seconds when) {
  static constexpr std::array<char const*, 7> weekdays{"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<char const*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const day = std::chrono::floor<std::chrono::days>(when);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{when - day};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                weekdays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

std::optional<std::chrono::sys_seconds> parse_time(std::string_view text) {
  using namespace std::chrono;
  auto const years = take_digits(text, 4);
  if (!years || !take(text, '-')) return std::nullopt;
  auto const months = take_digits(text, 2);
  if (!months || !take(text, '-')) return std::nullopt;
  auto const days_of_month = take_digits(text, 2);
  if (!days_of_month) return std::nullopt;
  year_month_day const date{year{*years}, month{static_cast<unsigned>(*months)},
                            day{static_cast<unsigned>(*days_of_month)}};
  if (!date.ok()) return std::nullopt;
  sys_seconds when = sys_days{date};
  if (text.empty()) return when;

  if (!take(text, 'T')) return std::nullopt;
  auto const hour = take_digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  auto const minute = take_digits(text, 2);
  if (!minute || !take(text, ':')) return std::nullopt;
  auto const second = take_digits(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  when += hours{*hour} + minutes{*minute} + seconds{*second};
  if (take(text, '.')) {
    if (!take_digits(text, 1)) return std::nullopt;
    while (take_digits(text, 1)) {
    }
  }
  if (take(text, 'Z')) return text.empty() ? std::optional{when} : std::nullopt;
  bool const east = take(text, '+');
  if (!east && !take(text, '-')) return std::nullopt;
  auto const offset_hours = take_digits(text, 2);
  if (!offset_hours) return std::nullopt;
  take(text, ':');
  auto const offset_minutes = take_digits(text, 2);
  if (!offset_minutes || !text.empty()) return std::nullopt;
  auto const offset = hours{*offset_hours} + minutes{*offset_minutes};
  return east ? when - offset : when + offset;
}

std::string const* target::find(std::string_view name) const {
  for (auto const& [key, value] : query)
    if (key == name) return &value;
  return nullptr;
}

target parse_target(std::string_view text) {
  target result;
  // A proxy sends the absolute form; only the path matters here.
  if (auto const scheme = text.find("://"); !text.starts_with('/') && scheme != text.npos) {
    auto const path = text.find('/', scheme + 3);
    text = path == text.npos ? "/" : text.substr(path);
  }
  text = text.substr(0, text.find('#'));
  auto const mark = text.find('?');
  std::string_view path = text.substr(0, mark);
  std::string_view query = mark == text.npos ? "" : text.substr(mark + 1);
  if (path.starts_with('/')) path.remove_prefix(1);
  while (!path.empty()) {
    auto const slash = path.find('/');
    result.segments.push_back(percent_decode(path.substr(0, slash), false));
    if (slash == path.npos) break;
    path.remove_prefix(slash + 1);
    if (path.empty()) result.segments.emplace_back(); // "…/" is another path than "…"
  }
  while (!query.empty()) {
    auto const end = query.find('&');
    std::string_view const pair = query.substr(0, end);
    auto const equals = pair.find('=');
    if (!pair.empty())
      result.query.emplace_back(
          percent_decode(pair.substr(0, equals), true),
          equals == pair.npos ? "" : percent_decode(pair.substr(equals + 1), true));
    if (end == query.npos) break;
    query.remove_prefix(end + 1);
  }
  return result;
}

} // namespace local_tracker
