#pragma once
// The one JQL query that the Jira plugin documents, read by its grammar; any other is refused.

#include <optional>
#include <string>
#include <string_view>

namespace test {

struct parsed_jql {
  std::string label;         ///< `labels = "..."`
  std::string field, phrase; ///< `cf[10010] ~ "\"...\""`
  std::string created_from;  ///< A day; empty where it is not bounded.

  static std::optional<parsed_jql> read(std::string_view text) {
    reader r{text};
    parsed_jql query;
    if (!r.word("creator = currentUser() AND ")) return std::nullopt;
    if (r.word("labels = ")) {
      if (!r.quoted(query.label)) return std::nullopt;
    } else {
      std::string phrase;
      if (!r.word("cf[") || !r.number(query.field) || !r.word("] ~ ") || !r.quoted(phrase) ||
          phrase.size() < 3 || phrase.front() != '"' || phrase.back() != '"')
        return std::nullopt;
      query.phrase = phrase.substr(1, phrase.size() - 2);
    }
    if (r.word(" AND created >= ") &&
        (!r.quoted(query.created_from) || query.created_from.size() != 10))
      return std::nullopt;
    if (!r.word(" ORDER BY created ASC") || !r.rest.empty()) return std::nullopt;
    return query;
  }

 private:
  struct reader {
    std::string_view rest;

    bool word(std::string_view wanted) {
      if (!rest.starts_with(wanted)) return false;
      rest.remove_prefix(wanted.size());
      return true;
    }
    bool number(std::string& into) {
      while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
        into += rest.front();
        rest.remove_prefix(1);
      }
      return !into.empty();
    }
    bool quoted(std::string& into) {
      if (rest.empty() || rest.front() != '"') return false;
      for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
          rest.remove_prefix(i + 1);
          return true;
        }
        if (rest[i] == '\\' && ++i == rest.size()) return false;
        into += rest[i];
      }
      return false;
    }
  };
};

} // namespace test
