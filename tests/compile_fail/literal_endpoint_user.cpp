// expect: this literal is no endpoint: .*without user name
#include "tiny.hpp"

using namespace at::literals;

#ifdef CORRECT
constexpr auto literal = "https://x/me"_endpoint;
#else
constexpr auto literal = "https://me@x/"_endpoint;
#endif

std::string_view use() { return literal; }
