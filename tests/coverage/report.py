#!/usr/bin/env python3
"""Says how much of the library's lines and branches the test programs ran, and where too little.

A line of a template counts once, and as run where any of its instantiations ran it; so does a line of
a header that several programs include. llvm-cov is asked for each program alone and the answers are
joined here: asked for several at once it takes the first program's word for a function, even where
that program never calls it.

usage: report.py PROFILE INCLUDE LEAST PROGRAM...   LEAST: per cent of lines
ends with 1 where fewer lines than LEAST were run
"""
import collections
import json
import pathlib
import subprocess
import sys

LLVM_COV = "llvm-cov-19"


def export(program, profile, include, *flags):
    command = [LLVM_COV, "export", *flags, f"-instr-profile={profile}", program, "-sources", include]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def add_lines(text, lines):
    """Takes up how often each line was run: SF: and DA: of lcov's format."""
    file = None
    for entry in text.splitlines():
        kind, _, value = entry.partition(":")
        if kind == "SF":
            file = lines[value]
        elif kind == "DA":
            line, count = (int(part) for part in value.split(",")[:2])
            file[line] = max(file[line], count)


def add_branches(text, branches):
    """Takes up which ways each condition went, whichever instantiation it stands in."""
    for file in json.loads(text)["data"][0]["files"]:
        for branch in file["branches"]:
            line, column, last_line, last_column, was_true, was_false, *_ = branch
            place = branches[file["filename"]][(line, column, last_line, last_column)]
            place[0] = max(place[0], was_true)
            place[1] = max(place[1], was_false)


def ranges(numbers):
    """3 4 5 9 as 3-5, 9."""
    found = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in found)


def share(part, whole):
    return 100 * part / whole if whole else 100.0


def main():
    profile, include, least, programs = sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4:]
    lines = collections.defaultdict(lambda: collections.defaultdict(int))
    branches = collections.defaultdict(lambda: collections.defaultdict(lambda: [0, 0]))
    for program in programs:
        add_lines(export(program, profile, include, "-format=lcov"), lines)
        add_branches(export(program, profile, include, "-format=text", "-skip-functions"), branches)

    all_lines = run_lines = all_ways = gone_ways = 0
    details = []
    for file in sorted(lines):
        missed = [line for line, count in lines[file].items() if count == 0]
        ways = [(place[0], way) for place, counts in branches[file].items() for way in counts]
        missed_ways = {line for line, way in ways if way == 0}
        all_lines += len(lines[file])
        run_lines += len(lines[file]) - len(missed)
        all_ways += len(ways)
        gone_ways += sum(1 for _, way in ways if way)
        of_file = share(len(lines[file]) - len(missed), len(lines[file]))
        name = pathlib.Path(file).relative_to(pathlib.Path(include).resolve())
        details.append((of_file, str(name), ranges(missed), ranges(missed_ways)))

    for of_file, name, missed, missed_ways in sorted(details):
        if of_file < least:
            print(f"{of_file:5.1f} % {name}: not run: {missed}")
    with open(pathlib.Path(profile).with_name("missed.txt"), "w", encoding="utf-8") as everything:
        for of_file, name, missed, missed_ways in sorted(details):
            print(f"{of_file:5.1f} % {name}\n  lines not run: {missed}\n"
                  f"  conditions that went one way: {missed_ways}", file=everything)
    total = share(run_lines, all_lines)
    print(f"coverage_lines {total:.2f} ({run_lines} of {all_lines})")
    print(f"coverage_branches {share(gone_ways, all_ways):.2f} ({gone_ways} of {all_ways})")
    if not lines:
        sys.exit("no line of the library is in these programs")
    if total < least:
        sys.exit(f"fewer than {least:g} % of the lines were run")


if __name__ == "__main__":
    main()
