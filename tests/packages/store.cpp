#include <argus_ticket/outbox/sqlite_store.hpp>

// Has the program linked to SQLite and to what the library has for it.
auto open_store() { return argus_ticket::sqlite_store::open("outbox.db"); }
