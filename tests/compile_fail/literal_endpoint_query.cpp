// expect: this literal is no endpoint: .*query
#include "tiny.hpp"

using namespace at::literals;

#ifdef CORRECT
constexpr auto literal = "https://x/y"_endpoint;
#else
constexpr auto literal = "https://x/?y"_endpoint;
#endif

std::string_view use() { return literal; }
