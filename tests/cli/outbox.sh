#!/bin/bash
# Runs `argus-ticket outbox` as a user would: over a whole life, with a ticket system that comes and
# goes, with processes that are killed, and with stores that are broken.
#   outbox.sh PROGRAM TRACKER
set -u
if [ $# -ne 2 ]; then echo "usage: outbox.sh ARGUS_TICKET LOCAL_TRACKER" >&2; exit 2; fi
program=$(realpath "$1") tracker=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
incident=$here/../../examples/incidents/link_down.json
. "$here/tap.sh"
unused_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
an_incident one "First" >"$work/one.json"
an_incident two "Second" >"$work/two.json"

# --- the command line ---------------------------------------------------------------------------
run 0 outbox --help; says "ARGUS_TICKET_OUTBOX"; says "requeue"
run 0 outbox run --help; says "--until-empty"
run 0 --help; says "9  outbox run"
run 2 outbox; warns "a command is missing after outbox"
run 2 outbox lst; warns "did you mean 'outbox list'?"
run 2 outbox list; warns "--store"; warns "ARGUS_TICKET_OUTBOX"
export ARGUS_TICKET_OUTBOX=$work/box.db
run 2 outbox requeue; warns "by their numbers"
run 2 outbox discard 1 --all; warns "by their numbers"
run 2 outbox list --state lost; warns "waiting, delivering or dead"
run 2 outbox submit --close --update
run 2 outbox submit --reason completed; warns "--close"
run 2 outbox run --workers 0; warns "from 1 to 64"
run 2 outbox run --once --until-empty
run 2 outbox run --grace soon; warns "number of seconds"

# --- what needs no settings, and no outbox that is not there ------------------------------------
for command in list dead stats "requeue --all" "discard --all"; do
  run 6 outbox $command; warns "$work/box.db"
done
ok "none of these has made a file" [ ! -e "$work/box.db" ]
run 3 outbox submit "$incident"; warns "TICKET_PLUGIN"
run 3 outbox run --once; warns "TICKET_PLUGIN"
ok "nor have these" [ ! -e "$work/box.db" ]

# --- accepted while the ticket system is down ---------------------------------------------------
port=$(unused_port) token=ghp_$(python3 -c 'import secrets; print(secrets.token_hex(16))')
export TICKET_PLUGIN=github TICKET_ENDPOINT=https://127.0.0.1:$port/
export TICKET_AUTHENTICATION_SECRET="{\"token\": \"$token\"}"
export TICKET_INFORMATION='{"project_namespace_and_name": "argus/incidents"}'
without_settings() { env -u TICKET_PLUGIN -u TICKET_ENDPOINT -u TICKET_AUTHENTICATION_SECRET -u TICKET_INFORMATION "$@"; }

run 0 outbox submit "$work/one.json"; says 'accepted  entry 1  open  "First"'; silent
ok "only its owner may read the file" [ "$(stat -c %a "$work/box.db")" = 600 ]
an_incident one "First, changed" >"$work/one.json"
stdin=$work/one.json run 0 outbox submit -; says "renewed  entry 1  open"
run 0 outbox submit --json "$work/two.json"
json 'o["accepted"]["entry"] == 2 and not o["accepted"]["renewed"] and o["accepted"]["step"] == "open"'
run 0 outbox submit --comment "It is @everyone's" "$work/one.json"; says "accepted  entry 3  comment"
run 0 outbox submit --close --reason not-planned "$work/one.json"; says "entry 4  close"
run 0 outbox list; says '1  waiting  open  due '; says '"First, changed"'; silent
run 0 outbox list --json; json_lines '[e["entry"]["entry"] for e in all] == [1, 2, 3, 4] and all[0]["entry"]["key"] == all[3]["entry"]["key"]'
key=$(python3 -c 'import json, sys; print(json.loads(open(sys.argv[1]).readline())["entry"]["key"])' "$out")
run 0 outbox list --json --key "$key"; json_lines '[e["entry"]["entry"] for e in all] == [1, 3, 4]'
run 0 outbox list --state delivering --json; json_lines 'all == []'
run 0 outbox stats --json; json 'o["stats"]["waiting"] == 4 and o["stats"]["submitted"] == 4 and o["stats"]["dead"] == 0'
run 0 outbox stats; says "waiting           4"; says "oldest"

ca=(--ca-file "$work/tracker/ca.pem")
start_tracker --token "$token" --port "$port"; stop_tracker # for a certificate to trust
run 10 outbox run --once "${ca[@]}"; says "postponed  entry 1  open  until "; says "cannot connect"
run 0 outbox list --json
json_lines 'all[0]["entry"]["reason_code"] == "connection_failed" and all[0]["entry"]["attempts"] == 0 and all[1]["entry"]["reason_code"] is None'
start_tracker --token "$token" --port "$port"
run 0 outbox run --until-empty "${ca[@]}"; silent
# The first one, which had been tried, waited for its next try; the other one overtook it.
says "opened  #2  ${TICKET_ENDPOINT}argus/incidents/issues/2  \"First, changed\"  entry 1  open"
says "commented  #2  "; says "closed  #2  "; says "opened  #1  "
tickets 'titles == ["Second", "First, changed"] and issues[1]["state"] == "closed" and len(issues[1]["comments"]) == 1'
run 0 outbox submit --reopen "$work/one.json"
an_incident one "First, once more" >"$work/one.json"
run 0 outbox submit --update "$work/one.json"
run 0 outbox run --once --json "${ca[@]}"
json_lines '[d["delivery"]["step"] for d in all] == ["reopen", "update"] and all[1]["delivery"]["ticket"]["title"] == "First, once more"'
tickets 'titles == ["Second", "First, once more"] and issues[1]["state"] == "open"'
run 0 outbox submit "$work/one.json"
run 0 outbox run --once "${ca[@]}"; says "found  #2  "
run 0 outbox run --once "${ca[@]}"; ok "says nothing where nothing is to be done" [ ! -s "$out" ]
run 0 outbox stats --json; json 'o["stats"]["waiting"] == 0 and o["stats"]["delivered"] == 7 and o["stats"]["oldest"] is None'

# --- many at once, and what is no incident ------------------------------------------------------
export ARGUS_TICKET_OUTBOX=$work/forms.db
for n in 1 2 3; do an_incident "line $n" "Line $n"; done >"$work/lines.json"
python3 -c 'import json, sys; print(json.dumps([json.loads(l) for l in open(sys.argv[1])], indent=1))' \
  "$work/lines.json" >"$work/list.json"
run 0 outbox submit --json "$work/lines.json" "$work/two.json"; json_lines '[a["accepted"]["entry"] for a in all] == [1, 2, 3, 4]'
run 0 outbox submit --json "$work/list.json"; json_lines '[a["accepted"]["renewed"] for a in all] == [True] * 3'
run 0 outbox submit --close "$work/list.json"; says "entry 5  close"; says "entry 7  close"
{ cat "$work/lines.json"; echo '{"description": "no id"'; } >"$work/bad_line.json"
run 6 outbox submit "$work/bad_line.json"; warns "$work/bad_line.json:4"
echo '[{"source_incident_id": "x"}, 7]' >"$work/bad_list.json"
run 6 outbox submit "$work/bad_list.json"; warns "$work/bad_list.json[1]"
echo '{"description": "no id"}' >"$work/anonymous.json"
run 6 outbox submit "$work/two.json" "$work/anonymous.json"; warns "neither a pk nor a source_incident_id"
run 6 outbox submit "$work/absent.json"; warns "cannot be opened"
run 6 outbox submit; warns "standard input"
run 5 outbox submit --comment "" "$work/two.json"; warns "the comment is empty"
run 6 outbox submit --most-entries 7 "$incident" --json
ok "an outbox that is full says so" grep -q '"code":"outbox_full"' "$out"
run 0 outbox stats --json; json 'o["stats"]["submitted"] == 7 and o["stats"]["waiting"] == 7'
run 0 outbox run --until-empty --workers 4 "${ca[@]}"
tickets 'sorted(titles[2:]) == ["Line 1", "Line 2", "Line 3"] and all(i["state"] == "closed" for i in issues[2:])'

# --- refused, dead, and taken up again ----------------------------------------------------------
export ARGUS_TICKET_OUTBOX=$work/dead.db
an_incident three "Third" >"$work/three.json"
run 0 outbox submit "$work/three.json"
run 0 outbox submit --comment "more" "$work/three.json"
export right=$TICKET_AUTHENTICATION_SECRET
wrong_token=ghp_a_wrong_one_0123456789
TICKET_AUTHENTICATION_SECRET="{\"token\": \"$wrong_token\"}" run 9 outbox run --until-empty "${ca[@]}"
says "dead  entry 1  open"; says "HTTP 401"
without_settings "$program" outbox dead >"$work/run.dead.out" 2>"$work/run.dead.err"
out=$work/run.dead.out err=$work/run.dead.err; says "bad_credentials: client error"; silent
run 0 outbox dead --json
json_lines '[e["entry"]["state"] for e in all] == ["dead"] * 2 and all[0]["entry"]["reason_code"] == "bad_credentials" and all[0]["entry"]["due"] is None'
run 0 outbox dead --reason refused --json; json_lines 'all == []'
run 0 outbox stats; says "  bad_credentials  2"
run 9 outbox run --once "${ca[@]}" # they stay until somebody acts
run 1 outbox requeue 77; warns "entry 77 is not dead"; says "requeued  0"
run 1 outbox requeue 77 --json; json 'o == {"requeued": 0, "missing": [77]}'
run 0 outbox requeue --reason refused; says "requeued  0"
without_settings "$program" outbox requeue --reason bad_credentials >"$work/run.requeue.out" 2>"$work/run.requeue.err"
out=$work/run.requeue.out; says "requeued  2"
run 0 outbox run --once "${ca[@]}"; says '"Third"  entry 1  open'; says "commented  "
tickets 'titles.count("Third") == 1 and issues[titles.index("Third")]["comments_count"] == 1'

# Thrown away: one by its number, the rest.
an_incident four "Fourth" >"$work/four.json"
an_incident five "Fifth" >"$work/five.json"
run 0 outbox submit "$work/four.json" "$work/five.json"
run 1 outbox discard 3; warns "entry 3 is not dead" # what waits is left alone
TICKET_AUTHENTICATION_SECRET="{\"token\": \"$wrong_token\"}" run 9 outbox run --once "${ca[@]}"
run 0 outbox discard 3; says "discarded  1"
run 0 outbox discard --all --json; json 'o == {"discarded": 1, "missing": []}'
run 0 outbox run --once "${ca[@]}"
tickets '"Fourth" not in titles and "Fifth" not in titles'

# --- until it is told to stop -------------------------------------------------------------------
export ARGUS_TICKET_OUTBOX=$work/forever.db
start outbox run "${ca[@]}"; first=$started first_out=$out
eventually [ -e "$work/forever.db-delivery" ]
run 0 outbox submit "$work/four.json" # by another process
ok "it is delivered at once" eventually grep -q '"Fourth"' "$first_out"
run 6 outbox run "${ca[@]}"; warns "delivers from this outbox"
run 6 outbox run --once --json "${ca[@]}"; json 'o["error"]["code"] == "store_failed"'
kill -TERM "$first"; out=$first_out started=$first ended 0 5
run 0 outbox submit "$work/four.json"
start outbox run "${ca[@]}"
eventually test -s "$out"
kill -INT "$started"; ended 0 5
run 0 outbox run --once "${ca[@]}" # it is free again

# With a request under way.
stop_tracker; start_tracker --token "$token" --port "$port" --latency-ms 3000
run 0 outbox submit "$work/five.json"
is_delivering() { "$program" outbox list --state delivering | grep -q Fifth; }
start outbox run "${ca[@]}"
ok "a request is under way" eventually is_delivering
sleep 0.3; kill -TERM "$started"
sleep 0.3; ok "it waits for the request" kill -0 "$started"
kill -INT "$started"; ended 0 1; warns "still under way" # a second signal
start outbox run --grace 0.3 "${ca[@]}"
ok "it rests" eventually sh -c '"$1" outbox list --state waiting | grep -q Fifth' sh "$program"
ok "and is taken up again" eventually is_delivering
sleep 0.3; kill -TERM "$started"; ended 0 1; warns "still under way"
stop_tracker; start_tracker --token "$token" --port "$port"
run 0 outbox run --until-empty "${ca[@]}"; says '"Fifth"'
tickets 'titles == ["Fifth"]'

# --- killed, again and again --------------------------------------------------------------------
export ARGUS_TICKET_OUTBOX=$work/killed.db
stop_tracker; start_tracker --token "$token" --port "$port" --latency-ms 60
for n in $(seq 12); do an_incident "kill $n" "Killed $n"; done >"$work/killed.json"
run 0 outbox submit "$work/killed.json"
for round in 1 2 3; do
  start outbox run --workers 2 "${ca[@]}"
  ok "round $round: it delivers" eventually test -s "$out"
  kill -KILL "$started"; wait "$started" 2>/dev/null
  ok "round $round: what it was at is on record" sh -c '[ "$("$1" outbox list | wc -l)" -gt 0 ]' sh "$program"
done
run 0 outbox run --until-empty --workers 2 "${ca[@]}"
tickets 'len(issues) == 12 and len(set(titles)) == 12'
# Replies that are lost: each was done, and nobody said so.
stop_tracker; start_tracker --token "$token" --port "$port" --lose-replies 40 --seed 7
for n in $(seq 10); do an_incident "lost $n" "Lost $n"; done >"$work/lost.json"
run 0 outbox submit "$work/lost.json"
run 0 outbox run --until-empty --workers 2 "${ca[@]}"
tickets 'len(issues) == 10 and len(set(titles)) == 10'

# --- stores that are broken ---------------------------------------------------------------------
echo "this is no database, but it is long enough to be taken for one by somebody careless" >"$work/garbage.db"
cp "$work/garbage.db" "$work/garbage.copy"
for command in "submit $work/two.json" "run --once" list stats "requeue --all"; do
  run 6 outbox $command --store "$work/garbage.db"; warns "$work/garbage.db"
done
ok "what is no outbox is not changed" cmp -s "$work/garbage.db" "$work/garbage.copy"
run 6 outbox submit "$work/two.json" --store "$work/absent/box.db"; warns "$work/absent/box.db"
run 6 outbox submit "$work/two.json" --store "$work"; warns "$work"
cp "$work/forever.db" "$work/damaged.db"
python3 - "$work/damaged.db" <<'END'
import sys
with open(sys.argv[1], "r+b") as file: # all but the first page
    size = file.seek(0, 2)
    file.seek(4096)
    file.write(b"\xa5" * (size - 4096))
END
run 6 outbox submit "$work/two.json" --store "$work/damaged.db" --json
ok "a damaged one says so" grep -q '"code":"store_failed"' "$out"
run 6 outbox run --once --store "$work/damaged.db" "${ca[@]}"; warns "$work/damaged.db"

python3 - "$work/forever.db" "$work/locked" <<'END' & pids+=($!); locker=$!
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
open(sys.argv[2], "w").close()
time.sleep(60)
END
wait_for "$work/locked"
run 6 outbox submit "$work/two.json" --store "$work/forever.db"; warns "locked"
run 0 outbox stats --store "$work/forever.db" # reading does not wait
kill "$locker"
run 0 outbox submit "$work/two.json" --store "$work/forever.db"

# Read-only, for somebody else where we are root, whom no rights stop.
other=()
[ "$(id -u)" = 0 ] && other=(setpriv --reuid=65534 --regid=65534 --clear-groups)
chmod 755 "$work"; cp "$work/dead.db" "$work/read_only.db"; chmod 444 "$work/read_only.db"
if "${other[@]}" "$program" --version >/dev/null 2>&1; then
  "${other[@]}" "$program" outbox submit "$work/two.json" --store "$work/read_only.db" >"$work/run.ro.out" 2>"$work/run.ro.err"
  code=$? out=$work/run.ro.out err=$work/run.ro.err
  ok "exit code 6: a read-only store" [ $code -eq 6 ]; warns "$work/read_only.db"
else
  skip "a read-only store" "nobody else may run the program"
fi

# A full disk: files may not grow any more.
export ARGUS_TICKET_OUTBOX=$work/full.db
run 0 outbox submit "$work/two.json"
for n in $(seq 2000); do an_incident "full $n" "Full $n"; done >"$work/full.json"
(trap '' XFSZ; ulimit -f 128; exec "$program" outbox submit "$work/full.json") >"$work/run.full.out" 2>"$work/run.full.err"
code=$? out=$work/run.full.out err=$work/run.full.err
ok "exit code 6 or 7: a full disk" [ $code -eq 6 -o $code -eq 7 ]; warns "$work/full.db"
run 0 outbox stats --json; json 'o["stats"]["submitted"] == 1 and o["stats"]["waiting"] == 1' # nothing, not a half
run 0 outbox submit "$work/full.json"
run 0 outbox stats --json; json 'o["stats"]["waiting"] == 2001'

# An output that is gone stops no delivery.
export ARGUS_TICKET_OUTBOX=$work/mute.db
run 0 outbox submit "$work/three.json"
"$program" outbox run --once "${ca[@]}" >/dev/full 2>"$work/run.mute.err"; code=$?
ok "exit code 6: no output possible" [ "$code" -eq 6 ]
tickets 'titles.count("Third") == 1'

# --- a server that sends the token back, and hostile text ---------------------------------------
python3 "$here/hostile_server.py" "$work/port" >/dev/null 2>&1 & pids+=($!)
wait_for "$work/port"
export TICKET_ENDPOINT=http://127.0.0.1:$(cat "$work/port")/ TICKET_INFORMATION='{"project_namespace_and_name": "h/echo"}'
export ARGUS_TICKET_OUTBOX=$work/echo.db
printf '{"source_incident_id": "h", "description": "\\u001b[31m %s \\u202e"}' "$token" >"$work/hostile.json"
run 0 outbox submit "$work/hostile.json"; plain
run 9 outbox run --once; says "you sent Bearer ***"; plain
run 0 outbox dead; says "you sent Bearer ***"; plain
run 0 outbox dead --json; plain
run 0 outbox stats --json; plain
TICKET_INFORMATION='{"project_namespace_and_name": "h/labels", "labels_set": ["network"]}'
export ARGUS_TICKET_OUTBOX=$work/labels.db
run 0 outbox submit "$work/two.json"
run 8 outbox run --once --strict; says "opened  #1"; warns "warning: label"
TICKET_INFORMATION='{"project_namespace_and_name": "h/echo"}'
export ARGUS_TICKET_OUTBOX=$work/echo_only.db # whose incident does not quote it
run 0 outbox submit "$work/two.json"
run 9 outbox run --once

# --- over everything ----------------------------------------------------------------------------
out=$work/none err=$work/none command_line="all of the above"
rm -f "$work"/echo.db*
for secret in "$token" "$wrong_token"; do
  ok "no output holds a secret (${secret:0:8}…)" sh -c '! grep -rlF -- "$1" "$2"/run.*' sh "$secret" "$work"
  ok "no store holds a secret (${secret:0:8}…)" sh -c '! grep -rlaF -- "$1" "$2"/*.db*' sh "$secret" "$work"
done
finish
