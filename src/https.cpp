#include <argus_ticket/src_https.hpp>
