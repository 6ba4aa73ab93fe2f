#include <argus_ticket/src_sqlite.hpp>
