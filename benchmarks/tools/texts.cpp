// Writes what the peers send and the server answers.
// usage: benchmark_texts FOLDER NAME=BYTES...
// For each: FOLDER/NAME.incident.json, FOLDER/NAME.ticket.json, FOLDER/replies/NAME.json.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <boost/json.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <tools/incidents.hpp>

namespace {

namespace at = argus_ticket;

void write(std::filesystem::path const& path, std::string_view text) {
  std::ofstream file{path, std::ios::binary};
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

boost::json::object user() {
  std::string const at = "https://api.github.com/users/octocat";
  boost::json::object who{{"login", "octocat"},
                          {"id", 583231},
                          {"node_id", "MDQ6VXNlcjU4MzIzMQ=="},
                          {"avatar_url", "https://avatars.githubusercontent.com/u/583231?v=4"},
                          {"gravatar_id", ""},
                          {"url", at},
                          {"html_url", "https://github.com/octocat"},
                          {"type", "User"},
                          {"site_admin", false}};
  for (char const* what :
       {"followers", "following{/other_user}", "gists{/gist_id}", "starred{/owner}{/repo}",
        "subscriptions", "organizations", "repos", "events{/privacy}", "received_events"}) {
    std::string_view const name = what;
    who[std::string{name.substr(0, name.find('{'))} + "_url"] = at + '/' + what;
  }
  return who;
}

/// An issue as GitHub shows it to whoever has just opened it.
boost::json::object issue_of(boost::json::object const& ticket, std::string const& repository) {
  std::string const at = "https://localhost/api/v3/repos/" + repository;
  boost::json::array labels;
  for (boost::json::value const& name : ticket.at("labels").as_array())
    labels.push_back({{"id", 208045946},
                      {"node_id", "MDU6TGFiZWwyMDgwNDU5NDY="},
                      {"url", at + "/labels/" + std::string{name.as_string()}},
                      {"name", name},
                      {"color", "ededed"},
                      {"default", false},
                      {"description", nullptr}});
  return {{"url", at + "/issues/1347"},
          {"repository_url", at},
          {"labels_url", at + "/issues/1347/labels{/name}"},
          {"comments_url", at + "/issues/1347/comments"},
          {"events_url", at + "/issues/1347/events"},
          {"html_url", "https://localhost/" + repository + "/issues/1347"},
          {"id", 1},
          {"node_id", "MDU6SXNzdWUx"},
          {"number", 1347},
          {"title", ticket.at("title")},
          {"user", user()},
          {"labels", labels},
          {"state", "open"},
          {"locked", false},
          {"assignee", nullptr},
          {"assignees", boost::json::array{}},
          {"milestone", nullptr},
          {"comments", 0},
          {"created_at", "2026-11-11T10:11:12Z"},
          {"updated_at", "2026-11-11T10:11:12Z"},
          {"closed_at", nullptr},
          {"author_association", "CONTRIBUTOR"},
          {"active_lock_reason", nullptr},
          {"body", ticket.at("body")},
          {"closed_by", nullptr},
          {"timeline_url", at + "/issues/1347/timeline"},
          {"performed_via_github_app", nullptr},
          {"state_reason", nullptr}};
}

} // namespace

int main(int count, char** arguments) try {
  if (count < 3) return std::cerr << "usage: benchmark_texts FOLDER NAME=BYTES...\n", 2;
  std::filesystem::path const folder = arguments[1];
  std::filesystem::create_directories(folder / "replies");
  for (int i = 2; i < count; ++i) {
    std::string_view const wanted = arguments[i];
    std::size_t const split = wanted.find('=');
    std::string const name{wanted.substr(0, split)};
    std::size_t const size = std::stoul(std::string{wanted.substr(split + 1)});
    at::incident const incident = incident_of(size);
    at::client<"github", at::testing::mock_transport> tickets{
        at::settings<"github">{.endpoint = "https://localhost/",
                               .authentication = {.token = at::secret{"benchmark"}},
                               .information = {.project_namespace_and_name = "octo/" + name}}};
    std::string const body = tickets.preview(incident).value().body();
    boost::json::object const ticket = boost::json::parse(body).as_object();
    write(folder / (name + ".incident.json"), boost::json::serialize(at::to_json(incident)));
    write(folder / (name + ".ticket.json"), body);
    write(folder / "replies" / (name + ".json"),
          boost::json::serialize(issue_of(ticket, "octo/" + name)));
  }
} catch (std::exception const& e) {
  std::cerr << e.what() << '\n';
  return 1;
}
