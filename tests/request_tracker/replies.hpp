#pragma once
// What the replies of the model have in common: refusals of what is not described, and pages.

#include "query.hpp"

#include <argus_ticket/http/response.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace test {

class rt_replies {
 protected:
  static at::http::response reply(int status, json::value const& body,
                                  at::http::headers headers = {}) {
    return {status, std::move(headers), json::serialize(body)};
  }
  static at::http::response said(int status, std::string const& message) {
    return reply(status, {{"message", message}});
  }
  static std::string id_of(int number) { return std::to_string(number); }
  static json::object reference(char const* type, std::string const& id) {
    return {{"type", type},
            {"id", id},
            {"_url", "http://rt.example.org/REST/2.0/" + (type + ('/' + id))}};
  }

  /// What is not described, as the reply that refuses it.
  static std::optional<at::http::response> refused(json::object const& given,
                                                   std::set<std::string_view> const& known) {
    for (auto const& member : given)
      if (!known.contains(std::string_view{member.key()}))
        return said(400, std::string{member.key()} + " is none of the model's");
    return std::nullopt;
  }
  static std::optional<at::http::response> refused_query(at::http::request const& r,
                                                         std::set<std::string> const& known) {
    for (std::string const& query = r.url().query(); std::string const& name : rt_names_in(query))
      if (!known.contains(name)) return said(400, name + " is none of the model's");
    return std::nullopt;
  }

  /// Two tickets a page, and a link to the next one that leads to plain http; of other collections
  /// as many as were asked for, and neither a total nor a link.
  static at::http::response page(at::http::request const& r, json::array all, bool is_counted) {
    auto const number = [&](char const* name, std::size_t otherwise) {
      if (auto const text = at::http::query_parameter(r.url(), name))
        std::from_chars(text->data(), text->data() + text->size(), otherwise);
      return otherwise;
    };
    std::size_t const asked = number("per_page", 20), size = is_counted ? 2 : asked,
                      n = number("page", 1);
    if (asked > 100) return said(400, "per_page is too large");
    std::size_t const from = (std::min)(all.size(), (n - 1) * size);
    std::size_t const to = (std::min)(all.size(), from + size);
    json::array shown;
    for (std::size_t i = from; i < to; ++i)
      if (!all[i].is_null()) shown.push_back(all[i]); // what is hidden leaves its page shorter
    json::object body{{"count", shown.size()},     {"page", n},        {"per_page", size},
                      {"items", std::move(shown)}, {"total", nullptr}, {"pages", nullptr}};
    if (is_counted) {
      body["total"] = all.size();
      body["pages"] = (all.size() + size - 1) / size;
      if (to < all.size())
        body["next_page"] =
            "http://elsewhere.example/REST/2.0/tickets?page=" + std::to_string(n + 1);
    }
    return reply(200, body);
  }
};

} // namespace test
