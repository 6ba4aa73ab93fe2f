#include "inputs.hpp"

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/incident_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace at = argus_ticket;

namespace cli {
namespace {

struct close_file {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

bool is_standard_input(std::string const& path) { return path.empty() || path == "-"; }

std::string name_of(std::string const& path) {
  return is_standard_input(path) ? "standard input" : path;
}

at::error unreadable(std::string const& path, std::string why) {
  return {at::errc::invalid_incident, at::outcome::rejected, std::move(why), name_of(path)};
}

/// What the last failed call said.
std::string reason() { return std::generic_category().message(errno); }

at::result<std::string> read_all(std::FILE* from, std::string const& path) {
  std::string text;
  std::array<char, std::size_t{16} * 1024> buffer;
  while (std::feof(from) == 0 && std::ferror(from) == 0) {
    std::size_t const count = std::fread(buffer.data(), 1, buffer.size(), from);
    if (text.size() + count > input_limit) return unreadable(path, "is larger than 16 MiB");
    text.append(buffer.data(), count);
  }
  if (std::ferror(from) != 0) return unreadable(path, "cannot be read: " + reason());
  return text;
}

/// Adds an incident. @return What is wrong with it, where something is.
std::optional<at::error> add(at::result<at::incident> one, std::string const& place,
                             std::vector<at::incident>& to) {
  if (one) {
    to.push_back(std::move(*one));
    return std::nullopt;
  }
  at::error e = std::move(one).error();
  e.where = place;
  return e;
}

std::optional<at::error> incidents_of(std::string_view text, std::string const& name,
                                      std::vector<at::incident>& to) {
  std::string ignored;
  // An incident may be as deep as any text; here it may stand in a list.
  auto const whole = at::detail::parse_json(text, ignored, at::detail::json_max_depth + 1);
  if (whole && whole->is_array()) {
    std::size_t i = 0;
    for (auto const& item : whole->get_array())
      if (auto wrong =
              add(at::incident_from_json(item), name + '[' + std::to_string(i++) + ']', to))
        return wrong;
    return std::nullopt;
  }
  // Several lines that are no JSON together: then each is an incident, or the text is just wrong.
  bool const has_lines = !whole && at::detail::parse_json(text.substr(0, text.find('\n')), ignored);
  if (!has_lines) return add(at::parse_incident(text), name, to);
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view const line = text.substr(0, text.find('\n'));
    text.remove_prefix((std::min)(line.size() + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    if (auto wrong = add(at::parse_incident(line), name + ':' + std::to_string(number), to))
      return wrong;
  }
  return std::nullopt;
}

/// Hides what stands in the authentication: before a plugin has looked at it, nobody knows which of
/// its members are secrets.
void hide_secrets(boost::json::value const& value, std::string_view key, redactor& texts) {
  if (auto const* text = value.if_string()) {
    std::string_view const view{text->data(), text->size()};
    if (key.ends_with("_file") || key.ends_with("_env"))
      texts.hide_if_secret(view); // a place, or a token in the wrong place
    else if (key != "username" && key != "email")
      texts.hide(view);
  } else if (auto const* list = value.if_array()) {
    for (auto const& item : *list) hide_secrets(item, key, texts);
  } else if (auto const* object = value.if_object()) {
    for (auto const& item : *object) {
      std::string_view const name{item.key().data(), item.key().size()};
      texts.hide_if_secret(name);
      hide_secrets(item.value(), name, texts);
    }
  }
}

} // namespace

at::result<std::string> read_text(std::string const& path, char const* what_for) {
  if (is_standard_input(path)) {
    if (::isatty(STDIN_FILENO) != 0)
      std::fprintf(stderr, "reading %s from standard input; end it with Ctrl-D\n", what_for);
    return read_all(stdin, path);
  }
  std::unique_ptr<std::FILE, close_file> const file{std::fopen(path.c_str(), "rb")};
  if (!file) return unreadable(path, "cannot be opened: " + reason());
  return read_all(file.get(), path);
}

at::result<at::incident> read_incident(std::string const& path) {
  auto const text = read_text(path, "an incident (JSON)");
  if (!text) return text.error();
  auto incident = at::parse_incident(*text);
  if (incident) return incident;
  at::error e = incident.error();
  e.where = name_of(path);
  return e;
}

at::result<std::vector<at::incident>> read_incidents(std::vector<std::string> const& paths) {
  std::vector<at::incident> all;
  for (std::string const& path : paths.empty() ? std::vector<std::string>{"-"} : paths) {
    auto const text = read_text(path, "incidents (JSON)");
    if (!text) return text.error();
    auto wrong = incidents_of(*text, name_of(path), all);
    if (wrong) return std::move(*wrong);
  }
  return all;
}

at::result<at::raw_settings> read_settings(std::string const& path, redactor& texts) {
  at::raw_settings raw =
      path.empty() ? at::read_raw_settings_environment() : at::read_raw_settings_file(path);
  for (at::problem const& p : raw.problems)
    if (!path.empty() && p.where == path) { // all else would follow from that
      at::error e{at::errc::invalid_settings, at::outcome::rejected, p.what, path};
      return e;
    }
  // A token in the wrong place would be named as what is wrong.
  for (at::problem const& p : raw.problems) texts.hide_if_secret(p.where);
  texts.hide_if_secret(raw.plugin);
  texts.hide_password_of(raw.endpoint);
  hide_secrets(raw.authentication, {}, texts);
  for (auto const& item : raw.information)
    texts.hide_if_secret({item.key().data(), item.key().size()});
  return raw;
}

} // namespace cli
