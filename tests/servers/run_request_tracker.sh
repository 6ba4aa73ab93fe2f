#!/usr/bin/env bash
# Runs the hidden tests of request_tracker_tests over a real Request Tracker, and has a browser look
# at the tickets. Pages and pictures of them are left beside the program.
# usage: run_request_tracker.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"

./request_tracker.sh install
folder=$(mktemp -d)
trap './request_tracker.sh stop "$folder"; rm -rf "$folder"' EXIT
./request_tracker.sh start "$folder"
set -a
. "$folder/servers.env"
set +a
"$program" '[.rt]'

pages=$(dirname "$program")/request_tracker_pages
mkdir -p "$pages"
RT_TEST_PAGES=$folder/pages "$program" '[.rt_pages]'
./rt_pages.py "$folder/pages" "$pages"
