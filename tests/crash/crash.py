"""Kills a process that delivers incidents, again and again, and judges what came of them.

    crash.py SUBJECT TRACKER DIRECTORY --kills N [--seed N]

Starts the local tracker, whose connections fail at random, and the subject on one store in
DIRECTORY, kills the subject at a random moment, starts it again, and so on; then lets it deliver
all that is left, reads what the tracker has, and compares (check.py). Ends with 1 where anything is
lost, duplicated or otherwise wrong.
"""
import argparse
import collections
import datetime
import json
import pathlib
import random
import select
import signal
import ssl
import statistics
import struct
import subprocess
import sys
import time
import urllib.request

import check

# As in status.hpp.
PHASES = ("idle", "opening_store", "recovering", "submitting", "claiming", "working", "waiting",
          "looking", "opening_ticket", "commenting", "changing", "settling")
SLOTS = 16
TOTALS = ("requests", "ambiguous", "reconciled", "duplicates", "delivered", "postponed")

FIRST_PK = 1000
BACKLOG = 60  # entries, enough for the workers to have work at any moment
START_SECONDS = 30
DRAIN_SECONDS = 120


class Failed(Exception):
    pass


class Tracker:
    """The local tracker: it loses replies and breaks requests off."""

    def __init__(self, program, directory, seed, latency):
        self.directory = directory
        with open(directory / "tracker.log", "w") as log:
            self.process = subprocess.Popen(
                [program, "--directory", directory, "--lose-replies", "20", "--fail-requests", "5",
                 "--seed", str(seed), "--latency-ms", str(latency),
                 "--requests-per-hour", "1000000000"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        ready = directory / "ready.json"
        until = time.monotonic() + START_SECONDS
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise Failed("the tracker did not start: "
                             + (directory / "tracker.log").read_text())
            time.sleep(0.02)
        self.ready = json.loads(ready.read_text())

    def pages(self):
        """All issues. The inspection pages have neither faults nor latency."""
        context = ssl.create_default_context(cafile=self.ready["ca_file"])
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                             urllib.request.HTTPSHandler(context=context))
        page = 1
        while True:
            with opener.open(f"{self.ready['endpoint']}_tracker/issues.json?"
                             f"repository={self.ready['repository']}&per_page=100&page={page}",
                             timeout=60) as reply:
                issues = json.load(reply)["issues"]
            if not issues:
                return
            yield from issues
            page += 1

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Subject:
    """The process that is killed."""

    def __init__(self, program, directory, tracker, started, *words):
        self.errors = directory / "subject.log"
        with open(self.errors, "a") as log:
            self.process = subprocess.Popen(
                [program, directory, tracker.directory / "settings.json",
                 tracker.ready["ca_file"], started, str(FIRST_PK), str(BACKLOG), *words],
                stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL, text=True)

    def wait_until_ready(self):
        readable, _, _ = select.select([self.process.stdout], [], [], START_SECONDS)
        if not readable or self.process.stdout.readline() != "ready\n":
            raise self.failed("did not get ready")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        if self.process.returncode != -signal.SIGKILL:
            raise self.failed(f"ended by itself with {self.process.returncode}")

    def failed(self, what):
        return Failed(f"the subject {what}: " + self.errors.read_text()[-2000:])


class Status:
    """The file in which the subject says what it is doing (status.hpp)."""

    def __init__(self, directory):
        self.path = directory / "status"
        self.path.write_bytes(bytes(8 * (SLOTS + len(TOTALS))))

    def reset(self):
        """A process that has not said anything yet is about to open the store."""
        with open(self.path, "r+b") as file:
            file.write(struct.pack(f"={SLOTS}Q", PHASES.index("opening_store"), *[0] * (SLOTS - 1)))

    def read(self):
        """What the threads of the last process were doing, and the totals of all."""
        numbers = struct.unpack(f"={SLOTS + len(TOTALS)}Q", self.path.read_bytes())
        return {PHASES[n] for n in numbers[:SLOTS]}, dict(zip(TOTALS, numbers[SLOTS:]))


def kill_often(run, kills, chance, status):
    """Returns what the kills have hit."""
    hit = collections.Counter()
    starting = []  # seconds from start to ready
    for number in range(kills):
        status.reset()
        began = time.monotonic()
        subject = run()
        try:
            if number == 0:  # while the store is made
                time.sleep(chance.uniform(0, 0.05))
            elif starting and chance.random() < 0.15:  # while it is opened
                time.sleep(chance.uniform(0, 1.2 * statistics.median(starting)))
            else:
                subject.wait_until_ready()
                starting.append(time.monotonic() - began)
                # A longer life now and then, so that on a slow machine, too, all gets on.
                time.sleep(chance.uniform(0.02, 0.4) if chance.random() < 0.95
                           else chance.uniform(0.4, 2))
        finally:
            subject.kill()
        phases = status.read()[0]
        hit.update(phases - {"idle"} or phases)
    return hit


def drain(subject):
    try:
        said, _ = subject.process.communicate(timeout=DRAIN_SECONDS)
    except subprocess.TimeoutExpired:
        raise subject.failed(f"had not delivered all after {DRAIN_SECONDS} s") from None
    finally:
        if subject.process.poll() is None:
            subject.process.kill()
            subject.process.wait()
    words = said.split()  # ready dead N
    if subject.process.returncode != 0 or words[:2] != ["ready", "dead"]:
        raise subject.failed(f"ended with {subject.process.returncode} while it delivered the rest")
    return int(words[2])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("subject")
    parser.add_argument("tracker")
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(1_000_000) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)  # at once: it is wanted most where all else fails
    chance = random.Random(seed)
    began = time.monotonic()
    started = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")

    (given.directory / "tracker").mkdir(parents=True)
    tracker = None
    try:
        tracker = Tracker(given.tracker, given.directory / "tracker", seed, chance.randint(5, 20))

        def run(*words):
            return Subject(given.subject, given.directory, tracker, started, *words)
        status = Status(given.directory)
        hit = kill_often(run, given.kills, chance, status)
        dead = drain(run("drain"))
        issues = list(tracker.pages())
    except Failed as problem:
        sys.exit(f"crash.py: {problem}")
    finally:
        if tracker:
            tracker.stop()

    due = check.read_journal(given.directory / "journal")
    report = check.compare(due, issues)
    noticed, missed = check.judge_the_judge(due, issues)
    totals = status.read()[1]
    said = (given.directory / "subject.log").read_text().splitlines()
    problems = (report.problems + [f"not noticed: {what}" for what in missed]
                + [f"the subject says: {line}" for line in said])
    for problem in problems[:50]:
        print("problem:", problem)
    print(f"incidents {report.incidents}")
    print(f"tickets {report.tickets}")
    print(f"lost {report.lost}")
    print(f"duplicated {report.duplicated}")
    print(f"kills {given.kills}")
    print(f"comments {report.comments}")
    print(f"comments_lost {report.comments_lost}")
    print(f"comments_duplicated {report.comments_duplicated}")
    print(f"wrong {report.wrong}")
    print(f"dead {dead}")
    print(f"mistakes_noticed {noticed}")
    for phase in PHASES[1:] + PHASES[:1]:
        print(f"kills_while_{phase} {hit[phase]}")
    for name in TOTALS:
        print(f"{name} {totals[name]}")
    print(f"seconds {time.monotonic() - began:.0f}")
    print(f"seed {seed}")
    sys.exit(1 if problems or dead else 0)


if __name__ == "__main__":
    main()
