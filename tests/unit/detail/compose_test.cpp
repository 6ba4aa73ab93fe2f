#include "../../support/catch.hpp"
#include "../acme.hpp"

#include <argus_ticket/detail/compose.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/plugins/gitlab.hpp>
#include <argus_ticket/policy/renderer.hpp>

namespace at = argus_ticket;
using at::detail::compose;
using test::acme;
using test::an_acme;

namespace {

/// An acme that marks bodies and has tenants and labels.
struct marking : acme {
  using acme::acme;
  static std::string marker(at::incident_key const& key) { return "[key=" + key.value + "]"; }
  std::string_view tenant() const { return "prod"; }
  at::mapped_labels labels_of(at::incident const& from) const {
    return {{"label of " + from.source.name}, {"host (tag)"}};
  }
};
static_assert(at::marks_bodies<marking> && at::labels_tickets<marking>);

struct renderer_with_title {
  at::document::document operator()(at::incident const& i) const {
    return {at::document::paragraph{i.description}};
  }
  std::string title(at::incident const& i) const { return "[" + i.source.name + "]"; }
};

struct renderer_with_view {
  at::document::document operator()(at::incident const&) const { return {}; }
  std::string_view title(at::incident const&) const { return "seen"; }
};

struct renderer_with_title_only_in_name {
  at::document::document operator()(at::incident const&) const { return {}; }
  int title(at::incident const&) const { return 7; }
};

std::string title_of(std::string description) {
  at::incident i = test::some_incident();
  i.description = std::move(description);
  return compose(an_acme(), at::default_renderer{}, i, 8).title;
}

} // namespace

TEST_CASE("compose: a draft of an incident") {
  at::draft const d = compose(an_acme(), at::default_renderer{}, test::some_incident(), 8);
  CHECK(d.title == "Netbox 11 down.");
  CHECK(d.body == "Argus incident #10101\n\n"
                  "Description: Netbox 11 down.\n\n"
                  "Start time: 2024-05-31T12:00:00+02:00\n\n"
                  "Source: GW 3");
  CHECK(d.overflow.empty());
  CHECK(d.labels.empty());
  CHECK(d.key == at::key_of(test::some_incident()));
}

TEST_CASE("compose: titles are one line, cleaned, within the limit and never empty") {
  CHECK(title_of("a\r\nb\tc") == "a b c");
  CHECK(title_of("a\xE2\x80\xAE"
                 "b\xFF") == "ab\xEF\xBF\xBD");
  CHECK(title_of(std::string("x\0y", 3)) == "x\xEF\xBF\xBDy");
  CHECK(title_of(std::string(40, 'x')) == std::string(40, 'x'));
  CHECK(title_of(std::string(41, 'x')) == std::string(37, 'x') + "\xE2\x80\xA6");
  CHECK(title_of("") == "Incident 10101");
  CHECK(title_of(" \n ") == "Incident 10101");
  CHECK(title_of(std::string(10'000'000, 'x')).size() == 40);
}

TEST_CASE("compose: a renderer may give the title") {
  at::draft const d = compose(an_acme(), renderer_with_title{}, test::some_incident(), 8);
  CHECK(d.title == "[GW 3]");
  CHECK(d.body == "Netbox 11 down.");
  CHECK(compose(an_acme(), renderer_with_view{}, test::some_incident(), 8).title == "seen");
  CHECK(compose(an_acme(), renderer_with_title_only_in_name{}, test::some_incident(), 8).title ==
        "Netbox 11 down.");
  at::incident nameless = test::some_incident();
  nameless.source.name = "]" + std::string(100, '\n');
  CHECK(compose(an_acme(), renderer_with_title{}, nameless, 8).title == "[] ]");
}

TEST_CASE("compose: an empty title of a renderer's becomes the incident's number") {
  struct without_title {
    at::document::document operator()(at::incident const&) const { return {}; }
    std::string title(at::incident const&) const { return " \n"; }
  };
  CHECK(compose(an_acme(), without_title{}, test::some_incident(), 8).title == "Incident 10101");
  at::incident nothing;
  nothing.description = "not what the renderer gave";
  CHECK(compose(an_acme(), without_title{}, nothing, 8).title == "Incident");
  nothing.source_incident_id.assign(100, 'x');
  CHECK(compose(an_acme(), without_title{}, nothing, 8).title.size() <= 40);
}

TEST_CASE("compose: a text that is too long goes on in so many comments") {
  at::incident i = test::some_incident();
  for (int n = 0; n < 200; ++n) i.description += " word";
  at::draft const all = compose(an_acme(), at::default_renderer{}, i, 100);
  REQUIRE(all.overflow.size() == 3);
  CHECK(all.body.size() <= 300);
  std::size_t words = 0;
  for (std::string const& part : {all.body, all.overflow[0], all.overflow[1], all.overflow[2]}) {
    CHECK(part.size() <= 300);
    for (std::size_t at = 0; (at = part.find("word", at)) != std::string::npos; ++at) ++words;
  }
  CHECK(words == 200);

  at::draft const one = compose(an_acme(), at::default_renderer{}, i, 1);
  REQUIRE(one.overflow.size() == 1);
  CHECK(one.overflow[0].find("left out here") != std::string::npos);
  CHECK(compose(an_acme(), at::default_renderer{}, i, 0).overflow.empty());
  CHECK(compose(an_acme(), at::default_renderer{}, i, 0).body.find("left out here") !=
        std::string::npos);
  // As many as there are numbers is not none.
  CHECK(compose(an_acme(), at::default_renderer{}, i, std::size_t(-1)).overflow.size() == 3);
}

TEST_CASE("compose: the body leaves room for the marker") {
  marking const plugin{test::acme_settings()};
  at::incident i = test::some_incident();
  i.description.assign(2'000, 'x');
  at::draft const d = compose(plugin, at::default_renderer{}, i, 8);
  std::string const whole = at::with_marker(d.body, marking::marker(d.key));
  CHECK(whole.size() <= 300);
  CHECK(whole.size() > 250); // and not more room than that
  CHECK(d.overflow.front().size() > 250);
  // A smaller limit counts as well.
  at::draft const small = compose(plugin, at::default_renderer{}, i, 0, 150);
  CHECK(at::with_marker(small.body, marking::marker(small.key)).size() <= 150);
  // Where there is room for the marker alone, there is no body.
  CHECK(compose(plugin, at::default_renderer{}, i, 0, 10).body.empty());
}

TEST_CASE("compose: tenant, labels and what was missing are the plugin's") {
  at::draft const d =
      compose(marking{test::acme_settings()}, renderer_with_title{}, test::some_incident(), 8);
  CHECK(d.key == at::key_of(test::some_incident(), "prod"));
  CHECK_FALSE(d.key == at::key_of(test::some_incident()));
  CHECK(d.labels == std::vector<std::string>{"label of GW 3"});
  CHECK(d.body == "Netbox 11 down.\n\nMissing fields/tags:\n\n- host (tag)");
}

TEST_CASE("compose: an incident without an id has an empty key") {
  at::incident i;
  i.description = "down";
  CHECK(compose(an_acme(), at::default_renderer{}, i, 8).key.empty());
}

namespace {

/// The default document, made as any other renderer's is.
struct default_at_length {
  at::document::document operator()(at::incident const& i) const {
    return at::document::default_document(i);
  }
};

template <class Plugin>
void check_shortcut(typename Plugin::settings settings) {
  settings.information.project_namespace_and_name = "octo/tickets";
  settings.information.labels_mapping = {at::mapping_source::tag("nowhere")};
  Plugin const plugin{std::move(settings)};
  at::incident i = test::some_incident();
  for (std::size_t const size : {0U, 1U, 200U, 900U, 3'000U, 33'000U, 66'000U})
    for (std::string_view const unit : {"x", "@a\n", "\xC3\xA9", "\xFF"}) {
      INFO(size << " of " << unit);
      i.description.clear();
      while (i.description.size() < size) i.description += unit;
      for (std::size_t const limit : {std::size_t{300}, std::size_t{4'000}, Plugin::limits.body}) {
        at::draft const quick = compose(plugin, at::default_renderer{}, i, 3, limit);
        at::draft const slow = compose(plugin, default_at_length{}, i, 3, limit);
        CHECK(quick.title == slow.title);
        CHECK(quick.body == slow.body);
        CHECK(quick.overflow == slow.overflow);
        CHECK(quick.labels == slow.labels);
        CHECK(quick.key == slow.key);
      }
    }
}

} // namespace

TEST_CASE("compose: the default document comes out the same however it is written") {
  static_assert(at::detail::renders_default<at::plugins::github> &&
                at::detail::renders_default<at::plugins::gitlab> &&
                !at::detail::renders_default<acme>);
  check_shortcut<at::plugins::github>({.endpoint = "https://github.com/"});
  check_shortcut<at::plugins::gitlab>({.endpoint = "https://gitlab.com/"});
}
