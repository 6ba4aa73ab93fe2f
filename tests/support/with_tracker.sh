#!/usr/bin/env bash
# Runs a command beside a local tracker of its own, as a user of it would be set up: Argus's settings
# in the environment, the tracker's certificate among the trusted ones, and in TRACKER_DIRECTORY the
# files that the tracker writes.
# usage: with_tracker.sh TRACKER COMMAND...
set -euo pipefail
tracker=$(realpath "$1")
shift

folder=$(mktemp -d)
"$tracker" --directory "$folder" --seconds 300 >"$folder/log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 200); do [ -f "$folder/ready.json" ] && break; sleep 0.05; done
[ -f "$folder/ready.json" ] || { cat "$folder/log" >&2; exit 1; }

eval "$(python3 - "$folder/settings.json" <<'PY'
import json, shlex, sys
for name, value in json.load(open(sys.argv[1])).items():
    text = value if isinstance(value, str) else json.dumps(value)
    print(f"export {name}={shlex.quote(text)}")
PY
)"
export SSL_CERT_FILE=$folder/ca.pem TRACKER_DIRECTORY=$folder
"$@"
