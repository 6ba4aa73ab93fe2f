#include <argus_ticket/src_core.hpp>
