#!/usr/bin/env bash
# What it costs to compile a program that uses one plugin: with the plugins of this library in the
# map, with many more, and with the headers of all of them. Prints lines of a name, a value and a
# unit; ratios of medians of CPU time, measured in turns, since the machine may be busy.
# usage: run.sh [COMPILER] [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."

. examples/packages.sh
examples/install.sh "${packages[@]}" python3

exec python3 benchmarks/compile_time/measure.py "${1:-g++-12}" "${2:-5}"
