#ifndef ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_FIELDS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_FIELDS_IPP

#include <argus_ticket/plugins/support/fields.hpp>
#include <argus_ticket/plugins/support/labels.hpp>

#include <algorithm>

namespace argus_ticket::plugins::support {

mapped_fields map_fields(std::vector<custom_field> const& set,
                         std::vector<field_mapping> const& mapping, incident const& from) {
  mapped_fields mapped;
  mapped.fields = set;
  for (field_mapping const& one : mapping) {
    std::vector<std::string> values = values_of(one.source, from);
    if (values.empty()) {
      if (!is_yet_to_come(one.source, from)) mapped.missing.push_back(shown_source(one.source));
      continue;
    }
    auto const there =
        std::find_if(mapped.fields.begin(), mapped.fields.end(),
                     [&](custom_field const& other) { return other.name == one.name; });
    custom_field& field = there == mapped.fields.end() ? mapped.fields.emplace_back() : *there;
    field.name = one.name;
    field.values = std::move(values);
  }
  return mapped;
}

} // namespace argus_ticket::plugins::support

#endif
