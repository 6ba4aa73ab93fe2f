#!/bin/bash
# Runs incident_service as a user would: many clients at once, a ticket system that loses replies, a
# service that is stopped, killed and started again.
#   run.sh SERVICE TRACKER ARGUS_TICKET
set -u
if [ $# -ne 3 ]; then echo "usage: run.sh INCIDENT_SERVICE LOCAL_TRACKER ARGUS_TICKET" >&2; exit 2; fi
program=$(realpath "$1") tracker=$(realpath "$2") argus_ticket=$(realpath "$3")
here=$(dirname "$(realpath "$0")")
. "$here/../cli/tap.sh"

start_service() { # ARGUMENTS... : its process is $started, its address $url
  start --settings "$work/tracker/settings.json" --ca-file "$work/tracker/ca.pem" "$@"
  log=$err
  eventually grep -q '^listening on ' "$out" || { echo "Bail out! the service did not start"; cat "$err"; exit 1; }
  url=$(sed -n 's/^listening on //p' "$out")
}
status() { # EXPECTED CURL_ARGUMENTS... : a request; the reply's body is $out, its header $header
  local expected=$1 got; shift
  runs=$((runs + 1))
  out=$work/run.$runs.out err=$work/run.$runs.err header=$work/run.$runs.header command_line=$(printf '%q ' "$@")
  got=$(curl -s --max-time 20 --noproxy '*' -D "$header" -o "$out" -w '%{http_code}' "$@" 2>"$err")
  ok "status $expected: ${label:-$command_line}" [ "$got" = "$expected" ]
}
heads() { ok "header '$1'" grep -qiF -- "$1" "$header"; }
as_json=(-H 'Content-Type: application/json')
delivered() { curl -s --noproxy '*' "${url}healthz" | grep -q '"waiting":0,"delivering":0'; }
busy() { curl -s --noproxy '*' "${url}metrics" | grep -q "^argus_ticket_outbox_submissions_total [0-9][0-9]"; }
all_delivered() {
  for _ in 1 2 3 4; do eventually delivered && break; done
  ok "everything is delivered" delivered
}
metrics() { # PYTHON_EXPRESSION about `m`, values by name and labels, and `s`, the tracker's statistics
  curl -s --noproxy '*' "${url}metrics" >"$work/metrics"
  out=$work/metrics
  ok "metrics: $1" python3 -c 'import json, re, ssl, sys, urllib.request
ready = json.load(open(sys.argv[1] + "/ready.json"))
trust = ssl.create_default_context(cafile=ready["ca_file"])
with urllib.request.urlopen(ready["endpoint"] + "_tracker/statistics.json", context=trust) as reply:
    s = json.load(reply)
m, types = {}, {}
for line in open(sys.argv[2], encoding="utf-8"):
    if line.startswith("# TYPE "):
        types[line.split()[2]] = line.split()[3]
    elif not line.startswith("#"):
        name, value = line.rsplit(" ", 1)
        assert name not in m and re.fullmatch(r"argus_ticket_[a-z_]+(\{[a-z_]+=\"[^\"]*\"(,le=\"[^\"]*\")?\})?", name), name
        m[name] = float(value)
for name, kind in types.items():
    assert (kind == "counter") == name.endswith("_total"), name
    assert kind != "histogram" or name.endswith("_seconds"), name
assert eval(sys.argv[3]), (m, s)' "$work/tracker" "$work/metrics" "$1"
}
accepted() { # POST_PY_OUTPUT PYTHON_EXPRESSION about `o`
  ok "posted: $2" python3 -c 'import json, sys
o = json.load(open(sys.argv[1]))
assert eval(sys.argv[2]), o' "$1" "$2"
}
titles_of() { python3 -c 'import json, sys; print(sorted(t for f in sys.argv[1:] for t in json.load(open(f))["accepted"]))' "$@"; }

# --- what it does not start with ----------------------------------------------------------------
run 0 --help; says "--grace"
run 2; warns "--store"
run 2 --store "$work/a.db" --grace never
run 2 --store "$work/a.db" --port 70000
run 1 --store "$work/a.db"; warns "TICKET_ENDPOINT"; warns "TICKET_INFORMATION"
start_tracker --lose-replies 25 --seed 11
token=$(ready token)
with_settings=(--settings "$work/tracker/settings.json" --ca-file "$work/tracker/ca.pem")
run 1 "${with_settings[@]}" --store "$work/absent/a.db"; warns "$work/absent/a.db"

# --- one request after the other ----------------------------------------------------------------
start_service --store "$work/box.db" --workers 4; service=$started service_out=$out
run 1 "${with_settings[@]}" --store "$work/box.db"; warns "delivers from this outbox"
port=${url##*:} port=${port%/}
run 1 "${with_settings[@]}" --store "$work/other.db" --port "$port"; warns "in use"

an_incident one "The first" >"$work/one.json"
status 202 "${as_json[@]}" -d @"$work/one.json" "${url}incidents"; json 'o == {"entry": 1, "renewed": False}'
heads "content-type: application/json"
status 202 -H 'Content-Type: Application/JSON; charset=utf-8' -d @"$work/one.json" "${url}incidents?from=here"
status 202 "${as_json[@]}" -d @"$work/one.json" "${url}incidents/close"; json 'o["entry"] > 1'
all_delivered
tickets 'titles == ["The first"] and issues[0]["state"] == "closed"'
status 400 "${as_json[@]}" -d '{"tags": [{"tag": 1}], "level": "high"}' "${url}incidents"
json '{p["where"] for p in o["error"]["problems"]} == {"incident.level", "incident.tags[0].tag"}'
status 400 "${as_json[@]}" -d '{"description": "no id"}' "${url}incidents"; says "neither a pk nor a source_incident_id"
status 400 "${as_json[@]}" -d '{"description": ' "${url}incidents"; says "is no JSON"
status 400 "${as_json[@]}" -d '[]' "${url}incidents"
status 400 "${as_json[@]}" -d '' "${url}incidents"
status 400 "${as_json[@]}" -d '{"description": "\u001b[31m\n"' "${url}incidents"; plain
status 415 -d @"$work/one.json" "${url}incidents"; says "application/json"
status 405 "${url}incidents"; heads "allow: POST"
status 405 -X DELETE "${url}metrics"; heads "allow: GET"
status 404 "${url}"; says "POST /incidents"
status 404 "${url}incidents/open"
head -c 1100000 /dev/zero | tr '\0' ' ' >"$work/large.json"
status 413 "${as_json[@]}" -d @"$work/large.json" "${url}incidents"
status 413 "${as_json[@]}" -H 'Transfer-Encoding: chunked' --data-binary @"$work/large.json" "${url}incidents"
status 431 -H "X-Long: $(head -c 20000 /dev/zero | tr '\0' x)" "${url}healthz"
ok "no HTTP is answered with 400" python3 -c 'import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5) as s:
    s.sendall(b"NONSENSE\r\n\r\n")
    assert s.recv(100).startswith(b"HTTP/1.1 400 ")' "$port"
ok "several requests on one connection" python3 -c 'import http.client, sys
c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=5)
for _ in range(3):
    c.request("GET", "/healthz")
    assert c.getresponse().read().startswith(b"{\"status\":\"ok\"")' "$port"
status 202 "${as_json[@]}" -H 'Expect: 100-continue' -d @"$work/one.json" "${url}incidents"
status 200 "${url}healthz"; json 'o["status"] == "ok" and o["dead"] == 0'
status 200 "${url}metrics"; heads "content-type: text/plain; version=0.0.4"

# --- fifty clients at once, while every fourth reply is lost ------------------------------------
all_delivered
python3 "$here/post.py" "$url" crowd 50 50 >"$work/crowd"
accepted "$work/crowd" 'len(o["accepted"]) == 50 and o["refused"] == {}'
all_delivered
tickets "titles.count('The first') == 1 and sorted(titles[1:]) == $(titles_of "$work/crowd")"
python3 "$here/post.py" "$url" crowd 50 50 >"$work/again" # the same incidents
all_delivered
tickets "len(issues) == 51"
metrics 'm["argus_ticket_tickets_opened_total"] + m["argus_ticket_creates_reconciled_total"] >= 51 and m["argus_ticket_creates_ambiguous_total"] > 0 and m["argus_ticket_duplicates_total"] == 0'
metrics 'm["argus_ticket_outbox_submissions_total"] == 104 and m["argus_ticket_outbox_deliveries_total"] + m["argus_ticket_outbox_renewals_total"] == 104'
metrics 'm["argus_ticket_outbox_delivery_duration_seconds_count"] == m["argus_ticket_outbox_deliveries_total"] == m["argus_ticket_outbox_ever_delivered_total"]'
metrics 'm["argus_ticket_outbox_entries{state=\"waiting\"}"] == m["argus_ticket_outbox_entries{state=\"dead\"}"] == m["argus_ticket_outbox_payload_bytes"] == 0 and m["argus_ticket_outbox_store_up"] == 1'
metrics 'm["argus_ticket_requests_total"] == s["total"]'
metrics 'm["argus_ticket_request_duration_seconds_bucket{le=\"+Inf\"}"] == m["argus_ticket_request_duration_seconds_count"] == m["argus_ticket_requests_total"] and m["argus_ticket_request_duration_seconds_bucket{le=\"1\"}"] <= m["argus_ticket_request_duration_seconds_bucket{le=\"86400\"}"]'
metrics 'all(m[f"argus_ticket_operation_duration_seconds_count{{operation=\"{o}\"}}"] > 0 for o in ("open", "close"))'

# --- told to stop while clients are at it -------------------------------------------------------
out=$service_out err=$log command_line="the service"
python3 "$here/post.py" "$url" stopped 0 8 >"$work/stopped" & poster=$!; pids+=($poster)
eventually sh -c 'curl -s --noproxy "*" "$1"healthz | grep -q "\"waiting\":[1-9]"' sh "$url"
kill -TERM "$service"; started=$service ended 0 10
ok "nothing is said of a request cut off" sh -c '! grep -q "still under way" "$1"' sh "$err"
wait "$poster"
accepted "$work/stopped" 'len(o["accepted"]) > 0 and set(o["refused"]) <= {"0"}'
"$argus_ticket" outbox stats --json --store "$work/box.db" >"$work/stats"
ok "the command line reads the same store" grep -q '"delivering":0' "$work/stats"
start_service --store "$work/box.db" --workers 4; service=$started service_out=$out
all_delivered
tickets "sorted(t for t in titles if t.startswith('stopped')) == $(titles_of "$work/stopped")"
# An idle connection does not hold it up.
python3 -c 'import socket, sys, time
s = socket.create_connection(("127.0.0.1", int(sys.argv[1]))); s.sendall(b"POST /incidents HTTP/1.1\r\n"); open(sys.argv[2], "w"); time.sleep(20)' \
  "$(echo "$url" | sed 's/.*:\([0-9]*\).*/\1/')" "$work/idle" & pids+=($!)
wait_for "$work/idle"; out=$service_out err=$log; kill -TERM "$service"; started=$service ended 0 3

# With a request under way that takes longer than the grace.
stop_tracker; start_tracker --token "$token" --latency-ms 3000
start_service --store "$work/slow.db" --grace 0.5
status 202 "${as_json[@]}" -d @"$work/one.json" "${url}incidents"
eventually sh -c 'curl -s --noproxy "*" "$1"healthz | grep -q "\"delivering\":1"' sh "$url"
sleep 0.2; err=$log; kill -TERM "$started"; ended 0 2; warns "still under way"
stop_tracker; start_tracker --token "$token" --lose-replies 25 --seed 12
start_service --store "$work/slow.db"
sleep 5; all_delivered # it rests as long as the first request might still take effect
tickets 'titles == ["The first"]'
kill -TERM "$started"; ended 0 5

# --- killed, and started again, twice -----------------------------------------------------------
stop_tracker; start_tracker --token "$token" --lose-replies 20 --seed 13 --latency-ms 20
for round in 1 2; do
  start_service --store "$work/killed.db" --workers 3
  python3 "$here/post.py" "$url" "killed $round" 0 8 >"$work/killed.$round" & poster=$!; pids+=($poster)
  eventually busy; kill -KILL "$started"; wait "$started" 2>/dev/null; wait "$poster"
  accepted "$work/killed.$round" 'len(o["accepted"]) > 0'
done
start_service --store "$work/killed.db" --workers 3
sleep 5; all_delivered
# What was accepted is there, and nothing twice. One whose reply was cut off may be there as well.
tickets "len(titles) == len(set(titles)) and set($(titles_of "$work"/killed.[12])) <= set(titles) and len(titles) <= 16 + $(titles_of "$work"/killed.[12] | python3 -c 'print(len(eval(input())))')"
kill -TERM "$started"; ended 0 5

# --- full, and the ticket system down -----------------------------------------------------------
stop_tracker
echo "{\"TICKET_PLUGIN\": \"github\", \"TICKET_ENDPOINT\": \"https://127.0.0.1:1/\", \"TICKET_AUTHENTICATION_SECRET\": {\"token\": \"$token\"}, \"TICKET_INFORMATION\": {\"project_namespace_and_name\": \"argus/incidents\"}}" >"$work/tracker/settings.json"
start_service --store "$work/full.db" --most-entries 3
for n in 1 2 3; do
  an_incident "full $n" "Full $n" >"$work/full.json"
  status 202 "${as_json[@]}" -d @"$work/full.json" "${url}incidents"
done
an_incident "full 4" "Full 4" >"$work/full.json"
status 503 "${as_json[@]}" -d @"$work/full.json" "${url}incidents"; json 'o["error"]["code"] == "outbox_full"'; heads "retry-after: 30"
status 200 "${url}healthz"; json 'o["waiting"] + o["delivering"] == 3'
ok "the log says why it is postponed" eventually grep -q "^postponed  entry 1  open  client error" "$log"
curl -s --noproxy '*' "${url}metrics" >"$work/metrics"; out=$work/metrics
says 'argus_ticket_outbox_oldest_submission_timestamp_seconds 1'
says 'argus_ticket_operation_failures_total{code="connection_failed"} '
ok "it counts what was postponed" grep -q '^argus_ticket_outbox_postponements_total [1-9]' "$out"
kill -TERM "$started"; ended 0 5

# --- over everything ----------------------------------------------------------------------------
out=$work/none err=$work/none command_line="all of the above"
ok "no output holds the token" sh -c '! grep -rlF -- "$1" "$2"/run.* "$2/metrics"' sh "$token" "$work"
ok "no store holds the token" sh -c '! grep -rlaF -- "$1" "$2"/*.db*' sh "$token" "$work"
finish
