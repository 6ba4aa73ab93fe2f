#!/usr/bin/env bash
# Builds the test programs with Clang's source-based coverage, runs them, and says which part of
# include/ they ran. Ends with 1 where that is less than 95 % of the lines. Installs what is missing.
# build/coverage/missed.txt names, for each header, the lines that were not run and those with a
# condition that went only one way.
# usage: run.sh [LEAST]   the per cent of the lines, 95
set -euo pipefail
cd "$(dirname "$0")/../.."

. examples/packages.sh
packages+=(catch2 ccache clang-19 libclang-rt-19-dev llvm-19 prometheus-cpp-dev python3)
examples/install.sh "${packages[@]}"

build=build/coverage
cmake --preset coverage -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
cmake --build --preset coverage -- --quiet
rm -rf $build/profiles
ctest --preset coverage --quiet --output-log $build/tests.log || {
  tail -n 40 $build/tests.log
  exit 1
}
llvm-profdata-19 merge -o $build/all.profdata $build/profiles/*.profraw
# Only those that this preset runs: others may be left from a build by hand.
mapfile -t programs < <(ctest --preset coverage --show-only=json-v1 |
  python3 -c 'import json, sys
for command in {t["command"][0] for t in json.load(sys.stdin)["tests"]}:
    if command.endswith("_tests"): print(command)')
python3 tests/coverage/report.py $build/all.profdata include "${1:-95}" "${programs[@]}"
