#!/usr/bin/env bash
# Makes the kept corpus of a target anew, of its inputs and those in FOLDER: each regression-* as it
# is; as few as reach all places in the code; then the smallest of those that reach them in other
# ways, up to 60 in all and 100 KB.
# usage: keep.sh TARGET [FOLDER...]   after run.sh, which builds the target
set -euo pipefail
target=$1
corpus=$(realpath "$(dirname "$0")/corpus/$target")
inputs=("$corpus" "${@:2}")
for i in "${!inputs[@]}"; do inputs[i]=$(realpath "${inputs[i]}"); done
program=$(realpath "$(dirname "$0")/../../build/fuzz/fuzz_$target")

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
mkdir "$new/empty" "$new/all" "$new/kept"
cd "$new/empty" # where an input that names a file finds none
# Targets leave out control characters, of which the fuzzer adds some: what is kept is plain text.
find "${inputs[@]}" -type f ! -name 'regression-*' | while read -r file; do
  LC_ALL=C tr -cd '\t\n -~' <"$file" >"$new/one"
  mv "$new/one" "$new/all/$(sha1sum <"$new/one" | cut -c -40)"
done
find "$corpus" -type f -name 'regression-*' -exec cp {} ../kept \;
merge() { "$program" -set_cover_merge=1 -only_ascii=1 -max_len=2048 -timeout=10 "$@" >"$new/log" 2>&1; }
merge -use_counters=0 ../kept ../all
cp -r ../kept ../more
merge ../more ../all
find ../more -type f -printf '%s %p\n' | sort -n | while read -r _ file; do
  (($(find ../kept -type f | wc -l) < 60 && $(cat ../kept/* | wc -c) < 100000)) || break
  cp "$file" ../kept
done

find "$corpus" -type f -delete
cp ../kept/* "$corpus"
echo "$target $(find "$corpus" -type f | wc -l) files, $(cat "$corpus"/* | wc -c) bytes"
