// The loop by hand, doing the same work: for each ticket it makes the texts of the incident, with
// this library's documents and nothing else of it.

#include <argus_ticket/argus_ticket.hpp>

#include <peers/beast_blocking.hpp>

namespace {

namespace at = argus_ticket;
using github = at::plugins::github;

ticket_texts texts_of(at::incident const& incident, std::vector<std::string> const& labels) {
  at::incident_key const key = at::key_of(incident);
  ticket_texts texts;
  texts.title = at::document::cut(at::document::default_title(incident), github::limits.title,
                                  github::limits.unit);
  texts.body =
      at::with_marker(at::document::markdown::render_default(incident, {}), github::marker(key));
  texts.labels = labels;
  return texts;
}

} // namespace

int main(int count, char** arguments) {
  return peer_main(count, arguments, [](peer_arguments const& given) {
    at::incident const incident = at::parse_incident(given.incident()).value();
    ticket_texts const ready{given.ticket()};
    ticket_texts const made = texts_of(incident, ready.labels);
    if (made.title != ready.title || made.body != ready.body)
      throw std::runtime_error("these are other texts than the library's");
    run_blocking_loop(given, [&] { return texts_of(incident, ready.labels); });
  });
}
