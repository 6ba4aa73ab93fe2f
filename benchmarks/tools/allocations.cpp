#include <cstdlib>
#include <new>
#include <tools/allocations.hpp>

namespace {
std::size_t count = 0;
}

std::size_t allocations() noexcept { return count; }

void* operator new(std::size_t size) {
  ++count;
  if (void* const made = std::malloc(size)) return made;
  throw std::bad_alloc{};
}
void operator delete(void* made) noexcept { std::free(made); }
void operator delete(void* made, std::size_t) noexcept { std::free(made); }
