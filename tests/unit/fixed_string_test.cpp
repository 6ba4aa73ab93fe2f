#include "../support/catch.hpp"

#include <argus_ticket/fixed_string.hpp>

#include <string_view>
#include <type_traits>

namespace at = argus_ticket;

namespace {

template <at::fixed_string S>
struct holder {
  static constexpr std::string_view text = S;
};

constexpr at::fixed_string github = "github";
constexpr at::fixed_string with_nul = "a\0b";

static_assert(sizeof(github.data) == 7, "the NUL counts, so that compilers print the text");
static_assert(github.view() == "github");
static_assert(std::string_view{github} == "github");
static_assert(github == at::fixed_string{"github"});
static_assert(github != at::fixed_string{"gitlab"});
static_assert(at::fixed_string{""}.view().empty());
static_assert(with_nul.view().size() == 3, "characters are counted, not looked for a NUL");
static_assert(with_nul.view()[2] == 'b');
static_assert(holder<"acme">::text == "acme");
static_assert(std::is_same_v<holder<"acme">, holder<"acme">>);
static_assert(!std::is_same_v<holder<"acme">, holder<"acmf">>);
static_assert(std::is_nothrow_copy_constructible_v<at::fixed_string<7>>);

} // namespace

TEST_CASE("fixed_string: the text of a template argument is there at run time too") {
  CHECK(holder<"caf\xC3\xA9">::text == "caf\xC3\xA9");
  CHECK(github.view().data()[github.view().size()] == '\0');
}
