#!/usr/bin/env python3
"""Tests of the check itself: what stands in seeded/ and warned/ must be found, and nothing else.

Where a line of seeded/*.hpp says "lacks: RULE, ...", these rules must report the name on that line;
no other line may be reported. Each file of warned/ must make Doxygen fail.
"""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

import check
import model
import rules

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent


def run_doxygen(source, folder):
    """With the settings of the reference, but of these files alone."""
    settings = (TOP / "docs/reference/Doxyfile").read_text(encoding="utf-8") + f"""
        INPUT = {source}
        OUTPUT_DIRECTORY = {folder}
        USE_MDFILE_AS_MAINPAGE =
        STRIP_FROM_PATH = {HERE}
        GENERATE_HTML = NO
    """
    return subprocess.run(["doxygen", "-"], input=settings, text=True, cwd=TOP, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def expected():
    found = collections.Counter()
    for file in sorted((HERE / "seeded").glob("*.hpp")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for rule in re.findall(r"\w+", "".join(re.findall(r"lacks: ([\w, ]+)$", line))):
                found[f"seeded/{file.name}:{number}", rule] += 1
    return found


def differences(folder):
    ran = run_doxygen(HERE / "seeded", folder)
    if ran.returncode != 0:
        yield f"Doxygen warns of seeded/: {ran.stdout}"
        return
    reported = collections.Counter(
        (one.where, rule) for one, rule, _ in check.problems(model.Model(folder / "xml")))
    wanted = expected()
    for (where, rule) in wanted - reported:
        yield f"{where}: {rule} did not report it"
    for (where, rule) in reported - wanted:
        yield f"{where}: {rule} reported it"
    for rule in {rule.__name__ for rule in rules.RULES} - {rule for _, rule in wanted}:
        yield f"no line of seeded/ is for the rule {rule}"


def unwarned(folder):
    for file in sorted((HERE / "warned").glob("*.hpp")):
        ran = run_doxygen(file, folder / file.stem)
        if ran.returncode == 0 or file.name not in ran.stdout:
            yield f"warned/{file.name}: Doxygen did not fail"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        found = [*differences(folder / "seeded"), *unwarned(folder)]
    print("\n".join(found) or "the check finds what it must, and nothing else")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
