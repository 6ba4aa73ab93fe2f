#!/usr/bin/env bash
# Makes the kept corpus of a target anew, of its inputs and those in FOLDER: as few as reach all
# places in the code, then the smallest of those that reach them in other ways, up to 140 in all;
# and each regression-* as it is.
# usage: keep.sh TARGET [FOLDER]   after run.sh, which builds the target
set -euo pipefail
target=$1
inputs=("$(dirname "$0")/corpus/$target" "${@:2}")
for i in "${!inputs[@]}"; do inputs[i]=$(realpath "${inputs[i]}"); done
program=$(realpath "$(dirname "$0")/../../build/fuzz/fuzz_$target")

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
mkdir "$new/empty" "$new/kept" "$new/more"
cd "$new/empty" # where an input that names a file finds none
merge() { "$program" -set_cover_merge=1 -only_ascii=1 -max_len=2048 -timeout=10 "$@" >"$new/log" 2>&1; }
merge -use_counters=0 ../kept "${inputs[@]}"
merge ../more "${inputs[@]}"
find ../more -type f -printf '%s %p\n' | sort -n | while read -r _ file; do
  (($(find ../kept -type f | wc -l) < 140)) || break
  cp "$file" ../kept
done

find "${inputs[0]}" -type f ! -name 'regression-*' -delete
cp ../kept/* "${inputs[0]}"
echo "$target $(find "${inputs[0]}" -type f | wc -l) files, $(du -sb "${inputs[0]}" | cut -f 1) bytes"
