#ifndef ARGUS_TICKET_POLICY_RENDERER_HPP
#define ARGUS_TICKET_POLICY_RENDERER_HPP

/// What those include who write a renderer of their own: it makes a `document::document`.

#include <argus_ticket/document/default_document.hpp>
#include <argus_ticket/policy/default_renderer.hpp>

#endif
