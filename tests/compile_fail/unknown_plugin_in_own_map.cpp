// expect: no ticket plugin has this name
// expect: tinny
// expect: did_you_mean<.*"tiny"
#include "tiny.hpp"

inline constexpr auto my_plugins = at::with_plugins<tiny>(at::builtin_plugins);

#ifdef CORRECT
using client = at::client<"tiny", mock_transport, my_plugins>;
#else
using client = at::client<"tinny", mock_transport, my_plugins>;
#endif

void use(client& tickets) { (void)tickets.create({}); }
