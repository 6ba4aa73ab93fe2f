# What the tests of programs share. To be sourced after `program`, the program to be run, is set.
# Output is TAP; everything lives in $work, and what was started stands in $pids.
work=$(mktemp -d)
pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null; done; wait 2>/dev/null; rm -rf "$work"' EXIT

count=0 failures=0 runs=0
ok() { # TEXT COMMAND... : a test, passed where the command succeeds
  local text=$1; shift
  count=$((count + 1))
  if "$@" >/dev/null 2>&1; then
    echo "ok $count - $text"
  else
    failures=$((failures + 1))
    echo "not ok $count - $text"
    echo "# of: ${command_line:-}"
    [ -e "$out" ] && sed 's/^/#  out: /' "$out" | cat -v | head -20
    [ -e "$err" ] && sed 's/^/#  err: /' "$err" | cat -v | head -20
  fi
}
skip() { count=$((count + 1)); echo "ok $count - $1 # skip $2"; }
out=$work/none err=$work/none
run() { # EXIT_CODE ARGUMENTS... : runs the program; a test of its exit code
  local expected=$1 got; shift
  runs=$((runs + 1))
  out=$work/run.$runs.out err=$work/run.$runs.err command_line=$(printf '%q ' "$@")
  timeout 60 "$program" "$@" >"$out" 2>"$err" <"${stdin:-/dev/null}"
  got=$?
  ok "exit code $expected: ${label:-$command_line}" [ "$got" -eq "$expected" ]
}
start() { # ARGUMENTS... : runs the program beside the tests; its process is $started
  runs=$((runs + 1))
  out=$work/run.$runs.out err=$work/run.$runs.err command_line=$(printf '%q ' "$@")
  "$program" "$@" >"$out" 2>"$err" </dev/null & started=$!
  pids+=("$started")
}
ended() { # EXIT_CODE SECONDS : the program that was started ends by then; a test of its exit code
  local got=none until=$((SECONDS + $2 + 1))
  while kill -0 "$started" 2>/dev/null && [ $SECONDS -lt $until ]; do sleep 0.05; done
  if ! kill -0 "$started" 2>/dev/null; then wait "$started" 2>/dev/null; got=$?; fi
  ok "ends with exit code $1: ${label:-$command_line}" [ "$got" = "$1" ]
}
says() { ok "says '$1'" grep -qF -- "$1" "$out"; }
warns() { ok "says on standard error '$1'" grep -qF -- "$1" "$err"; }
silent() { ok "says nothing on standard error" [ ! -s "$err" ]; }
json() { # PYTHON_EXPRESSION about `o`
  ok "JSON: $1" python3 -c 'import json, sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
assert len(lines) == 1, lines
o = json.loads(lines[0])
assert eval(sys.argv[2]), o' "$out" "$1"
  ok "nothing on standard error with --json" [ ! -s "$err" ]
}
json_lines() { # PYTHON_EXPRESSION about `all`, a list
  ok "JSON: $1" python3 -c 'import json, sys
all = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8").read().splitlines()]
assert eval(sys.argv[2]), all' "$out" "$1"
  ok "nothing on standard error with --json" [ ! -s "$err" ]
}
plain() { # no control character but the line feed, also none of C1, no bidirectional override
  ok "no control characters in the output" python3 -c 'import re, sys
for name in sys.argv[1:]:
    text = open(name, encoding="utf-8").read()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), text' "$out" "$err"
}
eventually() { # COMMAND... : within 20 seconds
  for _ in $(seq 400); do "$@" >/dev/null 2>&1 && return; sleep 0.05; done
  return 1
}
wait_for() { eventually [ -e "$1" ] || { echo "Bail out! no $1"; exit 1; }; }

start_tracker() { # SWITCHES... : starts $tracker with a new world; its process is $tracker_pid
  rm -f "$work/tracker/ready.json"
  "$tracker" --directory "$work/tracker" "$@" >/dev/null 2>&1 & tracker_pid=$!
  pids+=("$tracker_pid")
  wait_for "$work/tracker/ready.json"
}
stop_tracker() { kill "$tracker_pid" && wait "$tracker_pid" 2>/dev/null; }
ready() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/tracker/ready.json" "$1"; }
tickets() { # PYTHON_EXPRESSION about `issues` and `titles`: a test of what is in the tracker
  ok "tickets: $1" python3 -c 'import json, ssl, sys, urllib.request
ready = json.load(open(sys.argv[1] + "/ready.json"))
trust = ssl.create_default_context(cafile=ready["ca_file"])
with urllib.request.urlopen(ready["endpoint"] + "_tracker/issues.json", context=trust) as reply:
    issues = json.load(reply)["issues"]
titles = [issue["title"] for issue in issues]
assert eval(sys.argv[2]), issues' "$work/tracker" "$1"
}
an_incident() { # ID TITLE : prints an incident of that id
  printf '{"source_incident_id": "%s", "source": {"name": "tests"}, "description": "%s", "start_time": "%s"}\n' \
    "$1" "$2" "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
}

finish() {
  echo "1..$count"
  [ "$failures" -eq 0 ] || echo "# $failures of $count failed"
  [ "$failures" -eq 0 ]
}

unset TICKET_PLUGIN TICKET_ENDPOINT TICKET_AUTHENTICATION_SECRET TICKET_INFORMATION
unset HTTPS_PROXY https_proxy HTTP_PROXY http_proxy ALL_PROXY all_proxy NO_PROXY no_proxy ARGUS_TICKET_OUTBOX
