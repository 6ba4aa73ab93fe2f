#ifndef ARGUS_TICKET_IMPL_HEAL_IPP
#define ARGUS_TICKET_IMPL_HEAL_IPP

#include <argus_ticket/detail/heal.hpp>

namespace argus_ticket::detail {

document::document duplicate_note(ticket const& kept) {
  return document::document{document::paragraph{document::inlines{
      "There is another ticket of the same incident, which was opened before this one: ",
      document::link{kept.url, kept.url}}}};
}

} // namespace argus_ticket::detail

#endif
