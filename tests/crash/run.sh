#!/usr/bin/env bash
# Kills a process that delivers incidents, as often as asked for, and judges whether each became
# exactly one ticket. Installs and builds what is missing first.
# usage: run.sh [KILLS] [BUILD]
#   KILLS   how often; 40 where it is not given
#   BUILD   the build directory to use; where it is not given, that of the preset `clang`, which is
#           made where there is none
# With SEED in the environment the kills and faults are those of an earlier run, as far as the
# machine permits. What is left of a run that failed is kept.
set -euo pipefail
cd "$(dirname "$0")/../.."

kills=${1:-40}
build=${2:-}
if ! [[ $kills =~ ^[0-9]+$ ]] || (($# > 2)); then sed -n '4,9s/^# \{0,1\}//p' "$0"; exit 2; fi

export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
if [ -z "$build" ]; then
  build=build/clang
  . examples/packages.sh
  examples/install.sh "${packages[@]}" catch2 ccache clang-19 python3
  cmake --preset clang -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
fi
cmake --build "$build" --target crash_subject local_tracker -- --quiet

# For builds with ThreadSanitizer. It would look for a symbolizer, and complain where there is none,
# for what is suppressed too.
export TSAN_OPTIONS="suppressions=$PWD/tests/support/tsan.suppressions external_symbolizer_path= \
  ${TSAN_OPTIONS:-}"

folder=$(mktemp -d)
code=0
PYTHONDONTWRITEBYTECODE=1 python3 tests/crash/crash.py "$build/tests/crash_subject" \
  "$build/examples/local_tracker/local_tracker" "$folder" --kills "$kills" \
  ${SEED:+--seed "$SEED"} || code=$?
if [ $code = 0 ]; then rm -rf "$folder"; else echo "kept $folder" >&2; fi
exit $code
