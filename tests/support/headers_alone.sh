#!/usr/bin/env bash
# Compiles each public header alone, with the warnings of our own builds as errors; by way of ccache
# where that is there, since little of it changes from one run to the next.
# usage: headers_alone.sh COMPILER FOLDER [FLAG]   such as -DARGUS_TICKET_SEPARATE_COMPILATION
set -euo pipefail
folder=$(realpath -m "$2")/headers_alone
cd "$(dirname "$0")/../../include"
mkdir -p "$folder"

COMPILER=$1 FLAG=${3-} folder=$folder ccache=$(command -v ccache || true)
export COMPILER FLAG folder ccache
# src*.hpp are the sources of the compiled mode, which the target argus_ticket::compiled compiles.
find . -name '*.hpp' ! -path '*/impl/*' ! -name 'src*.hpp' -printf '%P\n' | sort | xargs -P 2 -I {} bash -c '
  file=$folder/$(echo "{}" | tr / _).cpp
  echo "#include <{}>" >"$file.new"
  cmp -s "$file.new" "$file" || mv "$file.new" "$file"
  $ccache "$COMPILER" -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wshadow \
    -Wold-style-cast -Werror $FLAG -I. -c "$file" -o "$file.o" || { echo "not alone: {}"; exit 1; }'
