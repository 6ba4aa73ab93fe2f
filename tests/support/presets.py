#!/usr/bin/env python3
"""Each preset configures, says what it is for, and has a build preset of its name; and a test preset
where it builds tests to run. Configured in a folder of its own: no build of yours is touched.

usage: presets.py   ends with 1 and says which do not
"""
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
# Their builds are the check: clang-tidy's, and the quick start's.
WITHOUT_TESTS = {"tidy", "release"}


def problems_of(preset, all_presets, folder):
    name = preset["name"]
    if "displayName" not in preset:
        yield "does not say what it is for"
    for kind in ["build"] if name in WITHOUT_TESTS else ["build", "test"]:
        if not any(p["name"] == p.get("configurePreset") == name
                   for p in all_presets[f"{kind}Presets"]):
            yield f"has no {kind} preset of its name"
    done = subprocess.run(["cmake", "--preset", name, "-B", folder], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        yield "does not configure:\n" + done.stdout[-1500:]


def main():
    all_presets = json.loads((ROOT / "CMakePresets.json").read_text(encoding="utf-8"))
    shown = [p for p in all_presets["configurePresets"] if not p.get("hidden")]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for preset in shown:
            into = f"{folder}/{preset['name']}"
            found += [f"preset {preset['name']} {what}"
                      for what in problems_of(preset, all_presets, into)]
    print(*found, f"{len(shown)} presets", sep="\n")
    sys.exit(1 if found or not shown else 0)


if __name__ == "__main__":
    main()
