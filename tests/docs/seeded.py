#!/usr/bin/env python3
"""The checks of the guides' code find what they are there to find: pages with one fault each.

usage: seeded.py BUILD COMPILER
"""
import pathlib
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / "tests/support"), str(PROJECT / "tests/docs")]
import extract_code  # noqa: E402
import run  # noqa: E402

GOOD = {"a block of a file": "<!-- from: examples/programs/minimal.cpp -->\n```cpp\nnamespace at = argus_ticket;\n```\n",
        "indented there": '<!-- from: examples/programs/minimal.cpp -->\n```cpp\nat::client<"github"> tickets{*settings};\n```\n',
        "a link": "[one](page.md#a-heading)\n## A heading\n"}
BAD = {  # what is wrong: the page, and a part of what is to be said
    "no mark": ("```cpp\nint i;\n```\n", "does not say what it is"),
    "no language": ("<!-- snippet -->\n```\nint i;\n```\n", "does not say what it is"),
    "a mark that is not known": ("<!-- seen -->\n```cpp\nint i;\n```\n", "does not say what it is"),
    "a mark of another language": ("<!-- snippet -->\n```sh\nls\n```\n", "does not say what it is"),
    "an empty line between": ("<!-- snippet -->\n\n```cpp\nint i;\n```\n", "does not say what it is"),
    "in a list": ("- one\n  ```cpp\n  int i;\n  ```\n", "does not say what it is"),
    "no end": ("<!-- snippet -->\n```cpp\nint i;\n", "has no end"),
    "another text": ("<!-- from: examples/programs/minimal.cpp -->\n```cpp\nnamespace at = argus;\n```\n",
                     "does not stand in"),
    "a line left out": ("<!-- from: examples/programs/minimal.cpp -->\n```cpp\n#include <iostream>\n\n"
                        "namespace at = argus_ticket;\n```\n", "does not stand in"),
    "no such file": ("<!-- from: examples/none.cpp -->\n```cpp\nint i;\n```\n", "there is no examples/none.cpp"),
    "not all of it": ("<!-- all of: examples/programs/minimal.cpp -->\n```cpp\n#include <iostream>\n```\n",
                      "are not all of it"),
    "a dead link": ("[one](none.md)\n", "leads nowhere"),
    "a dead anchor": ("[one](#none)\n## A heading\n", "leads nowhere"),
}
RIGHT = ("<!-- project -->\n```cmake\ntarget_link_libraries(my_program PRIVATE argus_ticket::argus_ticket)\n"
         '```\n<!-- incident: one.json -->\n```json\n{"pk": 1}\n```\n<!-- settings: two.json -->\n```json\n'
         '{"TICKET_PLUGIN": "github", "TICKET_ENDPOINT": "https://github.com/", "TICKET_INFORMATION": '
         '{"project_namespace_and_name": "a/b"}, "TICKET_AUTHENTICATION_SECRET": {"token": "t"}}\n```\n')
SESSIONS_THAT_DIFFER = {
    "another output": "<!-- run -->\n```console\n$ echo one\ntwo\n```\n",
    "more output": "<!-- run -->\n```console\n$ printf 'one\\ntwo\\n'\none\n```\n",
    "no output": "<!-- run -->\n```console\n$ true\none\n```\n",
    "a command that fails": "<!-- run -->\n```sh\nfalse\ntrue\n```\n",
    "a script that is not there": "<!-- repository -->\n```sh\n./tests/none.sh\n```\n",
    "an incident that is none": '<!-- incident: one.json -->\n```json\n{"pk": "x"}\n```\n',
    "settings with an unknown key": '<!-- settings: one.json -->\n```json\n{"TICKET_PLUGIN": "github", '
                                    '"TICKET_ENDPOINT": "https://github.com/", "TICKET_INFORMATION": '
                                    '{"project_namespace_and_name": "a/b", "labls": []}, '
                                    '"TICKET_AUTHENTICATION_SECRET": {"token": "t"}}\n```\n',
    "a project without that target": "<!-- project -->\n```cmake\ntarget_link_libraries(none PRIVATE m)\n```\n",
}


def main(build, compiler):
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "page.md")
        for name, text in GOOD.items():
            page.write_text(text, encoding="utf-8")
            missed += [f"{name}: {wrong}" for wrong in extract_code.problems_of(page)]
        for name, (text, wanted) in BAD.items():
            page.write_text(text, encoding="utf-8")
            said = "\n".join(extract_code.problems_of(page))
            if wanted not in said:
                missed.append(f"{name} is told as '{said}'")
        for name, text in SESSIONS_THAT_DIFFER.items():
            page.write_text(text, encoding="utf-8")
            if len(told := run.problems_of(page, build, compiler)) != 1:
                missed.append(f"{name} is told as {told}")
        page.write_text(RIGHT + "<!-- run -->\n```console\n$ echo one two three\none…three\n$ (exit 3)\n$ echo $?\n3\n```\n",
                        encoding="utf-8")
        missed += [f"a session that is right: {wrong}" for wrong in run.problems_of(page, build, compiler)]
    sys.exit("\n".join(missed) or 0)


main(*sys.argv[1:])
