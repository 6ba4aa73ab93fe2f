// The list of issues. JSON is built only for the page asked for, a `since` looks only at what
// changed after it, and labels only at what has the rarest of them.
#include <algorithm>
#include <local_tracker/state.hpp>
#include <tuple>

namespace local_tracker::detail {
namespace {

enum class order { created, updated, comments };

struct filter {
  std::optional<bool> closed = false;
  std::vector<std::string> labels;
  std::string creator;
  std::string assignee;
  std::optional<time_point> since;
  bool nothing = false; ///< e.g. a label that the repository does not have

  bool operator()(issue const& value) const {
    if (value.removed || (closed && value.closed != *closed)) return false;
    if (!creator.empty() && !same_text(value.author, creator)) return false;
    if (!assignee.empty() && !has_assignee(value)) return false;
    return std::all_of(labels.begin(), labels.end(), [&](std::string const& name) {
      return std::find(value.labels.begin(), value.labels.end(), name) != value.labels.end();
    });
  }

  bool has_assignee(issue const& value) const {
    if (assignee == "none") return value.assignees.empty();
    if (assignee == "*") return !value.assignees.empty();
    return std::any_of(value.assignees.begin(), value.assignees.end(),
                       [&](std::string const& login) { return same_text(login, assignee); });
  }
};

/// The value of a parameter that must be one of a few.
std::string choice(call const& c, std::string_view name,
                   std::initializer_list<std::string_view> allowed) {
  std::string const* const given = c.at.find(name);
  if (given == nullptr || given->empty()) return std::string(*allowed.begin());
  if (std::find(allowed.begin(), allowed.end(), *given) == allowed.end())
    refuse_invalid(
        {{{"value", *given}, {"resource", "Issue"}, {"field", name}, {"code", "invalid"}}});
  return *given;
}

filter filter_of(call const& c) {
  filter f;
  std::string const state = choice(c, "state", {"open", "closed", "all"});
  f.closed = state == "all" ? std::nullopt : std::optional{state == "closed"};
  if (std::string const* const names = c.at.find("labels"); names != nullptr) {
    std::string_view rest = *names;
    while (!rest.empty()) {
      auto const comma = rest.find(',');
      std::string_view const name = rest.substr(0, comma);
      rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
      if (blank(name)) continue;
      auto const found = c.where->labels.find(lower(name));
      if (found == c.where->labels.end())
        f.nothing = true;
      else
        f.labels.push_back(found->second.name);
    }
  }
  if (std::string const* const login = c.at.find("creator"); login != nullptr) f.creator = *login;
  if (std::string const* const login = c.at.find("assignee"); login != nullptr) f.assignee = *login;
  if (std::string const* const text = c.at.find("since"); text != nullptr && !text->empty()) {
    f.since = parse_time(*text);
    if (!f.since) refuse_invalid({field_error("Issue", "since", "invalid")});
  }
  return f;
}

/// What lists are ordered by; the number makes it unique.
std::pair<std::int64_t, unsigned> key_of(order by, issue const& value) {
  switch (by) {
  case order::created:
    return {value.created_at.time_since_epoch().count(), value.number};
  case order::updated:
    return {value.updated_at.time_since_epoch().count(), value.number};
  default:
    return {static_cast<std::int64_t>(value.comments.size()), value.number};
  }
}

std::vector<issue const*> matching(repository const& where, filter const& f, order by) {
  std::vector<issue const*> found;
  if (f.nothing) return found;
  auto const add = [&](auto first, auto last) {
    for (; first != last; ++first)
      if (issue const* const value = where.find(first->second); f(*value)) found.push_back(value);
  };
  // Of the labels asked for, the rarest one leaves the least to look at.
  issue_order const* rarest = &where.order;
  for (std::string const& name : f.labels) {
    auto const with = where.order_by_label.find(name);
    if (with == where.order_by_label.end()) return found;
    if (with->second.by_created.size() < rarest->by_created.size()) rarest = &with->second;
  }
  bool sorted = true;
  if (f.since) {
    add(rarest->by_updated.lower_bound({*f.since, 0}), rarest->by_updated.end());
    sorted = by == order::updated;
  } else {
    auto const& index = by == order::updated ? rarest->by_updated : rarest->by_created;
    add(index.begin(), index.end());
    sorted = by != order::comments;
  }
  if (!sorted)
    std::sort(found.begin(), found.end(),
              [&](issue const* a, issue const* b) { return key_of(by, *a) < key_of(by, *b); });
  return found;
}

std::string cursor_of(order by, issue const& value) {
  auto const [key, number] = key_of(by, value);
  return base64("cursor:v2:" + std::to_string(key) + ':' + std::to_string(number));
}

std::pair<std::int64_t, unsigned> read_cursor(std::string const& text) {
  auto const plain = from_base64(text);
  long long key = 0;
  unsigned number = 0;
  if (!plain || std::sscanf(plain->c_str(), "cursor:v2:%20lld:%9u", &key, &number) != 2)
    throw refusal{422, "The provided cursor is invalid."};
  return {key, number};
}

/// github.com's newer way: pages follow the last entry seen, not a count, so that entries that come
/// or go meanwhile shift nothing.
void reply_by_cursor(call& c, std::vector<issue const*> const& found, order by, bool descending) {
  paging const pages = paging_of(c);
  std::string const* const after = c.at.find("after");
  if (after == nullptr && pages.page * pages.per_page >= 10000)
    throw refusal{
        422,
        "Pagination with the page parameter is not supported for large datasets, please use cursor "
        "based pagination (after/before)"};
  std::size_t first = pages.begin(found.size());
  if (after != nullptr) {
    auto const seen = read_cursor(*after);
    first = static_cast<std::size_t>(std::find_if(found.begin(), found.end(),
                                                  [&](issue const* value) {
                                                    return descending ? key_of(by, *value) < seen
                                                                      : key_of(by, *value) > seen;
                                                  }) -
                                     found.begin());
  }
  std::size_t const last = std::min(first + pages.per_page, found.size());
  json::array body;
  for (std::size_t i = first; i < last; ++i) body.push_back(issue_json(c.s, *c.where, *found[i]));
  if (last < found.size() && last > first)
    c.answer.set("Link", '<' + c.s.api_root() + "/repositories/" + std::to_string(c.where->id) +
                             "/issues" +
                             query_with(c, {{"after", cursor_of(by, *found[last - 1])},
                                            {"page", std::to_string(pages.page + 1)}}) +
                             ">; rel=\"next\"");
  c.reply(200, body);
}

} // namespace

void list_issues(call& c) {
  if (!c.where->has_issues) throw refusal{410, "Issues are disabled for this repo"};
  std::string const sort = choice(c, "sort", {"created", "updated", "comments"});
  order const by = sort == "updated"    ? order::updated
                   : sort == "comments" ? order::comments
                                        : order::created;
  bool const descending = choice(c, "direction", {"desc", "asc"}) == "desc";
  std::vector<issue const*> found = matching(*c.where, filter_of(c), by);
  if (descending) std::reverse(found.begin(), found.end());
  if (c.s.options.cursor_pagination) return reply_by_cursor(c, found, by, descending);

  paging const pages = paging_of(c);
  json::array body;
  for (std::size_t i = pages.begin(found.size()); i < pages.end(found.size()); ++i)
    body.push_back(issue_json(c.s, *c.where, *found[i]));
  link_pages(c, pages, found.size(), "/issues");
  c.reply(200, body);
}

} // namespace local_tracker::detail
