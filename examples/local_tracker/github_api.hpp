#pragma once
// GitHub's issue REST API with its state, as GitHub Enterprise Server speaks it: a function from a
// request to a response. No sockets; `server.hpp` adds them.

#include <chrono>
#include <functional>
#include <local_tracker/limits.hpp>
#include <local_tracker/values.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace local_tracker {

/// What issues show of it is whole seconds. A function that returns those will do.
using clock_function = std::function<std::chrono::sys_time<std::chrono::milliseconds>()>;

struct api_options {
  std::string path_prefix{};         ///< e.g. "/tracker": everything lives below it
  unsigned rate_limit = 5000;        ///< requests an hour and user
  unsigned creations_per_minute = 0; ///< GitHub's secondary limit has 80 here; 0 is none
  local_tracker::limits limits{};    ///< all the others; where set, they go before these two
  bool anonymous_reads = false;      ///< whether public repositories may be read without a token
  bool cursor_pagination = false;    ///< `Link` with `after=` and no "last", as github.com does now
  std::vector<std::string> api_versions{"2022-11-28", "2026-03-10"};
  clock_function clock{}; ///< else the system's
};

class github_api {
 public:
  explicit github_api(api_options options = {});
  ~github_api();
  github_api(github_api const&) = delete;
  github_api& operator=(github_api const&) = delete;

  /// Answers one request; never throws, whatever is in it. Thread-safe, like all members.
  response handle(request const& asked);

  // The world that tests build.
  void add_user(std::string token, user who);
  void add_repository(repository_options options);
  /// The old name answers 301 (307 for writes) from then on.
  void move_repository(std::string_view from, std::string_view to);
  unsigned add_issue(std::string_view repository, issue_options options);
  /// Changes an issue past all rules; `updated_at` stays as the function leaves it.
  bool change_issue(std::string_view repository, unsigned number,
                    std::function<void(issue&)> const& change);

  // What is there now, as copies.
  std::vector<issue> issues(std::string_view repository) const;
  std::optional<issue> find_issue(std::string_view repository, unsigned number) const;
  std::size_t issue_count(std::string_view repository) const;

  // Hooks. They run outside the API's lock, so they may call any member.
  using fault_hook = std::function<std::optional<response>(request const&)>;
  using reply_hook = std::function<void(request const&, response&)>;
  /// May answer in the API's place: nothing has then been done.
  void set_fault(fault_hook hook);
  /// May change an answer after the API has done its work: a lost reply, a broken body.
  void set_reply_hook(reply_hook hook);
  /// The answers to the next requests, one each; after the last one the API answers again.
  void set_next_responses(std::vector<response> answers);

  local_tracker::statistics statistics() const;
  void reset_statistics();
  void set_clock(clock_function clock);
  void set_rate_limit(unsigned requests_per_hour); ///< starts everybody's hour anew
  void set_limits(struct limits most);             ///< the same; 0s leave what api_options says
  /// Counts as one request of its user at the same time as others for as long as it is kept. It
  /// must not outlive the API.
  [[nodiscard]] std::shared_ptr<void const> in_flight(request const& asked);

  /// Where the server stands, e.g. "https://127.0.0.1:4433": begins all URLs in answers.
  void set_origin(std::string origin);
  std::string root_url() const; ///< origin and prefix, without a slash at the end
  std::string const& path_prefix() const;

  // For the pages.
  struct repository_page {
    std::string full_name;
    std::size_t count = 0;
    std::vector<issue> issues; ///< newest first, without bodies and comments
  };
  std::vector<std::string> public_repositories() const;
  /// Nothing where there is no such public repository.
  std::optional<repository_page> read_page(std::string_view repository, std::size_t page,
                                           std::size_t per_page) const;
  std::optional<issue> read_issue(std::string_view repository, unsigned number) const;
  std::optional<std::string> moved_to(std::string_view repository) const;
  std::optional<label> find_label(std::string_view repository, std::string_view name) const;

 private:
  struct implementation;
  std::unique_ptr<implementation> implementation_;
};

} // namespace local_tracker
