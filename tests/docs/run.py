#!/usr/bin/env python3
"""Does what the guides tell their readers to do: runs the shell sessions and compares what is said,
has the library read the JSON, and configures the CMake projects.

In a `console` block a line after `$ ` is a command, and the lines after it are all that it says, in
which `…` stands for anything. The sessions of a page share a folder, in which `examples` is the
project's, and find the programs of the project by their names.

usage: with_tracker.sh TRACKER run.py BUILD COMPILER PAGE...   BUILD: where the project was built
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests/support"))
from extract_code import blocks_of  # noqa: E402

MARK = "-- the command has ended --"
PROGRAMS = ("cli/argus-ticket", "local_tracker/local_tracker", "own_plugin/own_plugin", "programs/minimal",
            "programs/own_settings", "programs/own_renderer", "programs/coroutine", "programs/outbox")


def commands_of(text):
    """[command, what it says] of a console block."""
    found = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append([line[2:], ""])
        elif found and found[-1][0].endswith("\\") and not found[-1][1]:
            found[-1][0] += "\n" + line
        else:
            found[-1][1] += line + "\n"
    return found


def fits(said, shown):
    pattern = ".*?".join(map(re.escape, shown.strip().split("…")))
    return re.fullmatch(pattern, said.strip(), re.DOTALL) is not None


class Folder:
    """Where a reader of a page works."""

    def __init__(self, path, build, compiler):
        self.path = pathlib.Path(path)
        programs = self.path / ".programs"
        programs.mkdir()
        (self.path / "examples").symlink_to(PROJECT / "examples")
        for name in PROGRAMS:
            (programs / pathlib.Path(name).name).symlink_to(pathlib.Path(build).resolve() / "examples" / name)
        (programs / "g++").write_text(f'#!/bin/sh\nexec "{compiler}" "$@"\n', encoding="utf-8")
        (programs / "g++").chmod(0o755)
        self.environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}",
                            "CPATH": str(PROJECT / "include"), "GITLAB_TOKEN": "glpat-0123456789"}

    def bash(self, script):
        return subprocess.run(["bash"], input=script, cwd=self.path, env=self.environment, timeout=120,
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, block):
        """A whole block that must succeed, or a session whose output is compared."""
        before = block.argument + "\n"
        if block.language == "sh":
            ended = self.bash("set -euo pipefail\n" + before + block.text)
            return [] if ended.returncode == 0 else [f"it ends with {ended.returncode}: {ended.stdout}"]
        commands = commands_of(block.text)
        # `$?` is the command's own for the next one.
        script = before + f"echo '{MARK}'\n" + "".join(
            f"{command}\nended=$?; echo '{MARK}'; (exit $ended)\n" for command, _ in commands)
        said = self.bash(script).stdout.split(MARK + "\n")[1:]
        return [f"$ {command}\nsays\n{real}in place of\n{shown}"
                for (command, shown), real in zip(commands, said + ["nothing any more\n"] * len(commands))
                if not fits(real, shown)]

    def read_json(self, block):
        """Has the library read it, and leaves it here for sessions."""
        (self.path / block.argument).write_text(block.text, encoding="utf-8")
        incident, settings = PROJECT / "examples/incidents/link_down.json", ""
        if block.kind == "incident":
            incident = block.argument
        else:
            settings = f"--settings {block.argument}"
        ended = self.bash(f"argus-ticket {settings} preview {incident}")
        return [] if ended.returncode == 0 else [ended.stdout]

    def configure(self, block):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "main.cpp").write_text("int main() {}\n", encoding="utf-8")
            pathlib.Path(folder, "CMakeLists.txt").write_text(
                "cmake_minimum_required(VERSION 3.25)\nproject(reader LANGUAGES CXX)\n"
                f"add_subdirectory({PROJECT} argus_ticket)\nadd_executable(my_program main.cpp)\n"
                + block.text, encoding="utf-8")
            ended = self.bash(f"CXX=g++ cmake -S {folder} -B {folder}/build")
            return [] if ended.returncode == 0 else [ended.stdout]

    def check_scripts(self, block):
        """Commands that take too long to be run: what they call must be there."""
        return [f"there is no program {name}"
                for name in re.findall(r"^(?:\./)?(\S+\.(?:sh|py))", block.text, re.M)
                if not os.access(PROJECT / name, os.X_OK)]

    def check(self, block):
        actions = {"run": self.run, "incident": self.read_json, "settings": self.read_json,
                   "project": self.configure, "repository": self.check_scripts}
        done = actions.get(block.kind, lambda _: [])(block)
        return [f"{block.place()}: {problem}" for problem in done]


def problems_of(page, build, compiler):
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(path, build, compiler)
        return [problem for block in blocks_of(page) for problem in folder.check(block)]


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit("\n".join(problem for page in sys.argv[3:]
                       for problem in problems_of(pathlib.Path(page), *sys.argv[1:3])) or 0)
