#pragma once
// What the cases share: the least that a plugin is, and a renderer.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

namespace at = argus_ticket;
using at::testing::mock_transport;

struct tiny {
  static constexpr at::fixed_string name = "tiny";
  struct settings {
    struct authentication_type {
      at::secret token{};
    };
    std::string endpoint{};
    authentication_type authentication{};
  };
  using setting_fields = std::tuple<at::fields::endpoint, at::fields::token>;
  using dialect = at::document::plain;
  static constexpr at::document::text_limits limits{100, 1000};

  explicit tiny(settings);
  at::operation<at::ticket> create(at::draft) const;
};

/// The least plugin with everything that it need not have.
struct whole : tiny {
  static constexpr at::fixed_string name = "whole";
  using tiny::tiny;
  at::operation<std::vector<at::ticket>> find(at::ticket_query) const;
  at::operation<at::ticket> get(at::ticket_ref) const;
  at::operation<at::ticket> update(at::ticket_ref, at::draft) const;
  at::operation<at::comment> comment(at::ticket_ref, std::string) const;
  at::operation<at::ticket> close(at::ticket_ref, at::close_reason) const;
  at::operation<at::ticket> reopen(at::ticket_ref) const;
  at::operation<at::check_report> check() const;
  static constexpr std::size_t longest_url = 8000;
  std::string prefilled_url(at::draft) const;
};

#ifdef CORRECT
using plugin = whole;
#else
using plugin = tiny;
#endif
