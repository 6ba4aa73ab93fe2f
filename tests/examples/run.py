#!/usr/bin/env python3
"""Runs the example programs, those that open tickets against a local tracker, and looks at what they
say and at the tickets that there are then.

usage: with_tracker.sh TRACKER run.py FOLDER PROGRAM...
  FOLDER is where examples/ was built, and PROGRAM what is there, such as minimal
"""
import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import urllib.request

PROGRAMS = pathlib.Path(sys.argv[1])
INCIDENT = pathlib.Path(__file__).parents[2] / "examples/incidents/link_down.json"
PAGE = r"https://127\.0\.0\.1:\d+/argus/incidents/issues/"
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)


def says(name, pattern, *arguments, exit_code=0, **environment):
    """Runs a program; all that it says must fit the pattern, and so must its exit code."""
    ended = subprocess.run([PROGRAMS / name, *arguments], stdin=INCIDENT.open(), timeout=60, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env={**os.environ, **environment})
    check(ended.returncode == exit_code and re.fullmatch(pattern, ended.stdout, re.DOTALL),
          f"{name} ended with {ended.returncode} and said\n{ended.stdout}in place of\n{pattern}")
    return ended.stdout


def tickets():
    trusted = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"])
    url = os.environ["TICKET_ENDPOINT"] + "_tracker/issues.json"
    with urllib.request.urlopen(url, context=trusted, timeout=10) as reply:
        return json.load(reply)["issues"]


def minimal():
    says("programs/minimal", f"opened {PAGE}\\d+\n")
    says("programs/minimal", f"found {PAGE}\\d+\n")
    says("programs/minimal", ".*certificate.*", exit_code=1, SSL_CERT_FILE="")
    says("programs/minimal", ".*TICKET_INFORMATION.project_namespace_and_name: is missing.*",
         exit_code=1, TICKET_INFORMATION="{}")


def own_settings():
    shown = says("programs/own_settings",
                 r"POST https://api\.github\.com/repos/githubtraining/hellogitworld/issues\n.*"
                 r'Authorization: \*\*\*.*"alarm","campus".*', GITHUB_TOKEN="a-token-0123456789")
    check("a-token" not in shown, "own_settings shows the token")
    says("programs/own_settings", ".*GITHUB_TOKEN.*", exit_code=1, GITHUB_TOKEN="")


def own_renderer():
    said = says("programs/own_renderer", rf"\[Campus\] Fan 2 is .*slow.*everyone\n{PAGE}\d+\n")
    body = next((one["body"] for one in tickets() if said.endswith(f"/{one['number']}\n")), "no ticket")
    check("## What to do" in body and "@everyone" not in body, f"the text of one's own is {body}")


def coroutine():
    before = len(tickets())
    says("programs/coroutine", f"({PAGE}\\d+\n){{3}}")
    check(len(tickets()) == before + 3, "three incidents are not three tickets")


def outbox():
    before = len(tickets())
    store = os.environ["TRACKER_DIRECTORY"] + "/outbox.db"
    says("programs/outbox", "1 opened, 0 found\n", store)
    says("programs/outbox", r"0 opened, \d+ found\n", store)
    check(len(tickets()) == before + 1, "one incident, submitted twice, is not one ticket")


def mock_test():
    says("programs/mock_test", ".*All tests passed.*")


def own_plugin():
    """Its plugin is what docs/writing_a_plugin.md promises: short, and as every plugin must be."""
    source = INCIDENT.parents[1] / "own_plugin/acme.hpp"
    length = len(source.read_text(encoding="utf-8").splitlines())
    check(length < 120, f"the plugin of one's own has {length} lines")
    says("own_plugin/own_plugin",
         r"opened (\S+/tickets/1)\nfound \1\n(held: .*\n){17}(left out: .*\n){3}")


for name in sys.argv[2:]:
    globals()[name]()
sys.exit("\n".join(failures) or 0)
