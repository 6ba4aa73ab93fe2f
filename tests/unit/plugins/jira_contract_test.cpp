// Writes down what is sent to Jira Cloud: see tests/servers/run_jira.sh.

#include "../../document/jira_inputs.hpp"
#include "../../jira/world.hpp"

#include <cstdlib>
#include <fstream>

namespace jira_test {

// Hidden: servers/run_jira.sh holds what it writes down against Atlassian's own descriptions.
TEST_CASE("jira: what is sent is written down", "[.contract]") {
  char const* const path = std::getenv("JIRA_RECORDS");
  REQUIRE(path != nullptr);
  std::ofstream out(path);
  std::size_t written = 0;
  auto const write_down = [&](world& w) {
    for (at::http::request const& r : w.transport.requests()) {
      boost::json::object headers;
      for (at::http::field const& f : r.headers()) headers[f.name] = f.value;
      std::string const prefix = "/jira";
      out << boost::json::serialize(json{{"method", at::http::to_string(r.method())},
                                         {"target", r.url().target().substr(prefix.size())},
                                         {"headers", headers},
                                         {"body", r.body()}})
          << '\n';
      ++written;
    }
  };
  {
    world w(true);
    w.check_that_it_conforms();
    for (int i = 0; i < 4; ++i) REQUIRE(w.tickets.create(incident()).has_value()); // pages
    REQUIRE(w.tickets.find_or_create(incident()).has_value()); // heals, and looks for comments
    write_down(w);
  }
  {
    auto own = settings();
    own.information.project_key_or_id = "Network team";
    own.information.labels_set = {"network core"};
    own.information.custom_fields_set = {field("Team", {"noc"}), field("Notes", {"a\nb"}),
                                         field("Floor", {"3"}), field("Sites", {"a", "b"})};
    world w{own};
    w.server.fields = {{"customfield_1", "Team", "number", "", "", false, false},
                       {"customfield_2", "Team", "string", "", ""},
                       {"customfield_3", "Notes", "string", "", "customfieldtypes:textarea"},
                       {"customfield_4", "Floor", "number", "", ""},
                       {"customfield_5", "Sites", "array", "option", ""}};
    w.server.workflow = {{"1", "Resolve", "*", "Done", {}, {"Done", "Won't Do"}, true},
                         {"2", "Reopen", "Done", "To Do", {}, {}, false}};
    auto const opened = w.tickets.find_or_create(incident());
    REQUIRE(opened.has_value());
    REQUIRE(opened->warnings.empty());
    REQUIRE(w.tickets.update(*opened, incident()).has_value());
    REQUIRE(w.tickets.close(*opened, at::close_reason::not_planned).has_value());
    REQUIRE(w.tickets.check().has_value());
    write_down(w);
  }
  for (auto const& input : test::all_jira_inputs()) {
    at::document::document d;
    d.add(at::document::heading{2, input.bytes})
        .add(at::document::paragraph{at::document::strong{input.bytes}, input.bytes,
                                     at::document::code{input.bytes},
                                     at::document::link{input.bytes, "https://a.example"}})
        .add(at::document::list{input.bytes, at::document::link{input.bytes}})
        .add(at::document::table{{input.bytes}, {{input.bytes, "x"}}})
        .add(at::document::code_block{input.bytes});
    for (std::string const& page : at::document::split<at::document::adf>(
             d, jira::limits.body, jira::limits.body, jira::limits.unit, 100))
      out << boost::json::serialize(json{{"document", page}}) << '\n';
  }
  CHECK(written > 40);
  CHECK(out.good());
}

} // namespace jira_test
