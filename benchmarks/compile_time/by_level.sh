#!/usr/bin/env bash
# What including the library costs a user's build, next to the same program written by hand with
# Boost.Beast: CPU seconds of the compiler, interleaved, the median of five rounds. The ratios are
# what counts; the machine may be busy.
# usage: by_level.sh [COMPILER] (default g++-12)
set -euo pipefail
cd "$(dirname "$0")/../.."

. examples/packages.sh
examples/install.sh "${packages[@]}"

compiler=${1:-g++-12}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

seconds() { # optimisation file
  local TIMEFORMAT=%U
  { time "$compiler" -std=c++20 "$1" -Iinclude -c "benchmarks/peers/$2.cpp" -o "$folder/$2$1.o"; } 2>&1
}
median() { sort -n | sed -n 3p; }

for level in -O0 -O2; do
  for _ in 1 2 3 4 5; do
    for program in beast_client library_client; do
      seconds $level $program >>"$folder/$program$level"
    done
  done
  hand=$(median <"$folder/beast_client$level")
  ours=$(median <"$folder/library_client$level")
  echo "compile_time_by_hand_$level $hand s"
  echo "compile_time_header_only_$level $ours s"
  echo "compile_time_ratio_$level $(awk "BEGIN { printf \"%.2f\", $ours / $hand }") 1"
done
