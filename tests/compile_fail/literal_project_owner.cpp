// expect: this literal is no project: write owner/name
#include "tiny.hpp"

using namespace at::literals;

#ifdef CORRECT
constexpr auto literal = "owner/name"_project;
#else
constexpr auto literal = "owner"_project;
#endif

std::string_view use() { return literal; }
