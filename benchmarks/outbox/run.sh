#!/usr/bin/env bash
# What the outbox's SQLite store costs, next to SQLite used by hand with the same durability: prints
# lines of a name, a value and the bound that we hold it to. The machine may be busy: the ratios are
# what counts.
# usage: run.sh [DIRECTORY]   on the disk that is to be measured (default: a temporary one)
set -euo pipefail
cd "$(dirname "$0")/../.."

. examples/packages.sh
examples/install.sh "${packages[@]}"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
g++-12 -std=c++20 -O2 -Iinclude benchmarks/outbox/main.cpp -o "$folder/outbox" \
  -lsqlite3 -lboost_json -pthread
mkdir "$folder/stores"
"$folder/outbox" "${1:-$folder/stores}"
