// What is said of an outbox.
#include "output.hpp"

#include <argus_ticket/incident_json.hpp>
#include <argus_ticket/outbox/payload.hpp>
#include <argus_ticket/timestamp.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>

namespace at = argus_ticket;
namespace json = boost::json;

namespace cli {
namespace {

constexpr std::string_view gap = "  ";

/// What was done, for people: `opened`, `commented`.
std::string_view verb_of(at::delivery const& d) {
  switch (d.entry.step) {
  case at::outbox_step::open:
    return d.about && d.about->created ? "opened" : "found";
  case at::outbox_step::update:
    return "updated";
  case at::outbox_step::comment:
    return "commented";
  case at::outbox_step::close:
    return "closed";
  case at::outbox_step::reopen:
    return "reopened";
  }
  return "";
}

std::string_view name_of(at::delivery::kind kind) {
  switch (kind) {
  case at::delivery::kind::delivered:
    return "delivered";
  case at::delivery::kind::postponed:
    return "postponed";
  case at::delivery::kind::dead:
    return "dead";
  case at::delivery::kind::nothing:
    break;
  }
  return "";
}

std::string text_of(at::outbox_time time) { return to_string(at::timestamp{time}); }

std::string to_the_second(at::outbox_time time) {
  return text_of(std::chrono::floor<std::chrono::seconds>(time));
}

json::value or_null(std::string const& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

std::string entry_name(std::uint64_t id, at::outbox_step step) {
  return "entry " + std::to_string(id) + std::string{gap} + std::string{to_string(step)};
}

/// The incident's title: as far as the payload can be read.
std::string title_of(at::outbox_entry const& e) {
  auto const payload = at::payload_from_json(e.payload);
  return payload ? payload->incident.description : std::string{};
}

} // namespace

void output::accepted(at::submission const& what, at::outbox_step step, std::string_view title) {
  if (json_)
    return say(json::object{{"accepted", json::object{{"entry", what.id},
                                                      {"step", to_string(step)},
                                                      {"renewed", what.was_waiting},
                                                      {"title", texts_.line(title)}}}});
  std::string line{what.was_waiting ? "renewed" : "accepted"};
  (line += gap) += entry_name(what.id, step);
  if (!title.empty()) ((line += gap) += '"') += texts_.line(title) + '"';
  say(std::move(line));
}

void output::delivery(at::delivery const& d) {
  if (json_) {
    json::object o{{"what", name_of(d.what)},
                   {"entry", d.entry.id},
                   {"step", to_string(d.entry.step)},
                   {"attempts", d.entry.attempts},
                   {"due", nullptr},
                   {"ticket", nullptr},
                   {"error", nullptr}};
    if (d.next) o["due"] = text_of(*d.next);
    if (d.about) o["ticket"] = to_json(*d.about);
    if (d.failure) o["error"] = to_json(*d.failure);
    return say(json::object{{"delivery", std::move(o)}});
  }
  std::string const entry = entry_name(d.entry.id, d.entry.step);
  if (!d.failure) {
    say((d.about ? line_of(verb_of(d), *d.about) : std::string{verb_of(d)}) + std::string{gap} +
        entry);
    if (d.about) warnings(d.about->warnings);
    return;
  }
  std::string line = std::string{name_of(d.what)} + std::string{gap} + entry;
  if (d.next) line += std::string{gap} + "until " + to_the_second(*d.next);
  say(line + std::string{gap} + texts_.line(to_string(printable(*d.failure))));
}

void output::entry(at::outbox_entry const& e) {
  std::string const title = texts_.line(title_of(e));
  bool const is_dead = e.state == at::entry_state::dead;
  if (json_) {
    json::object o{{"entry", e.id},
                   {"state", to_string(e.state)},
                   {"step", to_string(e.step)},
                   {"key", texts_.line(e.key)},
                   {"title", title},
                   {"submitted", text_of(e.submitted_at)},
                   {"due", nullptr},
                   {"attempts", e.attempts},
                   {"reason_code", or_null(texts_.line(e.reason_code))},
                   {"reason", or_null(texts_.line(e.reason))}};
    if (!is_dead) o["due"] = text_of(e.due_at);
    return say(json::object{{"entry", std::move(o)}});
  }
  std::string line = std::to_string(e.id);
  (line += gap) += to_string(e.state);
  (line += gap) += to_string(e.step);
  (line += gap) +=
      is_dead ? "submitted " + to_the_second(e.submitted_at) : "due " + to_the_second(e.due_at);
  if (e.attempts > 0)
    (line += gap) += std::to_string(e.attempts) + (e.attempts == 1 ? " attempt" : " attempts");
  if (!title.empty()) ((line += gap) += '"') += title + '"';
  if (!e.reason_code.empty())
    (line += gap) += texts_.line(e.reason_code) + ": " + texts_.line(e.reason);
  say(std::move(line));
}

void output::count(std::string_view verb, std::size_t n,
                   std::vector<std::uint64_t> const& missing) {
  if (json_)
    return say(json::object{{verb, n}, {"missing", json::array(missing.begin(), missing.end())}});
  for (std::uint64_t const id : missing)
    warning("entry " + std::to_string(id) + " is not dead, or not there");
  say(std::string{verb} + std::string{gap} + std::to_string(n));
}

void output::stats(at::outbox_stats const& s) {
  if (json_) {
    json::object reasons;
    for (auto const& [code, n] : s.dead_by_reason) reasons[texts_.line(code)] = n;
    json::object o{{"waiting", s.waiting},     {"delivering", s.delivering},
                   {"dead", s.dead},           {"dead_by_reason", std::move(reasons)},
                   {"bytes", s.bytes},         {"oldest", nullptr},
                   {"submitted", s.submitted}, {"delivered", s.delivered},
                   {"died", s.died},           {"requeued", s.requeued}};
    if (s.oldest) o["oldest"] = text_of(*s.oldest);
    return say(json::object{{"stats", std::move(o)}});
  }
  auto const row = [&](std::string_view name, auto const& value) {
    std::string line{name};
    line.append(std::max<std::size_t>(line.size() + 2, 18) - line.size(), ' ');
    if constexpr (std::is_convertible_v<decltype(value), std::string_view>)
      line += value;
    else
      line += std::to_string(value);
    say(std::move(line));
  };
  row("waiting", s.waiting);
  row("delivering", s.delivering);
  row("dead", s.dead);
  for (auto const& [code, n] : s.dead_by_reason) row("  " + texts_.line(code), n);
  row("bytes", s.bytes);
  if (s.oldest) row("oldest", to_the_second(*s.oldest));
  say("since the outbox was made");
  row("  submitted", s.submitted);
  row("  delivered", s.delivered);
  row("  died", s.died);
  row("  requeued", s.requeued);
}

} // namespace cli
