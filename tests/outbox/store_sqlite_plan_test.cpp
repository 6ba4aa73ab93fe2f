// How SQLite carries the store's queries out: nothing that grows with the number of entries.
#include "store_fixture.hpp"

#include <argus_ticket/outbox/detail/sqlite_list.hpp>
#include <argus_ticket/outbox/detail/sqlite_queries.hpp>

using namespace test;
namespace detail = at::detail::outbox;

namespace {

/// The plan, a line for each step of it.
std::string plan(detail::sqlite_connection& file, std::string_view sql) {
  std::string const explain = "EXPLAIN QUERY PLAN " + std::string(sql);
  detail::sqlite_statement statement(file, explain);
  auto row = statement.with();
  std::string lines;
  while (row.next()) lines += row.text(3) + "\n";
  return lines;
}

} // namespace

TEST_CASE("sqlite store: no query that accepts or delivers reads a whole table", "[store]") {
  temporary_directory const directory;
  at::sqlite_store const store = open_store(directory.file());
  detail::sqlite_connection file(directory.file(), false, 1s);
  CHECK(plan(file, "SELECT * FROM entries WHERE reason = ''").find("SCAN") == 0); // the control

  for (std::string_view const sql : detail::queries) {
    std::string const steps = plan(file, sql);
    INFO(sql);
    INFO(steps);
    CHECK(steps.find("TEMP B-TREE") == std::string::npos);
    for (std::size_t at = 0; (at = steps.find("SCAN", at)) != std::string::npos; ++at) {
      // The first of a partial index is the answer, or the last of the table: such a query ends
      // at the first row.
      std::string const line = steps.substr(at, steps.find('\n', at) - at);
      INFO(line);
      CHECK(sql.find("LIMIT 1") != std::string_view::npos);
      CHECK((line.find("entries_ready") != std::string::npos ||
             line.find("entries_leased") != std::string::npos ||
             sql.find("FROM entries ORDER BY id DESC LIMIT 1") != std::string_view::npos));
    }
  }
}

TEST_CASE("sqlite store: lists go by an index, in the order of ids", "[store]") {
  temporary_directory const directory;
  at::sqlite_store const store = open_store(directory.file());
  detail::sqlite_connection file(directory.file(), false, 1s);
  for (at::entry_filter const& which :
       {at::entry_filter{}, at::entry_filter{.id = 7}, at::entry_filter{.key = "a"},
        at::entry_filter{.after = 7}}) {
    std::string const sql = "SELECT id FROM entries WHERE " + detail::condition(which) +
                            " UNION ALL SELECT id FROM dead WHERE " + detail::condition(which) +
                            " ORDER BY id LIMIT 9";
    std::string const steps = plan(file, sql);
    INFO(sql);
    INFO(steps);
    CHECK(steps.find("SCAN") == std::string::npos);
    CHECK(steps.find("TEMP B-TREE") == std::string::npos);
  }
  std::string const by_reason =
      plan(file, "SELECT id FROM dead WHERE " + detail::condition({.reason_code = "x"}));
  CHECK(by_reason.find("dead_by_reason") != std::string::npos);
  CHECK(plan(file, "SELECT reason_code, count(*) FROM dead GROUP BY reason_code")
            .find("COVERING INDEX dead_by_reason") != std::string::npos);
}
