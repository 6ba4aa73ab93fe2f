#pragma once
// Searches as RT reads them: as much of TicketSQL as the plugin uses, and no more.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/http/request.hpp>

#include <boost/json.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace test {

namespace at = argus_ticket;
namespace json = boost::json;

struct rt_ticket {
  int number = 0;
  int effective = 0; ///< Another one's number where it was merged into that.
  std::string queue, subject, status, created, resolved = "1970-01-01T00:00:00Z", creator;
  std::map<std::string, std::vector<std::string>> fields;
  std::vector<std::string> links, marks, cc, admin_cc; ///< Marks refer to it.
};

/// The names of a query's parameters.
inline std::vector<std::string> rt_names_in(std::string const& query) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < query.size();) {
    std::size_t const end = (std::min)(query.find('&', at), query.size());
    names.push_back(query.substr(at, (std::min)(query.find('=', at), end) - at));
    at = end + 1;
  }
  return names;
}

/// The value that a search of records wants a field to have: `[{"field": ..., "value": ...}]`.
inline std::string rt_field_wanted(at::http::request const& r, std::string_view field) {
  auto const query = at::http::query_parameter(r.url(), "query");
  json::value const all = query ? json::parse(*query) : json::array{};
  for (json::value const& one : all.as_array())
    if (at::detail::text_member(one, "field") == field)
      return std::string{at::detail::text_member(one, "value")};
  return {};
}

/// A condition on tickets, in TicketSQL.
class rt_query {
 public:
  explicit rt_query(std::string text) : text_(std::move(text)) {}

  bool holds(rt_ticket const& one, bool is_closed) {
    at_ = 0;
    ticket_ = &one;
    is_closed_ = is_closed;
    bool const yes = any();
    if (at_ != text_.size()) fail();
    return yes && problem_.empty();
  }
  std::string const& problem() const { return problem_; }

 private:
  std::string text_;
  std::size_t at_ = 0;
  rt_ticket const* ticket_ = nullptr;
  bool is_closed_ = false;
  std::string problem_;

  void fail() { problem_ = "Wrong query, at " + text_.substr((std::min)(at_, text_.size())); }
  bool takes(std::string_view word) {
    if (text_.compare(at_, word.size(), word) != 0) return false;
    at_ += word.size();
    return true;
  }
  bool any() {
    bool yes = all();
    while (takes(" OR ")) yes = all() || yes;
    return yes;
  }
  bool all() {
    bool yes = one();
    while (takes(" AND ")) yes = one() && yes;
    return yes;
  }
  /// What stands in quotes, where a backslash takes the next character as it is.
  std::string quoted() {
    std::string value;
    if (!takes("'")) fail();
    while (at_ < text_.size() && text_[at_] != '\'') {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) value += text_[at_++];
    }
    if (!takes("'")) fail();
    return value;
  }
  static bool has(std::vector<std::string> const& all, std::string const& value) {
    return std::find(all.begin(), all.end(), value) != all.end();
  }
  bool one() {
    if (takes("(")) {
      bool const yes = any();
      if (!takes(")")) fail();
      return yes;
    }
    if (takes("ReferredToBy = ")) return has(ticket_->marks, quoted());
    if (takes("Status = ")) return quoted() == "__Inactive__" && is_closed_;
    if (takes("id = ")) {
      std::string number;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') number += text_[at_++];
      return number == std::to_string(ticket_->number);
    }
    if (takes("CF.{")) {
      std::size_t const end = text_.find('}', at_);
      if (end == std::string::npos) return fail(), false;
      std::string const field = text_.substr(at_, end - at_);
      at_ = end;
      if (!takes("} = ")) fail();
      std::string const value = quoted();
      auto const there = ticket_->fields.find(field);
      return there != ticket_->fields.end() && has(there->second, value);
    }
    return fail(), false;
  }
};

} // namespace test
