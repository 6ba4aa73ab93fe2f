#pragma once
// A made-up ticket system with what few systems have: fields that sites add, settings that depend
// on each other, a dialect that the settings choose, comments whose keys stand beside them.

#include "../support/plain_policies.hpp"

#include <argus_ticket/document/html.hpp>
#include <argus_ticket/document/plain.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/support/fields.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <tuple>
#include <vector>

namespace test {

namespace at = argus_ticket;

class ledger {
 public:
  static constexpr at::fixed_string name = "ledger";

  struct settings {
    struct authentication_type {
      at::secret token{};
    };
    struct information_type {
      std::vector<at::custom_field> custom_fields_set{};
      std::vector<at::field_mapping> custom_fields_mapping{};
      std::string tenant{};
      bool allow_plain_http = false;
    };
    std::string endpoint{};
    authentication_type authentication{};
    information_type information{};
  };
  using setting_fields =
      std::tuple<at::fields::endpoint, at::fields::token, at::fields::custom_fields_set,
                 at::fields::custom_fields_mapping, at::fields::tenant,
                 at::fields::allow_plain_http>;

  /// A field is set, or mapped, but not both.
  static std::vector<at::problem> problems_of(settings const& s) {
    std::vector<at::problem> found;
    for (at::custom_field const& one : s.information.custom_fields_set)
      for (at::field_mapping const& other : s.information.custom_fields_mapping)
        if (one.name == other.name)
          found.push_back({"TICKET_INFORMATION.custom_fields_set." + one.name,
                           "is in custom_fields_mapping as well"});
    return found;
  }

  using dialect = at::document::plain;
  template <class F>
  decltype(auto) visit_dialect(F f) const {
    return settings_.information.tenant == "html" ? f.template operator()<at::document::html>()
                                                  : f.template operator()<dialect>();
  }
  static constexpr at::document::text_limits limits{100, 5'000,
                                                    at::document::length_unit::code_points};

  explicit ledger(settings s) : settings_(std::move(s)) {}

  at::operation<at::ticket> create(at::draft d) const {
    boost::json::object body;
    body["title"] = d.title;
    body["text"] = d.body;
    body["page"] = d.incident_url;
    boost::json::object fields;
    for (at::custom_field const& one : d.fields)
      fields[one.name] = boost::json::array(one.values.begin(), one.values.end());
    body["fields"] = fields;
    at::http::request r =
        at::http::post(at::http::url::parse(settings_.endpoint).value()).json(body);
    at::http::response const reply = co_await at::send(std::move(r));
    if (reply.status() != at::http::status::created)
      co_return at::plugins::support::error_of(reply);
    at::ticket made;
    made.system = "ledger";
    made.id = made.number = "1";
    made.url = settings_.endpoint + "/1";
    made.state = at::ticket_state::open;
    made.created = true;
    co_return made;
  }

  at::operation<at::comment> comment(at::ticket_ref which, std::string text) const {
    co_return co_await comment(std::move(which), std::move(text), at::incident_key{});
  }
  at::operation<at::comment> comment(at::ticket_ref which, std::string text,
                                     at::incident_key key) const {
    boost::json::object body;
    body["text"] = text;
    body["key"] = key.value;
    at::http::request r =
        at::http::post(at::http::url::parse(settings_.endpoint).value() / which.number).json(body);
    at::http::response const reply = co_await at::send(std::move(r));
    if (reply.status() != at::http::status::created)
      co_return at::plugins::support::error_of(reply);
    at::comment said;
    said.id = "new";
    co_return said;
  }
  at::operation<std::optional<at::comment>> find_comment(at::ticket_ref which,
                                                         at::incident_key key) const {
    at::http::request r = at::http::get(
        (at::http::url::parse(settings_.endpoint).value() / which.number).with("key", key.value));
    at::http::response const reply = co_await at::send(std::move(r));
    if (reply.status() != at::http::status::ok) co_return std::optional<at::comment>{};
    at::comment there;
    there.id = "there";
    co_return std::optional<at::comment>(std::move(there));
  }

  at::mapped_fields fields_of(at::incident const& from) const {
    return at::plugins::support::map_fields(settings_.information.custom_fields_set,
                                            settings_.information.custom_fields_mapping, from);
  }
  std::string const& tenant() const noexcept { return settings_.information.tenant; }

 private:
  settings settings_;
};

static_assert(at::ticket_plugin<ledger> && at::fills_fields<ledger> &&
              at::compares_settings<ledger> && at::chooses_dialect<ledger> &&
              at::keys_comments<ledger> && !at::marks_comments<ledger> &&
              at::finds_comments<ledger>);

} // namespace test
