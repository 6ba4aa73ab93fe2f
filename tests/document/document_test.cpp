#include "../support/catch.hpp"

#include <argus_ticket/document/dialect.hpp>
#include <argus_ticket/document/document.hpp>

#include <string>
#include <string_view>

namespace doc = argus_ticket::document;

TEST_CASE("a document is built by hand", "[document]") {
  std::string const name = "disk";
  std::string_view const view = "view";
  doc::document d;
  d.add(doc::heading{2, "Disk full"})
      .add(doc::paragraph{doc::strong{"Host:"}, " ", name, view})
      .add(doc::list{"one", doc::inlines{"two ", doc::code{"/dev/sda1"}}, doc::code{"three"}})
      .add(doc::table{{"a", "b"}, {{"c", doc::link{"https://x.example"}}}})
      .add(doc::code_block{"lines"});
  REQUIRE(d.blocks.size() == 5);
  CHECK(std::get<doc::heading>(d.blocks[0]).content == doc::inlines{"Disk full"});
  CHECK(std::get<doc::paragraph>(d.blocks[1]).content.nodes.size() == 4);
  CHECK(std::get<doc::text>(std::get<doc::paragraph>(d.blocks[1]).content.nodes[3]).value ==
        "view");
  CHECK(std::get<doc::list>(d.blocks[2]).items.size() == 3);
  CHECK(std::get<doc::table>(d.blocks[3]).rows[0][1] ==
        doc::inlines{doc::link{"https://x.example", "https://x.example"}});
  CHECK_FALSE(d.empty());
  CHECK(doc::document{}.empty());
}

TEST_CASE("documents are values", "[document]") {
  doc::document const a{doc::heading{1, "a"}, doc::paragraph{"b"}};
  doc::document b = a;
  CHECK(a == b);
  b.add(doc::paragraph{"c"});
  CHECK_FALSE(a == b);
  CHECK(doc::paragraph{"x"} == doc::paragraph{doc::inlines{"x"}});
  CHECK(doc::inlines{}.add(doc::text{"x"}) == doc::inlines{"x"});
}

TEST_CASE("a dialect is known by what it can do", "[document]") {
  struct bare {
    static std::string render(doc::block const&) { return {}; }
    static std::string render(doc::document const&) { return {}; }
  };
  STATIC_REQUIRE(doc::dialect<bare>);
  STATIC_REQUIRE_FALSE(doc::has_hidden_comments<bare>);
  STATIC_REQUIRE_FALSE(doc::dialect<int>);
}
