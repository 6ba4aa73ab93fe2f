// Issues, their comments and their labels.
#include <algorithm>
#include <local_tracker/state.hpp>

namespace local_tracker::detail {
namespace {

void need_issues(call const& c) {
  if (!c.where->has_issues) throw refusal{410, "Issues are disabled for this repo"};
}

/// What create and update read from the body alike.
struct fields {
  text_field title;
  text_field body;
  std::optional<std::vector<std::string>> labels;
  std::optional<std::vector<std::string>> assignees;
  json::value const* milestone = nullptr;
  text_field state;
  text_field state_reason;
};

fields take_fields(json::object const& body) {
  fields f;
  f.title = take_text(body, "title", true);
  f.body = take_text(body, "body");
  f.labels = take_labels(body, "labels", true);
  if (json::value const* const given = body.if_contains("assignees")) {
    if (!given->is_array())
      refuse_shape("For 'properties/assignees', " + ruby_inspect(*given) + " is not an array.");
    f.assignees.emplace();
    for (json::value const& login : given->get_array()) {
      if (!login.is_string())
        refuse_shape("For 'items', " + ruby_inspect(login) + " is not a string.");
      f.assignees->emplace_back(login.get_string());
    }
  }
  if (text_field const one = take_text(body, "assignee");
      one.value && !one.value->empty() && !f.assignees)
    f.assignees = std::vector{*one.value};
  f.milestone = body.if_contains("milestone");
  if (f.milestone != nullptr && !f.milestone->is_null() && !f.milestone->is_string() &&
      !f.milestone->is_int64())
    refuse_shape("For 'properties/milestone', " + ruby_inspect(*f.milestone) +
                 " is not an integer, string, or null.");
  f.state = take_text(body, "state");
  if (f.state.value && *f.state.value != "open" && *f.state.value != "closed")
    refuse_shape("For 'properties/state', " + ruby_inspect(json::value(*f.state.value)) +
                 " is not a member of [\"open\", \"closed\"].");
  f.state_reason = take_text(body, "state_reason");
  if (auto const& why = f.state_reason.value; why && *why != "completed" && *why != "not_planned" &&
                                              *why != "duplicate" && *why != "reopened")
    refuse_shape(
        "For 'properties/state_reason', " + ruby_inspect(json::value(*why)) +
        " is not a member of [\"completed\", \"not_planned\", \"duplicate\", \"reopened\", nil].");
  return f;
}

/// Everything that only writers may set; for everybody else GitHub drops it without a word.
void check_writers_fields(call const& c, fields const& f) {
  if (f.labels) check_label_names(*f.labels);
  json::array errors;
  if (f.assignees)
    for (std::string const& login : *f.assignees)
      if (c.s.find_user(login) == nullptr)
        errors.push_back(
            {{"value", login}, {"resource", "Issue"}, {"field", "assignees"}, {"code", "invalid"}});
  // There are no milestones here, so that any but null is wrong.
  if (f.milestone != nullptr && !f.milestone->is_null())
    errors.push_back({{"value", *f.milestone},
                      {"resource", "Issue"},
                      {"field", "milestone"},
                      {"code", "invalid"}});
  if (!errors.empty()) refuse_invalid(std::move(errors));
}

void apply_writers_fields(call& c, fields const& f, issue& on) {
  if (f.labels) {
    on.labels.clear();
    for (std::string const& name : *f.labels)
      on.labels.push_back(c.s.make_label(*c.where, name).name);
  }
  if (f.assignees) {
    on.assignees.clear();
    for (std::string const& login : *f.assignees)
      on.assignees.push_back(c.s.find_user(login)->login);
  }
}

bool is_author(call const& c, issue const& on) {
  return c.who != nullptr && same_text(c.who->login, on.author);
}

void check_may_label(call const& c, std::vector<std::string> const& names) {
  if (c.access < role::triage) throw refusal{403, "Must have admin rights to Repository."};
  need_writable(c);
  check_label_names(names);
  if (c.access >= role::write) return;
  for (std::string const& name : names)
    if (!c.where->labels.contains(lower(name)))
      throw refusal{403,
                    "You do not have permission to create labels on this repository.",
                    {{{"resource", "Repository"}, {"field", "label"}, {"code", "unauthorized"}}}};
}

/// `["a"]`, `{"labels":["a"]}` or `{"labels":[{"name":"a"}]}`.
std::vector<std::string> labels_of_body(call const& c) {
  if (c.asked.body.empty()) refuse_shape("\"labels\" wasn't supplied.");
  json::value const body = parse_body(c.asked.body);
  if (body.is_array()) return label_names(body.get_array());
  if (!body.is_object()) throw refusal{400, "Body should be a JSON object"};
  auto names = take_labels(body.get_object(), "labels", true);
  if (!names) refuse_shape("\"labels\" wasn't supplied.");
  return std::move(*names);
}

void change_labels(call& c, bool keep_old) {
  issue& on = issue_of(c);
  std::vector<std::string> const names = labels_of_body(c);
  check_may_label(c, names);
  issue changed = on;
  if (!keep_old) changed.labels.clear();
  for (std::string const& name : names) {
    std::string const& spelled = c.s.make_label(*c.where, name).name;
    if (std::find(changed.labels.begin(), changed.labels.end(), spelled) == changed.labels.end())
      changed.labels.push_back(spelled);
  }
  if (changed.labels != on.labels) {
    changed.updated_at = c.now;
    c.where->replace(on, std::move(changed));
  }
  c.reply(200, labels_json(c.s, *c.where, on));
}

void change_state(call& c, fields const& f, issue& on) {
  bool const closing = *f.state.value == "closed";
  auto const& why = f.state_reason.value;
  if (closing == on.closed) return; // a reason counts only where the state changes
  if (why && closing == (*why == "reopened"))
    refuse_invalid({field_error("Issue", "state_reason", "invalid")});
  if (closing) {
    on.state_reason = why.value_or("completed");
    on.closed_at = c.now;
    on.closed_by = c.who->login;
  } else {
    // Authors may reopen only what they closed themselves; GitHub gives no more reason than this.
    if (c.access < role::triage && !same_text(on.closed_by, c.who->login)) refuse_invalid({});
    on.state_reason = "reopened";
    on.closed_at.reset();
    on.closed_by.clear();
  }
  on.closed = closing;
}

} // namespace

issue& issue_of(call& c) {
  need_issues(c);
  issue* const found = c.where->find(c.number);
  if (found == nullptr) throw refusal{404, "Not Found"};
  if (found->removed) throw refusal{410, "This issue was deleted"};
  return *found;
}

void need_writable(call const& c) {
  if (c.where->archived) throw refusal{403, "Repository was archived so is read-only."};
}

void create_issue(call& c) {
  need_issues(c);
  json::object const body = parse_object(c.asked.body);
  fields const f = take_fields(body);
  if (!f.title.given) refuse_shape("\"title\" wasn't supplied.");
  if (!f.title.value) refuse_shape("For 'properties/title', nil is not a string or integer.");
  need_writable(c);
  json::array errors;
  check_title(*f.title.value, errors);
  if (f.body.value) check_issue_body(*f.body.value, errors);
  if (!errors.empty()) refuse_invalid(std::move(errors));
  if (c.access >= role::write) check_writers_fields(c, f);
  count_creation(c);

  issue made;
  made.title = *f.title.value;
  made.body = f.body.value;
  made.author = c.who->login;
  made.created_at = made.updated_at = c.now;
  if (c.access >= role::write) apply_writers_fields(c, f, made);
  made.id = c.s.next_id();
  issue const& stored = c.where->add(std::move(made));
  json::object const answer = issue_json(c.s, *c.where, stored);
  c.answer.set("Location", std::string(answer.at("url").as_string()));
  c.reply(201, answer);
}

void get_issue(call& c) { c.reply(200, issue_json(c.s, *c.where, issue_of(c))); }

void patch_issue(call& c) {
  issue& on = issue_of(c);
  json::object const body = parse_object(c.asked.body);
  fields const f = take_fields(body);
  if (f.title.given && !f.title.value)
    refuse_shape("For 'properties/title', nil is not a string or integer.");
  if (c.access < role::triage && !is_author(c, on))
    throw refusal{403, "Must have admin rights to Repository."};
  need_writable(c);
  json::array errors;
  if (f.title.value) check_title(*f.title.value, errors);
  if (f.body.value) check_issue_body(*f.body.value, errors);
  if (!errors.empty()) refuse_invalid(std::move(errors));
  if (c.access >= role::write) check_writers_fields(c, f);

  issue changed = on;
  if (f.title.value) changed.title = *f.title.value;
  if (f.body.given) changed.body = f.body.value;
  if (f.state.value) change_state(c, f, changed);
  if (c.access >= role::write) apply_writers_fields(c, f, changed);
  if (!body.empty()) changed.updated_at = c.now;
  c.where->replace(on, std::move(changed));
  c.reply(200, issue_json(c.s, *c.where, on));
}

void list_comments(call& c) {
  issue const& on = issue_of(c);
  std::optional<time_point> since;
  if (std::string const* const text = c.at.find("since"); text != nullptr) {
    since = parse_time(*text);
    if (!since) refuse_invalid({field_error("IssueComment", "since", "invalid")});
  }
  std::vector<comment const*> shown;
  for (comment const& value : on.comments)
    if (!since || value.updated_at >= *since) shown.push_back(&value);
  paging const pages = paging_of(c);
  json::array body;
  for (std::size_t i = pages.begin(shown.size()); i < pages.end(shown.size()); ++i)
    body.push_back(comment_json(c.s, *c.where, on, *shown[i]));
  link_pages(c, pages, shown.size(), "/issues/" + std::to_string(on.number) + "/comments");
  c.reply(200, body);
}

void create_comment(call& c) {
  issue& on = issue_of(c);
  json::object const body = parse_object(c.asked.body);
  text_field const text = take_text(body, "body");
  if (!text.given) refuse_shape("\"body\" wasn't supplied.");
  if (!text.value) refuse_shape("For 'properties/body', nil is not a string.");
  need_writable(c);
  if (on.locked && c.access < role::write)
    throw refusal{403,
                  "Unable to create comment because issue is locked.",
                  {},
                  {},
                  "https://docs.github.com/articles/locking-conversations/"};
  // Comments are refused in other words than issues are.
  if (blank(*text.value))
    refuse_invalid({field_error("IssueComment", "data", "unprocessable", "Body cannot be blank")});
  if (code_points(*text.value) > 65536)
    refuse_invalid({field_error("IssueComment", "data", "unprocessable",
                                "Body is too long (maximum is 65536 characters)")});
  count_creation(c);

  on.comments.push_back({c.s.next_id(), c.who->login, *text.value, c.now, c.now});
  c.where->touch(on, c.now);
  json::object const answer = comment_json(c.s, *c.where, on, on.comments.back());
  c.answer.set("Location", std::string(answer.at("url").as_string()));
  c.reply(201, answer);
}

void list_issue_labels(call& c) {
  json::array const all = labels_json(c.s, *c.where, issue_of(c));
  paging const pages = paging_of(c);
  json::array body;
  for (std::size_t i = pages.begin(all.size()); i < pages.end(all.size()); ++i)
    body.push_back(all[i]);
  link_pages(c, pages, all.size(), "/issues/" + std::to_string(c.number) + "/labels");
  c.reply(200, body);
}

void add_issue_labels(call& c) { change_labels(c, true); }
void set_issue_labels(call& c) { change_labels(c, false); }

void remove_issue_label(call& c) {
  issue& on = issue_of(c);
  check_may_label(c, {});
  issue changed = on;
  if (std::erase_if(changed.labels,
                    [&](std::string const& name) { return same_text(name, c.name); }) == 0)
    throw refusal{404, "Label does not exist"};
  changed.updated_at = c.now;
  c.where->replace(on, std::move(changed));
  c.reply(200, labels_json(c.s, *c.where, on));
}

} // namespace local_tracker::detail
