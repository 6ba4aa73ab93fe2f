#include "../support/catch.hpp"

#include <argus_ticket/incident_key.hpp>

#include <set>

namespace at = argus_ticket;

namespace {

at::incident of_argus() {
  at::incident i;
  i.pk = 10101;
  i.source.pk = 11;
  i.source.name = "Uninett GW 3";
  i.source.type = "nav";
  i.source_incident_id = "12345";
  i.argus_url = "https://argus.example.org/incidents/10101";
  return i;
}

at::incident of_own_source() {
  at::incident i;
  i.source.type = "nav";
  i.source.name = "GW 3";
  i.source_incident_id = "12345";
  return i;
}

} // namespace

// The values were computed by another implementation (Python's uuid.uuid5). A change of any of them
// means that tickets of earlier versions are not found again.
TEST_CASE("incident_key: stays the same from version to version") {
  CHECK(at::key_of(of_argus()).value == "b7f66d41-4157-5982-bf3b-c6422d433a86");
  CHECK(at::key_of(of_argus(), "prod").value == "3b35e1a4-40c7-5ee4-a1c2-8bf79e52f6cf");
  CHECK(at::key_of(of_own_source()).value == "3577415e-f87e-5d8a-a558-03d33b63c23c");
  at::incident bare;
  bare.source_incident_id = "12345";
  CHECK(at::key_of(bare).value == "db11bf6a-55af-5486-8554-40d0e974d315");
}

TEST_CASE("incident_key: is empty where the incident has no id") {
  at::incident i = of_argus();
  i.pk.reset();
  i.source_incident_id.clear();
  CHECK(at::key_of(i).empty());
  CHECK(at::key_of(i, "prod").empty());
  CHECK(at::key_of(i) == at::incident_key{});
  i.pk = 0; // zero is an id
  CHECK_FALSE(at::key_of(i).empty());
}

TEST_CASE("incident_key: depends on nothing that changes while an incident lives") {
  at::incident i = of_argus();
  at::incident_key const before = at::key_of(i);
  i.description = "another text";
  i.end_time = at::timestamp{};
  i.level = 1;
  i.acked = true;
  i.source.name = "renamed";
  i.source.type = "retyped";
  i.source_incident_id = "with a pk it does not count";
  i.tags.push_back(at::incident_tag::from("a=b"));
  i.argus_url = "https://ARGUS.example.org/incidents/10101/?page=2";
  CHECK(at::key_of(i) == before);
}

TEST_CASE("incident_key: tells apart installations, sources and ids") {
  std::set<std::string> keys;
  std::size_t made = 0;
  auto const add = [&](at::incident const& i, std::string_view tenant = {}) {
    keys.insert(at::key_of(i, tenant).value);
    ++made;
  };
  at::incident i = of_argus();
  add(i);
  add(i, "prod");
  add(i, "test");
  i.argus_url = "https://test.argus.example.org/incidents/10101";
  add(i);
  i.argus_url = "http://test.argus.example.org:8000/incidents/10101";
  add(i);
  i.argus_url = "not a URL";
  add(i);
  i = of_argus();
  i.pk = 10102;
  add(i);
  i.pk = -10102;
  add(i);
  i.source.pk = 12;
  add(i);
  i.source.pk.reset();
  add(i);
  i.pk.reset();
  add(i);
  i.source_incident_id = "12346";
  add(i);
  CHECK(keys.size() == made);
}

TEST_CASE("incident_key: no text can pass for another part of the name") {
  at::incident a = of_own_source();
  at::incident b = a;
  a.source.type = "nav4:GW";
  a.source.name = "3";
  b.source.type = "nav";
  b.source.name = "4:GW3";
  CHECK_FALSE(at::key_of(a) == at::key_of(b));
  a.source.type = "ab";
  a.source.name = "c";
  b.source.type = "a";
  b.source.name = "bc";
  CHECK_FALSE(at::key_of(a) == at::key_of(b));
  // A pk and the same text as a source's own id are not the same id.
  a = b = of_own_source();
  a.source_incident_id.clear();
  a.pk = 12345;
  CHECK_FALSE(at::key_of(a) == at::key_of(b));
  // Nor is a tenant the name of a host.
  a = b = of_argus();
  b.argus_url.clear();
  CHECK(at::key_of(a) == at::key_of(b, "argus.example.org"));
}

TEST_CASE("incident_key: takes any bytes") {
  at::incident i = of_own_source();
  i.source_incident_id = std::string("\xFF\0\n<!-- -->", 11);
  std::string const value = at::key_of(i).value;
  CHECK(value.size() == 36);
  CHECK(value.find_first_not_of("0123456789abcdef-") == std::string::npos);
  CHECK(value[14] == '5');
  i.source_incident_id.assign(10'000'000, 'x');
  CHECK(at::key_of(i).value.size() == 36);
}
