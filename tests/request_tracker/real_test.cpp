// The Request Tracker plugin over a real RT, which servers/run_request_tracker.sh starts. Hidden:
// without it there is nothing to talk to.

#include "../document/hostile_inputs.hpp"
#include "behaviours.hpp"

#include <argus_ticket/transport/https.hpp>

#include <cstdlib>
#include <fstream>

namespace {

namespace at = argus_ticket;

std::string variable(std::string const& name) {
  char const* const value = std::getenv(name.c_str());
  REQUIRE(value != nullptr);
  return value;
}

/// An RT on this machine, which keeps its tickets from one test to the next.
struct real_site {
  using transport_type = at::https_transport;
  using clock_type = at::real_clock;

  std::string endpoint() const { return variable("RT_TEST_URL"); }
  at::secret token(std::string const& user) const {
    return at::secret{variable("RT_TEST_TOKEN_" + user)};
  }
  transport_type transport() const { return carrier; }
  std::int64_t pk() const {
    // Others than those of the run before, over the same RT.
    static std::int64_t last =
        std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds{1} * 1'000;
    return ++last;
  }

  std::string old_ticket() const { return variable("RT_TEST_OLD_TICKET"); }

  transport_type carrier;
};

} // namespace

TEST_CASE("rt: a real one has all the traps", "[.rt]") {
  real_site site;
  rt_behaviours::all_traps(site);
}

// What a browser makes of these is judged by servers/rt_pages.py.
TEST_CASE("rt: tickets to look at in a browser", "[.rt_pages]") {
  real_site site;
  std::ofstream list{variable("RT_TEST_PAGES")};
  auto tickets = rt_behaviours::client(site);
  auto const open = [&](char const* name, at::incident from, std::string const& comment) {
    from.pk = 90'000 + site.pk();
    from.argus_url = "https://argus.example.org/incidents/1";
    from.details_url = "https://nav.example.org/alerts/12345/";
    auto const opened = tickets.create(from);
    REQUIRE(opened.has_value());
    REQUIRE(opened->warnings.empty());
    REQUIRE(tickets.comment(*opened, comment).has_value());
    list << name << ' ' << opened->number << '\n';
  };
  at::incident hostile = test::incident(1, "");
  hostile.description = "<script>document.title='ran'</script><img src=x onerror=alert(1)> "
                        "https://evil.example/ [x](javascript:alert(1)) </textarea></title>";
  hostile.source.name = "<iframe src=https://evil.example></iframe>\"'><b>";
  at::incident harmless = hostile;
  harmless.description = "Netbox 11 down.";
  harmless.source.name = "Campus GW 3";
  std::string all;
  for (test::hostile_input const& one : test::hostile_inputs()) {
    if (one.bytes.size() > 500) continue;
    hostile.tags.push_back(at::incident_tag{"x", one.bytes, {}, {}});
    harmless.tags.push_back(at::incident_tag{"x", "word", {}, {}});
    all += one.bytes + '\n';
  }
  open("harmless", harmless, "text");
  open("hostile", hostile, all);
  // What is not escaped at all, so that it is seen whether the judge notices anything.
  auto const raw = rt_behaviours::sent(
      site, "bot", at::http::method::post, "ticket",
      {{"Queue", "General"},
       {"Subject", "not escaped"},
       {"ContentType", "text/html"},
       {"Content",
        "<p>https://evil.example/ <em>x</em> <a href='https://evil.example/'>y</a></p>"}});
  list << "unescaped " << at::detail::id_member(boost::json::parse(raw.body()), "id") << '\n';
}
