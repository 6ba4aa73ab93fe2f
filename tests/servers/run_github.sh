#!/usr/bin/env bash
# Runs the hidden tests of github_tests over an emulator of GitHub, with each request held against
# GitHub's OpenAPI description. usage: run_github.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
folder=${XDG_CACHE_HOME:-$HOME/.cache}/argus_ticket/github_servers

./github.sh install "$folder"
./github.sh selftest "$folder" # the judge notices what it should
./github.sh start "$folder" >/dev/null
trap './github.sh stop "$folder"' EXIT
set -a
. "$folder/servers.env"
set +a
"$program" '[.contract]'
./github.sh violations "$folder"
