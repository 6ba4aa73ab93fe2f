#!/usr/bin/env bash
# Runs a copy of examples/programs/minimal.cpp twice: it opens a ticket, and finds it; and once more
# without the tracker's certificate: it refuses. To be run by support/with_tracker.sh.
# usage: opens_and_finds.sh PROGRAM
set -euo pipefail
incident=$(dirname "$0")/../../examples/incidents/link_down.json

expect() { # word
  local said
  said=$("$program" <"$incident")
  echo "$said"
  case $said in "$1 https://127.0.0.1:"*/argus/incidents/issues/1) ;; *) exit 1 ;; esac
}
program=$1
expect opened
expect found
unset SSL_CERT_FILE
if said=$("$program" 2>&1 <"$incident"); then exit 1; fi
grep -q certificate <<<"$said"
