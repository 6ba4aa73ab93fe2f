// The program: a tracker on loopback until it is told to stop.
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>
#include <openssl/rand.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <local_tracker/switches.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace {

using namespace local_tracker::program;

std::string random_token() {
  std::array<unsigned char, 20> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("no random numbers");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "local_";
  for (unsigned char const byte : bytes) (text += digits[byte >> 4]) += digits[byte & 15];
  return text;
}

/// Whoever waits for a file must never see half of it.
void write_file(std::filesystem::path const& directory, std::string const& name,
                boost::json::value const& text) {
  std::filesystem::path const file = directory / name;
  std::filesystem::path const unfinished = directory / (name + '.' + std::to_string(::getpid()));
  std::ofstream out{unfinished, std::ios::binary | std::ios::trunc};
  // It holds the token.
  std::filesystem::permissions(unfinished, std::filesystem::perms::owner_read |
                                               std::filesystem::perms::owner_write);
  out << boost::json::serialize(text) << '\n';
  out.close();
  if (!out) throw std::runtime_error("cannot write " + unfinished.string());
  std::filesystem::rename(unfinished, file);
}

void run(settings given) {
  boost::asio::io_context context{1};
  boost::asio::signal_set signals{context, SIGINT, SIGTERM}; // before anybody may know our pid
  std::filesystem::create_directories(given.directory);
  std::filesystem::remove(given.directory / "ready.json"); // an older one would be believed

  auto authority = std::make_shared<local_tracker::certificate_authority const>();
  auto const ca_file =
      std::filesystem::absolute(authority->write(given.directory)).lexically_normal();
  given.server.authority = authority;
  local_tracker::server server{given.server};
  std::string const token = given.token.empty() ? random_token() : given.token;
  server.api().add_user(token, {.login = "argus-bot", .access = local_tracker::role::write});
  server.api().add_repository({.full_name = given.repository});
  for (unsigned i = 1; i <= given.tickets; ++i)
    server.api().add_issue(given.repository,
                           {.title = "Ticket " + std::to_string(i),
                            .body = "A ticket from before, number " + std::to_string(i) + ".",
                            .labels = {"argus-ticket"}});

  // What a client of the library needs, as Argus's four settings.
  write_file(
      given.directory, "settings.json",
      boost::json::object{{"TICKET_PLUGIN", "github"},
                          {"TICKET_ENDPOINT", server.endpoint()},
                          {"TICKET_AUTHENTICATION_SECRET", boost::json::object{{"token", token}}},
                          {"TICKET_INFORMATION",
                           boost::json::object{{"project_namespace_and_name", given.repository}}}});
  boost::json::object const ready{{"endpoint", server.endpoint()},
                                  {"ca_file", ca_file.string()},
                                  {"repository", given.repository},
                                  {"token", token},
                                  {"pid", ::getpid()}};
  // Only now, as nobody must be hit before the world is complete.
  if (given.faults.lose_replies_percent > 0 || given.faults.fail_requests_percent > 0)
    server.set_connection_fault(local_tracker::random_faults(given.faults));
  if (given.latency.count() > 0)
    server.api().set_reply_hook(
        [latency = given.latency](local_tracker::request const&, local_tracker::response& answer) {
          answer.delay = latency;
        });
  write_file(given.directory, "ready.json", ready);
  std::cout << "listening on " << server.endpoint() << ", see "
            << (given.directory / "ready.json").string() << std::endl;

  signals.async_wait([&](boost::system::error_code, int) { context.stop(); });
  boost::asio::steady_timer timer{context};
  if (given.seconds) {
    timer.expires_after(std::chrono::seconds{*given.seconds});
    timer.async_wait([&](boost::system::error_code) { context.stop(); });
  }
  context.run();
  std::error_code ignored;
  for (char const* name : {"ready.json", "settings.json"})
    std::filesystem::remove(given.directory / name, ignored);
}

} // namespace

int main(int count, char** arguments) {
  try {
    settings given = parse({arguments + 1, arguments + count});
    if (given.help) {
      std::cout << usage;
      return 0;
    }
    run(std::move(given));
    return 0;
  } catch (bad_usage const& problem) {
    std::cerr << "local_tracker: " << problem.what() << "\nSee local_tracker --help.\n";
    return 2;
  } catch (std::exception const& problem) {
    std::cerr << "local_tracker: " << problem.what() << '\n';
    return 1;
  }
}
