#include "output.hpp"

#include "pretty_json.hpp"

#include <argus_ticket/detail/json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdio>

namespace at = argus_ticket;
namespace json = boost::json;

namespace cli {
namespace {

constexpr std::string_view gap = "  ";

void write(std::FILE* to, std::string_view text) { std::fwrite(text.data(), 1, text.size(), to); }

/// People write #17, but NET-17.
std::string name_of(at::ticket const& t) {
  bool const is_number =
      !t.number.empty() && t.number.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? '#' + t.number : t.number;
}

json::value or_null(std::string const& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::array to_array(auto const& texts) {
  json::array all;
  for (auto const& one : texts) all.emplace_back(std::string_view{one});
  return all;
}

/// Every text in a JSON value, made fit to be printed.
json::value cleaned(json::value const& value, redactor const& texts) {
  if (auto const* text = value.if_string())
    return json::value(texts.text({text->data(), text->size()}));
  if (auto const* list = value.if_array()) {
    json::array all;
    for (auto const& item : *list) all.push_back(cleaned(item, texts));
    return all;
  }
  if (auto const* object = value.if_object()) {
    json::object all;
    for (auto const& item : *object)
      all[texts.line({item.key().data(), item.key().size()})] = cleaned(item.value(), texts);
    return all;
  }
  return value;
}

/// The body of a request: as JSON where it is JSON, else as text.
json::value body_of(at::http::request const& r, redactor const& texts) {
  if (r.body().empty()) return nullptr;
  std::string ignored;
  if (auto const body = at::detail::parse_json(r.body(), ignored)) return cleaned(*body, texts);
  return json::value(texts.text(r.body()));
}

std::string padded(std::string_view text, std::size_t width) {
  std::string cell{text};
  if (cell.size() < width) cell.append(width - cell.size(), ' ');
  return cell;
}

std::string joined(auto const& texts, std::string_view separator) {
  std::string all;
  for (auto const& one : texts) (all += all.empty() ? "" : separator) += one;
  return all;
}

} // namespace

void output::say(std::string_view line) { (said_ += line) += '\n'; }

void output::say(json::object const& value) { say(json::serialize(value)); }

void output::complain(std::string_view line) const {
  write(stderr, std::string{"argus-ticket: "}.append(line) + '\n');
}

void output::warnings(std::vector<at::problem> const& list) const {
  if (json_) return; // they stand in the object
  for (at::problem const& p : list)
    complain("warning: " + texts_.line(p.where) + ' ' + texts_.line(p.what));
}

json::array output::to_json(std::vector<at::problem> const& list) const {
  json::array all;
  for (at::problem const& p : list)
    all.push_back(json::object{{"where", texts_.line(p.where)}, {"what", texts_.line(p.what)}});
  return all;
}

json::object output::to_json(at::ticket const& t) const {
  return {{"system", texts_.line(t.system)},
          {"id", or_null(texts_.line(t.id))},
          {"number", or_null(texts_.line(t.number))},
          {"url", texts_.line(t.url)},
          {"state", at::to_string(t.state)},
          {"title", texts_.line(t.title)},
          {"created", t.created},
          {"outcome", at::to_string(t.outcome())},
          {"warnings", to_json(t.warnings)}};
}

std::string output::line_of(std::string_view verb, at::ticket const& t) const {
  std::string line{verb};
  if (!t.number.empty()) (line += gap) += texts_.line(name_of(t));
  (line += gap) += texts_.line(t.url);
  if (!t.title.empty()) ((line += gap) += '"') += texts_.line(t.title) + '"';
  // Only what is not to be expected: an alert about a closed ticket is news.
  if (verb == "found" && t.state == at::ticket_state::closed) (line += gap) += "(closed)";
  return line;
}

void output::ticket(std::string_view verb, at::ticket const& t) {
  if (json_) return say(json::object{{"ticket", to_json(t)}});
  say(line_of(verb, t));
  warnings(t.warnings);
}

void output::no_ticket() {
  if (json_) return say(json::object{{"ticket", nullptr}});
  complain("the incident has no ticket");
}

void output::comment(at::comment const& c) {
  if (json_)
    return say(json::object{{"comment", json::object{{"id", texts_.line(c.id)},
                                                     {"url", or_null(texts_.line(c.url))},
                                                     {"warnings", to_json(c.warnings)}}}});
  say("commented  " + texts_.line(c.url.empty() ? c.id : c.url));
  warnings(c.warnings);
}

void output::check(std::string_view plugin, at::check_report const& report) {
  if (json_)
    return say(
        json::object{{"check", json::object{{"plugin", texts_.line(plugin)},
                                            {"target", texts_.line(report.target)},
                                            {"account", or_null(texts_.line(report.account))},
                                            {"warnings", to_json(report.warnings)}}}});
  std::string line = "ready  " + texts_.line(report.target);
  if (!report.account.empty()) line += "  as " + texts_.line(report.account);
  say(std::move(line));
  warnings(report.warnings);
}

void output::request(at::http::request const& r) {
  std::string const url = texts_.line(r.url().string());
  json::object headers;
  for (at::http::field const& f : r.headers())
    headers[texts_.line(f.name)] = f.sensitive ? "***" : texts_.line(f.value);
  json::value const body = body_of(r, texts_);
  if (json_)
    return say(json::object{{"request", json::object{{"method", to_string(r.method())},
                                                     {"url", url},
                                                     {"headers", headers},
                                                     {"body", body}}}});
  say(std::string{to_string(r.method())} + ' ' + url);
  for (auto const& h : headers)
    say(std::string{h.key()} + ": " + std::string{std::string_view{h.value().as_string()}});
  if (!body.is_null()) say('\n' + pretty(body));
}

void output::url(std::string const& url) {
  if (json_) return say(json::object{{"url", texts_.line(url)}});
  say(texts_.line(url));
}

void output::plugins(std::vector<plugin_info> const& all) {
  if (json_) {
    json::array list;
    for (plugin_info const& p : all) {
      json::array settings;
      for (setting_info const& s : p.settings)
        settings.push_back(json::object{
            {"name", s.name}, {"type", s.type}, {"required", s.required}, {"about", s.about}});
      list.push_back(json::object{{"name", p.name},
                                  {"other_names", to_array(p.other_names)},
                                  {"commands", to_array(p.commands)},
                                  {"settings", settings}});
    }
    return say(json::object{{"plugins", list}});
  }
  for (plugin_info const& p : all) {
    if (&p != &all.front()) say("");
    say(p.name);
    say("  commands  " + joined(p.commands, ", "));
    for (std::string const& other : p.other_names) say("  alias     " + other);
    std::size_t name_width = 0;
    std::size_t type_width = 0;
    for (setting_info const& s : p.settings) {
      name_width = (std::max)(name_width, s.name.size());
      type_width = (std::max)(type_width, s.type.size());
    }
    for (setting_info const& s : p.settings)
      say("  " + padded(s.name, name_width) + "  " + (s.required ? "required" : "optional") + "  " +
          padded(s.type, type_width) + "  " + s.about);
  }
}

at::error output::printable(at::error const& e) const {
  // Each member by itself: none may forge another one's line.
  at::error shown = e;
  shown.message = texts_.line(e.message);
  shown.where = texts_.line(e.where);
  shown.server_message = texts_.line(e.server_message);
  for (at::problem& p : shown.problems) p = {texts_.line(p.where), texts_.line(p.what)};
  return shown;
}

json::object output::to_json(at::error const& e) const {
  at::error const shown = printable(e);
  json::object o{{"code", to_string(e.code)},
                 {"category", to_string(e.category())},
                 {"outcome", to_string(e.outcome)},
                 {"message", shown.message},
                 {"where", or_null(shown.where)},
                 {"http_status", nullptr},
                 {"server_message", or_null(shown.server_message)},
                 {"retry_after", nullptr},
                 {"problems", to_json(e.problems)}};
  if (e.http_status != 0) o["http_status"] = e.http_status;
  if (e.retry_after) o["retry_after"] = e.retry_after->count();
  return o;
}

void output::warning(std::string_view text) {
  if (json_) return say(json::object{{"warning", texts_.line(text)}});
  complain("warning: " + texts_.line(text));
}

void output::error(at::error const& e) {
  if (json_) return say(json::object{{"error", to_json(e)}});
  complain(to_string(printable(e)));
}

void output::usage_error(std::string_view what) {
  if (!json_) return complain(texts_.line(what) + "\nSee argus-ticket --help.");
  say(json::object{{"error", json::object{{"code", "usage"},
                                          {"category", "usage"},
                                          {"outcome", to_string(at::outcome::rejected)},
                                          {"message", texts_.line(what)},
                                          {"where", nullptr},
                                          {"http_status", nullptr},
                                          {"server_message", nullptr},
                                          {"retry_after", nullptr},
                                          {"problems", json::array{}}}}});
}

bool output::flush_part() {
  write(stdout, said_);
  said_.clear();
  return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

bool output::flush() {
  std::string const said = said_;
  if (flush_part()) return true;
  // What was done was done: whoever opened a ticket must be able to learn its URL.
  complain(said.empty() ? "standard output could not be written"
                        : "standard output could not be written; the result is:\n" +
                              said.substr(0, said.find_last_not_of('\n') + 1));
  return false;
}

} // namespace cli
