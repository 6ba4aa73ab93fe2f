// cpp-httplib, keeping its connection, and nlohmann's JSON.

#define CPPHTTPLIB_OPENSSL_SUPPORT
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <peers/rounds.hpp>

int main(int count, char** arguments) {
  return peer_main(count, arguments, [](peer_arguments const& given) {
    nlohmann::json const texts = nlohmann::json::parse(given.ticket());
    std::string const title = texts.at("title"), text = texts.at("body");
    std::vector<std::string> const labels = texts.at("labels");
    std::string const path = given.path();
    httplib::SSLClient client{"localhost", std::stoi(given.port)};
    client.set_ca_cert_path(given.ca_file.c_str());
    client.enable_server_certificate_verification(true);
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);
    httplib::Headers const headers{{"Accept", "application/vnd.github+json"},
                                   {"X-GitHub-Api-Version", "2022-11-28"},
                                   {"Authorization", "Bearer benchmark"}};
    answer_rounds_one_by_one([&] {
      nlohmann::json issue;
      issue["title"] = title;
      issue["body"] = text;
      issue["labels"] = labels;
      httplib::Result const reply =
          client.Post(path.c_str(), headers, issue.dump(), "application/json");
      if (!reply) throw std::runtime_error(httplib::to_string(reply.error()));
      if (reply->status != 201) throw std::runtime_error("not created");
      nlohmann::json const created = nlohmann::json::parse(reply->body);
      return opened_ticket{created.at("number"), created.at("html_url")};
    });
  });
}
