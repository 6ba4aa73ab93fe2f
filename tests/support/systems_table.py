#!/usr/bin/env python3
"""The tables of ticket systems in docs/settings.md, from what the plugins say of themselves.

usage: systems_table.py [--check] docs/settings.md argus-ticket
  writes the tables between their two marks; with --check it only says where it differs
"""
import json
import subprocess
import sys

BEGIN = "<!-- systems: written by tests/support/systems_table.py -->\n"
END = "<!-- end of systems -->\n"

# The command line's words for a client's operations, where they differ.
OPERATIONS = {"open": "find_or_create", "show": "get", "preview --url": "prefilled_url"}


def rows_of(systems, entries):
    """All entries of all systems: each where the first system that has it puts it."""
    rows = []
    for system in systems:
        place = 0
        for name in entries(system):
            if name in rows:
                place = rows.index(name) + 1
            else:
                rows.insert(place, name)
                place += 1
    return rows


def need_of(name, system):
    """Whether a system needs a setting. One that takes a password in place of a token calls neither
    required, and needs one of the two."""
    settings = {x["name"]: x["required"] for x in system["settings"]}
    credentials = [f"TICKET_AUTHENTICATION_SECRET.{key}" for key in ("token", "username", "password")]
    if name not in settings:
        return "–"
    if name in credentials and all(key in settings for key in credentials):
        return "one of"
    return "required" if settings[name] else "optional"


def line(cells):
    return "| " + " | ".join(cells) + " |\n"


def table(systems):
    names = [system["name"] for system in systems]
    text = line(["", *(f"`{name}`" for name in names)])
    text += "|" + " --- |" * (len(names) + 1) + "\n"
    text += line(["also called", *("<br>".join(f"`{n}`" for n in s["other_names"]) for s in systems)])
    for command in rows_of(systems, lambda s: s["commands"]):
        text += line([f"`{OPERATIONS.get(command, command)}`",
                      *("yes" if command in s["commands"] else "–" for s in systems)])
    text += "\n" + line(["setting", *(f"`{name}`" for name in names), "what it is"])
    text += "|" + " --- |" * (len(names) + 2) + "\n"
    for name in rows_of(systems, lambda s: [x["name"] for x in s["settings"]]):
        about = dict.fromkeys(part for system in systems for x in system["settings"]
                              if x["name"] == name for part in x["about"].split("; or "))
        text += line([f"`{name}`", *(need_of(name, system) for system in systems),
                      "; or ".join(about).replace("|", "\\|")])
    return text


def main(arguments):
    check = arguments[:1] == ["--check"]
    if len(arguments) != 2 + check:
        sys.exit(__doc__)
    path, program = arguments[check:]
    told = subprocess.run([program, "plugins", "--json"], check=True, stdout=subprocess.PIPE)
    wanted = table(json.loads(told.stdout)["plugins"])
    with open(path, encoding="utf-8") as file:
        text = file.read()
    before, begin, rest = text.partition(BEGIN)
    there, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{path} has no place for the table")
    if there == "\n" + wanted + "\n":
        return
    if check:
        sys.exit(f"{path}: the table of systems is not what the plugins say; run {sys.argv[0]} "
                 f"{path} {program}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(before + begin + "\n" + wanted + "\n" + end + after)


main(sys.argv[1:])
