#ifndef ARGUS_TICKET_SRC_HPP
#define ARGUS_TICKET_SRC_HPP

/**
 * The compiled mode for programs that are not built with CMake (with it, link
 * `argus_ticket::compiled` and leave this header alone).
 *
 * Define `ARGUS_TICKET_SEPARATE_COMPILATION` for all files of the program, and include this header
 * in exactly one of them, in any order with others: it has all the bodies, but for those of
 * <argus_ticket/src_sqlite.hpp>. That file takes long to compile, the others do not. The program
 * links Boost.JSON and OpenSSL. Files of both modes in one program do not link.
 */

#include <argus_ticket/src_clients.hpp>
#include <argus_ticket/src_core.hpp>
#include <argus_ticket/src_https.hpp>

#endif
