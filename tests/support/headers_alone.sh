#!/usr/bin/env bash
# Compiles each public header alone, with the warnings of our own builds as errors.
# usage: headers_alone.sh COMPILER
set -euo pipefail
cd "$(dirname "$0")/../../include"

export COMPILER=$1
find . -name '*.hpp' ! -path '*/impl/*' -printf '%P\n' | sort | xargs -P 2 -I {} bash -c '
  echo "#include <{}>" | "$COMPILER" -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wshadow \
    -Wold-style-cast -Werror -fsyntax-only -I. -x c++ - || { echo "not alone: {}"; exit 1; }'
