#!/usr/bin/env bash
# Installs what is missing, builds with warnings as errors, and runs the tests.
# usage: run.sh [servers] [packages] [quality] [gcc] [clang]
#   servers   also the tests that need other servers: an emulator of GitHub behind GitHub's own
#             OpenAPI description, a Request Tracker and a browser; Jira's requests and documents held
#             against Atlassian's descriptions; the quick start; and the outbox's figures
#   packages  also every way to fetch the library: Conan, vcpkg, CMake, pkg-config, a copy
#   quality   also clang-tidy, and the coverage of the library's lines
#   gcc       only GCC 12, with AddressSanitizer and UndefinedBehaviorSanitizer
#   clang     only Clang 19, with ThreadSanitizer
set -euo pipefail
cd "$(dirname "$0")/.."

servers=no
packages_too=no
quality=no
presets=()
for word; do
  case $word in
    servers) servers=yes ;;
    packages) packages_too=yes ;;
    quality) quality=yes ;;
    gcc) presets+=(dev) ;;
    clang) presets+=(clang) ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
done
((${#presets[@]})) || presets=(dev clang)

. examples/packages.sh
packages+=(catch2 ccache clang-19 curl git libclang-rt-19-dev prometheus-cpp-dev python3)
examples/install.sh "${packages[@]}"

export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
failed=()
run() { # name command...
  echo "== $1"
  "${@:2}" || failed+=("$1")
}

for preset in "${presets[@]}"; do
  cmake --preset "$preset" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
  echo "== $preset: build"
  cmake --build --preset "$preset" -- --quiet
  run "$preset: tests" ctest --preset "$preset"
done

run "crash" tests/crash/run.sh 40 "build/${presets[-1]}"
run "fuzzers" tests/fuzz/run.sh 5
run "reference" tests/reference/run.sh
run "versions" python3 tests/support/versions.py
run "presets" python3 tests/support/presets.py
run "warnings" tests/warnings/run.sh

if [ $servers = yes ]; then
  # What a newcomer runs first; only here are its warnings, those of an optimised build, errors.
  cmake --preset release -DARGUS_TICKET_WARNINGS_AS_ERRORS=ON \
    -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
  run "quick start" examples/quickstart.sh
  run "figures: the outbox" benchmarks/outbox/run.sh
  run "servers: GitHub's contract" tests/servers/run_github.sh "build/${presets[0]}/tests/github_tests"
  run "servers: Jira's contract" tests/servers/run_jira.sh "build/${presets[0]}/tests/unit_tests"
  cmake --build --preset "${presets[0]}" --target request_tracker_tests -- --quiet
  run "servers: Request Tracker" tests/servers/run_request_tracker.sh \
    "build/${presets[0]}/tests/request_tracker_tests"
fi

if [ $packages_too = yes ]; then
  run "packages" tests/packages/run.sh
fi
if [ $quality = yes ]; then
  run "clang-tidy" tests/tidy/run.sh
  run "coverage" tests/coverage/run.sh
fi

if ((${#failed[@]})); then
  printf 'failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
echo "all passed"
