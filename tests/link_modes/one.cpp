// One file of a program: it shares no function with the other one.

#include <argus_ticket/fixed_string.hpp>
#include <argus_ticket/rate_limits.hpp>
#include <argus_ticket/timestamp.hpp>

int one() { return 1; }
