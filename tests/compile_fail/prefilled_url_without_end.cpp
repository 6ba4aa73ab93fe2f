// expect: it has no `prefilled_url`, or no `longest_url`
// expect: diagnose_prefill<endless>
#include "tiny.hpp"

struct endless : tiny {
  using tiny::tiny;
  std::string prefilled_url(at::draft) const;
#ifdef CORRECT
  static constexpr std::size_t longest_url = 2000;
#endif
};

void use(at::basic_client<endless, mock_transport>& tickets) { (void)tickets.prefilled_url({}); }
