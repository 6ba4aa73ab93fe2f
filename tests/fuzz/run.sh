#!/usr/bin/env bash
# Builds the fuzzers and runs each of them for a while, one after the other, on a copy of its kept
# corpus. Prints lines of a name and a value; ends with 1 and the path of the input where something
# was found. Installs what is missing.
# usage: run.sh [seconds for each target, 30] [target...]
set -euo pipefail
cd "$(dirname "$0")/../.."

. examples/packages.sh
examples/install.sh "${packages[@]}" ccache clang-19 libboost-url1.81-dev libclang-rt-19-dev

seconds=${1:-30}
[[ $seconds =~ ^[0-9]+$ ]] || { sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2; }
shift || true
targets=("$@")
if ((${#targets[@]} == 0)); then
  for file in tests/fuzz/*.cpp; do targets+=("$(basename "$file" .cpp)"); done
fi

build=build/fuzz
cmake -S tests/fuzz -B $build -G Ninja -DCMAKE_CXX_COMPILER=clang++-19 \
  -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
cmake --build $build --target "${targets[@]/#/fuzz_}" -- -j 2 --quiet

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
findings=$PWD/$build/findings # what is found outlives this run
mkdir -p "$findings"
all=0

for target in "${targets[@]}"; do
  program=$PWD/$build/fuzz_$target
  log=$folder/$target.log
  # Some read a file that the input names: here there is none.
  mkdir -p "$folder/$target/corpus" "$folder/$target/empty"
  cp -r "tests/fuzz/corpus/$target/." "$folder/$target/corpus" 2>/dev/null || true
  options=(-max_total_time="$seconds" -max_len=2048 -only_ascii=1 -timeout=10 -rss_limit_mb=2048
    -print_final_stats=1 -artifact_prefix="$findings/$target-")
  dictionary=$PWD/tests/fuzz/$target.dict
  [ -f "$dictionary" ] || dictionary=$PWD/tests/fuzz/document.dict
  found=0
  (cd "$folder/$target/empty" && "$program" "${options[@]}" -dict="$dictionary" ../corpus) \
    >"$log" 2>&1 || found=1
  echo "fuzz_${target}_runs $(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)"
  echo "fuzz_${target}_findings $found"
  ((found == 0)) && continue
  all=1
  { grep -aE -A 20 'does not hold|ERROR:|runtime error' "$log" || tail -n 20 "$log"; } |
    cut -c -1000 | head -n 40 || true
  sed -n 's/^.*Test unit written to //p' "$log"
done
exit $all
