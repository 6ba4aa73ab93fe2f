#pragma once
// How often `operator new` was called in this program.

#include <cstddef>

[[nodiscard]] std::size_t allocations() noexcept;
