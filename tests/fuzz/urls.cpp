// URLs and references: the first line is a URL, the second a reference in a reply to it. Boost.URL,
// which reads all of RFC 3986, is the judge.

#include "notation.hpp"

#include <argus_ticket/http/url.hpp>

#include <boost/url.hpp>

#include <algorithm>
#include <cctype>

namespace {

using namespace fuzz;
using argus_ticket::http::url;
namespace urls = boost::urls;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::string text_of(urls::string_view from) { return {from.data(), from.size()}; }

/// Boost 1.81 takes h:80x for port 80 and the path x.
bool has_stray_path(urls::url_view const& parsed) {
  std::string const path = text_of(parsed.encoded_path());
  return parsed.has_authority() && !path.empty() && path.front() != '/';
}

/// Boost 1.81 refuses names that begin as an address does: 127.0.0.1.example.
bool is_beyond_boost(std::string const& host) {
  return std::isdigit(static_cast<unsigned char>(host.front())) != 0 &&
         std::count(host.begin(), host.end(), '.') > 2;
}

/// The URL as ours is written; empty where it is none of our kind.
std::string judged(urls::url_view const& parsed) {
  std::string const scheme = lower(text_of(parsed.scheme()));
  std::string const host = lower(text_of(parsed.encoded_host()));
  if ((scheme != "https" && scheme != "http") || !parsed.has_authority() || parsed.has_userinfo() ||
      has_stray_path(parsed) || host.empty() || host.find('%') != std::string::npos ||
      parsed.host_type() == urls::host_type::ipvfuture)
    return {};
  std::string port = text_of(parsed.port());
  if (parsed.has_port()) {
    port.erase(0, port.find_first_not_of('0')); // Boost 1.81 takes 65537 for the number 1
    if (port.empty() || port.size() > 5 || std::stoi(port) > 65'535) return {};
  }
  if (port == (scheme == "https" ? "443" : "80")) port.clear();
  std::string path = text_of(parsed.encoded_path());
  if (path.empty()) path = "/";
  std::string const query = text_of(parsed.encoded_query());
  return scheme + "://" + host + (port.empty() ? "" : ':' + port) + path +
         (query.empty() ? "" : '?' + query);
}

std::string written(std::optional<url> const& u) { return u ? u->string() : std::string{}; }

void judge_parameters(url const& u) {
  std::string const text = u.string();
  urls::url_view const parsed = urls::parse_uri(text).value();
  for (auto const& parameter : parsed.encoded_params()) {
    std::string const name = text_of(parameter.key);
    std::string const key{parameter.key.decode()};
    auto const found = query_parameter(u, key);
    // The first of that name, as Boost decodes it.
    for (auto const& first : parsed.encoded_params()) {
      if (std::string{first.key.decode()} != key) continue;
      require(found == std::string{first.value.decode()}, "a parameter has its value", text, name);
      break;
    }
  }
}

/// What Boost's `resolve` changes by the way, it changes on both sides: escapes of what needs none.
std::string normal(std::string const& text) {
  if (text.empty()) return text;
  urls::url changed{urls::parse_uri(text).value()};
  std::string whole = text_of(changed.normalize().buffer());
  // Boost 1.81 keeps the steps that lead beyond the root.
  std::size_t const path = whole.find('/', whole.find("://") + 3);
  while (whole.compare(path, 4, "/../") == 0) whole.erase(path, 3);
  std::size_t const end = (std::min)(whole.find('?'), whole.size());
  if (whole.substr(path, end - path) == "/..") whole.erase(path + 1, 2);
  return whole;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  std::string const text = pieces_of(as_text(data, size), "").front().bytes;
  std::size_t const end = (std::min)(text.find('\n'), text.size());
  std::string const first = text.substr(0, end);
  std::string const reference = text.substr((std::min)(end + 1, text.size()));

  auto const read = url::parse(first);
  if (read && is_beyond_boost(read->host())) return 0;
  auto const parsed = urls::parse_uri(first);
  std::string const wanted = parsed && !parsed->has_fragment() ? judged(*parsed) : std::string{};
  require(written(read) == wanted, "a URL reads as it is written", first, written(read), wanted);
  if (!read) return 0;
  require(url::parse(read->string()) == read, "what is read is well formed", read->string());
  judge_parameters(*read);

  // Boost takes steps out of the base's own path, too; RFC 3986 leaves them where the reference has
  // no path.
  if (read->path().find("/.") != std::string::npos) return 0;
  auto const resolved = read->resolve(reference);
  if (resolved && is_beyond_boost(resolved->host())) return 0;
  std::string const self = read->string();
  auto const base = urls::parse_uri(self);
  auto const relative = urls::parse_uri_reference(reference);
  std::string meant;
  urls::url absolute;
  if (relative && !has_stray_path(*relative) && urls::resolve(*base, *relative, absolute)) {
    absolute.remove_fragment();
    meant = judged(absolute);
  }
  require(normal(written(resolved)) == normal(meant), "a reference means what it says", self,
          reference, written(resolved), meant);
  if (resolved)
    for (std::string_view const step : {"/./", "/../"})
      require((resolved->path() + '/').find(step) == std::string::npos, "no steps are left", self,
              reference, resolved->string());
  return 0;
}
