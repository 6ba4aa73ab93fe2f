// Which request means what, and the small resources: user, repository, labels, rate limit.
#include <array>
#include <charconv>
#include <local_tracker/state.hpp>

namespace local_tracker::detail {
namespace {

void get_user(call& c) { c.reply(200, own_user_json(c.s, *c.who)); }

void get_repository(call& c) { c.reply(200, repository_json(c.s, *c.where, c.access)); }

void get_rate_limit(call& c) {
  usage const& spent = c.s.usage_of(c.who);
  unsigned const limit = c.s.primary_limit();
  auto const reset = (spent.start + std::chrono::hours{1}).time_since_epoch().count();
  json::object const core{{"limit", limit},
                          {"used", spent.used},
                          {"remaining", limit - std::min(limit, spent.used)},
                          {"reset", reset}};
  json::object const search{{"limit", 30}, {"used", 0}, {"remaining", 30}, {"reset", reset}};
  c.reply(200, {{"resources", {{"core", core}, {"search", search}}}, {"rate", core}});
}

void list_labels(call& c) {
  paging const pages = paging_of(c);
  std::vector<label const*> all;
  all.reserve(c.where->labels.size());
  for (auto const& [key, value] : c.where->labels) all.push_back(&value);
  json::array body;
  for (std::size_t i = pages.begin(all.size()); i < pages.end(all.size()); ++i)
    body.push_back(label_json(c.s, *c.where, *all[i]));
  link_pages(c, pages, all.size(), "/labels");
  c.reply(200, body);
}

void get_label(call& c) {
  auto const found = c.where->labels.find(lower(c.name));
  if (found == c.where->labels.end()) throw refusal{404, "Not Found"};
  c.reply(200, label_json(c.s, *c.where, found->second));
}

void create_label(call& c) {
  json::object const body = parse_object(c.asked.body);
  text_field const name = take_text(body, "name");
  text_field const color = take_text(body, "color");
  text_field const description = take_text(body, "description");
  if (!name.given) refuse_shape("\"name\" wasn't supplied.");
  if (c.access < role::write) throw refusal{c.who != nullptr ? 404U : 401U, "Not Found"};
  need_writable(c);

  json::array errors;
  std::string const text = name.value.value_or("");
  if (blank(text)) errors.push_back(field_error("Label", "name", "missing_field"));
  if (code_points(text) > 50)
    errors.push_back(
        field_error("Label", "name", "custom", "name is too long (maximum is 50 characters)"));
  if (color.value &&
      (color.value->size() != 6 ||
       color.value->find_first_not_of("0123456789abcdefABCDEF") != std::string::npos))
    errors.push_back(field_error("Label", "color", "invalid"));
  if (description.value && code_points(*description.value) > 100)
    errors.push_back(field_error("Label", "description", "custom",
                                 "description is too long (maximum is 100 characters)"));
  if (c.where->labels.contains(lower(text)))
    errors.push_back(field_error("Label", "name", "already_exists"));
  if (!errors.empty()) refuse_invalid(std::move(errors));

  label& made = c.s.make_label(*c.where, text);
  if (color.value) made.color = lower(*color.value);
  made.description = description.value;
  json::object const answer = label_json(c.s, *c.where, made);
  c.answer.set("Location", std::string(answer.at("url").as_string()));
  c.reply(201, answer);
}

void list_milestones(call& c) { c.reply(200, json::array()); }

struct route {
  std::string_view method;
  std::string_view pattern;
  std::string_view documentation;
  void (*run)(call&);
};

constexpr std::array<route, 21> routes{{
    {"GET", "/user", "/users/users#get-the-authenticated-user", get_user},
    {"GET", "/rate_limit",
     "/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user", get_rate_limit},
    {"GET", "/repos/{owner}/{repo}", "/repos/repos#get-a-repository", get_repository},
    {"GET", "/repos/{owner}/{repo}/issues", "/issues/issues#list-repository-issues", list_issues},
    {"POST", "/repos/{owner}/{repo}/issues", "/issues/issues#create-an-issue", create_issue},
    {"GET", "/repos/{owner}/{repo}/issues/{number}", "/issues/issues#get-an-issue", get_issue},
    {"PATCH", "/repos/{owner}/{repo}/issues/{number}", "/issues/issues#update-an-issue",
     patch_issue},
    {"POST", "/repos/{owner}/{repo}/issues/{number}", "/issues/issues#update-an-issue",
     patch_issue},
    {"GET", "/repos/{owner}/{repo}/issues/{number}/comments",
     "/issues/comments#list-issue-comments", list_comments},
    {"POST", "/repos/{owner}/{repo}/issues/{number}/comments",
     "/issues/comments#create-an-issue-comment", create_comment},
    {"GET", "/repos/{owner}/{repo}/issues/{number}/labels",
     "/issues/labels#list-labels-for-an-issue", list_issue_labels},
    {"POST", "/repos/{owner}/{repo}/issues/{number}/labels",
     "/issues/labels#add-labels-to-an-issue", add_issue_labels},
    {"PUT", "/repos/{owner}/{repo}/issues/{number}/labels",
     "/issues/labels#set-labels-for-an-issue", set_issue_labels},
    {"DELETE", "/repos/{owner}/{repo}/issues/{number}/labels/{name}",
     "/issues/labels#remove-a-label-from-an-issue", remove_issue_label},
    {"GET", "/repos/{owner}/{repo}/labels", "/issues/labels#list-labels-for-a-repository",
     list_labels},
    {"POST", "/repos/{owner}/{repo}/labels", "/issues/labels#create-a-label", create_label},
    {"GET", "/repos/{owner}/{repo}/labels/{name}", "/issues/labels#get-a-label", get_label},
    {"GET", "/repos/{owner}/{repo}/milestones", "/issues/milestones#list-milestones",
     list_milestones},
    {"HEAD", "/repos/{owner}/{repo}", "/repos/repos#get-a-repository", get_repository},
    {"HEAD", "/repos/{owner}/{repo}/issues", "/issues/issues#list-repository-issues", list_issues},
    {"HEAD", "/repos/{owner}/{repo}/issues/{number}", "/issues/issues#get-an-issue", get_issue},
}};

bool matches(std::string_view pattern, std::vector<std::string> const& segments) {
  std::size_t index = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    auto const slash = pattern.find('/');
    std::string_view const part = pattern.substr(0, slash);
    if (index == segments.size() || segments[index].empty()) return false;
    if (!part.starts_with('{') && part != segments[index]) return false;
    ++index;
    if (slash == pattern.npos) break;
    pattern.remove_prefix(slash);
  }
  return index == segments.size();
}

bool to_number(std::string_view text, std::uint64_t& value) {
  auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failed == std::errc{} && end == text.data() + text.size();
}

/// A moved repository answers with its id's address, which goes on working.
[[noreturn]] void redirect(call const& c, repository const& to) {
  std::string url = c.s.api_root() + "/repositories/" + std::to_string(to.id);
  for (std::size_t i = 3; i < c.at.segments.size(); ++i) {
    url += '/';
    for (char const byte : form_encode(c.at.segments[i]))
      (byte == '+') ? url += "%20" : url += byte;
  }
  url += query_with(c, {});
  bool const reading = c.asked.method == "GET" || c.asked.method == "HEAD";
  throw refusal{
      reading ? 301U : 307U,
      "Moved Permanently",
      {},
      {{"Location", url}},
      "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects"};
}

} // namespace

void run_route(call& c, std::string& name) {
  auto& segments = c.at.segments;
  bool const by_id = segments.size() >= 2 && segments[0] == "repositories";
  repository* by_id_found = nullptr;
  if (by_id) {
    std::uint64_t id = 0;
    if (to_number(segments[1], id))
      for (repository& r : c.s.repositories)
        if (r.id == id) by_id_found = &r;
    segments[0] = "repos";
    segments.insert(segments.begin() + 2, "-"); // owner and name come from the repository found
  }

  route const* found = nullptr;
  for (route const& r : routes)
    if (r.method == c.asked.method && matches(r.pattern, segments)) found = &r;
  if (found == nullptr) throw refusal{404, "Not Found"};
  name = std::string(found->method) + ' ' + std::string(found->pattern);
  if (by_id) name.replace(name.find("/repos/{owner}/{repo}"), 21, "/repositories/{id}");
  c.documentation = found->documentation;

  if (found->pattern.starts_with("/repos/")) {
    std::string const full_name = segments[1] + '/' + segments[2];
    c.where = by_id ? by_id_found : c.s.find_repository(full_name);
    if (c.where == nullptr) {
      auto const moved = c.s.moved_from.find(lower(full_name));
      if (moved == c.s.moved_from.end()) throw refusal{404, "Not Found"};
      repository const& to = c.s.repositories[moved->second];
      if (to.is_private && c.s.role_of(c.who, to) < role::read) throw refusal{404, "Not Found"};
      redirect(c, to);
    }
    c.access = c.s.role_of(c.who, *c.where);
    // Whoever may not read a private repository must not even learn that it exists.
    if (c.where->is_private && c.access < role::read) throw refusal{404, "Not Found"};
    if (found->pattern.find("{number}") != std::string_view::npos &&
        !to_number(segments[4], c.number))
      throw refusal{404, "Not Found"};
    if (found->pattern.ends_with("{name}")) c.name = segments.back();
    bool const reading = c.asked.method == "GET" || c.asked.method == "HEAD";
    if (c.who == nullptr && !reading) throw refusal{401, "Requires authentication"};
  } else if (c.who == nullptr && found->pattern == "/user") {
    throw refusal{401, "Requires authentication"};
  }
  found->run(c);
}

} // namespace local_tracker::detail
