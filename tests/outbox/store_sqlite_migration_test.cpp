// Files of other versions, and files that are something else.
#include "store_fixture.hpp"

#include <argus_ticket/outbox/detail/sqlite_schema.hpp>

#include <array>
#include <fstream>
#include <iterator>

using namespace test;
namespace detail = at::detail::outbox;

namespace {

std::string bytes_of(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

detail::sqlite_connection raw(std::string const& path) {
  if (!std::filesystem::exists(path)) std::ofstream{path};
  return detail::sqlite_connection(path, false, 1s);
}

/// What opening the file says, which must leave it as it is.
std::string refusal(std::string const& path) {
  std::string const before = bytes_of(path);
  auto const opened = at::sqlite_store::open(path);
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == at::errc::store_failed);
  CHECK(opened.error().outcome == at::outcome::not_applied);
  CHECK(opened.error().where == path);
  CHECK((bytes_of(path) == before));
  return opened.error().message;
}

} // namespace

TEST_CASE("sqlite store: an older file is brought up to date, whole or not at all", "[store]") {
  temporary_directory const directory;
  std::string const application = std::to_string(detail::outbox_application_id);
  {
    auto file = raw(directory.file());
    file.execute("CREATE TABLE things (name TEXT); INSERT INTO things VALUES ('kept');"
                 "PRAGMA user_version = 1");
    file.execute(("PRAGMA application_id = " + application).c_str());
  }
  constexpr std::array<char const*, 3> steps = {
      "CREATE TABLE things (name TEXT)",
      "ALTER TABLE things ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'",
      "CREATE TABLE more (x INTEGER); INSERT INTO more VALUES (42)"};
  constexpr std::array<char const*, 3> broken = {steps[0], steps[1], "CREATE NONSENSE"};

  auto file = raw(directory.file());
  CHECK_THROWS_AS(detail::migrate(file, broken), detail::sqlite_failure);
  CHECK(file.number("PRAGMA user_version") == 1);
  CHECK_THROWS_AS(file.text("SELECT colour FROM things"), detail::sqlite_failure);

  detail::migrate(file, steps);
  CHECK(file.number("PRAGMA user_version") == 3);
  CHECK(file.text("SELECT name || colour FROM things") == "keptgrey");
  CHECK(file.number("SELECT x FROM more") == 42);
  detail::migrate(file, steps); // and again: nothing
  CHECK(file.number("SELECT count(*) FROM more") == 1);

  auto fresh = raw(directory.file("fresh.db"));
  detail::migrate(fresh, steps);
  CHECK(fresh.number("PRAGMA user_version") == 3);
  CHECK(fresh.number("PRAGMA application_id") == detail::outbox_application_id);
  CHECK_THROWS_AS(detail::migrate(fresh, std::span(steps).first(2)), detail::sqlite_failure);
}

TEST_CASE("sqlite store: a later version is refused and left alone", "[store]") {
  temporary_directory const directory;
  (void)open_store(directory.file());
  raw(directory.file()).execute("PRAGMA user_version = 99");
  CHECK(refusal(directory.file()) ==
        "the outbox's file is of version 99, and this program knows versions up to " +
            std::to_string(detail::outbox_migrations.size()) + "; nothing in it was changed");
}

TEST_CASE("sqlite store: what is no outbox is refused and left alone", "[store]") {
  temporary_directory const directory;
  SECTION("another program's database") {
    raw(directory.file()).execute("CREATE TABLE bookmarks (url TEXT)");
    CHECK(refusal(directory.file()) == "the file is a database of another program, and no outbox");
  }
  SECTION("a text") {
    std::ofstream{directory.file()} << std::string(5'000, 'x');
    CHECK(refusal(directory.file()) ==
          "the file is no outbox, or is damaged (SQLite: file is not a database)");
  }
  SECTION("a short text") {
    std::ofstream{directory.file()} << "hello";
    CHECK(refusal(directory.file()).find("the file is no outbox, or is damaged") == 0);
  }
}
