#include "../support/catch.hpp"
#include "acme.hpp"

#include <argus_ticket/plugin.hpp>

namespace at = argus_ticket;
using test::acme;

namespace {

static_assert(at::has_name<acme>);
static_assert(at::has_settings<acme>);
static_assert(at::has_dialect<acme>);
static_assert(at::has_limits<acme>);
static_assert(at::creates_tickets<acme>);
static_assert(at::finds_tickets<acme>);
static_assert(at::gets_tickets<acme>);
static_assert(at::updates_tickets<acme>);
static_assert(at::comments_tickets<acme>);
static_assert(at::closes_tickets<acme>);
static_assert(at::checks_access<acme>);
static_assert(!at::reopens_tickets<acme>, "it has no such operation");
static_assert(!at::prefills_tickets<acme>);
static_assert(!at::marks_bodies<acme>);
static_assert(!at::labels_tickets<acme>);
static_assert(at::ticket_plugin<acme>);

// What is no plugin, for want of one thing each.
struct anonymous : acme {
  using acme::acme;
  static constexpr int name = 3;
};
static_assert(!at::has_name<anonymous> && !at::ticket_plugin<anonymous>);

struct without_constructor : acme {
  without_constructor() : acme(test::acme_settings()) {}
};
static_assert(!at::has_settings<without_constructor> && !at::ticket_plugin<without_constructor>);

struct without_dialect : acme {
  using acme::acme;
  using dialect = int;
};
static_assert(!at::has_dialect<without_dialect> && !at::ticket_plugin<without_dialect>);

struct without_limits : acme {
  using acme::acme;
  static constexpr int limits = 3;
};
static_assert(!at::has_limits<without_limits> && !at::ticket_plugin<without_limits>);

struct creates_otherwise : acme {
  using acme::acme;
  at::ticket create(at::draft) const;
};
static_assert(!at::creates_tickets<creates_otherwise> && !at::ticket_plugin<creates_otherwise>);

struct creates_by_changing_itself : acme {
  using acme::acme;
  at::operation<at::ticket> create(at::draft);
};
static_assert(!at::creates_tickets<creates_by_changing_itself>);

static_assert(!at::ticket_plugin<int> && !at::ticket_plugin<void>);

struct prefilling : acme {
  using acme::acme;
  static constexpr std::size_t longest_url = 100;
  std::string prefilled_url(at::draft) const { return {}; }
};
static_assert(at::prefills_tickets<prefilling>);

struct prefilling_without_end : acme {
  using acme::acme;
  std::string prefilled_url(at::draft) const { return {}; }
};
static_assert(!at::prefills_tickets<prefilling_without_end>, "how long a URL may be is needed");

} // namespace

TEST_CASE("plugin: a marker stands in a paragraph of its own") {
  CHECK(at::with_marker("text", "<!-- m -->") == "text\n\n<!-- m -->");
  CHECK(at::with_marker("", "<!-- m -->") == "<!-- m -->");
}
