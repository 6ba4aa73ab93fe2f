#include "../support/catch.hpp"
#include "../support/temporary_file.hpp"

#include <argus_ticket/secret.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <sstream>
#include <type_traits>

namespace at = argus_ticket;
using at::secret;

namespace {

template <class T>
concept prints = requires(std::ostream& out, T const& t) { out << t; };

static_assert(!prints<secret>);
static_assert(prints<std::string>, "or the check above would say nothing");
static_assert(!std::convertible_to<secret, std::string_view>);
static_assert(!std::convertible_to<secret, std::string>);
static_assert(!std::constructible_from<std::string, secret>);
static_assert(!std::convertible_to<std::string, secret>, "a text is made a secret on purpose");
static_assert(!std::equality_comparable<secret>);
static_assert(std::is_nothrow_move_constructible_v<secret>);

/// Memory in which an object lives, and which can be looked at afterwards.
struct arena {
  alignas(secret) std::array<unsigned char, sizeof(secret)> bytes{};

  bool holds(std::string_view text) const {
    auto const volatile* at = bytes.data();
    std::string seen;
    for (std::size_t i = 0; i < bytes.size(); ++i) seen += static_cast<char>(at[i]);
    return seen.find(text) != std::string::npos;
  }
  secret* make(char const* text) { return new (bytes.data()) secret{std::string{text}}; }
};

constexpr char const* small = "s3cr3t-token"; // fits into the string object itself

std::string read(std::string const& content) {
  test::temporary_file const file{content};
  secret const s = secret::from_file(file.path());
  return s.problem().empty() ? std::string{s.expose()} : "problem: " + s.problem();
}

} // namespace

TEST_CASE("secret: shows its text to expose() alone") {
  secret const s{std::string{"abc"}};
  CHECK(s.expose() == "abc");
  CHECK_FALSE(s.empty());
  CHECK(s.problem().empty());
  CHECK(secret{}.empty());
  CHECK(secret{}.problem().empty());
}

TEST_CASE("secret: copies and moves like a value") {
  secret a{std::string(100, 'x')};
  secret const b = a;
  CHECK(a.expose() == b.expose());
  secret const c = std::move(a);
  CHECK(c.expose() == std::string(100, 'x'));
  CHECK(a.empty()); // promised, so that nothing of it is left behind
  secret d{std::string{"other"}};
  d = c;
  CHECK(d.expose() == c.expose());
  d = *&d;
  CHECK(d.expose() == c.expose());
  d = secret{};
  CHECK(d.empty());
}

TEST_CASE("secret: is wiped from memory when it ends") {
  arena where;
  secret* s = where.make(small);
  REQUIRE(where.holds(small)); // the test can see it
  s->~secret();
  CHECK_FALSE(where.holds("s3c"));
  CHECK_FALSE(where.holds("token"));
}

TEST_CASE("secret: is wiped from memory when it is moved from, all of it") {
  arena where;
  secret* s = where.make(small);
  secret const moved = std::move(*s);
  CHECK(moved.expose() == small);
  // A moved-from small string keeps all but its first character.
  CHECK_FALSE(where.holds("3cr3t"));
  CHECK_FALSE(where.holds("token"));
  s->~secret();
}

TEST_CASE("secret: is wiped from memory when something is assigned to it") {
  arena where;
  secret* s = where.make(small);
  *s = secret{std::string{"x"}};
  CHECK(s->expose() == "x");
  CHECK_FALSE(where.holds("cr3t"));
  CHECK_FALSE(where.holds("token"));
  s->~secret();
}

TEST_CASE("secret: is wiped behind the end of a shorter text as well") {
  arena where;
  secret* s = where.make(small);
  *s = secret{}; // size 0, capacity as ever
  s->~secret();
  CHECK_FALSE(where.holds("cr3t"));
}

TEST_CASE("secret: of a file, without the white space at its end") {
  CHECK(read("token") == "token");
  CHECK(read("token\n") == "token");
  CHECK(read("token \t\r\n\n") == "token");
  CHECK(read(" token") == " token");
  CHECK(read("one\ntwo\n") == "one\ntwo");
  CHECK(read(std::string("a\0b\n", 4)) == std::string("a\0b", 3));
}

TEST_CASE("secret: of a file, up to 64 KiB") {
  std::string const most(64 * 1024, 'k');
  CHECK(read(most) == most);
  std::string const too_large = read(most + 'k');
  CHECK(too_large.starts_with("problem: the file '"));
  CHECK(too_large.ends_with("' is larger than 64 KiB"));
  CHECK(too_large.find("kkkk") == std::string::npos);
  // What is left out counts: the file is too large all the same.
  CHECK(read(most + "\n").ends_with("is larger than 64 KiB"));
}

TEST_CASE("secret: of a file that is no use says why and stays empty") {
  CHECK(read("").ends_with("' is empty"));
  CHECK(read(" \n\t ").ends_with("' is empty"));
  secret const absent = secret::from_file("/nonexistent/token");
  CHECK(absent.empty());
  CHECK(absent.problem() == "the file '/nonexistent/token' cannot be opened");
  secret const directory = secret::from_file("/");
  CHECK(directory.empty());
  CHECK_FALSE(directory.problem().empty());
}

TEST_CASE("secret: of an endless file ends") {
  if (!std::filesystem::exists("/dev/zero")) return;
  CHECK(secret::from_file("/dev/zero").problem() == "the file '/dev/zero' is larger than 64 KiB");
}

TEST_CASE("secret: of an environment variable") {
  ::setenv("ARGUS_TICKET_TEST_TOKEN", "from the environment", 1);
  CHECK(secret::from_environment("ARGUS_TICKET_TEST_TOKEN").expose() == "from the environment");
  ::setenv("ARGUS_TICKET_TEST_TOKEN", "", 1);
  secret const blank = secret::from_environment("ARGUS_TICKET_TEST_TOKEN");
  CHECK(blank.empty());
  CHECK(blank.problem() == "the environment variable ARGUS_TICKET_TEST_TOKEN is not set");
  ::unsetenv("ARGUS_TICKET_TEST_TOKEN");
  CHECK(secret::from_environment("ARGUS_TICKET_TEST_TOKEN").problem() ==
        "the environment variable ARGUS_TICKET_TEST_TOKEN is not set");
}

TEST_CASE("secret: its problem travels with it") {
  secret a = secret::from_environment("ARGUS_TICKET_NOT_SET");
  secret const copy = a;
  secret const moved = std::move(a);
  CHECK(copy.problem() == moved.problem());
  CHECK(copy.problem() == "the environment variable ARGUS_TICKET_NOT_SET is not set");
  secret assigned = copy;
  assigned = secret{std::string{"given now"}};
  CHECK(assigned.problem().empty());
}
