#!/bin/bash
# Runs argus-ticket as a user would: against the local tracker, with certificates verified, and
# against a server that misbehaves.
#   run.sh PROGRAM TRACKER
set -u
if [ $# -ne 2 ]; then echo "usage: run.sh ARGUS_TICKET LOCAL_TRACKER" >&2; exit 2; fi
program=$(realpath "$1") tracker=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
incident=$here/../../examples/incidents/link_down.json
. "$here/tap.sh"

# --- without a server ---------------------------------------------------------------------------
run 0 --version; says "argus-ticket "
run 0 --help; says "Exit codes:"; says "7  the ticket may exist"
run 0 open --help; says "FILE"
run 0 plugins; says "github"; says "TICKET_INFORMATION.project_namespace_and_name"; silent
run 0 plugins --json
json 'o["plugins"][0]["name"] == "github" and [s["name"] for s in o["plugins"][0]["settings"] if s["required"]] == ["TICKET_ENDPOINT", "TICKET_AUTHENTICATION_SECRET.token", "TICKET_INFORMATION.project_namespace_and_name"]'

run 2; warns "a command is missing"
run 2 opne; warns "did you mean 'open'?"
run 2 close; warns "ticket is required"
run 2 close 1 --reason bored; warns "completed or not-planned"
run 2 check --timeout nan; warns "number of seconds"
run 2 check --timeout 0
run 2 check extra
run 2 plugins --nonsense --json; json 'o["error"]["code"] == "usage"'
misplaced=ghp_onTheCommandLine0123456789
run 2 check --token "$misplaced"; warns "never on the command line"
run 2 check "--password=$misplaced"
run 2 "$misplaced"
run 2 check --proxy "http://user:$misplaced@proxy" --timeout "$misplaced"

run 3 check; warns "TICKET_PLUGIN: is missing"; warns "TICKET_ENDPOINT: is missing"
warns "TICKET_AUTHENTICATION_SECRET: is missing"; warns "TICKET_INFORMATION: is missing"
run 3 check --json
json '{p["where"] for p in o["error"]["problems"]} == {"TICKET_PLUGIN", "TICKET_ENDPOINT", "TICKET_AUTHENTICATION_SECRET", "TICKET_INFORMATION"} and o["error"]["category"] == "settings"'
run 3 check --settings "$work/absent.json"; warns "cannot be opened"
ok "one problem only where there is no file" [ "$(wc -l <"$err")" -eq 1 ]
settings=$work/wrong.json
echo '{"TICKET_PLUGIN": "gihtub", "TICKET_ENDPOINT": "ftp://x"}' >"$settings"
run 3 check --settings "$settings"; warns "did you mean 'github'?"; warns "must start with https://"
echo '{"TICKET_PLUGIN": "argus_ticket_github.GithubPlugn"}' >"$settings"
run 3 check --settings "$settings"; warns "did you mean 'argus_ticket_github.GithubPlugin'?"
echo '{"TICKET_PLUGIN": ' >"$settings"
run 3 check --settings "$settings"; warns "is no JSON"

# A token wherever it does not belong.
for wrong in "{\"TICKET_PLUGIN\": \"$misplaced\"}" \
  "{\"TICKET_PLUGIN\": \"github\", \"$misplaced\": 1}" \
  "{\"TICKET_PLUGIN\": \"github\", \"TICKET_ENDPOINT\": \"https://user:$misplaced@host/\"}" \
  "{\"TICKET_PLUGIN\": \"github\", \"TICKET_AUTHENTICATION_SECRET\": \"$misplaced\"}" \
  "{\"TICKET_PLUGIN\": \"github\", \"TICKET_AUTHENTICATION_SECRET\": {\"$misplaced\": 1, \"token\": [\"$misplaced\"]}}" \
  "{\"TICKET_PLUGIN\": \"github\", \"TICKET_AUTHENTICATION_SECRET\": {\"token_env\": \"$misplaced\"}}" \
  "{\"TICKET_PLUGIN\": \"github\", \"TICKET_AUTHENTICATION_SECRET\": {\"token_file\": \"$misplaced\"}}" \
  "{\"TICKET_PLUGIN\": \"github\", \"TICKET_INFORMATION\": {\"$misplaced\": 1}}" \
  "{\"TICKET_PLUGIN\": \"github\", \"TICKET_AUTHENTICATION_SECRET\": {\"token\": $misplaced"; do
  echo "$wrong" >"$settings"
  label="misplaced token" run 3 check --settings "$settings"
  label="misplaced token, JSON" run 3 check --settings "$settings" --json
done

# --- the local tracker --------------------------------------------------------------------------
start_tracker
token=$(ready token) endpoint=$(ready endpoint) repository=$(ready repository)
ca=(--ca-file "$(ready ca_file)")
export TICKET_PLUGIN=github TICKET_ENDPOINT=$endpoint
export TICKET_AUTHENTICATION_SECRET="{\"token\": \"$token\"}"
export TICKET_INFORMATION="{\"project_namespace_and_name\": \"$repository\"}"

run 0 check "${ca[@]}"; says "ready  $repository  as argus-bot"; silent
run 0 check --json "${ca[@]}"; json 'o["check"]["account"] == "argus-bot"'
run 1 find "$incident" "${ca[@]}"; warns "has no ticket"
run 1 find --json "$incident" "${ca[@]}"; json 'o == {"ticket": None}'
run 0 preview "$incident"; says "Authorization: ***"; says "/api/v3/repos/$repository/issues"; says '"labels": ['; silent
run 0 preview --json "$incident"
json 'o["request"]["method"] == "POST" and o["request"]["headers"]["Authorization"] == "***" and "xe-0/0/1" in o["request"]["body"]["title"]'
run 0 preview --url "$incident"; says "$endpoint$repository/issues/new?title="
run 0 preview --url --json "$incident"; json 'o["url"].startswith("https://")'
run 1 find "$incident" "${ca[@]}" # no preview has sent anything

run 0 open "$incident" "${ca[@]}"; says "opened  #1  ${endpoint}$repository/issues/1  \"Link"; silent
run 0 open "$incident" "${ca[@]}"; says "found  #1  "
stdin=$incident run 0 open --json "${ca[@]}"
json 'o["ticket"]["number"] == "1" and o["ticket"]["created"] is False and o["ticket"]["outcome"] == "applied"'
stdin=$incident run 0 find - "${ca[@]}"; says "found  #1  "
run 0 "${ca[@]}" --json create "$incident"; json 'o["ticket"]["number"] == "2" and o["ticket"]["created"]'
run 0 show 1 "${ca[@]}"; says "open  #1  "
run 0 show "${endpoint}$repository/issues/1" "${ca[@]}"; says "open  #1  "
sed 's/"description": "[^"]*"/"description": "Another text"/' "$incident" >"$work/changed.json"
run 0 update 1 "$work/changed.json" "${ca[@]}"; says 'updated  #1'; says '"Another text"'
run 0 comment 1 "It is up @everyone" "${ca[@]}"; says "commented  "; says "#issuecomment"
echo "from a pipe" >"$work/comment.txt"
stdin=$work/comment.txt run 0 comment 1 --json "${ca[@]}"; json 'o["comment"]["id"]'
stdin=$work/comment.txt run 0 comment 1 - "${ca[@]}"
run 5 comment 1 "" "${ca[@]}"; warns "the comment is empty"
run 0 close 1 --reason not-planned "${ca[@]}"; says "closed  #1"
run 0 show 1 --json "${ca[@]}"; json 'o["ticket"]["state"] == "closed"'
run 0 open "$incident" "${ca[@]}"; says "found  #2  " # the one that is open
run 0 close 2 "${ca[@]}"
run 0 open "$incident" "${ca[@]}"; says "found  #1  "; says "(closed)"
run 0 reopen 1 "${ca[@]}"; says "reopened  #1"
run 0 close 1 "${ca[@]}"

# Argus's own name for the plugin, settings from a file, the token from another.
echo "$token" >"$work/token"
cat >"$work/settings.json" <<END
{"TICKET_PLUGIN": "argus.incident.ticket.github.GithubPlugin", "TICKET_ENDPOINT": "$endpoint",
 "TICKET_AUTHENTICATION_SECRET": {"token_file": "$work/token"},
 "TICKET_INFORMATION": {"project_namespace_and_name": "$repository"}}
END
TICKET_PLUGIN=nonsense run 0 show 1 --settings "$work/settings.json" "${ca[@]}"; says "closed  #1"

# Each kind of failure.
TICKET_AUTHENTICATION_SECRET='{"token": "a-wrong-token"}' run 4 check "${ca[@]}"; warns "client error"
TICKET_INFORMATION='{"project_namespace_and_name": "argus/nothing"}' run 3 check "${ca[@]}"; warns "does not exist"
TICKET_INFORMATION='{"project_namespace_and_name": "argus/nothing"}' run 3 open "$incident" "${ca[@]}" --json
json 'o["error"]["code"] == "target_not_found" and o["error"]["http_status"] == 404 and o["error"]["outcome"] == "rejected"'
run 4 check; warns "certificate"
run 3 check --ca-file "$work/absent.pem"; warns "--ca-file"
run 3 check --client-key "$work/absent.pem" "${ca[@]}"; warns "--client-certificate"
run 3 check --proxy 'http://' "${ca[@]}"; warns "--proxy"
run 5 show 999 "${ca[@]}"; warns "no such issue"
run 5 close seventeen "${ca[@]}" --json; json 'o["error"]["code"] == "ticket_not_found"'
run 6 open "$work/absent.json" "${ca[@]}"; warns "cannot be opened"
run 6 open "$work" "${ca[@]}"; warns "cannot be read"
echo '{"description": 5, "tags": [{"tag": 1}]}' >"$work/bad.json"
run 6 open "$work/bad.json" "${ca[@]}"; warns "incident.description"; warns "incident.tags[0].tag"
echo '{"description": "no id"}' >"$work/anonymous.json"
run 6 open "$work/anonymous.json" "${ca[@]}"; warns "neither a pk nor a source_incident_id"
run 0 create "$work/anonymous.json" "${ca[@]}"; says "opened  "
run 6 open "${ca[@]}"; warns "standard input"
head -c 17000000 /dev/zero | tr '\0' ' ' >"$work/large.json"
stdin=$work/large.json run 6 open "${ca[@]}"; warns "is larger than 16 MiB"
TICKET_ENDPOINT=https://127.0.0.1:1/ run 4 check "${ca[@]}"; warns "client error"
TICKET_ENDPOINT=https://127.0.0.1:1/ run 4 open "$incident" "${ca[@]}" --json
json 'o["error"]["code"] == "connection_failed" and o["error"]["outcome"] == "not_applied"'
proxy_password=proxy-pass-0123456789
TICKET_ENDPOINT=https://github.invalid/ HTTPS_PROXY=http://u:$proxy_password@127.0.0.1:1 run 4 check "${ca[@]}"
TICKET_ENDPOINT=https://github.invalid/ run 4 check --json --proxy "http://u:$proxy_password@127.0.0.1:1" "${ca[@]}"
TICKET_ENDPOINT=https://github.invalid/ run 3 check --proxy "ftp://u:$proxy_password@127.0.0.1:1" "${ca[@]}"

# A ticket with a known URL is returned as it is.
sed 's|"ticket_url": ""|"ticket_url": "https://example.org/t/9"|' "$incident" >"$work/known.json"
run 0 open "$work/known.json" "${ca[@]}"; says "found  https://example.org/t/9"
run 6 preview "$work/known.json"; warns "has a ticket already"

# An output that cannot be written. The ticket's URL is not lost.
"$program" open "$incident" "${ca[@]}" >/dev/full 2>"$work/full.err"; code=$?
ok "exit code 6: no output possible" [ "$code" -eq 6 ]
ok "the URL stands on standard error then" grep -q "^found  #1  .*/issues/1 " "$work/full.err"

# Hostile text in the incident.
python3 - "$work/hostile.json" "$token" <<'END'
import json, sys
text = "\x1b]0;owned\x07 \x1b[31mred\x9b2J \u202egnp.exe " + sys.argv[2]
json.dump({"source_incident_id": "hostile", "description": text, "tags": [{"tag": "a=" + text}],
           "details_url": text, "source": {"name": text}, "user": text}, open(sys.argv[1], "w"))
END
run 0 preview "$work/hostile.json"; plain
run 0 preview --json "$work/hostile.json"; plain
run 0 preview --url "$work/hostile.json"; plain
run 0 open "$work/hostile.json" "${ca[@]}"; plain
run 0 open --json "$work/hostile.json" "${ca[@]}"; plain
run 6 open $'\e[31m/absent\r\nforged: line' "${ca[@]}"; plain
ok "no forged line" [ "$(wc -l <"$err")" -eq 1 ]

# --- an hour's requests used up -----------------------------------------------------------------
stop_tracker; start_tracker --token "$token" --requests-per-hour 2
export TICKET_ENDPOINT; TICKET_ENDPOINT=$(ready endpoint) ca=(--ca-file "$(ready ca_file)")
run 4 open "$incident" "${ca[@]}" --json
json 'o["error"]["code"] == "rate_limited" and 0 < o["error"]["retry_after"] <= 3602'
tickets 'issues == []'

# --- a server that misbehaves -------------------------------------------------------------------
python3 "$here/hostile_server.py" "$work/port" >/dev/null 2>&1 & hostile=$!; pids+=($hostile)
wait_for "$work/port"
export TICKET_ENDPOINT=http://127.0.0.1:$(cat "$work/port")/
at_repository() { TICKET_INFORMATION="{\"project_namespace_and_name\": \"h/$1\"}"; label="$1: ${*:3}"; run "${@:2}"; unset label; }
at_repository control 0 show 1; says "open  #1"; plain
at_repository control 0 show 1 --json; plain
at_repository limit 4 open "$incident" --json; json 'o["error"]["retry_after"] == 61 and o["error"]["code"] == "rate_limited"'
at_repository limit 4 open "$incident"; warns "come back in 61 seconds"
at_repository broken 4 show 1
at_repository echo 5 create "$incident"; warns "you sent Bearer ***"; plain
at_repository echo 5 create "$incident" --json; json 'o["error"]["server_message"].count("***") == 2'; plain
at_repository drop 7 open "$incident"; warns "look before trying again"
at_repository drop 7 create "$incident" --json; json 'o["error"]["outcome"] == "ambiguous"'
at_repository slow 4 show 1 --timeout 0.3
at_repository slow 7 create "$incident" --timeout 0.3
at_repository html 7 open "$incident"
TICKET_INFORMATION="{\"project_namespace_and_name\": \"h/labels\", \"labels_set\": [\"network\"]}"
run 0 open "$incident"; says "opened  #1"; warns "warning: label"
run 8 open --strict "$incident"; says "opened  #1"
run 0 open "$incident" --json; json 'o["ticket"]["outcome"] == "applied_degraded" and o["ticket"]["warnings"]'

# --- over everything ----------------------------------------------------------------------------
out=$work/none err=$work/none command_line="all of the above"
for secret in "$token" "$misplaced" "$proxy_password" a-wrong-token; do
  ok "no output holds a secret (${secret:0:4}…)" \
    sh -c '! grep -rlF -- "$1" "$2"/run.*.out "$2"/run.*.err "$2"/full.err' sh "$secret" "$work"
done
ok "both servers are still there" sh -c 'kill -0 "$1" && kill -0 "$2"' sh "$tracker_pid" "$hostile"
finish
