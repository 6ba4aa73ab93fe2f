#include "../../../support/catch.hpp"

#include <argus_ticket/plugins/support/labels.hpp>

#include <string>

namespace at = argus_ticket;
using at::mapping_source;
using at::plugins::support::map_labels;
using at::plugins::support::values_of;
using strings = std::vector<std::string>;

namespace {

at::incident some_incident() {
  at::incident i;
  i.pk = 10101;
  i.source.name = "GW 3";
  i.source.type = "nav";
  i.level = 1;
  i.description = "Netbox down";
  i.metadata = R"({"rack": "B4", "depth": 1.5, "slots": 3, "deep": {"er": true}, "none": null})";
  i.end_time = at::infinity;
  for (char const* tag : {"host=a", "host=b", "query=x=y", "empty=", "alone"})
    i.tags.push_back(at::incident_tag::from(tag));
  return i;
}

strings attribute(std::string name) {
  return values_of(mapping_source::attribute(std::move(name)), some_incident());
}
strings tag(std::string name) {
  return values_of(mapping_source::tag(std::move(name)), some_incident());
}

at::mapped_labels mapped(strings const& set, std::vector<mapping_source> const& mapping = {},
                         std::size_t limit = 50) {
  return map_labels(set, mapping, some_incident(), limit);
}

} // namespace

TEST_CASE("labels: an attribute's value, as people would write it") {
  CHECK(attribute("level") == strings{"1"});
  CHECK(attribute("pk") == strings{"10101"});
  CHECK(attribute("description") == strings{"Netbox down"});
  CHECK(attribute("open") == strings{"true"});
  CHECK(attribute("end_time") == strings{}); // it is open
  CHECK(attribute("source.name") == strings{"GW 3"});
  CHECK(attribute("source.type.name") == strings{"nav"});
  CHECK(attribute("source.type") == strings{"nav"}); // an object by its name
  CHECK(attribute("source") == strings{"GW 3"});
  CHECK(attribute("metadata.rack") == strings{"B4"});
  CHECK(attribute("metadata.slots") == strings{"3"});
  CHECK(attribute("metadata.depth") == strings{"1.5"});
  CHECK(attribute("metadata.deep.er") == strings{"true"});
}

TEST_CASE("labels: attributes that the incident lacks") {
  for (char const* name : {"start_time", "user", "nonsense", "", ".", "..", ".level", "level.x",
                           "source.nonsense", "description.0", "metadata", "metadata.none",
                           "metadata.deep", "SOURCE.name", "tags.host", "source..name"}) {
    INFO(name);
    CHECK(attribute(name).empty());
  }
}

TEST_CASE("labels: a tag's values, all of them") {
  CHECK(tag("host") == strings{"a", "b"});
  CHECK(tag("query") == strings{"x=y"});
  CHECK(tag("empty").empty());
  CHECK(tag("alone").empty());
  CHECK(tag("Host").empty());
  CHECK(tag("").empty());
}

TEST_CASE("labels: the set, then what is mapped, each once") {
  auto const all = mapped({"network", "Argus"},
                          {mapping_source::tag("host"), mapping_source::attribute("level"),
                           mapping_source::tag("host"), mapping_source::attribute("source.name")});
  CHECK(all.labels == strings{"network", "Argus", "a", "b", "1", "GW 3"});
  CHECK(all.missing.empty());
  CHECK(mapped({"a", "A", "b"}, {mapping_source::tag("host")}).labels == strings{"a", "b"});
}

TEST_CASE("labels: what the incident lacks is listed") {
  auto const all = mapped({}, {mapping_source::tag("rack"), mapping_source::attribute("user"),
                               mapping_source::tag("empty"), mapping_source::attribute("level")});
  CHECK(all.labels == strings{"1"});
  CHECK(all.missing == strings{"rack (tag)", "user", "empty (tag)"});
}

TEST_CASE("labels: on one line, cleaned and cut") {
  CHECK(mapped({"a\nb\t c"}).labels == strings{"a b c"});
  CHECK(mapped({"\xFF", "x\x1b"}).labels == strings{"\xEF\xBF\xBD", "x\xEF\xBF\xBD"});
  CHECK(mapped({"", " \n", "\xE2\x80\xAE"}).labels.empty());
  CHECK(mapped({std::string(50, 'x')}).labels == strings{std::string(50, 'x')});
  CHECK(mapped({std::string(51, 'x')}).labels == strings{std::string(49, 'x') + "\xE2\x80\xA6"});
  // Two that are the same once they are cut are one.
  CHECK(mapped({std::string(60, 'x') + "1", std::string(60, 'x') + "2"}).labels.size() == 1);
  // Code points count, not bytes.
  std::string umlauts;
  for (int i = 0; i < 50; ++i) umlauts += "\xC3\xA4";
  CHECK(mapped({umlauts}).labels == strings{umlauts});
}
