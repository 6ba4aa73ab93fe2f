#include "../support/catch.hpp"

#include <argus_ticket/incident.hpp>

namespace at = argus_ticket;

TEST_CASE("incident_tag: is split at its first equals sign") {
  auto const check = [](char const* text, char const* key, char const* value) {
    at::incident_tag const tag = at::incident_tag::from(text);
    CHECK(tag.key == key);
    CHECK(tag.value == value);
    CHECK_FALSE(tag.added_by);
    CHECK_FALSE(tag.added_time);
  };
  check("object=Netbox 4", "object", "Netbox 4");
  check("query=a=b=c", "query", "a=b=c"); // crashed all four plugins of Argus
  check("location=", "location", "");
  check("=value", "", "value");
  check("=", "", "");
  check("alone", "alone", "");
  check("", "", "");
}

TEST_CASE("incident_tag: its text reads as the same tag") {
  for (char const* text : {"object=Netbox 4", "query=a=b=c", "location=", "=value"})
    CHECK(at::incident_tag::from(text).text() == text);
  CHECK(at::incident_tag::from("alone").text() == "alone=");
  CHECK(at::incident_tag::from(at::incident_tag::from("alone").text()) ==
        at::incident_tag::from("alone"));
}

TEST_CASE("incident: has Argus's defaults") {
  at::incident const i;
  CHECK_FALSE(i.pk);
  CHECK_FALSE(i.start_time);
  CHECK_FALSE(i.end_time);
  CHECK(i.level == 5);
  CHECK(i.metadata == "{}");
  CHECK(i.stateful);
  CHECK(i.open);
  CHECK_FALSE(i.acked);
  CHECK(i == at::incident{});
  at::incident other;
  other.source.name = "GW 3";
  CHECK_FALSE(i == other);
}
