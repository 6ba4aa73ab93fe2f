#include "redactor.hpp"

#include <argus_ticket/document/neutralise.hpp>

#include <algorithm>
#include <cstddef>

namespace cli {
namespace {

constexpr std::string_view mask = "***";
constexpr std::size_t shortest_secret = 4;
/// So much of a secret's beginning is hidden too, where a text was cut in its midst.
constexpr std::size_t shortest_beginning = 8;

bool is_between(char c, char first, char last) { return c >= first && c <= last; }
bool is_lower(char c) { return is_between(c, 'a', 'z'); }
bool is_upper(char c) { return is_between(c, 'A', 'Z'); }
bool is_digit(char c) { return is_between(c, '0', '9'); }

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view unreserved = "-._~";
  std::string encoded;
  for (char const c : text) {
    if (is_lower(c) || is_upper(c) || is_digit(c) || unreserved.find(c) != unreserved.npos) {
      encoded += c;
    } else {
      auto const byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += digits[byte >> 4U];
      encoded += digits[byte & 15U];
    }
  }
  return encoded;
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (is_between(c, 'a', 'f')) return c - 'a' + 10;
  return is_between(c, 'A', 'F') ? c - 'A' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int const high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    int const low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low < 0) {
      decoded += text[i];
    } else {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

} // namespace

void redactor::hide(std::string_view secret) {
  // As it is printed: a server may have put control characters into it, which are gone by then.
  for (std::string form :
       {std::string{secret}, argus_ticket::document::clean_line(secret), percent_encoded(secret)})
    if (form.size() >= shortest_secret &&
        std::find(secrets_.begin(), secrets_.end(), form) == secrets_.end())
      secrets_.push_back(std::move(form));
  std::sort(secrets_.begin(), secrets_.end(),
            [](std::string const& a, std::string const& b) { return a.size() > b.size(); });
}

void redactor::hide_password_of(std::string_view url) {
  std::size_t const scheme = url.find("://");
  if (scheme != url.npos) url.remove_prefix(scheme + 3);
  std::size_t const at = url.rfind('@');
  if (at == url.npos) return;
  std::string_view const user = url.substr(0, at);
  std::size_t const colon = user.find(':');
  // A user name alone may be a token.
  std::string_view const password = colon == user.npos ? user : user.substr(colon + 1);
  hide(password);
  hide(percent_decoded(password));
}

void redactor::hide_if_secret(std::string_view text) {
  constexpr std::size_t shortest = 16;
  constexpr std::string_view others = "-_.~+=";
  bool const is_word = std::all_of(text.begin(), text.end(), [&](char c) {
    return is_lower(c) || is_upper(c) || is_digit(c) || others.find(c) != others.npos;
  });
  // Names of variables have no lower-case letters, paths of plugins no digits.
  if (text.size() >= shortest && is_word && std::any_of(text.begin(), text.end(), is_lower) &&
      std::any_of(text.begin(), text.end(), is_digit))
    hide(text);
}

std::string redactor::masked(std::string text) const {
  for (std::string const& secret : secrets_)
    for (std::size_t at = text.find(secret); at != text.npos;
         at = text.find(secret, at + mask.size()))
      text.replace(at, secret.size(), mask);
  constexpr std::string_view ellipsis = "\xE2\x80\xA6";
  std::size_t const end = text.size() - (text.ends_with(ellipsis) ? ellipsis.size() : 0);
  for (std::string const& secret : secrets_)
    for (std::size_t n = (std::min)(secret.size(), end); n >= shortest_beginning; --n)
      if (text.compare(end - n, n, secret, 0, n) == 0) return text.replace(end - n, n, mask);
  return text;
}

std::string redactor::line(std::string_view text) const {
  return masked(argus_ticket::document::clean_line(text));
}

std::string redactor::text(std::string_view text) const {
  return masked(argus_ticket::document::clean(text));
}

} // namespace cli
