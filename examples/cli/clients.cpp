#include "plugin_clients.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace at = argus_ticket;

namespace cli {
namespace {

template <class Plugin>
class client_of final : public any_client {
 public:
  explicit client_of(at::basic_client<Plugin> client) : client_(std::move(client)) {}

  at::result<at::check_report> check() override {
    if constexpr (at::checks_access<Plugin>)
      return client_.check();
    else
      return lacks<Plugin>("check");
  }
  at::result<at::http::request> preview(at::incident const& from) override {
    return client_.preview(from);
  }
  at::result<std::string> prefilled_url(at::incident const& from) override {
    if constexpr (at::prefills_tickets<Plugin>)
      return client_.prefilled_url(from);
    else
      return lacks<Plugin>("preview --url");
  }
  at::result<at::ticket> create(at::incident const& from) override { return client_.create(from); }
  at::result<at::ticket> find_or_create(at::incident const& from) override {
    if constexpr (at::finds_tickets<Plugin>)
      return client_.find_or_create(from);
    else
      return lacks<Plugin>("open");
  }
  at::result<std::optional<at::ticket>> find(at::incident const& from) override {
    if constexpr (at::finds_tickets<Plugin>)
      return client_.find(from);
    else
      return lacks<Plugin>("find");
  }
  at::result<at::ticket> get(std::string const& which) override {
    if constexpr (at::gets_tickets<Plugin>)
      return client_.get(which);
    else
      return lacks<Plugin>("show");
  }
  at::result<at::ticket> update(std::string const& which, at::incident const& from) override {
    if constexpr (at::updates_tickets<Plugin>)
      return client_.update(which, from);
    else
      return lacks<Plugin>("update");
  }
  at::result<at::comment> comment(std::string const& which, std::string const& text) override {
    if constexpr (at::comments_tickets<Plugin>)
      return client_.comment(which, text);
    else
      return lacks<Plugin>("comment");
  }
  at::result<at::ticket> close(std::string const& which, at::close_reason why) override {
    if constexpr (at::closes_tickets<Plugin>)
      return client_.close(which, why);
    else
      return lacks<Plugin>("close");
  }
  at::result<at::ticket> reopen(std::string const& which) override {
    if constexpr (at::reopens_tickets<Plugin>)
      return client_.reopen(which);
    else
      return lacks<Plugin>("reopen");
  }

 private:
  at::basic_client<Plugin> client_;
};

/// What went wrong with the connection's options, by the names that our users gave.
std::vector<at::problem> renamed(std::vector<at::problem> problems,
                                 connection_options const& given) {
  std::array<std::pair<std::string_view, char const*>, 5> const names{{
      {"https_options.ca_file", "--ca-file"},
      {"https_options.client_certificate_file", "--client-certificate"},
      {"https_options.client_key_file", "--client-key"},
      {"https_options.proxy", given.proxy.empty() ? "HTTPS_PROXY" : "--proxy"},
      {"https_options.total_timeout", "--timeout"},
  }};
  for (at::problem& p : problems)
    for (auto const& [library, ours] : names)
      if (p.where == library) p.where = ours;
  return problems;
}

void append(std::vector<at::problem>& to, std::vector<at::problem> const& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// The problems that every plugin finds in the settings: all that can be said without its name.
std::vector<at::problem> common_problems(at::raw_settings const& raw) {
  std::vector<at::problem> common;
  bool is_first = true;
  for (std::string_view const name : at::plugin_names<plugins>) {
    auto const found =
        at::visit_plugin<plugins>(name, [&]<class P>(std::type_identity<P>) -> at::result<bool> {
          auto loaded = at::load_settings<P>(raw);
          if (!loaded) return std::move(loaded).error();
          return true;
        });
    std::vector<at::problem> const these =
        found ? std::vector<at::problem>{} : found.error().problems;
    if (std::exchange(is_first, false))
      common = these;
    else
      std::erase_if(common, [&](at::problem const& p) {
        return std::find(these.begin(), these.end(), p) == these.end();
      });
  }
  return common;
}

/// What the options' own problems are, apart from any plugin.
std::vector<at::problem> connection_problems(at::https_options options,
                                             connection_options const& given) {
  auto const transport = at::https_transport::make(std::move(options));
  return transport ? std::vector<at::problem>{} : renamed(transport.error().problems, given);
}

at::error wrong(std::vector<at::problem> problems) {
  at::error e{at::errc::invalid_settings, at::outcome::rejected,
              "the settings are not complete and correct"};
  if (problems.size() == 1) e.where = problems.front().where;
  e.problems = std::move(problems);
  return e;
}

template <class T>
constexpr std::string_view type_name() {
  if constexpr (std::is_same_v<T, at::secret>)
    return "secret";
  else if constexpr (std::is_same_v<T, bool>)
    return "true or false";
  else if constexpr (std::is_same_v<T, std::vector<std::string>>)
    return "list";
  else if constexpr (std::is_same_v<T, std::vector<at::mapping_source>>)
    return "list of sources";
  else if constexpr (std::is_same_v<T, std::vector<at::custom_field>>)
    return "fields and values";
  else if constexpr (std::is_same_v<T, std::vector<at::field_mapping>>)
    return "fields and sources";
  else
    return "text";
}

template <class Plugin>
plugin_info describe() {
  plugin_info info;
  info.name = Plugin::name.view();
  info.commands.emplace_back("create");
  auto const add = [&](bool can, std::initializer_list<std::string_view> commands) {
    if (can) info.commands.insert(info.commands.end(), commands);
  };
  add(at::finds_tickets<Plugin>, {"open", "find"});
  add(at::gets_tickets<Plugin>, {"show"});
  add(at::updates_tickets<Plugin>, {"update"});
  add(at::comments_tickets<Plugin>, {"comment"});
  add(at::closes_tickets<Plugin>, {"close"});
  add(at::reopens_tickets<Plugin>, {"reopen"});
  add(true, {"preview"});
  add(at::prefills_tickets<Plugin>, {"preview --url"});
  add(at::checks_access<Plugin>, {"check"});
  at::for_each_setting<Plugin>([&]<class Field>() {
    using type =
        std::remove_cvref_t<decltype(Field::of(std::declval<typename Plugin::settings&>()))>;
    setting_info setting;
    setting.name = at::setting_name<Field>();
    setting.type = type_name<type>();
    setting.required = Field::required;
    setting.about = Field::about;
    if constexpr (std::is_same_v<type, at::secret>) {
      std::string const key{Field::key};
      setting.about += "; or " + key + "_file, " + key + "_env: where to read it";
    } else if constexpr (std::is_same_v<type, std::vector<at::mapping_source>>) {
      setting.about += R"(: "level" or {"tag": "host"})";
    }
    info.settings.push_back(std::move(setting));
  });
  return info;
}

} // namespace

at::https_options https_options_of(connection_options const& given, redactor& texts) {
  at::https_options options;
  options.ca_file = given.ca_file;
  options.client_certificate_file = given.client_certificate;
  options.client_key_file = given.client_key;
  options.user_agent = "argus-ticket/" + std::string{at::version};
  if (given.timeout) options.total_timeout = *given.timeout;
  if (!given.no_proxy) options.proxy_from_environment();
  if (!given.proxy.empty()) options.proxy = at::secret{given.proxy};
  texts.hide_password_of(options.proxy.expose());
  return options;
}

at::error wrong_settings(std::vector<at::problem> const& of_settings,
                         std::vector<at::problem> const& of_connection,
                         connection_options const& given) {
  std::vector<at::problem> all = of_settings;
  append(all, renamed(of_connection, given));
  return wrong(std::move(all));
}

at::error no_such_plugin(at::error unknown, at::raw_settings const& raw,
                         connection_options const& given, at::https_options options) {
  std::vector<at::problem> others = common_problems(raw);
  append(others, connection_problems(std::move(options), given));
  if (!raw.plugin.empty()) {
    unknown.problems = std::move(others);
    return unknown;
  }
  std::string known;
  for (plugin_info const& plugin : known_plugins())
    known += (known.empty() ? "" : ", ") + plugin.name;
  std::vector<at::problem> all{{"TICKET_PLUGIN", "is missing or empty; there is: " + known}};
  append(all, others);
  return wrong(std::move(all));
}

at::result<std::unique_ptr<any_client>> make_client(at::raw_settings const& settings,
                                                    connection_options const& connection,
                                                    redactor& texts) {
  using made = std::unique_ptr<any_client>;
  return with_client<made>(settings, connection, texts,
                           []<class P>(at::basic_client<P> client) -> at::result<made> {
                             return made{std::make_unique<client_of<P>>(std::move(client))};
                           });
}

std::vector<plugin_info> known_plugins() {
  std::vector<plugin_info> all;
  for (std::string_view const name : at::plugin_names<plugins>) {
    auto const info = at::visit_plugin<plugins>(
        name,
        []<class P>(std::type_identity<P>) -> at::result<plugin_info> { return describe<P>(); });
    auto const same = [&](plugin_info const& p) { return p.name == info->name; };
    auto found = std::find_if(all.begin(), all.end(), same);
    if (found == all.end()) found = all.insert(all.end(), *info);
    if (name != found->name) found->other_names.emplace_back(name);
  }
  return all;
}

} // namespace cli
