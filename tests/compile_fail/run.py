#!/usr/bin/env python3
"""Checks that wrong programs do not compile, and that the compiler says so in our words.

    run.py COMPILER...          such as: run.py g++ clang++-19

Each *.cpp beside this file is a case. Compiled as it is, it must fail; the first error must be one
of ours ("argus_ticket: ..."), and each of its comments `// expect: REGEX` must match a line of what
a person sees of that error: everything before it, itself, and the three lines behind it. Compiled
with -DCORRECT it must pass, so that a case cannot fail for another reason than its own. A comment
`// flags: ...` gives a case flags of its own; it then includes all that it needs itself.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parent.parent / "include"
LINES_BEHIND = 3


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", env=dict(os.environ, LC_ALL="C"))


class Compiler:
    """A compiler, and the header that all cases include, compiled once."""

    def __init__(self, name, folder):
        self.name = name
        self.flags = ["-std=c++20", "-I", str(INCLUDE), "-I", str(HERE)]
        is_clang = "clang" in run([name, "--version"]).stdout
        header = folder / "tiny.hpp"
        header.write_text(f'#include "{HERE / "tiny.hpp"}"\n')
        for variant in ("wrong", "correct"):
            where = folder / str(len(self.defines(variant)))  # a name that no case expects
            where.mkdir()
            compiled = where / ("tiny.hpp.pch" if is_clang else "tiny.hpp.gch")
            (where / "tiny.hpp").write_text(header.read_text())
            built = run([name, *self.flags, *self.defines(variant), "-x", "c++-header",
                         str(where / "tiny.hpp"), "-o", str(compiled)])
            if built.returncode != 0:
                sys.exit(f"{name}: what all cases include does not compile:\n{built.stdout}")
            use = (["-include-pch", str(compiled)] if is_clang
                   else ["-include", str(where / "tiny.hpp")])
            setattr(self, variant, use)

    @staticmethod
    def defines(variant):
        return ["-DCORRECT"] if variant == "correct" else []

    def compile(self, case, variant):
        own = re.search(r"^// flags: (.*)$", case.read_text(), re.MULTILINE)
        return run([self.name, *self.flags, *self.defines(variant),
                    *(own[1].split() if own else getattr(self, variant)),
                    "-fsyntax-only", "-fdiagnostics-color=never", str(case)])


def problem_with(compiler, case):
    """What is wrong with a case; empty where nothing is."""
    expected = re.findall(r"^// expect: (.*)$", case.read_text(), re.MULTILINE)
    if not expected:
        return "it expects nothing"
    correct = compiler.compile(case, "correct")
    if correct.returncode != 0:
        return f"the correct program does not compile:\n{correct.stdout}"
    wrong = compiler.compile(case, "wrong")
    if wrong.returncode == 0:
        return "it compiles"
    lines = wrong.stdout.splitlines()
    first = next((i for i, line in enumerate(lines) if "error:" in line), None)
    if first is None:
        return f"it fails without an error:\n{wrong.stdout}"
    if "argus_ticket:" not in lines[first].split("error:", 1)[1]:
        return f"the first error is not ours:\n{lines[first]}"
    seen = lines[: first + 1 + LINES_BEHIND]
    missing = [regex for regex in expected if not any(re.search(regex, line) for line in seen)]
    if missing:
        return f"not said: {missing}\nbut:\n" + "\n".join(seen)
    return ""


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    cases = sorted(HERE.glob("*.cpp"))
    passed = failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        for number, name in enumerate(sys.argv[1:]):
            folder = pathlib.Path(temporary) / str(number)
            folder.mkdir()
            compiler = Compiler(name, folder)
            with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
                problems = pool.map(lambda case: problem_with(compiler, case), cases)
                for case, problem in zip(cases, problems):
                    print(f"{'FAILED' if problem else 'ok'} {name} {case.stem}", flush=True)
                    if problem:
                        print("  " + problem.replace("\n", "\n  "), flush=True)
                    passed += not problem
                    failed += bool(problem)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
