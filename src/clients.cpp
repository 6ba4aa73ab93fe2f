#include <argus_ticket/src_clients.hpp>
