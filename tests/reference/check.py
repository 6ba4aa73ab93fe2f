#!/usr/bin/env python3
"""Checks that every public name is documented as rules.py says.

usage: check.py XML [RULE...]     XML: the folder that Doxygen has written
  prints FILE:LINE: NAME [RULE] what it lacks, and fails where there is anything
"""
import sys

import model
import rules


def problems(names, only=()):
    for one in names:
        for rule in rules.RULES:
            found = list(rule(one, names))
            if not only or rule.__name__ in only:
                yield from ((one, rule.__name__, what) for what in found)
            if found and rule is rules.brief:
                break  # what has no docstring lacks everything else as well


def main(folder, *only):
    names = model.Model(folder)
    found = list(problems(names, only))
    for one, rule, what in found:
        print(f"{one.where}: {one.name} [{rule}] {what}")
    print(f"{len(names.names)} public names, {len(found)} problems")
    return 1 if found or not names.names else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
