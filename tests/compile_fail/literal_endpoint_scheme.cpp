// expect: this literal is no endpoint: write https://host/
#include "tiny.hpp"

using namespace at::literals;

#ifdef CORRECT
constexpr auto literal = "https://x"_endpoint;
#else
constexpr auto literal = "htps://x"_endpoint;
#endif

std::string_view use() { return literal; }
