#!/usr/bin/env bash
# Opens a ticket for an incident, again, comments it and closes it: on a local tracker that speaks
# GitHub's API over HTTPS, or on GitHub itself where GITHUB_TOKEN and ARGUS_TICKET_REPOSITORY
# (owner/name) are set. Installs and builds what is missing first.
set -euo pipefail
cd "$(dirname "$0")/.."

. examples/packages.sh
examples/install.sh "${packages[@]}"

build=build/release
[ -f $build/build.ninja ] || cmake --preset release >/dev/null
# A build that has nothing to do is quiet; one that has shows how far it is.
if ! cmake --build --preset release -- -n | grep -q 'no work to do'; then
  echo "building"
  cmake --build --preset release -- --quiet
fi
argus_ticket=$PWD/$build/examples/cli/argus-ticket

# Only what this script started, and only its own folder, is cleaned up.
folder=$(mktemp -d)
tracker=
clean_up() {
  [ -z "$tracker" ] || { kill "$tracker" 2>/dev/null && wait "$tracker" || true; }
  rm -rf "$folder"
}
trap clean_up EXIT

if [ -n "${GITHUB_TOKEN:-}" ] && [ -n "${ARGUS_TICKET_REPOSITORY:-}" ]; then
  export TICKET_PLUGIN=github TICKET_ENDPOINT=https://github.com/
  export TICKET_AUTHENTICATION_SECRET='{"token_env": "GITHUB_TOKEN"}'
  export TICKET_INFORMATION="{\"project_namespace_and_name\": \"$ARGUS_TICKET_REPOSITORY\"}"
  options=()
else
  "$build/examples/local_tracker/local_tracker" --directory "$folder" --seconds 600 >"$folder/log" 2>&1 &
  tracker=$!
  for _ in $(seq 100); do
    [ -f "$folder/ready.json" ] && break
    kill -0 "$tracker" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.05
  done
  [ -f "$folder/ready.json" ] || { echo "the local tracker did not start" >&2; exit 1; }
  echo "a local tracker $(cat "$folder/log" | cut -d, -f1)"
  options=(--settings "$folder/settings.json" --ca-file "$folder/ca.pem")
fi

step() {
  echo
  echo "\$ argus-ticket $*"
  "$argus_ticket" "${options[@]}" "$@"
}

incident=examples/incidents/link_down.json
step check
step open "$incident"
step open "$incident" # the same ticket
url=$("$argus_ticket" "${options[@]}" --json find "$incident" | sed -n 's/.*"url": *"\([^"]*\)".*/\1/p' | head -n 1)
step comment "$url" "A technician is on the way."
step close "$url"
echo
echo "The ticket: $url"
