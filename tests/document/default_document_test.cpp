#include "../support/catch.hpp"
#include "hostile_inputs.hpp"

#include <argus_ticket/document/default_document.hpp>
#include <argus_ticket/document/gitlab_markdown.hpp>
#include <argus_ticket/document/html.hpp>
#include <argus_ticket/document/markdown.hpp>
#include <argus_ticket/document/plain.hpp>

using namespace argus_ticket::document;
using argus_ticket::incident;
using argus_ticket::incident_tag;

namespace {

/// The incident of Argus's own documentation.
incident example() {
  incident i;
  i.pk = 10101;
  i.start_time = argus_ticket::parse_timestamp("2011-11-11T11:11:11+02:00");
  i.end_time = argus_ticket::infinity;
  i.source.name = "Uninett GW 3";
  i.source.type = "nav";
  i.source.base_url = "https://nav.example.org";
  i.source_incident_id = "12345";
  i.details_url = "/alerts/12345/";
  i.description = "Netbox 11 <12345> down.";
  i.tags = {incident_tag::from("object=Netbox 4"), incident_tag::from("expr=a=b")};
  i.argus_url = "https://argus.example.org/incidents/10101";
  i.user = "Ola Nordmann";
  return i;
}

} // namespace

TEST_CASE("the sections are Argus's, in Argus's order", "[document][default]") {
  document d = default_document(example());
  append_missing(d, {"location", "owner"});
  CHECK(plain::render(d) == "Argus incident #10101\n\n"
                            "Description: Netbox 11 <12345> down.\n\n"
                            "Start time: 2011-11-11T11:11:11+02:00\n\n"
                            "Source: Uninett GW 3 (nav)\n\n"
                            "Argus URL: https://argus.example.org/incidents/10101\n\n"
                            "Details URL: https://nav.example.org/alerts/12345/\n\n"
                            "Tags:\n\n- object=Netbox 4\n- expr=a=b\n\n"
                            "Argus user: Ola Nordmann\n\n"
                            "Missing fields/tags:\n\n- location\n- owner");
  CHECK(markdown::render(d).find("- `expr=a=b`") != std::string::npos);
  CHECK(html::render(d).find("<a href=\"https://argus.example.org/incidents/10101\"") !=
        std::string::npos);
}

TEST_CASE("an end time is shown only where the incident ended", "[document][default]") {
  incident i = example();
  auto const shown = [&] {
    return plain::render(default_document(i)).find("End time") != std::string::npos;
  };
  CHECK_FALSE(shown());
  i.end_time.reset();
  CHECK_FALSE(shown());
  i.end_time = argus_ticket::parse_timestamp("2011-11-11T12:00:00Z");
  CHECK(shown());
}

TEST_CASE("what an incident lacks is left out", "[document][default]") {
  incident i;
  CHECK(plain::render(default_document(i)) == "Incident");
  CHECK(default_title(i) == "Incident");
  i.source_incident_id = "a\nb";
  CHECK(plain::render(default_document(i)) == "Incident a b");
  CHECK(default_title(i) == "Incident a b");
  i.pk = 7;
  CHECK(plain::render(default_document(i)) == "Argus incident #7");
  CHECK(default_title(i) == "Incident 7");
  i.description = " \n\t";
  CHECK(default_title(i) == "Incident 7");
  CHECK(plain::render(default_document(i)) == "Argus incident #7");
  i.description = " a\r\nb ";
  CHECK(default_title(i) == "a b");
  document d = default_document(i);
  document const before = d;
  append_missing(d, {});
  CHECK(d == before);
}

TEST_CASE("a relative details URL keeps the base's path", "[document][default]") {
  incident i;
  auto const joined = [&](char const* base, char const* details) {
    i.source.base_url = base;
    i.details_url = details;
    return details_url_of(i);
  };
  CHECK(joined("https://x.example", "/a") == "https://x.example/a");
  CHECK(joined("https://x.example/", "a") == "https://x.example/a");
  CHECK(joined("https://x.example/nav/", "/a/b/") == "https://x.example/nav/a/b/");
  CHECK(joined("https://x.example/nav", "?id=1") == "https://x.example/nav/?id=1");
  CHECK(joined("https://x.example", "//evil.example/a") == "https://x.example/evil.example/a");
  CHECK(joined("https://x.example", "https://y.example/a") == "https://y.example/a");
  CHECK(joined("https://x.example", "javascript:a") == "javascript:a");
  CHECK(joined("https://x.example", "a/b:c") == "https://x.example/a/b:c");
  CHECK(joined("", "/a") == "/a");
  CHECK(joined("https://x.example", "").empty());
}

TEST_CASE("every field may be hostile", "[document][default]") {
  for (test::hostile_input const& input : test::hostile_inputs()) {
    INFO(input.name);
    std::string const& s = input.bytes;
    incident i = example();
    i.source.name = i.source.type = i.source.base_url = i.source_incident_id = i.details_url = s;
    i.description = i.argus_url = i.user = s;
    i.tags = {incident_tag::from(s), {}};
    document d = default_document(i);
    append_missing(d, {s});
    CHECK(markdown::render(d).find("<!--") == std::string::npos);
    CHECK(html::render(d).find("<!--") == std::string::npos);
    CHECK_FALSE(plain::render(d).empty());
    CHECK_FALSE(default_title(i).empty());
  }
}

namespace {

/// Whether a dialect writes the default document at once as it writes the document itself.
template <class Dialect>
void check_written_at_once(incident const& i, std::vector<std::string> const& missing) {
  document d = default_document(i);
  append_missing(d, missing);
  CHECK(Dialect::render_default(i, missing) == Dialect::render(d));
}

void check_written_at_once(incident const& i, std::vector<std::string> const& missing = {}) {
  check_written_at_once<markdown>(i, missing);
  check_written_at_once<gitlab_markdown>(i, missing);
}

} // namespace

TEST_CASE("the default document that is written at once is the same", "[document][default]") {
  check_written_at_once(incident{});
  check_written_at_once(example());
  check_written_at_once(example(), {"location", "owner"});
  for (test::hostile_input const& input : test::hostile_inputs()) {
    INFO(input.name);
    std::string const& text = input.bytes;
    incident i = example();
    i.description = text;
    check_written_at_once(i);
    i.description = "GW 3: " + text + ' ' + text;
    i.source.name = i.source.type = text;
    i.user = text;
    i.tags.clear();
    for (std::string const& tag : {text, '=' + text, std::string{"="}, text + '=' + text})
      i.tags.push_back(incident_tag::from(tag));
    check_written_at_once(i, {text, "", text});
    for (std::string const& url : {text, "https://" + text, "https://github.com/o/n/" + text}) {
      i.argus_url = i.details_url = url;
      check_written_at_once(i);
    }
    i.details_url = '/' + text;
    i.source.base_url = text;
    i.pk.reset();
    i.source_incident_id = text;
    check_written_at_once(i);
  }
}
