#!/usr/bin/env bash
# Compiles each public header alone, with the warnings of our own builds as errors; by way of ccache
# where that is there, since little of it changes from one run to the next.
# usage: headers_alone.sh COMPILER FOLDER
set -euo pipefail
folder=$(realpath -m "$2")/headers_alone
cd "$(dirname "$0")/../../include"
mkdir -p "$folder"

COMPILER=$1 folder=$folder ccache=$(command -v ccache || true)
export COMPILER folder ccache
find . -name '*.hpp' ! -path '*/impl/*' -printf '%P\n' | sort | xargs -P 2 -I {} bash -c '
  file=$folder/$(echo "{}" | tr / _).cpp
  echo "#include <{}>" >"$file.new"
  cmp -s "$file.new" "$file" || mv "$file.new" "$file"
  $ccache "$COMPILER" -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wshadow \
    -Wold-style-cast -Werror -I. -c "$file" -o "$file.o" || { echo "not alone: {}"; exit 1; }'
