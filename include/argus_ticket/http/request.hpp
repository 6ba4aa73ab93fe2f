#ifndef ARGUS_TICKET_HTTP_REQUEST_HPP
#define ARGUS_TICKET_HTTP_REQUEST_HPP

#include <argus_ticket/http/headers.hpp>
#include <argus_ticket/http/idempotency.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/secret.hpp>

#include <boost/json/fwd.hpp>

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace argus_ticket::http {

/// What a request does (RFC 9110, 9.3; RFC 5789):
/// - `get`, `post`, `put`, `patch`, `delete_`: as in a request, where it is in upper case.
enum class method { get, post, put, patch, delete_ };

/// As it stands in a request: `GET`.
[[nodiscard]] constexpr std::string_view to_string(method m) noexcept {
  switch (m) {
  case method::get:
    return "GET";
  case method::post:
    return "POST";
  case method::put:
    return "PUT";
  case method::patch:
    return "PATCH";
  case method::delete_:
    return "DELETE";
  }
  return "";
}

/// What goes first where requests have to wait for each other.
enum class urgency {
  normal, ///< Opens or closes a ticket, or only reads.
  low     ///< Can wait: a comment, a label.
};

/**
 * A request as a value: method, URL, headers, body, and what repeating it would do.
 *
 * No aggregate on purpose: GCC 12 destroys aggregate temporaries in a `co_await` expression twice.
 * The setters are for temporaries, `http::post(url).header("Accept", "…").json(body)`.
 *
 * Guarantees: those of a @ref value.
 */
class request {
 public:
  /// A request of that method to that URL, without headers and body; @ref get, @ref post and their
  /// like know the idempotency.
  request(http::method m, http::url u, http::idempotency i)
      : method_(m), url_(std::move(u)), idempotency_(i) {}

  /// Adds a header of that name. Line breaks and other control characters in the value become
  /// spaces, so that no value can add a header of its own.
  ARGUS_TICKET_DECL request&& header(std::string name, std::string_view value) &&;
  /// Adds a header of that name whose value is a secret: no log shows it, and no other host gets
  /// it.
  ARGUS_TICKET_DECL request&& header(std::string name, secret const& value) &&;
  /// Adds `Authorization: <scheme> <secret>`, which no log shows and no other host gets.
  ARGUS_TICKET_DECL request&& authorization(std::string_view scheme, secret const& credentials) &&;
  /// Sets the body to that document, and its type.
  ARGUS_TICKET_DECL request&& json(boost::json::value const& document) &&;
  /// Sets the body to a text, and that alone: its type is among the headers.
  request&& body(std::string text) && {
    body_ = std::move(text);
    return std::move(*this);
  }
  /// Puts fields that are constants of the program in front of the others; see
  /// `headers::put_first`. None of them is sensitive.
  request&& constant_headers(std::span<field const> fields) && {
    headers_.put_first(fields);
    return std::move(*this);
  }
  /// Says what repeating it would do (its idempotency), where the method alone says otherwise.
  request&& repeatable_as(http::idempotency i) && {
    idempotency_ = i;
    return std::move(*this);
  }

  /// Lets others go first.
  request&& low_urgency() && {
    urgency_ = http::urgency::low;
    return std::move(*this);
  }

  /// What it does.
  [[nodiscard]] http::method method() const noexcept { return method_; }
  /// Where it goes.
  [[nodiscard]] http::url const& url() const noexcept { return url_; }
  /// In the order in which they are sent.
  [[nodiscard]] http::headers const& headers() const noexcept { return headers_; }
  /// The bytes behind the headers; empty for none.
  [[nodiscard]] std::string const& body() const noexcept { return body_; }
  /// What repeating it would do.
  [[nodiscard]] http::idempotency idempotency() const noexcept { return idempotency_; }
  /// Whether others go first.
  [[nodiscard]] http::urgency urgency() const noexcept { return urgency_; }

  /// The same request to `elsewhere`, as after a redirect.
  [[nodiscard]] request to(http::url elsewhere) const {
    request moved = *this;
    moved.url_ = std::move(elsewhere);
    return moved;
  }

 private:
  http::method method_;
  http::url url_;
  http::idempotency idempotency_;
  http::urgency urgency_ = http::urgency::normal;
  http::headers headers_;
  std::string body_;
};

/// A request to that URL; it is `safe`.
[[nodiscard]] inline request get(url u) {
  return request{method::get, std::move(u), idempotency::safe};
}
/// A request to that URL; it `creates`.
[[nodiscard]] inline request post(url u) {
  return request{method::post, std::move(u), idempotency::creates};
}
/// A request to that URL; it is `idempotent`.
[[nodiscard]] inline request put(url u) {
  return request{method::put, std::move(u), idempotency::idempotent};
}
/// A request to that URL; it is `idempotent`, since it sets what it changes.
[[nodiscard]] inline request patch(url u) {
  return request{method::patch, std::move(u), idempotency::idempotent};
}
/// A request to that URL; it is `idempotent`.
[[nodiscard]] inline request delete_(url u) {
  return request{method::delete_, std::move(u), idempotency::idempotent};
}

/// The request as it goes over the wire, but with the values of sensitive headers as `***`.
[[nodiscard]] ARGUS_TICKET_DECL std::string to_string(request const&);
/// Writes what @ref to_string gives: no secret.
ARGUS_TICKET_DECL std::ostream& operator<<(std::ostream&, request const&);

} // namespace argus_ticket::http

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/http/request.ipp>
#endif

#endif
