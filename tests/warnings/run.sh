#!/usr/bin/env bash
# Compiles consumer.cpp, a service that uses everything, with the flags of strict users as errors and
# our headers by -I: in both link modes, by GCC 12 optimised, which sees more then, and by Clang 19,
# whose warnings do not depend on that. Unoptimised, GCC compiles all of our own programs. By way of
# ccache, so that nothing is compiled twice. Installs what is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."

. examples/packages.sh
examples/install.sh "${packages[@]}" ccache clang-19

# GCC's -Wnull-dereference takes each `*result` of Boost for a null pointer; Clang's is exact.
flags=(-std=c++20 -Werror -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
  -Wold-style-cast -Wnon-virtual-dtor)
gcc=(g++-12 "${flags[@]}" -O2)
clang=(clang++-19 "${flags[@]}" -Wnull-dereference -O0)
compiled=-DARGUS_TICKET_SEPARATE_COMPILATION
folder=build/warnings
mkdir -p $folder/seeded

compile() { # name command...
  if ccache "${@:2}" -Iinclude -c tests/warnings/consumer.cpp -o "$folder/$1.o" 2>"$folder/$1.log"
  then
    echo "no warning: $1"
  else
    echo "warnings: $1"
    grep -E 'error:|warning:' "$folder/$1.log" | cut -c -500 | head -n 20
    return 1
  fi
}

# A header of ours with a fault must be told, or this check sees nothing.
mkdir -p $folder/seeded/argus_ticket
sed 's|^} // namespace argus_ticket|inline int seeded(long value) { return value; }\n&|' \
  include/argus_ticket/version.hpp >$folder/seeded/argus_ticket/version.hpp
for compiler in gcc clang; do
  declare -n command=$compiler
  if "${command[@]}" -fsyntax-only -I$folder/seeded -include argus_ticket/version.hpp -x c++ \
    /dev/null 2>$folder/seeded.log || ! grep -qE 'conversion|shorten-64-to-32' $folder/seeded.log; then
    echo "$compiler does not tell of a fault in a header" >&2
    exit 1
  fi
done

failed=0
{ compile gcc_header_only "${gcc[@]}" || exit 1; } &
first=$!
for each in "gcc_compiled gcc $compiled" "clang_header_only clang" "clang_compiled clang $compiled"; do
  read -r name compiler mode <<<"$each"
  declare -n command=$compiler
  compile "$name" "${command[@]}" $mode || failed=1
done
wait $first || failed=1
exit $failed
