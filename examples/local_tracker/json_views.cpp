#include <array>
#include <local_tracker/state.hpp>

namespace local_tracker::detail {
namespace {

json::value time_or_null(std::optional<time_point> const& when) {
  return when ? json::value(iso_time(*when)) : json::value(nullptr);
}

json::value text_or_null(std::optional<std::string> const& text) {
  return text ? json::value(*text) : json::value(nullptr);
}

/// Opaque to clients, as GitHub's are.
std::string node_id(std::string_view kind, std::uint64_t id) {
  std::string text = base64(std::string(kind) + ':' + std::to_string(id));
  return std::string(kind) + "_" + text.substr(0, text.find('='));
}

std::string repository_url(state const& s, repository const& where) {
  return s.api_root() + "/repos/" + where.full_name();
}

std::string association(state const& s, repository const& where, std::string_view login) {
  if (same_text(login, where.owner)) return "OWNER";
  return s.role_of(s.find_user(login), where) >= role::triage ? "COLLABORATOR" : "NONE";
}

json::object no_reactions(std::string const& url) {
  return {{"url", url + "/reactions"},
          {"total_count", 0},
          {"+1", 0},
          {"-1", 0},
          {"laugh", 0},
          {"hooray", 0},
          {"confused", 0},
          {"heart", 0},
          {"rocket", 0},
          {"eyes", 0}};
}

} // namespace

json::object user_json(state const& s, std::string_view login) {
  user const* const known = s.find_user(login);
  std::uint64_t const id = known != nullptr ? known->id : 1;
  std::string const url = s.api_root() + "/users/" + std::string(login);
  return {{"login", login},
          {"id", id},
          {"node_id", node_id("U", id)},
          {"avatar_url", s.root() + "/avatars/u/" + std::to_string(id) + "?v=4"},
          {"gravatar_id", ""},
          {"url", url},
          {"html_url", s.root() + '/' + std::string(login)},
          {"followers_url", url + "/followers"},
          {"following_url", url + "/following{/other_user}"},
          {"gists_url", url + "/gists{/gist_id}"},
          {"starred_url", url + "/starred{/owner}{/repo}"},
          {"subscriptions_url", url + "/subscriptions"},
          {"organizations_url", url + "/orgs"},
          {"repos_url", url + "/repos"},
          {"events_url", url + "/events{/privacy}"},
          {"received_events_url", url + "/received_events"},
          {"type", known != nullptr ? known->type : "User"},
          {"site_admin", false}};
}

json::object own_user_json(state const& s, user const& value) {
  json::object result = user_json(s, value.login);
  for (char const* key :
       {"name", "company", "location", "email", "hireable", "bio", "twitter_username"})
    result[key] = nullptr;
  result["blog"] = "";
  for (char const* key :
       {"public_repos", "public_gists", "followers", "following", "private_gists",
        "total_private_repos", "owned_private_repos", "disk_usage", "collaborators"})
    result[key] = 0;
  result["two_factor_authentication"] = true;
  result["created_at"] = "2020-01-01T00:00:00Z";
  result["updated_at"] = "2020-01-01T00:00:00Z";
  return result;
}

json::object label_json(state const& s, repository const& where, label const& value) {
  // A path, not a form: the space is %20 here.
  std::string path;
  for (char const c : form_encode(value.name)) (c == '+') ? path += "%20" : path += c;
  return {{"id", value.id},
          {"node_id", node_id("LA", value.id)},
          {"url", repository_url(s, where) + "/labels/" + path},
          {"name", value.name},
          {"color", value.color},
          {"default", value.is_default},
          {"description", text_or_null(value.description)}};
}

json::array labels_json(state const& s, repository const& where, issue const& value) {
  json::array result;
  for (std::string const& name : value.labels)
    if (auto const found = where.labels.find(lower(name)); found != where.labels.end())
      result.push_back(label_json(s, where, found->second));
  return result;
}

json::object issue_json(state const& s, repository const& where, issue const& value) {
  std::string const number = std::to_string(value.number);
  std::string const url = repository_url(s, where) + "/issues/" + number;
  std::string const html =
      s.root() + '/' + where.full_name() + (value.pull_request ? "/pull/" : "/issues/") + number;
  json::array assignees;
  for (std::string const& login : value.assignees) assignees.push_back(user_json(s, login));

  json::object result{{"url", url},
                      {"repository_url", repository_url(s, where)},
                      {"labels_url", url + "/labels{/name}"},
                      {"comments_url", url + "/comments"},
                      {"events_url", url + "/events"},
                      {"html_url", html},
                      {"id", value.id},
                      {"node_id", node_id(value.pull_request ? "PR" : "I", value.id)},
                      {"number", value.number},
                      {"title", value.title},
                      {"user", user_json(s, value.author)},
                      {"labels", labels_json(s, where, value)},
                      {"state", value.closed ? "closed" : "open"},
                      {"locked", value.locked},
                      {"assignee", assignees.empty() ? json::value(nullptr) : assignees.front()},
                      {"assignees", assignees},
                      {"milestone", nullptr},
                      {"comments", value.comments.size()},
                      {"created_at", iso_time(value.created_at)},
                      {"updated_at", iso_time(value.updated_at)},
                      {"closed_at", time_or_null(value.closed_at)},
                      {"author_association", association(s, where, value.author)},
                      {"active_lock_reason", nullptr},
                      {"body", text_or_null(value.body)},
                      {"closed_by", value.closed && !value.closed_by.empty()
                                        ? json::value(user_json(s, value.closed_by))
                                        : json::value(nullptr)},
                      {"reactions", no_reactions(url)},
                      {"timeline_url", url + "/timeline"},
                      {"performed_via_github_app", nullptr},
                      {"state_reason", text_or_null(value.state_reason)}};
  if (value.pull_request) {
    result["draft"] = false;
    result["pull_request"] = {{"url", repository_url(s, where) + "/pulls/" + number},
                              {"html_url", html},
                              {"diff_url", html + ".diff"},
                              {"patch_url", html + ".patch"},
                              {"merged_at", nullptr}};
  }
  return result;
}

json::object comment_json(state const& s, repository const& where, issue const& on,
                          comment const& value) {
  std::string const issue_url = repository_url(s, where) + "/issues/" + std::to_string(on.number);
  std::string const url = repository_url(s, where) + "/issues/comments/" + std::to_string(value.id);
  return {{"url", url},
          {"html_url", s.root() + '/' + where.full_name() + "/issues/" + std::to_string(on.number) +
                           "#issuecomment-" + std::to_string(value.id)},
          {"issue_url", issue_url},
          {"id", value.id},
          {"node_id", node_id("IC", value.id)},
          {"user", user_json(s, value.author)},
          {"created_at", iso_time(value.created_at)},
          {"updated_at", iso_time(value.updated_at)},
          {"author_association", association(s, where, value.author)},
          {"body", value.body},
          {"reactions", no_reactions(url)},
          {"performed_via_github_app", nullptr}};
}

json::object repository_json(state const& s, repository const& where, role access) {
  std::string const url = repository_url(s, where);
  std::string const html = s.root() + '/' + where.full_name();
  std::size_t open = 0;
  for (issue const& value : where.issues) open += !value.closed && !value.removed;
  json::object result{{"id", where.id},
                      {"node_id", node_id("R", where.id)},
                      {"name", where.name},
                      {"full_name", where.full_name()},
                      {"private", where.is_private},
                      {"owner", user_json(s, where.owner)},
                      {"html_url", html},
                      {"description", nullptr},
                      {"fork", false},
                      {"url", url}};
  static constexpr std::array<std::pair<char const*, char const*>, 37> links{{
      {"archive_url", "/{archive_format}{/ref}"},
      {"assignees_url", "/assignees{/user}"},
      {"blobs_url", "/git/blobs{/sha}"},
      {"branches_url", "/branches{/branch}"},
      {"collaborators_url", "/collaborators{/collaborator}"},
      {"comments_url", "/comments{/number}"},
      {"commits_url", "/commits{/sha}"},
      {"compare_url", "/compare/{base}...{head}"},
      {"contents_url", "/contents/{+path}"},
      {"contributors_url", "/contributors"},
      {"deployments_url", "/deployments"},
      {"downloads_url", "/downloads"},
      {"events_url", "/events"},
      {"forks_url", "/forks"},
      {"git_commits_url", "/git/commits{/sha}"},
      {"git_refs_url", "/git/refs{/sha}"},
      {"git_tags_url", "/git/tags{/sha}"},
      {"hooks_url", "/hooks"},
      {"issue_comment_url", "/issues/comments{/number}"},
      {"issue_events_url", "/issues/events{/number}"},
      {"issues_url", "/issues{/number}"},
      {"keys_url", "/keys{/key_id}"},
      {"labels_url", "/labels{/name}"},
      {"languages_url", "/languages"},
      {"merges_url", "/merges"},
      {"milestones_url", "/milestones{/number}"},
      {"notifications_url", "/notifications{?since,all,participating}"},
      {"pulls_url", "/pulls{/number}"},
      {"releases_url", "/releases{/id}"},
      {"stargazers_url", "/stargazers"},
      {"statuses_url", "/statuses/{sha}"},
      {"subscribers_url", "/subscribers"},
      {"subscription_url", "/subscription"},
      {"tags_url", "/tags"},
      {"teams_url", "/teams"},
      {"trees_url", "/git/trees{/sha}"},
      {"svn_url", ""},
  }};
  for (auto const& [key, path] : links) result[key] = url + path;
  result["svn_url"] = html;
  result["git_url"] = "git:" + html.substr(html.find(':') + 1) + ".git";
  result["clone_url"] = html + ".git";
  result["ssh_url"] = "git@localhost:" + where.full_name() + ".git";
  for (char const* key : {"homepage", "language", "mirror_url", "license"}) result[key] = nullptr;
  for (char const* key : {"forks_count", "forks", "stargazers_count", "watchers_count", "watchers",
                          "size", "network_count", "subscribers_count"})
    result[key] = 0;
  for (char const* key :
       {"is_template", "has_pages", "has_downloads", "has_discussions", "disabled"})
    result[key] = false;
  for (char const* key : {"has_projects", "has_wiki", "allow_forking"}) result[key] = true;
  result["default_branch"] = "main";
  result["open_issues_count"] = open;
  result["open_issues"] = open;
  result["topics"] = json::array();
  result["has_issues"] = where.has_issues;
  result["archived"] = where.archived;
  result["web_commit_signoff_required"] = false;
  result["visibility"] = where.is_private ? "private" : "public";
  for (char const* key : {"pushed_at", "created_at", "updated_at"})
    result[key] = iso_time(where.created_at);
  result["permissions"] = {{"admin", access >= role::admin},
                           {"maintain", access >= role::admin},
                           {"push", access >= role::write},
                           {"triage", access >= role::triage},
                           {"pull", access >= role::read || !where.is_private}};
  return result;
}

} // namespace local_tracker::detail
