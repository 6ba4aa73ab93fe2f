// A service that uses what there is to use, as its own flags see it: compiled, never run. What a
// user instantiates is instantiated here, over both transports and both runners.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/counters.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/asio_runner.hpp>
#include <argus_ticket/outbox/memory_store.hpp>
#include <argus_ticket/outbox/runner.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>
#include <argus_ticket/testing/mock_transport.hpp>
#include <argus_ticket/transport/async_https.hpp>
#include <argus_ticket/transport/https.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace at = argus_ticket;
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

at::document::document short_text(at::incident const& from) {
  namespace doc = at::document;
  doc::document text;
  text.add(doc::heading{2, from.description})
      .add(doc::paragraph{doc::strong{"Level:"}, std::to_string(from.level)});
  text.add(doc::list{"one", doc::inlines{doc::code{from.source.name}, doc::link{from.argus_url}}});
  return text;
}

using counted = at::policies<at::default_renderer, at::real_clock, at::backoff, at::shared_pacing,
                             at::counters>;
template <at::fixed_string Name, class Transport>
using observed = at::client<Name, Transport, at::builtin_plugins, counted>;

template <class T>
int show(at::result<T> const& ended) {
  if (ended) return 0;
  std::cerr << ended.error() << '\n';
  return ended.error().outcome == at::outcome::ambiguous ? 2 : 1;
}

/// Every operation that blocks.
template <class Client>
int everything(Client& tickets, at::incident const& incident) {
  at::result<at::ticket> const opened = tickets.find_or_create(incident);
  if (!opened) return show(opened);
  at::ticket_ref const which{*opened};
  int problems =
      show(tickets.create(incident)) + show(tickets.find(incident)) + show(tickets.get(which)) +
      show(tickets.update(which, incident)) + show(tickets.comment(which, "still down")) +
      show(tickets.comment(which, short_text(incident))) +
      show(tickets.close(which, at::close_reason::not_planned)) + show(tickets.reopen(which)) +
      show(tickets.check()) + show(tickets.preview(incident));
  if constexpr (at::prefills_tickets<typename Client::plugin_type>)
    problems += show(tickets.prefilled_url(incident));
  return problems;
}

/// Every operation that does not.
template <class Client>
asio::awaitable<void> everything_async(Client& tickets, at::incident incident) {
  at::result<at::ticket> const opened = co_await tickets.async_find_or_create(incident);
  if (!opened) co_return;
  at::ticket_ref const which{*opened};
  show(co_await tickets.async_create(incident));
  show(co_await tickets.async_find(incident));
  show(co_await tickets.async_get(which));
  show(co_await tickets.async_update(which, incident));
  show(co_await tickets.async_comment(which, "still down"));
  show(co_await tickets.async_close(which));
  show(co_await tickets.async_reopen(which));
  show(co_await tickets.async_check());
}

template <at::fixed_string Name>
int use(std::string_view json, at::incident const& incident) {
  auto const settings = at::load_settings<Name>(json);
  if (!settings) return show(settings);
  at::client<Name> tickets{*settings};
  return everything(tickets, incident);
}

} // namespace

int use_plugins(std::string_view json, at::incident const& incident) {
  return use<"github">(json, incident) + use<"gitlab">(json, incident) +
         use<"jira">(json, incident) + use<"rt">(json, incident);
}

int use_mock(at::settings<"github"> const& settings, at::incident const& incident) {
  at::testing::mock_transport server;
  server.expect(at::http::method::get, "https://api.github.com/user").reply(200, "{}");
  observed<"github", at::testing::mock_transport> tickets{settings, server};
  std::cout << server.problems();
  return everything(tickets, incident);
}

int use_name_of_run_time(std::string_view name, at::incident const& incident) {
  return show(at::visit_plugin<at::builtin_plugins>(
      name, [&]<class Plugin>(std::type_identity<Plugin>) -> at::result<std::string> {
        auto const settings = at::load_settings<Plugin>(at::read_raw_settings_environment());
        if (!settings) return settings.error();
        return std::string{Plugin::name.view()} + incident.description;
      }));
}

int use_outbox(at::settings<"jira"> const& settings, std::vector<at::incident> const& incidents) {
  auto store = at::sqlite_store::open("outbox.db");
  if (!store) return show(store);
  at::counters counts;
  counted with_counts;
  with_counts.observer = counts;
  at::https_options options;
  options.proxy_from_environment();
  at::outbox box{
      observed<"jira", at::https_transport>{settings, at::https_transport{options}, with_counts},
      *store};
  at::outbox_runner runner{box, {.workers = 2}};
  int problems = show(box.submit(incidents));
  for (at::incident const& one : incidents)
    problems += show(box.submit(one)) + show(box.submit_update(one)) +
                show(box.submit_comment(one, "still down")) + show(box.submit_close(one)) +
                show(box.submit_reopen(one));
  problems += show(box.requeue({.state = at::entry_state::dead})) +
              show(box.remove({.state = at::entry_state::dead})) + show(box.list()) +
              show(box.stats());
  return problems + (runner.stop(10s) ? 0 : 1) + static_cast<int>(counts.values().created);
}

void use_async(at::settings<"github"> const& settings, at::incident const& incident) {
  asio::io_context io{1};
  at::async_https_transport const transport{io.get_executor(), {}, at::executor_threads::one};
  at::client<"github", at::async_https_transport> tickets{settings, transport};
  at::outbox box{at::client<"github", at::async_https_transport>{settings, transport},
                 at::memory_store{}};
  at::outbox_asio_runner runner{io.get_executor(), box, {.workers = 16}};
  show(box.submit(incident));
  asio::co_spawn(io, everything_async(tickets, incident), asio::detached);
  runner.request_stop();
  io.run();
}
