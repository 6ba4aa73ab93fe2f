// The bytes of a reply, as they come from a connection; and where a redirect in them leads. {n} is
// the end of a line, {p} begins what comes next from the connection, {e} ends it.

#include "errors.hpp"

#include <argus_ticket/transport/detail/reply_reader.hpp>
#include <argus_ticket/transport/redirect.hpp>

#include <cstring>
#include <optional>

namespace at = argus_ticket;

namespace {

using at::detail::https::reply_reader;
using at::http::method;
using at::http::request;
using at::http::response;
using fuzz::require;

constexpr std::size_t header_limit = 512, body_limit = 256;

/// What was made of some bytes.
struct reading {
  std::optional<response> reply;
  std::string problem;
  bool has_more = false;
};

reading read_in(std::vector<std::string> const& pieces, bool ends, reply_reader::scope scope) {
  boost::beast::flat_buffer room;
  reply_reader reader{room, header_limit, body_limit, scope};
  for (std::string_view bytes : pieces)
    while (!bytes.empty() && !reader.done() && !reader.bad()) {
      boost::asio::mutable_buffer const space = reader.space();
      std::size_t const count = (std::min)(space.size(), bytes.size());
      require(count > 0, "there is room for what comes");
      std::memcpy(space.data(), bytes.data(), count);
      reader.commit(count);
      bytes.remove_prefix(count);
    }
  if (ends) reader.end();
  require(!(reader.done() && reader.bad()), "a reply is good or bad");
  reading read;
  if (reader.bad()) read.problem = reader.problem();
  if (!reader.done()) return read;
  read.has_more = reader.has_more();
  require(!read.has_more || !reader.keeps_alive(), "what nobody asked for ends a connection");
  read.reply = reader.take();
  return read;
}

void judge(response const& reply) {
  require(reply.status() >= 200 && reply.status() <= 999, "a status ends a reply", reply.status());
  require(reply.body().size() <= body_limit, "a body keeps to its limit", reply.body().size());
  std::size_t size = 0;
  for (at::http::field const& f : reply.headers()) {
    size += f.name.size() + f.value.size();
    require(!f.name.empty() && f.name.find_first_of(" \t\r\n:") == std::string::npos,
            "a name is a word", f.name);
    require(f.value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos,
            "a value is one line", f.value);
  }
  // What comes behind the chunks is only measured while it waits for more.
  require(size <= header_limit || !reply.header("Transfer-Encoding").empty(),
          "a header keeps to its limit", size);
}

bool are_same(response const& a, response const& b) {
  return a.status() == b.status() && a.body() == b.body() &&
         std::equal(
             a.headers().begin(), a.headers().end(), b.headers().begin(), b.headers().end(),
             [](auto const& x, auto const& y) { return x.name == y.name && x.value == y.value; });
}

bool is_too_long(reading const& read) { return read.problem.starts_with("has a header of more"); }

/// That it is the same in whatever pieces it comes.
void judge_pieces(std::vector<std::string> const& pieces, bool ends, reply_reader::scope scope) {
  std::string whole;
  for (std::string const& bytes : pieces) whole += bytes;
  std::vector<std::string> single;
  for (char const c : whole) single.emplace_back(1, c);
  reading const as_given = read_in(pieces, ends, scope);
  for (reading const& other : {read_in({whole}, ends, scope), read_in(single, ends, scope)}) {
    if (is_too_long(as_given) || is_too_long(other)) continue; // the one waits longer for the rest
    require(as_given.reply.has_value() == other.reply.has_value(), "it is a reply in any pieces",
            as_given.problem, other.problem);
    require(!other.reply || are_same(*other.reply, *as_given.reply), "it is the same reply");
    // While more may come, what is bad may be noted sooner or later.
    require(!ends || as_given.problem.empty() == other.problem.empty(), "it is bad in any pieces",
            as_given.problem, other.problem);
  }
  fuzz::judge_text(as_given.problem, "problem");
  if (as_given.reply) judge(*as_given.reply);
}

void judge_redirect(request const& sent, response const& reply) {
  bool const has_secret = sent.headers().size() > 0;
  bool const safe = sent.idempotency() == at::http::idempotency::safe;
  for (int const followed : {0, 5}) {
    auto const next = at::follow_redirect(sent, reply, followed, 5);
    if (!next) {
      at::error const& e = next.error();
      fuzz::judge(e);
      require(e.code == at::errc::redirect_refused && e.http_status == reply.status(),
              "an error is of the redirect", to_string(e));
      // A 303 means that the server has done what was asked.
      require(e.outcome ==
                  (reply.status() == 303 && !safe ? at::outcome::ambiguous : at::outcome::rejected),
              "what may have been done is not called undone", to_string(e));
      continue;
    }
    if (!*next) continue;
    request const& again = **next;
    std::string const url = again.url().string();
    int const status = reply.status();
    require(followed == 0, "it ends", url);
    require(at::http::url::parse(url) == again.url() && again.url() != sent.url(),
            "it leads somewhere", url);
    require(again.method() == sent.method() && again.body() == sent.body() &&
                again.headers().size() == sent.headers().size(),
            "it asks the same", url);
    require(!sent.url().is_https() || again.url().is_https(), "nothing loses its encryption", url);
    bool const same_host = again.url().host() == sent.url().host();
    require((safe && !has_secret) || same_host, "a secret and a change stay at their host", url);
    require((safe && !has_secret) || again.url().port() == sent.url().port() ||
                (sent.url().port() == "80" && again.url().port() == "443"),
            "another port is somebody else's", url);
    require(safe || status == 307 || status == 308, "a change is not repeated", url, status);
  }
}

void judge_redirects(response const& reply) {
  for (char const* const from : {"https://a.example/x?y=1", "http://a.example/x/", //
                                 "http://127.0.0.1:8080/"}) {
    auto const url = at::http::url::parse(from).value();
    for (method const m : {method::get, method::post, method::put, method::delete_}) {
      using at::http::idempotency;
      idempotency const what = m == method::get    ? idempotency::safe
                               : m == method::post ? idempotency::creates
                                                   : idempotency::idempotent;
      judge_redirect(request{m, url, what}, reply);
      judge_redirect(request{m, url, what}.authorization("Bearer", at::secret{"x"}), reply);
    }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  std::vector<std::string> pieces(1);
  bool ends = false;
  for (fuzz::piece const& p : fuzz::pieces_of(fuzz::as_text(data, size), "npe")) {
    if (p.mark == 'n') pieces.back() += "\r\n";
    if (p.mark == 'p') pieces.emplace_back();
    ends = ends || p.mark == 'e';
    pieces.back() += p.bytes;
  }
  judge_pieces(pieces, ends, reply_reader::scope::whole_reply);
  judge_pieces(pieces, ends, reply_reader::scope::header_only);
  if (reading const read = read_in(pieces, ends, reply_reader::scope::whole_reply); read.reply)
    judge_redirects(*read.reply);
  return 0;
}
