// The program: a tracker on loopback until it is told to stop.
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <local_tracker/server.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace {

constexpr std::string_view usage =
    R"(local_tracker: a small GitHub for trying things out, on https://127.0.0.1

  --port N             listen there (default 0: any free port)
  --directory DIR      write ca.pem and, once listening, settings.json and ready.json there
                       (default: the current one)
  --repository O/N     the repository to have (default argus/incidents)
  --token T            the token that may do everything there (default: a random one, see ready.json)
  --path-prefix P      serve everything below this path, e.g. /tracker
  --tickets N          start with N tickets, opened by the token's user
  --seconds N          stop by itself after N seconds
  --help               show this

It stops on SIGINT and SIGTERM. It keeps nothing on disk but these two files.
)";

struct bad_usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct settings {
  local_tracker::server_options server;
  std::filesystem::path directory = ".";
  std::string repository = "argus/incidents";
  std::string token;
  unsigned tickets = 0;
  std::optional<unsigned> seconds;
  bool help = false;
};

unsigned number(std::string_view option, std::string_view text, unsigned most) {
  unsigned value = 0;
  auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size() || value > most)
    throw bad_usage(std::string(option) + " takes a number from 0 to " + std::to_string(most) +
                    ", not \"" + std::string(text) + '"');
  return value;
}

std::string random_token() {
  std::array<unsigned char, 20> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("no random numbers");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "local_";
  for (unsigned char const byte : bytes) (text += digits[byte >> 4]) += digits[byte & 15];
  return text;
}

settings parse(std::vector<std::string_view> arguments) {
  settings result;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view option = arguments[i];
    if (option == "--help" || option == "-h") {
      result.help = true;
      return result;
    }
    std::string_view value;
    auto const equals = option.find('=');
    bool const joined = option.starts_with("--") && equals != option.npos;
    if (joined) {
      value = option.substr(equals + 1);
      option = option.substr(0, equals);
    }
    std::array<std::string_view, 7> const known{"--port",   "--directory", "--repository",
                                                "--token",  "--tickets",   "--path-prefix",
                                                "--seconds"};
    if (std::find(known.begin(), known.end(), option) == known.end())
      throw bad_usage("there is no option \"" + std::string(option) + '"');
    if (!joined) {
      if (++i == arguments.size()) throw bad_usage(std::string(option) + " needs a value");
      value = arguments[i];
    }
    if (value.empty() && option != "--path-prefix")
      throw bad_usage(std::string(option) + " needs a value");
    if (option == "--port")
      result.server.port = static_cast<unsigned short>(number(option, value, 65535));
    if (option == "--directory") result.directory = value;
    if (option == "--repository") result.repository = value;
    if (option == "--token") result.token = value;
    if (option == "--tickets") result.tickets = number(option, value, 1'000'000);
    if (option == "--path-prefix") result.server.api.path_prefix = value;
    if (option == "--seconds") result.seconds = number(option, value, 1'000'000'000);
  }
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
  auto const slash = result.repository.find('/');
  if (slash == 0 || slash == std::string::npos || slash + 1 == result.repository.size() ||
      result.repository.find('/', slash + 1) != std::string::npos ||
      result.repository.find_first_not_of(plain) != std::string::npos)
    throw bad_usage("--repository takes \"owner/name\", not \"" + result.repository + '"');
  if (result.server.api.path_prefix.find_first_not_of(plain) != std::string::npos)
    throw bad_usage("--path-prefix takes letters, digits and slashes");
  for (char const c : result.token)
    if (c <= ' ' || c > '~') throw bad_usage("--token takes visible ASCII characters only");
  return result;
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
