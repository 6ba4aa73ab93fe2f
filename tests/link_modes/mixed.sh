#!/usr/bin/env bash
# Files of both link modes in one program do not link, whatever the order, the optimiser and the
# linker, even where they share no function; files of the same mode do.
# usage: mixed.sh COMPILER FOLDER
set -euo pipefail
folder=$(realpath -m "$2")/link_modes
cd "$(dirname "$0")"
mkdir -p "$folder"

compile=("$1" -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Werror
  -I../../include)
failed=0
linkers=(bfd) # not lld, which sees the mixture only where a header-only file comes first
if command -v ld.gold >/dev/null; then linkers+=(gold); fi

link() { # linker flags file file
  "${compile[@]}" -fuse-ld="$1" $2 "$folder/$3" "$folder/$4" -o "$folder/program" >"$folder/log" 2>&1
}

for flags in "-O0" "-O2 -ffunction-sections -fdata-sections" "-O2 -flto"; do
  for file in one two; do
    "${compile[@]}" $flags -c $file.cpp -o "$folder/$file.headers.o"
    "${compile[@]}" $flags -DARGUS_TICKET_SEPARATE_COMPILATION -c $file.cpp \
      -o "$folder/$file.compiled.o"
  done
  for linker in "${linkers[@]}"; do
    with="$flags -Wl,--gc-sections"
    for mode in headers compiled; do
      if ! link $linker "$with" one.$mode.o two.$mode.o || ! "$folder/program"; then
        echo "does not link: $mode, $flags, $linker"
        cat "$folder/log"
        failed=1
      fi
    done
    for pair in "one.headers.o two.compiled.o" "one.compiled.o two.headers.o" \
      "two.headers.o one.compiled.o" "two.compiled.o one.headers.o"; do
      read -r first second <<<"$pair"
      if link $linker "$with" "$first" "$second"; then
        echo "links: $pair, $flags, $linker"
        failed=1
      elif ! grep -q compiled_and_header_only_files_must_not_be_mixed "$folder/log"; then
        echo "does not say why: $pair, $flags, $linker"
        cat "$folder/log"
        failed=1
      fi
    done
  done
done
exit $failed
