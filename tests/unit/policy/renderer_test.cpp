#include "../../support/catch.hpp"

#include <argus_ticket/policy/renderer.hpp>

namespace at = argus_ticket;

namespace {

struct gives_text {
  std::string operator()(at::incident const&) const { return {}; }
};
struct gives_nothing {
  void operator()(at::incident const&) const {}
};
struct changes_incidents {
  at::document::document operator()(at::incident&) const { return {}; }
};
struct renderer_that_changes_itself {
  at::document::document operator()(at::incident const&) { return {}; }
};

[[maybe_unused]] at::document::document as_function(at::incident const&) { return {}; }

static_assert(at::renderer_policy<at::default_renderer>);
static_assert(at::renderer_policy<decltype(&as_function)>);
static_assert(!at::renderer_policy<gives_text>);
static_assert(!at::renderer_policy<gives_nothing>);
static_assert(!at::renderer_policy<changes_incidents>);
static_assert(!at::renderer_policy<renderer_that_changes_itself>);
static_assert(!at::renderer_policy<int>);

} // namespace

TEST_CASE("default_renderer: gives the default document") {
  at::incident i;
  i.description = "down";
  CHECK(at::default_renderer{}(i) == at::document::default_document(i));
  CHECK_FALSE(at::default_renderer{}(i).empty());
}
