#pragma once
// A model of ACME's server, for tests: what its documentation says, and nothing kinder.

#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>

#include <boost/json.hpp>

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

namespace at = argus_ticket;
namespace json = boost::json;

class acme_model {
 public:
  static constexpr std::string_view endpoint = "https://acme.example.org/api/";

  at::http::response answer(at::http::request const& r) {
    if (r.headers().get("Authorization") != "Bearer acme-0123456789") return reply(401, {});
    std::string_view path = r.url().path();
    if (!path.starts_with("/api/tickets")) return reply(404, {});
    path.remove_prefix(std::string_view{"/api/tickets"}.size());
    bool const is_read = r.method() == at::http::method::get;
    if (path.empty()) return is_read ? list(r) : open(r);

    std::size_t number = 0;
    std::from_chars(path.data() + 1, path.data() + path.size(), number);
    if (number == 0 || number > tickets_.size()) return reply(404, {});
    json::object& ticket = tickets_[number - 1];
    if (path.ends_with("/comments")) return reply(201, {{"id", ++comments_}});
    json::value const changes = json::parse(is_read ? "{}" : r.body());
    for (auto const& change : changes.get_object()) ticket[change.key()] = change.value();
    return reply(200, ticket);
  }

 private:
  static at::http::response reply(int status, json::object const& body) {
    return {status, {}, json::serialize(body)};
  }
  at::http::response open(at::http::request const& r) {
    json::object ticket = json::parse(r.body()).as_object();
    std::string_view const subject = ticket.at("subject").as_string();
    if (at::document::length(subject, at::document::length_unit::code_points) > 120)
      return reply(422, {});
    ticket["number"] = tickets_.size() + 1;
    ticket["page"] = std::string{endpoint} + "tickets/" + std::to_string(tickets_.size() + 1);
    ticket["state"] = "open";
    tickets_.push_back(ticket);
    return reply(201, ticket);
  }
  at::http::response list(at::http::request const& r) const {
    json::array found;
    for (json::object const& one : tickets_)
      if (one.at("mark").as_string() == at::http::query_parameter(r.url(), "mark"))
        found.push_back(one);
    return reply(200, {{"tickets", found}});
  }

  std::vector<json::object> tickets_;
  int comments_ = 0;
};

} // namespace examples
