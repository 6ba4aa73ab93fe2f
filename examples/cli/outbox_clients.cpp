#include "outbox_clients.hpp"

#include "plugin_clients.hpp"

#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>

#include <utility>

namespace at = argus_ticket;

namespace cli {
namespace {

template <class Plugin>
class outbox_of final : public any_outbox {
 public:
  outbox_of(at::basic_client<Plugin> client, at::sqlite_store store, at::outbox_options options)
      : box_(std::move(client), std::move(store), options) {}

  at::result<std::vector<at::submission>> open(std::span<at::incident const> all) override {
    return box_.submit(all);
  }
  at::result<at::submission> submit(outbox_options const& what, at::incident const& from) override {
    switch (what.step) {
    case at::outbox_step::open:
      return box_.submit(from);
    case at::outbox_step::update:
      if constexpr (at::updates_tickets<Plugin>) return box_.submit_update(from);
      return lacks<Plugin>("update");
    case at::outbox_step::comment:
      if constexpr (at::comments_tickets<Plugin>) return box_.submit_comment(from, what.text);
      return lacks<Plugin>("comment");
    case at::outbox_step::close:
      if constexpr (at::closes_tickets<Plugin>) return box_.submit_close(from, what.reason);
      return lacks<Plugin>("close");
    case at::outbox_step::reopen:
      if constexpr (at::reopens_tickets<Plugin>) return box_.submit_reopen(from);
      break;
    }
    return lacks<Plugin>("reopen");
  }

  at::result<void> begin_delivery() override {
    return box_.store().begin_delivery(box_.now() + box_.options().grace);
  }
  at::result<at::outbox_stats> stats() override { return box_.stats(); }
  at::result<at::delivery> deliver_one(std::stop_token const& stop) override {
    return box_.deliver_one(stop);
  }
  void when_submitted(std::function<void()> call) override { box_.when_submitted(std::move(call)); }
  at::outbox_time now() override { return box_.now(); }

 private:
  at::outbox<at::basic_client<Plugin>, at::sqlite_store> box_;
};

} // namespace

at::result<std::unique_ptr<any_outbox>> make_outbox(at::raw_settings const& settings,
                                                    connection_options const& connection,
                                                    outbox_options const& asked, redactor& texts) {
  using made = std::unique_ptr<any_outbox>;
  return with_client<made>(
      settings, connection, texts, [&]<class P>(at::basic_client<P> client) -> at::result<made> {
        if constexpr (at::finds_tickets<P>) {
          auto store = at::sqlite_store::open(asked.store);
          if (!store) return std::move(store).error();
          at::outbox_options options;
          options.caps.entries = asked.most_entries;
          return made{
              std::make_unique<outbox_of<P>>(std::move(client), std::move(*store), options)};
        } else {
          return lacks<P>("outbox");
        }
      });
}

} // namespace cli
