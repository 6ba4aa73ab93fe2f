// expect: this literal is no endpoint: write https://host/
#include "tiny.hpp"

using namespace at::literals;

#ifdef CORRECT
constexpr auto literal = "https://x:65535/"_endpoint;
#else
constexpr auto literal = "https://x:65536/"_endpoint;
#endif

std::string_view use() { return literal; }
