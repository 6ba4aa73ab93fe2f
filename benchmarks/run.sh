#!/usr/bin/env bash
# Measures the library against what else opens tickets, on one loopback HTTPS server: prints lines
# of a name, a value and a unit, then a table of ratios with their bounds; keeps results.json and
# charts in benchmarks/results. README.md says what each figure means.
# usage: run.sh [--quick] [--only FIGURE[,FIGURE...]]
set -euo pipefail
cd "$(dirname "$0")/.."

. examples/packages.sh
examples/install.sh "${packages[@]}" python3 python3-venv python3-github wrk valgrind \
  libcurl4-openssl-dev nlohmann-json3-dev libcpp-httplib-dev libboost-container1.81-dev

here=$PWD/benchmarks
tools=$here/build/tools
mkdir -p "$tools"

# What is not Debian's is left out where it cannot be had; the report says so.
try() { # what it is, then a command
  local name=$1
  shift
  "$@" >"$tools/$name.log" 2>&1 || echo "# cannot set up $name: see $tools/$name.log"
}
argus() {
  [ -x "$tools/argus/bin/python" ] && return
  python3 -m venv "$tools/argus.new"
  "$tools/argus.new/bin/pip" install --quiet argus-ticket-github==1.2.0 && mv "$tools/argus.new" "$tools/argus"
}
octokit() {
  mkdir -p "$tools/node"
  cp "$here/peers/octokit.mjs" "$tools/node/"
  [ -d "$tools/node/node_modules/@octokit/rest" ] ||
    npm install --prefix "$tools/node" --no-audit --no-fund --silent @octokit/rest@22.0.1
}
go_github() { (cd "$here/peers/go_github" && go build -o "$tools/go_github" .); }

try argus argus
command -v npm >/dev/null && try octokit octokit
command -v go >/dev/null && try go_github go_github

cmake -S benchmarks -B benchmarks/build -G Ninja -DCMAKE_CXX_COMPILER=g++-12 \
  $(command -v ccache >/dev/null && echo -DCMAKE_CXX_COMPILER_LAUNCHER=ccache) >/dev/null
cmake --build benchmarks/build -j1 >"$tools/build.log" || {
  tail -n 40 "$tools/build.log" >&2
  exit 1
}

exec python3 benchmarks/drive/main.py benchmarks/build "$tools" benchmarks/results "$@"
