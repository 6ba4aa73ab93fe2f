// An incident from a text.

#include "errors.hpp"
#include "incident_times.hpp"

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/default_document.hpp>
#include <argus_ticket/document/gitlab_markdown.hpp>
#include <argus_ticket/document/markdown.hpp>
#include <argus_ticket/incident_json.hpp>
#include <argus_ticket/incident_key.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cmath>

namespace at = argus_ticket;

namespace {

/// Whether two values are the same, but for the last digits of fractions: Boost.JSON 1.81 reads
/// those up to the last but one.
bool are_alike(boost::json::value const& a, boost::json::value const& b) {
  if (a.kind() != b.kind()) return false;
  if (auto const* number = a.if_double())
    return std::abs(*number - b.get_double()) <= 1e-14 * std::abs(*number);
  if (auto const* list = a.if_array())
    return std::equal(list->begin(), list->end(), b.get_array().begin(), b.get_array().end(),
                      are_alike);
  if (auto const* object = a.if_object())
    return std::equal(object->begin(), object->end(), b.get_object().begin(), b.get_object().end(),
                      [](auto const& x, auto const& y) {
                        return x.key() == y.key() && are_alike(x.value(), y.value());
                      });
  return a == b;
}

boost::json::value read_again(std::string const& json) {
  std::string what;
  auto const read = at::detail::parse_json(json, what);
  fuzz::require(read.has_value(), "what was written is JSON", json, what);
  return *read;
}

/// @param text The default document with what is missing.
template <class Dialect>
void require_written_at_once(at::incident const& from, std::vector<std::string> const& missing,
                             at::document::document const& text) {
  std::string const rendered = Dialect::render(text);
  std::string const at_once = Dialect::render_default(from, missing);
  fuzz::require(at_once == rendered, "the default document is the same however it is written",
                rendered, at_once);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  std::string const text = fuzz::filled_in(fuzz::as_text(data, size), "", [](char) { return ""; });
  auto const once = at::parse_incident(text);
  if (!once) {
    at::error const& e = once.error();
    fuzz::judge(e);
    fuzz::require(e.code == at::errc::invalid_incident && e.outcome == at::outcome::rejected,
                  "the incident is at fault", to_string(e));
    fuzz::require(!e.problems.empty(), "every problem is told", to_string(e));
    return 0;
  }
  std::string const written = boost::json::serialize(at::to_json(*once));
  auto const twice = at::parse_incident(written);
  fuzz::require(twice.has_value(), "what was written is an incident", written);
  std::string const again = boost::json::serialize(at::to_json(*twice));
  fuzz::require(are_alike(read_again(written), read_again(again)), "it is written alike", written,
                again);
  fuzz::require(are_alike(read_again(once->metadata), read_again(twice->metadata)),
                "its metadata are the same", once->metadata, twice->metadata);
  at::incident same = *twice;
  same.metadata = once->metadata;
  fuzz::require(same == *once || !fuzz::have_texts(*once), "it is the same incident", written,
                again);

  // The key is what the ticket is found again by.
  fuzz::require(at::key_of(*once) == at::key_of(*twice), "it has the same key", written);
  bool const has_id = once->pk || !once->source_incident_id.empty();
  fuzz::require(at::key_of(*once).empty() != has_id, "what has an id has a key", written);
  fuzz::require(!at::document::default_title(*once).empty(), "it has a title", written);
  at::document::document shown = at::document::default_document(*once);
  fuzz::require(!shown.empty(), "it has a text", written);
  std::vector<std::string> const missing{once->user};
  at::document::append_missing(shown, missing);
  require_written_at_once<at::document::markdown>(*once, missing, shown);
  require_written_at_once<at::document::gitlab_markdown>(*once, missing, shown);
  return 0;
}
