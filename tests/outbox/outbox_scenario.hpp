#pragma once
// Two incidents with everything that an outbox does, and what must have come of them in the end,
// whatever happened on the way.

#include "outbox_fixture.hpp"

#include <set>

namespace test {

inline std::string without_marker(std::string const& comment) {
  return comment.substr(0, comment.rfind("\n\n["));
}
inline lines without_markers(lines const& comments) {
  lines texts;
  for (std::string const& one : comments) texts.push_back(without_marker(one));
  return texts;
}

/// What of an incident's text does not fit into its ticket, as comments.
inline lines overflow_of(at::incident const& from) {
  return at::detail::compose(full_acme{acme_settings()}, at::default_renderer{}, from, 8).overflow;
}
/// A text of the user's, as comments.
inline lines parts_of(std::string const& text) {
  return at::detail::comment_parts(full_acme{acme_settings()}, at::detail::text_document(text),
                                   outbox_policies{});
}

/// A text that needs two comments.
inline std::string long_text() {
  std::string text = "It went on";
  for (int n = 0; n < 50; ++n) text += " and on";
  return text;
}
/// An incident whose text needs two, beside the ticket's body.
inline at::incident large_incident() {
  at::incident i = some_incident();
  for (int n = 0; n < 140; ++n) i.description += " word";
  return i;
}

/// Whether the n-th of many cases is tried with a store: each of them where that costs nothing, and
/// one in so many, another one for each variant, where each change waits for a disk.
template <class Store>
bool is_tried(std::size_t n, std::size_t variant, std::size_t one_in) {
  constexpr bool on_disk = requires(Store& s) { s.transactions(); };
  return !on_disk || n % one_in == variant;
}

struct scenario {
  at::incident large = large_incident(); // its text goes on in comments
  at::incident small = incident_of(2);

  template <class Delivering>
  void submit_to(Delivering& d) const {
    d.submit(large);
    d.comment(large, "somebody looks at it");
    d.comment(large, long_text());
    d.submit(small);
    d.accepted(d.box->submit_update(large));
    d.comment(large, "somebody looks at it"); // said twice, and meant so
    d.accepted(d.box->submit_close(large));
    d.comment(small, "small");
  }
  lines comments_of_large() const {
    lines all = overflow_of(large);
    all.push_back("somebody looks at it");
    for (std::string const& part : parts_of(long_text())) all.push_back(part);
    all.push_back("somebody looks at it");
    return all;
  }

  /// Nothing is left, nothing is lost, and nothing was done twice.
  template <class Delivering>
  void check(Delivering& d) const {
    CHECK(d.list().empty());
    CHECK(d.net.server.tickets.size() == 2);
    auto const l = d.net.ticket_of(large);
    CHECK(l.closed);
    CHECK(without_markers(l.comments) == comments_of_large());
    CHECK(std::set<std::string>(l.comments.begin(), l.comments.end()).size() ==
          l.comments.size()); // each has a marker of its own
    auto const s = d.net.ticket_of(small);
    CHECK_FALSE(s.closed);
    CHECK(without_markers(s.comments) == lines{"small"});
    auto const stats = d.stats();
    CHECK(stats.submitted == 8);
    CHECK(stats.delivered == 4 + 3 + comments_of_large().size() - 2);
    CHECK(stats.died == 0);
    CHECK(stats.bytes == 0);
  }
};

} // namespace test
