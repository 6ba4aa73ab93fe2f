#!/usr/bin/env bash
# Runs clang-tidy over the bodies of the library (src/*.cpp), over all of its headers and a program
# that uses them, and over the command line and the service; any finding ends it with 1. It is a build
# with the preset `tidy`, so that only what has changed since the last run is looked at. Installs what
# is missing.
# usage: run.sh [TARGET...]   such as local_tracker, which costs as much as all the rest; otherwise
#                             all that the preset builds
set -euo pipefail
cd "$(dirname "$0")/../.."

. examples/packages.sh
packages+=(catch2 ccache clang-19 clang-tidy-19 prometheus-cpp-dev python3)
examples/install.sh "${packages[@]}"

build=build/tidy
cmake --preset tidy -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
options=()
# Other checks concern every file.
cmp -s .clang-tidy $build/checked_by || options+=(--clean-first)
(($# == 0)) || options+=(--target "$@")

# A finding must be told, or this sees nothing.
printf 'inline int Seeded(int* p) { if (p == 0) return 1; return *p; }\n' >$build/seeded.cpp
if clang-tidy-19 --quiet --config-file=.clang-tidy $build/seeded.cpp -- -std=c++20 \
  >$build/seeded.log 2>&1 || ! grep -q 'readability-identifier-naming' $build/seeded.log; then
  echo "clang-tidy tells of no finding" >&2
  exit 1
fi

cmake --build --preset tidy "${options[@]}" -- -k 0 --quiet >$build/log 2>&1 || {
  grep -E '(warning|error): ' $build/log | sort -u | sed "s|$PWD/||" | head -n 60
  echo "clang-tidy: see $build/log" >&2
  exit 1
}
cp .clang-tidy $build/checked_by
echo "clang-tidy: no findings"
