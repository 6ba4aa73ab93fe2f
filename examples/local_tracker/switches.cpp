#include <algorithm>
#include <array>
#include <charconv>
#include <local_tracker/switches.hpp>

namespace local_tracker::program {

std::string_view const usage =
    R"(local_tracker: a small GitHub for trying things out, on https://127.0.0.1

  --port N             listen there (default 0: any free port)
  --directory DIR      write ca.pem and, once listening, settings.json and ready.json there
                       (default: the current one)
  --repository O/N     the repository to have (default argus/incidents)
  --token T            the token that may do everything there (default: a random one, see ready.json)
  --path-prefix P      serve everything below this path, e.g. /tracker
  --tickets N          start with N tickets, opened by the token's user
  --seconds N          stop by itself after N seconds
  --lose-replies P     P percent of the writes are done, but their replies are lost
  --fail-requests P    P percent of the requests are cut by a reset; nothing is done
  --seed N             which ones these are (default 1)
  --latency-ms N       wait that long before each reply
  --requests-per-hour N  what a user may send in an hour (default 5000)
  --github-limits      enforce github.com's rate limits
  --help               show this

It stops on SIGINT and SIGTERM. It keeps nothing on disk but these two files.
{endpoint}_tracker/issues.json shows all that is in it.
)";

namespace {

unsigned number(std::string_view option, std::string_view text, unsigned most) {
  unsigned value = 0;
  auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size() || value > most)
    throw bad_usage(std::string(option) + " takes a number from 0 to " + std::to_string(most) +
                    ", not \"" + std::string(text) + '"');
  return value;
}

struct known_switch {
  std::string_view name;
  void (*apply)(settings& to, std::string_view option, std::string_view value);
};

constexpr std::array<known_switch, 12> switches{{
    {"--port",
     [](settings& to, std::string_view option, std::string_view value) {
       to.server.port = static_cast<unsigned short>(number(option, value, 65535));
     }},
    {"--directory",
     [](settings& to, std::string_view, std::string_view value) { to.directory = value; }},
    {"--repository",
     [](settings& to, std::string_view, std::string_view value) { to.repository = value; }},
    {"--token", [](settings& to, std::string_view, std::string_view value) { to.token = value; }},
    {"--tickets", [](settings& to, std::string_view option,
                     std::string_view value) { to.tickets = number(option, value, 1'000'000); }},
    {"--path-prefix", [](settings& to, std::string_view,
                         std::string_view value) { to.server.api.path_prefix = value; }},
    {"--seconds",
     [](settings& to, std::string_view option, std::string_view value) {
       to.seconds = number(option, value, 1'000'000'000);
     }},
    {"--lose-replies",
     [](settings& to, std::string_view option, std::string_view value) {
       to.faults.lose_replies_percent = number(option, value, 100);
     }},
    {"--fail-requests",
     [](settings& to, std::string_view option, std::string_view value) {
       to.faults.fail_requests_percent = number(option, value, 100);
     }},
    {"--seed",
     [](settings& to, std::string_view option, std::string_view value) {
       to.faults.seed = number(option, value, 4'000'000'000);
     }},
    {"--latency-ms",
     [](settings& to, std::string_view option, std::string_view value) {
       to.latency = std::chrono::milliseconds{number(option, value, 1'000'000)};
     }},
    {"--requests-per-hour",
     [](settings& to, std::string_view option, std::string_view value) {
       to.server.api.rate_limit = number(option, value, 1'000'000'000);
     }},
}};

void check(settings const& given) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
  auto const slash = given.repository.find('/');
  if (slash == 0 || slash == std::string::npos || slash + 1 == given.repository.size() ||
      given.repository.find('/', slash + 1) != std::string::npos ||
      given.repository.find_first_not_of(plain) != std::string::npos)
    throw bad_usage("--repository takes \"owner/name\", not \"" + given.repository + '"');
  if (given.server.api.path_prefix.find_first_not_of(plain) != std::string::npos)
    throw bad_usage("--path-prefix takes letters, digits and slashes");
  for (char const c : given.token)
    if (c <= ' ' || c > '~') throw bad_usage("--token takes visible ASCII characters only");
}

} // namespace

settings parse(std::vector<std::string_view> const& arguments) {
  settings result;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view option = arguments[i];
    if (option == "--help" || option == "-h") {
      result.help = true;
      return result;
    }
    if (option == "--github-limits") {
      result.server.api.limits = github_com_limits();
      continue;
    }
    std::string_view value;
    auto const equals = option.find('=');
    bool const joined = option.starts_with("--") && equals != option.npos;
    if (joined) {
      value = option.substr(equals + 1);
      option = option.substr(0, equals);
    }
    auto const found = std::find_if(switches.begin(), switches.end(),
                                    [&](known_switch const& k) { return k.name == option; });
    if (found == switches.end())
      throw bad_usage("there is no option \"" + std::string(option) + '"');
    if (!joined) {
      if (++i == arguments.size()) throw bad_usage(std::string(option) + " needs a value");
      value = arguments[i];
    }
    if (value.empty() && option != "--path-prefix")
      throw bad_usage(std::string(option) + " needs a value");
    found->apply(result, option, value);
  }
  result.faults.path_prefix = result.server.api.path_prefix;
  check(result);
  return result;
}

} // namespace local_tracker::program
