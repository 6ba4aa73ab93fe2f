// The world behind the API, as tests build it and look at it.
#include <algorithm>
#include <local_tracker/state.hpp>

namespace local_tracker {

using namespace detail;
using guard = std::lock_guard<std::mutex>;

namespace {

/// The labels that every new repository on GitHub has.
void add_default_labels(state& s, repository& where) {
  struct known {
    char const* name;
    char const* color;
    char const* description;
  };
  for (known const& k :
       {known{"bug", "d73a4a", "Something isn't working"},
        known{"documentation", "0075ca", "Improvements or additions to documentation"},
        known{"duplicate", "cfd3d7", "This issue or pull request already exists"},
        known{"enhancement", "a2eeef", "New feature or request"},
        known{"good first issue", "7057ff", "Good for newcomers"},
        known{"help wanted", "008672", "Extra attention is needed"},
        known{"invalid", "e4e669", "This doesn't seem right"},
        known{"question", "d876e3", "Further information is requested"},
        known{"wontfix", "ffffff", "This will not be worked on"}}) {
    label& made = s.make_label(where, k.name);
    made.color = k.color;
    made.description = k.description;
    made.is_default = true;
  }
}

} // namespace

void github_api::add_user(std::string token, user who) {
  guard const held{implementation_->lock};
  if (who.id == 0) who.id = implementation_->s.next_id();
  implementation_->s.users_by_token[std::move(token)] = std::move(who);
}

void github_api::add_repository(repository_options options) {
  guard const held{implementation_->lock};
  state& s = implementation_->s;
  auto const slash = options.full_name.find('/');
  repository made;
  made.owner = options.full_name.substr(0, slash);
  made.name = slash == std::string::npos ? "" : options.full_name.substr(slash + 1);
  if (made.owner.empty() || made.name.empty() || made.name.find('/') != std::string::npos)
    throw std::invalid_argument("a repository is \"owner/name\", not \"" + options.full_name + '"');
  if (s.find_repository(options.full_name) != nullptr)
    throw std::invalid_argument("there is a repository \"" + options.full_name + "\" already");
  made.id = s.next_id();
  made.is_private = options.is_private;
  made.archived = options.archived;
  made.has_issues = options.has_issues;
  for (auto const& [login, access] : options.roles) made.roles[lower(login)] = access;
  made.created_at = s.now();
  s.by_name[lower(options.full_name)] = s.repositories.size();
  add_default_labels(s, s.repositories.emplace_back(std::move(made)));
}

void github_api::move_repository(std::string_view from, std::string_view to) {
  guard const held{implementation_->lock};
  state& s = implementation_->s;
  auto const slash = to.find('/');
  auto const found = s.by_name.find(lower(from));
  if (found == s.by_name.end() || slash == to.npos)
    throw std::invalid_argument("cannot move \"" + std::string(from) + '"');
  std::size_t const index = found->second;
  s.by_name.erase(found);
  s.moved_from[lower(from)] = index;
  s.by_name[lower(to)] = index;
  s.repositories[index].owner = to.substr(0, slash);
  s.repositories[index].name = to.substr(slash + 1);
}

unsigned github_api::add_issue(std::string_view repository, issue_options options) {
  guard const held{implementation_->lock};
  state& s = implementation_->s;
  detail::repository* const where = s.find_repository(repository);
  if (where == nullptr)
    throw std::invalid_argument("there is no repository \"" + std::string(repository) + '"');
  issue made;
  made.title = std::move(options.title);
  made.body = std::move(options.body);
  made.author = std::move(options.author);
  for (std::string const& name : options.labels)
    made.labels.push_back(s.make_label(*where, name).name);
  made.closed = options.closed;
  made.locked = options.locked;
  made.pull_request = options.pull_request;
  made.created_at = options.created_at.value_or(s.now());
  made.updated_at = options.updated_at.value_or(made.created_at);
  if (made.closed) {
    made.state_reason = "completed";
    made.closed_at = made.updated_at;
    made.closed_by = made.author;
  }
  made.id = s.next_id();
  return where->add(std::move(made)).number;
}

bool github_api::change_issue(std::string_view repository, unsigned number,
                              std::function<void(issue&)> const& change) {
  guard const held{implementation_->lock};
  detail::repository* const where = implementation_->s.find_repository(repository);
  issue* const found = where != nullptr ? where->find(number) : nullptr;
  if (found == nullptr) return false;
  issue changed = *found;
  change(changed);
  changed.number = found->number;
  for (std::string& name : changed.labels) name = implementation_->s.make_label(*where, name).name;
  where->replace(*found, std::move(changed));
  return true;
}

std::vector<issue> github_api::issues(std::string_view repository) const {
  guard const held{implementation_->lock};
  detail::repository const* const where = implementation_->s.find_repository(repository);
  std::vector<issue> all;
  if (where != nullptr)
    std::copy_if(where->issues.begin(), where->issues.end(), std::back_inserter(all),
                 [](issue const& value) { return !value.removed; });
  return all;
}

std::optional<issue> github_api::find_issue(std::string_view repository, unsigned number) const {
  guard const held{implementation_->lock};
  detail::repository* const where = implementation_->s.find_repository(repository);
  issue const* const found = where != nullptr ? where->find(number) : nullptr;
  return found != nullptr && !found->removed ? std::optional{*found} : std::nullopt;
}

std::size_t github_api::issue_count(std::string_view repository) const {
  guard const held{implementation_->lock};
  detail::repository const* const where = implementation_->s.find_repository(repository);
  if (where == nullptr) return 0;
  return static_cast<std::size_t>(std::count_if(where->issues.begin(), where->issues.end(),
                                                [](issue const& value) { return !value.removed; }));
}

void github_api::set_fault(fault_hook hook) {
  guard const held{implementation_->lock};
  implementation_->fault = std::move(hook);
}

void github_api::set_reply_hook(reply_hook hook) {
  guard const held{implementation_->lock};
  implementation_->on_reply = std::move(hook);
}

void github_api::set_next_responses(std::vector<response> answers) {
  guard const held{implementation_->lock};
  implementation_->next.assign(std::make_move_iterator(answers.begin()),
                               std::make_move_iterator(answers.end()));
}

local_tracker::statistics github_api::statistics() const {
  guard const held{implementation_->lock};
  local_tracker::statistics seen = implementation_->counts;
  seen.violations = implementation_->s.violations;
  return seen;
}

void github_api::reset_statistics() {
  guard const held{implementation_->lock};
  implementation_->counts = {};
  implementation_->s.violations = {};
}

void github_api::set_clock(clock_function clock) {
  guard const held{implementation_->lock};
  implementation_->s.options.clock = std::move(clock);
}

void github_api::set_rate_limit(unsigned requests_per_hour) {
  guard const held{implementation_->lock};
  implementation_->s.options.rate_limit = requests_per_hour;
  implementation_->s.options.limits.requests_per_hour = 0;
  implementation_->s.forget_usage();
}

void github_api::set_origin(std::string origin) {
  guard const held{implementation_->lock};
  while (origin.ends_with('/')) origin.pop_back();
  implementation_->s.origin = std::move(origin);
}

std::string github_api::root_url() const {
  guard const held{implementation_->lock};
  return implementation_->s.root();
}

// Set once, before the first request; nothing changes it later.
std::string const& github_api::path_prefix() const {
  return implementation_->s.options.path_prefix;
}

std::vector<std::string> github_api::public_repositories() const {
  guard const held{implementation_->lock};
  std::vector<std::string> names;
  for (repository const& where : implementation_->s.repositories)
    if (!where.is_private) names.push_back(where.full_name());
  return names;
}

std::optional<github_api::repository_page>
github_api::read_page(std::string_view repository, std::size_t page, std::size_t per_page) const {
  guard const held{implementation_->lock};
  detail::repository const* const where = implementation_->s.find_repository(repository);
  if (where == nullptr || where->is_private) return std::nullopt;
  repository_page result{where->full_name(), 0, {}};
  std::size_t const skipped = (std::max<std::size_t>(page, 1) - 1) * per_page;
  for (auto entry = where->order.by_created.rbegin(); entry != where->order.by_created.rend();
       ++entry) {
    issue const& value = *where->find(entry->second);
    if (value.removed) continue;
    if (result.count >= skipped && result.issues.size() < per_page) {
      issue& shown = result.issues.emplace_back();
      shown.number = value.number;
      shown.title = value.title;
      shown.author = value.author;
      shown.labels = value.labels;
      shown.closed = value.closed;
      shown.created_at = value.created_at;
    }
    ++result.count;
  }
  return result;
}

std::optional<issue> github_api::read_issue(std::string_view repository, unsigned number) const {
  guard const held{implementation_->lock};
  detail::repository const* const where = implementation_->s.find_repository(repository);
  if (where == nullptr || where->is_private || !where->has_issues) return std::nullopt;
  issue const* const found = where->find(number);
  return found != nullptr && !found->removed ? std::optional{*found} : std::nullopt;
}

std::optional<std::string> github_api::moved_to(std::string_view repository) const {
  guard const held{implementation_->lock};
  state const& s = implementation_->s;
  auto const found = s.moved_from.find(lower(repository));
  if (found == s.moved_from.end() || s.repositories[found->second].is_private) return std::nullopt;
  return s.repositories[found->second].full_name();
}

std::optional<label> github_api::find_label(std::string_view repository,
                                            std::string_view name) const {
  guard const held{implementation_->lock};
  detail::repository const* const where = implementation_->s.find_repository(repository);
  if (where == nullptr) return std::nullopt;
  auto const found = where->labels.find(lower(name));
  return found != where->labels.end() ? std::optional{found->second} : std::nullopt;
}

} // namespace local_tracker
