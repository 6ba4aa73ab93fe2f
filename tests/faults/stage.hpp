#pragma once
// A tracker whose connections and replies fail on demand, and a transport that counts an
// operation's requests, so that a fault can strike the n-th of them.

#include "faults.hpp"
#include "jumping_clock.hpp"

#include <argus_ticket/transport/https.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <local_tracker/server.hpp>
#include <map>
#include <mutex>

namespace faults {

using namespace std::chrono_literals;

inline constexpr char token[] = "fault-matrix-token-SECRET";

// Sanitizers make everything several times slower.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int slowness = 4;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr int slowness = 4;
#else
inline constexpr int slowness = 1;
#endif
#else
inline constexpr int slowness = 1;
#endif
/// How much of an operation's time is left when a fault strikes that would last for ever: the same
/// however busy the machine was before.
inline constexpr std::chrono::milliseconds time_left = 400ms * slowness;

/// Where an operation's requests are struck.
struct strike {
  fault const* what = nullptr;
  int at = 0; ///< the first one: counts from 0
  bool lasting = false;
  int struck = 0;

  bool is_due(int request) const {
    return request >= 0 && (lasting ? request >= at : request == at && struck == 0);
  }
};

enum class connections {
  kept,
  fresh, ///< each request has one of its own
  hasty  ///< the same, and none takes long
};

/// Ports to which a request may be sent astray. They stay taken, so that nobody else answers there.
class astray {
  using tcp = boost::asio::ip::tcp;

 public:
  astray() {
    tcp::endpoint const any{boost::asio::ip::address_v4::loopback(), 0};
    for (tcp::acceptor* one : {&closed_, &full_}) {
      one->open(any.protocol());
      one->bind(any);
    }
    full_.listen(0);
    for (tcp::socket& one : waiting_) { // nobody accepts them: more do not fit
      one.async_connect(full_.local_endpoint(), [](boost::system::error_code) {});
    }
  }

  at::http::request sent(at::http::request const& r, detour where) const {
    std::string origin = "https://" + std::string(70, 'x') + ".invalid"; // no name is that long
    if (where == detour::closed_port)
      origin = "https://127.0.0.1:" + std::to_string(closed_.local_endpoint().port());
    if (where == detour::full_queue)
      origin = "https://127.0.0.1:" + std::to_string(full_.local_endpoint().port());
    return r.to(at::http::url::parse(origin + r.url().target()).value());
  }

 private:
  boost::asio::io_context context_;
  tcp::acceptor closed_{context_};
  tcp::acceptor full_{context_};
  std::vector<tcp::socket> waiting_ = [this] {
    std::vector<tcp::socket> some;
    for (int i = 0; i < 4; ++i) some.emplace_back(context_);
    return some;
  }();
};

class stage {
 public:
  stage() {
    server_.api().add_user(token, {.login = "argus-bot", .access = lt::role::write});
    server_.set_connection_fault([this](auto const& event) { return on_connection(event); });
    server_.api().set_fault([this](auto const& asked) { return on_request(asked); });
    server_.api().set_reply_hook(
        [this](auto const& asked, auto& reply) { on_reply(asked, reply); });
  }

  /// From now on: an operation whose requests count from 0.
  void begin(std::vector<strike> strikes = {}, connections how = connections::kept) {
    std::lock_guard const hold(lock_);
    strikes_ = std::move(strikes);
    connections_ = how;
    methods_.clear();
    first_request_.clear();
    struck_at_.reset();
  }
  /// Whether the n-th strike struck.
  bool has_struck(std::size_t n) {
    std::lock_guard const hold(lock_);
    return strikes_.at(n).struck > 0;
  }
  std::vector<std::string> methods() {
    std::lock_guard const hold(lock_);
    return methods_;
  }

  /// How long ago the first strike came that lasts until the time is up.
  std::optional<std::chrono::milliseconds> since_strike() {
    std::lock_guard const hold(lock_);
    if (!struck_at_) return std::nullopt;
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                         *struck_at_);
  }

  at::result<at::http::response> send(at::http::request const& r, at::http::deadline until,
                                      jumping_clock const& clock) {
    connections const how = note(r, until, clock);
    until = clock.real(until);
    std::optional<detour> const away = next_detour();
    if (away == detour::untrusted) return untrusting_.send(r, until);
    at::https_transport const& over = how == connections::kept    ? kept_
                                      : how == connections::fresh ? fresh_
                                                                  : hasty_;
    return away ? over.send(astray_.sent(r, *away), until) : over.send(r, until);
  }

  lt::server& server() { return server_; }
  /// Whether anything came to a server to which nothing may come.
  bool has_leaked() const { return other_.connections() > 0; }

 private:
  static lt::server_options options() {
    lt::server_options all;
    all.api.rate_limit = 1'000'000'000;
    return all;
  }
  at::https_transport transport(std::size_t kept, std::chrono::milliseconds most = 60s) const {
    at::https_options all;
    all.ca_pem = server_.ca_pem();
    all.max_idle_connections = kept;
    all.total_timeout = most;
    all.body_limit = std::size_t{1024} * 1024;
    return at::https_transport{std::move(all)};
  }

  connections note(at::http::request const& r, at::http::deadline until,
                   jumping_clock const& clock) {
    std::lock_guard const hold(lock_);
    methods_.emplace_back(to_string(r.method()));
    bool const lasts = std::any_of(strikes_.begin(), strikes_.end(), [&](strike const& one) {
      return one.what->takes_all_time && one.is_due(current());
    });
    if (lasts && !struck_at_ && connections_ != connections::hasty) {
      struck_at_ = std::chrono::steady_clock::now();
      auto const left = std::chrono::floor<std::chrono::milliseconds>(until - clock.steady_now());
      clock.sleep_for((std::max)(0ms, left - time_left));
    }
    return connections_;
  }
  int current() const { return static_cast<int>(methods_.size()) - 1; }

  /// The fault of that kind that is to strike that request now.
  template <class How>
  How const* due(int request, auto fits) {
    for (strike& one : strikes_) {
      auto const* const how = std::get_if<How>(&one.what->how);
      if (how == nullptr || !one.is_due(request) || !fits(*how)) continue;
      ++one.struck;
      return how;
    }
    return nullptr;
  }
  std::optional<detour> next_detour() {
    std::lock_guard const hold(lock_);
    auto const* const how = due<detour>(current(), [](detour) { return true; });
    return how == nullptr ? std::nullopt : std::optional{*how};
  }

  // In the server's thread.
  std::optional<lt::connection_fault> on_connection(lt::connection_event const& event) {
    std::lock_guard const hold(lock_);
    if (event.at == lt::fault_point::at_connect) first_request_[event.connection] = current();
    // A connection that has carried a request waits for the next one, which may come over another.
    bool const for_current = connections_ == connections::kept
                                 ? !event.method.empty()
                                 : first_request_.contains(event.connection) &&
                                       first_request_[event.connection] == current();
    if (!for_current) return std::nullopt;
    auto const* const how = due<lt::connection_fault>(
        current(), [&](lt::connection_fault const& one) { return one.at == event.at; });
    return how == nullptr ? std::nullopt : std::optional{*how};
  }
  static bool is_moved(lt::request const& asked) { return asked.target.ends_with("moved=1"); }
  std::optional<lt::response> on_request(lt::request const& asked) {
    std::lock_guard const hold(lock_);
    if (is_moved(asked)) return std::nullopt;
    auto const* const how = due<instead>(current(), [](auto const&) { return true; });
    if (how == nullptr) return std::nullopt;
    lt::response reply = how->reply(asked);
    for (lt::header& one : reply.headers) {
      if (one.name != "Location") continue;
      put(one.value, "OTHER-HOST", "localhost:" + std::to_string(other_.port()));
      put(one.value, "OTHER-PORT", "127.0.0.1:" + std::to_string(other_.port()));
    }
    return reply;
  }
  static void put(std::string& into, std::string_view name, std::string const& value) {
    if (auto const place = into.find(name); place != std::string::npos)
      into.replace(place, name.size(), value);
  }
  void on_reply(lt::request const& asked, lt::response& reply) {
    std::lock_guard const hold(lock_);
    auto const* const how = due<afterwards>(current(), [](auto const&) { return true; });
    if (how != nullptr) how->change(asked, reply);
  }

  std::mutex lock_;
  std::vector<strike> strikes_;
  connections connections_ = connections::kept;
  std::vector<std::string> methods_;
  std::map<std::size_t, int> first_request_; // of each connection
  std::optional<std::chrono::steady_clock::time_point> struck_at_;

  astray astray_;
  lt::server other_{};
  lt::server server_{options()};
  at::https_transport untrusting_;
  at::https_transport kept_ = transport(8);
  at::https_transport fresh_ = transport(0);
  at::https_transport hasty_ = transport(0, time_left);
};

/// What clients of a stage send with.
struct stage_transport {
  stage* on = nullptr;
  jumping_clock clock{};

  at::result<at::http::response> send(at::http::request const& r, at::http::deadline until) const {
    return on->send(r, until, clock);
  }
};

} // namespace faults
