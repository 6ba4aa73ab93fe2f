"""Posts incidents to the service, many at a time, and says which were accepted.

Usage: post.py URL NAME COUNT THREADS. Prints {"accepted": [titles], "refused": {status: count}}, where
status 0 is "no reply". With COUNT 0 it goes on until nobody listens any more.
"""
import datetime
import itertools
import json
import sys
import threading
import time
import urllib.error
import urllib.request

url, name, count, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
accepted, refused, lock = [], {}, threading.Lock()
numbers = itertools.count(1)


def post(title):
    incident = {"source_incident_id": title, "source": {"name": "tests"}, "description": title,
                "start_time": datetime.datetime.now(datetime.timezone.utc).isoformat()}
    request = urllib.request.Request(url + "incidents", json.dumps(incident).encode(),
                                     {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            assert json.load(reply)["entry"] > 0
            return reply.status
    except urllib.error.HTTPError as problem:
        return problem.code
    except OSError:
        return 0


def work():
    while True:
        with lock:
            number = next(numbers)
        if count and number > count:
            return
        title = f"{name} {number}"
        status = post(title)
        with lock:
            if status == 202:
                accepted.append(title)
            else:
                refused[status] = refused.get(status, 0) + 1
        if not count:
            if status == 0:
                return
            time.sleep(0.05)


all_threads = [threading.Thread(target=work) for _ in range(threads)]
for thread in all_threads:
    thread.start()
for thread in all_threads:
    thread.join()
print(json.dumps({"accepted": accepted, "refused": refused}))
