#ifndef ARGUS_TICKET_IMPL_POLICY_PACING_IPP
#define ARGUS_TICKET_IMPL_POLICY_PACING_IPP

#include <argus_ticket/policy/detail/pacers.hpp>
#include <argus_ticket/policy/pacer.hpp>
#include <argus_ticket/policy/pacing.hpp>

#include <algorithm>
#include <functional>
#include <string>

namespace argus_ticket {

pacer_registry::pacer_registry() : state_(std::make_shared<state>()) {}

pacer pacer_registry::pacer_of(http::request const& r, rate_limits const& limits) {
  std::string credential = r.url().origin();
  for (http::field const& f : r.headers())
    if (f.sensitive) credential += '\n' + f.value;
  std::size_t const id = std::hash<std::string>{}(credential);

  std::lock_guard const hold(state_->lock);
  auto& all = state_->all;
  // Tokens that are made anew each hour must not pile up for ever.
  constexpr std::size_t most = 1'000;
  if (all.size() >= most && !all.contains(id))
    all.erase(std::min_element(all.begin(), all.end(), [](auto const& a, auto const& b) {
      return a.second.used < b.second.used;
    }));
  state::known& found = all.try_emplace(id, state::known{pacer{limits}}).first->second;
  found.used = ++state_->uses;
  return found.is;
}

pacer shared_pacing::pacer_of(http::request const& r, rate_limits const& limits) const {
  return registry->pacer_of(r, limits);
}

std::shared_ptr<pacer_registry> pacer_registry::of_process() {
  static auto const one = std::make_shared<pacer_registry>();
  return one;
}

} // namespace argus_ticket

#endif
