#!/usr/bin/env bash
# Runs the README's program against the local tracker, twice: it opens a ticket, and finds it.
# usage: run_readme_program.sh PROGRAM TRACKER
set -euo pipefail
program=$(realpath "$1")
tracker=$(realpath "$2")
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
"$tracker" --directory "$folder" --seconds 120 >"$folder/log" &
pid=$!
trap 'kill $pid 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 200); do [ -f "$folder/ready.json" ] && break; sleep 0.05; done

# As a user would: the four settings in the environment, and the certificate among the trusted ones.
eval "$(python3 - "$folder/settings.json" <<'PY'
import json, shlex, sys
for name, value in json.load(open(sys.argv[1])).items():
    text = value if isinstance(value, str) else json.dumps(value)
    print(f"export {name}={shlex.quote(text)}")
PY
)"
export SSL_CERT_FILE=$folder/ca.pem

expect() { # text
  local said
  said=$("$program" <examples/incidents/link_down.json)
  echo "$said"
  case $said in "$1 https://127.0.0.1:"*/argus/incidents/issues/1) ;; *) exit 1 ;; esac
}
expect opened
expect found
# Without the certificate it refuses.
unset SSL_CERT_FILE
if "$program" <examples/incidents/link_down.json 2>"$folder/refused"; then exit 1; fi
grep -q 'certificate' "$folder/refused"
