#include "outbox_commands.hpp"

#include "inputs.hpp"

#include <argus_ticket/outbox/sqlite_store.hpp>

#include <utility>

namespace at = argus_ticket;

namespace cli {
namespace {

exit_code failed(at::error const& e, output& out) {
  out.error(e);
  return exit_code_of(e);
}

exit_code submit(outbox_options const& asked, any_outbox& box, output& out) {
  std::vector<at::incident> all;
  if (auto read = read_incidents(asked.files); !read)
    return failed(read.error(), out);
  else
    all = std::move(*read);

  if (asked.step == at::outbox_step::open) {
    auto const accepted = box.open(all);
    if (!accepted) return failed(accepted.error(), out);
    for (std::size_t i = 0; i < all.size(); ++i)
      out.accepted((*accepted)[i], asked.step, all[i].description);
    return exit_code::done;
  }
  for (at::incident const& one : all) { // each by itself: those before a failure are accepted
    auto const accepted = box.submit(asked, one);
    if (!accepted) return failed(accepted.error(), out);
    out.accepted(*accepted, asked.step, one.description);
  }
  return exit_code::done;
}

/// A store whose file is there already: none of these commands makes one.
at::result<at::sqlite_store> existing_store(outbox_options const& asked, bool read_only) {
  at::sqlite_options options;
  options.create = false;
  options.read_only = read_only;
  return at::sqlite_store::open(asked.store, options);
}

exit_code list(outbox_options const& asked, output& out) {
  auto const store = existing_store(asked, true);
  if (!store) return failed(store.error(), out);
  at::entry_filter which = asked.which;
  which.most = 500; // in parts, so that memory stays small
  for (;;) {
    auto const part = store->list(which);
    if (!part) return failed(part.error(), out);
    for (at::outbox_entry const& e : *part) out.entry(e);
    if (part->size() < which.most) return exit_code::done;
    if (!out.flush_part()) return exit_code::plugin;
    which.after = part->back().id;
  }
}

/// What is done with dead entries: `change` takes a filter and says how many it found.
template <class Change>
exit_code change_dead(outbox_options const& asked, output& out, std::string_view verb,
                      Change change) {
  std::size_t changed = 0;
  std::vector<std::uint64_t> missing;
  if (asked.ids.empty()) {
    at::result<std::size_t> const n = change(asked.which);
    if (!n) return failed(n.error(), out);
    changed = *n;
  }
  for (std::uint64_t const id : asked.ids) {
    at::result<std::size_t> const n = change(at::entry_filter{.id = id});
    if (!n) return failed(n.error(), out);
    changed += *n;
    if (*n == 0) missing.push_back(id);
  }
  out.count(verb, changed, missing);
  return missing.empty() ? exit_code::done : exit_code::not_found;
}

exit_code requeue(outbox_options const& asked, output& out) {
  auto store = existing_store(asked, false);
  if (!store) return failed(store.error(), out);
  return change_dead(asked, out, "requeued", [&](at::entry_filter const& which) {
    return store->requeue(
        which, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  });
}

exit_code discard(outbox_options const& asked, output& out) {
  auto store = existing_store(asked, false);
  if (!store) return failed(store.error(), out);
  return change_dead(asked, out, "discarded",
                     [&](at::entry_filter const& which) { return store->remove(which); });
}

exit_code stats(outbox_options const& asked, output& out) {
  auto const store = existing_store(asked, true);
  if (!store) return failed(store.error(), out);
  auto const numbers = store->stats();
  if (!numbers) return failed(numbers.error(), out);
  out.stats(*numbers);
  return exit_code::done;
}

} // namespace

exit_code run_outbox(options const& asked, output& out) {
  // Also for commands that need no settings: a title may quote a secret that stands in them.
  auto const settings = read_settings(asked.settings_file, out.texts());
  switch (asked.outbox.command) {
  case outbox_command::list:
    return list(asked.outbox, out);
  case outbox_command::requeue:
    return requeue(asked.outbox, out);
  case outbox_command::discard:
    return discard(asked.outbox, out);
  case outbox_command::stats:
    return stats(asked.outbox, out);
  case outbox_command::submit:
  case outbox_command::run:
    break;
  }
  if (!settings) return failed(settings.error(), out);
  auto const box = make_outbox(*settings, asked.connection, asked.outbox, out.texts());
  if (!box) return failed(box.error(), out);
  return asked.outbox.command == outbox_command::run ? deliver(asked, **box, out)
                                                     : submit(asked.outbox, **box, out);
}

} // namespace cli
