#ifndef ARGUS_TICKET_IMPL_TESTING_MOCK_TRANSPORT_IPP
#define ARGUS_TICKET_IMPL_TESTING_MOCK_TRANSPORT_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace argus_ticket::testing {

expectation& expectation::with_header(std::string name, std::string value) {
  checks_.emplace_back([name = std::move(name), value = std::move(value)](http::request const& r) {
    if (r.headers().get(name) == value) return std::string{};
    return "the header " + name + " is not as expected";
  });
  return *this;
}

expectation& expectation::with_query(std::string name, std::string value) {
  checks_.emplace_back([name = std::move(name), value = std::move(value)](http::request const& r) {
    auto const found = http::query_parameter(r.url(), name);
    if (found == value) return std::string{};
    return "the query parameter " + name + " is " + (found ? "'" + *found + "'" : "absent") +
           " instead of '" + value + "'";
  });
  return *this;
}

expectation& expectation::with_json(std::string members) {
  checks_.emplace_back([members = std::move(members)](http::request const& r) -> std::string {
    std::string what;
    auto const wanted = argus_ticket::detail::parse_json(members, what);
    if (!wanted || !wanted->is_object()) return "the expected JSON is no object: " + what;
    auto const body = argus_ticket::detail::parse_json(r.body(), what);
    if (!body) return "the body " + what;
    for (auto const& item : wanted->get_object()) {
      auto const* found = argus_ticket::detail::member(*body, std::string_view{item.key()});
      if (found == nullptr || *found != item.value())
        return "the body's member '" + std::string{std::string_view{item.key()}} + "' is " +
               (found ? boost::json::serialize(*found) : "absent") + " instead of " +
               boost::json::serialize(item.value());
    }
    return {};
  });
  return *this;
}

expectation& expectation::with_body_containing(std::string text) {
  checks_.emplace_back([text = std::move(text)](http::request const& r) {
    if (r.body().find(text) != std::string::npos) return std::string{};
    return "the body lacks the text '" + text + "'";
  });
  return *this;
}

expectation& expectation::reply(int status, std::string body, std::vector<http::field> headers) {
  http::headers all;
  for (http::field& f : headers) all.add(std::move(f));
  answer_ = http::response{status, std::move(all), std::move(body)};
  return *this;
}

expectation& expectation::fail(error instead_of_a_reply) {
  answer_ = std::move(instead_of_a_reply);
  return *this;
}

std::string expectation::mismatch(http::request const& r) const {
  bool const whole = url_.find('?') != std::string::npos;
  std::string const url = whole ? r.url().string() : r.url().with_query("").string();
  if (r.method() != method_ || url != url_)
    return "expected " + description() + ", but got " + std::string{to_string(r.method())} + ' ' +
           r.url().string();
  for (check const& c : checks_)
    if (std::string what = c(r); !what.empty()) return description() + ": " + what;
  return {};
}

std::string expectation::description() const {
  return std::string{to_string(method_)} + ' ' + url_;
}

expectation& mock_transport::expect(http::method method, std::string url) {
  return script_->expected.emplace_back(method, std::move(url));
}

void mock_transport::fail_at(std::size_t number, error instead_of_a_reply) {
  script_->failures.emplace_back(number, std::move(instead_of_a_reply));
}

void mock_transport::answer_by(std::function<result<http::response>(http::request const&)> server) {
  script_->server = std::move(server);
}

std::vector<http::request> const& mock_transport::requests() const { return script_->came; }

std::string mock_transport::problems() const {
  std::string all = script_->problems;
  if (script_->server) return all;
  for (std::size_t i = script_->came.size(); i < script_->expected.size(); ++i)
    all += "request " + std::to_string(i) + ": expected " + script_->expected[i].description() +
           ", but it did not come\n";
  return all;
}

result<http::response> mock_transport::send(http::request const& r, http::deadline) {
  std::size_t const number = script_->came.size();
  script_->came.push_back(r);
  for (auto const& [at, failure] : script_->failures)
    if (at == number) return failure;
  if (script_->server) return script_->server(r);
  std::string what = number < script_->expected.size()
                         ? script_->expected[number].mismatch(r)
                         : "expected no more, but got " + std::string{to_string(r.method())} + ' ' +
                               r.url().string();
  if (what.empty()) return script_->expected[number].answer();
  script_->problems += "request " + std::to_string(number) + ": " + what + '\n';
  return error{errc::internal_error, outcome::not_applied, "mock_transport: " + what};
}

} // namespace argus_ticket::testing

#endif
