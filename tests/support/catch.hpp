#pragma once
// Catch2 in either of its major versions: Debian has 2, most others have 3.

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
